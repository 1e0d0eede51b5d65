package dev.sealane.facts;

import java.util.Locale;

/**
 * What the input can prove about one kind in one namespace. There is no fact where nothing was collected.
 *
 * @param namespace empty for a cluster-scoped kind, {@link #EVERYWHERE} for the whole cluster
 * @param certainty LIKELY if what is not in the input may be made by an operator
 * @param reason why not all is there, such as {@code Forbidden}; empty if the input does not tell, or all is there
 */
public record Coverage(Kind kind, String namespace, State state, Certainty certainty, String reason) {
    /** Stands for all namespaces together, also those that the input does not show. */
    public static final String EVERYWHERE = "*";

    /** How far absence from the input is absence from the cluster. */
    public enum State {
        /** All are there. */
        NONEMPTY,
        /** All are there: none. */
        EMPTY,
        /** Some are there. */
        PARTIAL,
        /** Somebody asked and got no answer. */
        FAILED,
        /** They are there with names or values replaced, so that one by another name may be the same. */
        REDACTED,
        NOT_COLLECTED;

        /** As outputs spell it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
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
