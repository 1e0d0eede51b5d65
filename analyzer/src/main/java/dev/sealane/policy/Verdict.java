package dev.sealane.policy;

/** What policies say about one connection. */
public enum Verdict {
    ALLOWED,
    DENIED,
    /**
     * Implementations differ, or the input does not tell: an {@code ipBlock} against a pod's or a Service's address, a
     * pod on the host network as peer, a namespace whose labels are not in the input.
     */
    DEPENDS;

    /** Of two rules that each may allow it: rules only add. */
    public Verdict or(Verdict other) {
        if (this == ALLOWED || other == ALLOWED) {
            return ALLOWED;
        }
        return this == DEPENDS || other == DEPENDS ? DEPENDS : DENIED;
    }

    /** Of two conditions that must both hold. */
    public Verdict and(Verdict other) {
        if (this == DENIED || other == DENIED) {
            return DENIED;
        }
        return this == DEPENDS || other == DEPENDS ? DEPENDS : ALLOWED;
    }
}
