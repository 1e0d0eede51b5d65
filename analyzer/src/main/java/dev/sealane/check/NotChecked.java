package dev.sealane.check;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Text;
import dev.sealane.finding.Rule;
import dev.sealane.link.Ledger;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A rule that could not judge everything it is about.
 *
 * @param reason a clause, such as {@code not every Pod of namespace shop is in the input}
 * @param collect the command that would collect what is missing
 */
public record NotChecked(Rule rule, String reason, String collect) {
    /** How many namespaces, and how many reasons, a sentence names. */
    private static final int NAMED = 3;

    /**
     * A rule that lacks objects of a kind.
     *
     * @param namespaces where some are missing; one empty name for a cluster-scoped kind
     */
    static NotChecked of(Rule rule, Kind kind, SortedSet<String> namespaces, Ledger ledger) {
        return new NotChecked(rule, reason(kind, namespaces, ledger), collect(kind, namespaces));
    }

    private static String reason(Kind kind, SortedSet<String> namespaces, Ledger ledger) {
        String where = namespaces.size() > 1
                ? "namespaces " + some(namespaces)
                : named(kind, namespaces.getFirst()) ? "namespace " + namespaces.getFirst() : "the cluster";
        Set<String> reasons = new TreeSet<>();
        namespaces.forEach(namespace -> reasons.add(ledger.of(kind, namespace).reason()));
        reasons.remove("");
        String why = reasons.isEmpty() ? "" : ": " + some(reasons);
        return "not every " + kind + " of " + where + " is in the input" + why;
    }

    private static boolean named(Kind kind, String namespace) {
        return kind.namespaced() && !namespace.equals(Coverage.EVERYWHERE);
    }

    private static String some(Set<String> words) {
        return Text.list(List.copyOf(words), NAMED);
    }

    /**
     * The file's name tells what was asked for: the text of an empty list does not. People paste the command into a
     * shell, and the namespace's name may be anything in a manifest.
     */
    private static String collect(Kind kind, SortedSet<String> namespaces) {
        String plural = kind.plural();
        if (!kind.namespaced()) {
            return "kubectl get " + plural + " -o yaml > " + plural + ".yaml";
        }
        String namespace = namespaces.getFirst();
        return namespaces.size() == 1 && namespace.matches("[a-z0-9][a-z0-9-]*")
                ? "kubectl get " + plural + " -n " + namespace + " -o yaml > " + plural + ".namespace-" + namespace
                        + ".yaml"
                : "kubectl get " + plural + " -A -o yaml > " + plural + ".all-namespaces.yaml";
    }
}
