package dev.sealane.facts;

/**
 * A field that names something else.
 *
 * @param from the field
 * @param to the object that it names; for a port, the object that should have it
 * @param port the port that it names, null unless the role is one of a port
 * @param certainty LIKELY if an operator may create what is absent, or there is doubt
 * @param doubt a clause about two kinds that were collected apart, so that both may be right; else empty
 */
public record Reference(Place from, Role role, Ref to, IntOrString port, State state, Certainty certainty, Text doubt) {
    public Reference {
        certainty = doubt.certainty() == Certainty.CERTAIN ? certainty : Certainty.LIKELY;
    }

    /** What is named, and by what. */
    public enum Role {
        INGRESS_CLASS,
        INGRESS_BACKEND,
        INGRESS_BACKEND_PORT,
        INGRESS_TLS
    }

    /** What became of it. */
    public enum State {
        FOUND,
        ABSENT,
        /** Not in the input, which does not cover its kind there. */
        UNKNOWN
    }

    public Ref source() {
        return from.resource().ref();
    }
}
