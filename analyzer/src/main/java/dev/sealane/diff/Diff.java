package dev.sealane.diff;

import dev.sealane.check.Checker;
import dev.sealane.check.Known;
import dev.sealane.check.RuleSet;
import dev.sealane.finding.Finding;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.link.Overlay;
import dev.sealane.load.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two inputs.
 *
 * @param overlaid whether manifests were laid over a captured cluster, so that what they do not mention stays
 * @param added findings that the newer input has and the older has not
 * @param fixed the reverse
 * @param unchanged how many findings both have
 */
public record Diff(
        boolean overlaid,
        List<ObjectChange> objects,
        List<Finding> added,
        List<Finding> fixed,
        int unchanged,
        List<ConnectionChange> connections) {

    public static Diff of(Input old, Input current, RuleSet rules) {
        boolean overlaid = captured(old) && !captured(current);
        Input before = old;
        Input after = current;
        if (overlaid) {
            Overlay overlay = Overlay.of(old, current);
            before = overlay.before();
            after = overlay.after();
        }
        Network one = Linker.link(before, false);
        Network other = Linker.link(after, false);
        List<Finding> had = Checker.check(one, before, rules, rule -> true).findings();
        List<Finding> has = Checker.check(other, after, rules, rule -> true).findings();
        List<Finding> added = without(has, had);
        List<Finding> fixed = without(had, has);
        if (overlaid) {
            // The cluster's text is not read another time.
            fixed.removeAll(old.findings());
        }
        return new Diff(
                overlaid,
                ObjectChange.between(before.resources(), after.resources()),
                added,
                fixed,
                has.size() - added.size(),
                ConnectionChanges.between(one, other));
    }

    private static boolean captured(Input input) {
        return input.resources().stream().anyMatch(resource -> resource.meta().captured());
    }

    /** Findings that are equal are taken away one by one. */
    private static List<Finding> without(List<Finding> findings, List<Finding> others) {
        Map<Known, Integer> counts = new HashMap<>();
        others.forEach(finding -> counts.merge(Known.of(finding), 1, Integer::sum));
        List<Finding> left = new ArrayList<>();
        for (Finding finding : findings) {
            if (counts.merge(Known.of(finding), -1, Integer::sum) < 0) {
                left.add(finding);
            }
        }
        return left;
    }
}
