package dev.sealane.trace;

import java.util.Locale;

/** Whether a connection comes about. */
public enum Reach {
    REACHABLE,
    UNREACHABLE,
    /** It depends on which endpoint, node or implementation it is. */
    DEPENDS,
    /** The input does not tell. */
    UNKNOWN;

    /** Of two parts of the way that must both be passed. */
    public Reach and(Reach other) {
        if (this == UNREACHABLE || other == UNREACHABLE) {
            return UNREACHABLE;
        }
        if (this == UNKNOWN || other == UNKNOWN) {
            return UNKNOWN;
        }
        return this == DEPENDS || other == DEPENDS ? DEPENDS : REACHABLE;
    }

    /** As outputs spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
