package dev.sealane.facts;

/**
 * What the input can prove about one kind in one namespace. There is no fact where nothing was collected.
 *
 * @param namespace empty for a cluster-scoped kind, {@link #EVERYWHERE} for the whole cluster
 * @param certainty LIKELY if what is not in the input may be made by an operator
 */
public record Coverage(Kind kind, String namespace, State state, Certainty certainty) {
    /** Stands for all namespaces together, also those that the input does not show. */
    public static final String EVERYWHERE = "*";

    /** How far absence from the input is absence from the cluster. */
    public enum State {
        NONEMPTY,
        EMPTY,
        PARTIAL,
        FAILED,
        REDACTED,
        NOT_COLLECTED
    }

    /** Whether an object of this kind that is not in the input does not exist. */
    public boolean complete() {
        return state == State.NONEMPTY || state == State.EMPTY;
    }

    /** Whether that is certain. */
    public boolean certain() {
        return complete() && certainty == Certainty.CERTAIN;
    }
}
