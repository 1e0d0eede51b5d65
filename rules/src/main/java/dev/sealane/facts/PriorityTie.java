package dev.sealane.facts;

import dev.sealane.facts.NetworkPolicy.Direction;

/**
 * Two policies of one tier and priority, of which different rules decide about the same connections.
 *
 * @param pods some that both apply to
 */
public record PriorityTie(TieredPolicy policy, TieredPolicy other, Direction direction, PodSet pods) {}
