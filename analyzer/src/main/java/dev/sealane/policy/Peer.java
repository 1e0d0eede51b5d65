package dev.sealane.policy;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import java.util.List;

/** The other end of a connection, as seen from the pods whose policies are asked. */
public sealed interface Peer {

    /**
     * Pods.
     *
     * @param addresses those of the pods; empty if the input does not tell
     */
    record Pods(Tenant namespace, Labels labels, PodSpec spec, List<Cidr> addresses) implements Peer {

        /** These pods, in that namespace. */
        public static Pods of(Tenant namespace, PodSet pods) {
            List<Cidr> addresses = pods.pods().stream()
                    .flatMap(pod -> pod.podIPs().stream())
                    .flatMap(address -> Cidr.tryParse(address).stream())
                    .toList();
            return new Pods(namespace, pods.labels(), pods.spec(), addresses);
        }
    }

    /**
     * An address that selectors do not reach.
     *
     * @param outside whether it belongs to no pod and no Service of the cluster; what an {@code ipBlock} means for one
     *     that does, before or after translation, is up to the CNI
     */
    record Address(Cidr address, boolean outside) implements Peer {}
}
