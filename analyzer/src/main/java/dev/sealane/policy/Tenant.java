package dev.sealane.policy;

import dev.sealane.facts.Labels;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.Selector;

/**
 * A namespace as policies see it.
 *
 * @param labels those known
 * @param known whether they are all; if not, only {@code kubernetes.io/metadata.name} is certain
 */
public record Tenant(String name, Labels labels, boolean known) {

    /** A namespace of which only the name is known. */
    public static Tenant named(String name) {
        return new Tenant(name, Labels.of(java.util.Map.of(Namespace.NAME_LABEL, name)), false);
    }

    public static Tenant of(Namespace namespace) {
        return new Tenant(namespace.name(), namespace.labels(), true);
    }

    /** Whether a namespace selector matches it: ALLOWED if it does, DEPENDS on labels that are not in the input. */
    public Verdict matches(Selector selector) {
        if (known) {
            return selector.matches(labels) ? Verdict.ALLOWED : Verdict.DENIED;
        }
        Verdict verdict = Verdict.ALLOWED;
        for (var wanted : selector.matchLabels().entrySet()) {
            boolean matches = wanted.getValue().equals(labels.get(wanted.getKey()));
            verdict = verdict.and(part(wanted.getKey(), matches));
        }
        for (Selector.Requirement requirement : selector.matchExpressions()) {
            verdict = verdict.and(part(requirement.key(), requirement.matches(labels)));
        }
        return verdict;
    }

    private static Verdict part(String key, boolean matches) {
        if (!key.equals(Namespace.NAME_LABEL)) {
            return Verdict.DEPENDS;
        }
        return matches ? Verdict.ALLOWED : Verdict.DENIED;
    }
}
