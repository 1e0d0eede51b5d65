package dev.sealane.facts;

import dev.sealane.facts.NetworkPolicy.Direction;
import java.util.List;

/**
 * A peer of a NetworkPolicy rule whose own policies deny all that the rule allows.
 *
 * @param place of the peer
 * @param direction of the rule
 * @param pods names some of those that the policy selects
 * @param peers names some of those that the peer means
 * @param reason what the other side says
 */
public record OneSided(
        Ref policy, Place place, Direction direction, String pods, String peers, Text reason, List<Evidence> evidence)
        implements Explained {
    public OneSided {
        evidence = List.copyOf(evidence);
    }

    /** What is allowed, and what is not. */
    public Text contradiction() {
        return direction == Direction.EGRESS
                ? Text.of("%s may go out to %s, which does not let it in", pods, peers)
                : Text.of("%s lets in %s, which may not go out to it", pods, peers);
    }
}
