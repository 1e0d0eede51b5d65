package dev.sealane.check;

import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;

/**
 * What makes a finding the same in another input, wherever it is written there.
 *
 * @param ref null for a finding outside any object
 * @param message without places: a label that was in a pod's metadata may be in a template's now
 */
public record Known(Rule rule, Ref ref, String message) {
    public static Known of(Finding finding) {
        return new Known(finding.rule(), ref(finding), finding.message().render(place -> ""));
    }

    static Ref ref(Finding finding) {
        Resource resource = finding.place().resource();
        return resource == null ? null : resource.ref();
    }
}
