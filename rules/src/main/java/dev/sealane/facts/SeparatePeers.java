package dev.sealane.facts;

/**
 * Two peers of one rule, side by side, that allow what one of both together was probably meant for.
 *
 * @param place of the peer with the {@code podSelector}
 * @param namespaces all pods of which are let in
 * @param pods matches no pod of the policy's own namespace, and some in those namespaces
 */
public record SeparatePeers(Ref policy, Place place, Selector namespaces, Selector pods) {}
