package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.TieredPolicy.Family;
import java.util.Set;

/**
 * A CNI or enforcer that runs in the cluster.
 *
 * @param enforces whether it enforces NetworkPolicy
 * @param blocksMatchPods whether an {@code ipBlock} reaches pods by their addresses
 * @param blocksMatchNodes whether it reaches nodes, and pods on their network
 * @param families the other policies that it enforces, in some version at least
 */
public record Cni(String name, Answer enforces, Answer blocksMatchPods, Answer blocksMatchNodes, Set<Family> families) {
    public Cni {
        families = Set.copyOf(families);
    }
}
