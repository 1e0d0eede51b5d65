package dev.sealane.policy;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.PodSpec;
import java.util.List;

/** The other end of a connection, as seen from the pods whose policies are asked. */
public sealed interface Peer {

    /**
     * Pods.
     *
     * @param addresses those of the pods; empty if the input does not tell
     */
    record Pods(Tenant namespace, Labels labels, PodSpec spec, List<Cidr> addresses) implements Peer {}

    /**
     * An address.
     *
     * @param outside whether it is known to belong to no pod and no Service of the cluster
     */
    record Address(Cidr address, boolean outside) implements Peer {}
}
