package dev.sealane.map;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.policy.Endpoint;

/**
 * One end of connections.
 *
 * @param id unique, and the same in every input that has the peer: {@code Deployment shop/web}, {@code 10.0.0.0/8}
 * @param ref of the workload, pod or node; null for addresses and domain names
 * @param cidr null unless the peer is addresses
 * @param domainName as a policy has it; empty unless that is all that is known of the addresses
 * @param members the number of pods, as far as the input tells: of those running, else those wanted; 1 for a node; -1
 *     if it does not tell, and for addresses
 * @param set null unless the peer is pods
 * @param group the peers among which no policy tells a difference
 */
public record Peer(
        String id,
        Ref ref,
        Cidr cidr,
        String domainName,
        Labels labels,
        int members,
        PodSet set,
        Endpoint endpoint,
        Group group) {

    /** By identity: a peer belongs to one map. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
