package dev.sealane.diff;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Verdict;
import java.util.List;

/**
 * Connections between some peers that are decided otherwise.
 *
 * @param from identities of peers, as in the map
 * @param before null if a peer is new
 * @param after null if a peer is gone
 */
public record ConnectionChange(
        List<String> from, List<String> to, Protocol protocol, PortRange ports, Decision before, Decision after) {
    public enum Kind {
        OPENED,
        CLOSED,
        /** To or from what depends on the CNI, or cannot be told. */
        CHANGED
    }

    public ConnectionChange {
        from = List.copyOf(from);
        to = List.copyOf(to);
    }

    public Kind kind() {
        Verdict old = verdict(before);
        Verdict now = verdict(after);
        if (old == Verdict.DENIED && now == Verdict.ALLOWED) {
            return Kind.OPENED;
        }
        return old == Verdict.ALLOWED && now == Verdict.DENIED ? Kind.CLOSED : Kind.CHANGED;
    }

    /** Where there is a peer only on one side, nothing connects it on the other. */
    private static Verdict verdict(Decision decision) {
        return decision == null ? Verdict.DENIED : decision.verdict();
    }

    /** Whether the rule that did it is in the newer input; else it is one of the older that is gone. */
    public boolean byNew() {
        return before == null || after != null && !after.causes().isEmpty();
    }

    /** The decision that names what did it. */
    public Decision decisive() {
        return byNew() ? after : before;
    }
}
