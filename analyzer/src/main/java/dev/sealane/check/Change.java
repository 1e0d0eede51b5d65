package dev.sealane.check;

import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;
import dev.sealane.link.Linker;
import dev.sealane.link.Overlay;
import dev.sealane.load.Input;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What manifests would do to a cluster.
 *
 * @param checked findings in the manifests, and those in objects of the cluster that it does not have without them; not
 *     checked is what could not be judged about the manifests
 */
public record Change(Checked checked, Baseline baseline) {
    /**
     * @param path that of the cluster as the user gave it
     * @param complete as for {@link Linker#link}
     * @param chosen the rules that the user wants to hear of
     */
    public static Change of(
            String path, Input cluster, Input manifests, boolean complete, RuleSet rules, Predicate<Rule> chosen) {
        Overlay overlay = Overlay.of(cluster, manifests);
        Predicate<Ref> written = overlay.written()::contains;
        Checked before = check(overlay.before(), complete, rules, chosen, resource -> false);
        Checked after = check(overlay.after(), complete, rules, chosen, resource -> written.test(resource.ref()));
        Set<Known> had = new HashSet<>();
        before.findings().forEach(finding -> had.add(Known.of(finding)));
        List<Finding> findings = new ArrayList<>();
        List<Finding> known = new ArrayList<>(cluster.findings().stream()
                .filter(finding -> chosen.test(finding.rule()))
                .toList());
        for (Finding finding : after.findings()) {
            Ref ref = Known.ref(finding);
            boolean ofManifests = ref == null || written.test(ref);
            (ofManifests || !had.contains(Known.of(finding)) ? findings : known).add(finding);
        }
        return new Change(
                new Checked(findings, after.notChecked()),
                new Baseline(path, cluster.resources().size(), overlay.replaced(), overlay.dropped(), known));
    }

    private static Checked check(
            Input input, boolean complete, RuleSet rules, Predicate<Rule> chosen, Predicate<Resource> subject) {
        return Checker.check(Linker.link(input, complete), input, rules, chosen, subject);
    }
}
