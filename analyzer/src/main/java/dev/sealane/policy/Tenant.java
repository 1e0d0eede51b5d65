package dev.sealane.policy;

import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.Selector;
import java.util.Map;
import java.util.Set;

/**
 * A namespace as policies see it.
 *
 * @param labels those known
 * @param known whether they are all; if not, only {@code kubernetes.io/metadata.name} is certain
 */
public record Tenant(String name, Labels labels, boolean known) {
    private static final Set<String> CERTAIN = Set.of(Namespace.NAME_LABEL, "projectcalico.org/name");

    /** A namespace of which only the name is known. */
    public static Tenant named(String name) {
        return new Tenant(name, Labels.of(Map.of(Namespace.NAME_LABEL, name)), false);
    }

    public static Tenant of(Namespace namespace) {
        return new Tenant(namespace.name(), namespace.labels(), true);
    }

    /** Whether an expression matches its labels: YES, NO, or UNKNOWN for want of labels that are not in the input. */
    public Match matches(LabelExpression expression) {
        if (known || CERTAIN.containsAll(expression.keys())) {
            return Match.of(expression.matches(labels));
        }
        if (expression instanceof Selector selector && contradicts(selector)) {
            return Match.NO;
        }
        return Match.unknown("the labels of namespace %s are not in the input", name);
    }

    /** Whether what the selector asks of the name alone does not hold. */
    private boolean contradicts(Selector selector) {
        String wanted = selector.matchLabels().get(Namespace.NAME_LABEL);
        return wanted != null && !wanted.equals(name)
                || selector.matchExpressions().stream()
                        .anyMatch(requirement ->
                                requirement.key().equals(Namespace.NAME_LABEL) && !requirement.matches(labels));
    }
}
