package dev.sealane.policy;

import java.util.Locale;

/** What policies say about one connection. */
public enum Verdict {
    ALLOWED,
    DENIED,
    /** Implementations differ, and the input does not tell which one this is. */
    DEPENDS,
    /** The input does not tell: a namespace whose labels are not in it, what a domain name resolves to. */
    UNKNOWN;

    /** In lower case, as outputs have it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Of two conditions that must both hold. */
    public Verdict and(Verdict other) {
        if (this == DENIED || other == DENIED) {
            return DENIED;
        }
        if (this == UNKNOWN || other == UNKNOWN) {
            return UNKNOWN;
        }
        return this == DEPENDS || other == DEPENDS ? DEPENDS : ALLOWED;
    }
}
