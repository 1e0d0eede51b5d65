package dev.sealane.policy;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** One end of a connection, as policies see it. */
public sealed interface Endpoint {

    /**
     * Pods that no policy tells apart, but by their addresses.
     *
     * @param addresses those of the pods; empty if the input does not tell
     * @param nodes the nodes that they are on; empty if the input does not tell
     */
    record Pods(Tenant namespace, Labels labels, PodSpec spec, List<Cidr> addresses, Set<String> nodes)
            implements Endpoint {

        /** All pods of a set, in that namespace. */
        public static Pods of(Tenant namespace, PodSet set) {
            return of(namespace, set, set.pods());
        }

        /** Some pods of a set. */
        public static Pods of(Tenant namespace, PodSet set, Collection<Pod> pods) {
            List<Cidr> addresses = pods.stream()
                    .flatMap(pod -> pod.podIPs().stream())
                    .flatMap(address -> Cidr.tryParse(address).stream())
                    .toList();
            Set<String> nodes = pods.stream()
                    .map(Pod::nodeName)
                    .filter(node -> !node.isEmpty())
                    .collect(Collectors.toSet());
            return new Pods(namespace, set.labels(), set.spec(), addresses, nodes);
        }
    }

    /**
     * A node itself, the processes on its own network.
     *
     * @param name empty for any node of which nothing is known
     * @param labels null if they are not known
     */
    record Host(String name, Labels labels, List<Cidr> addresses) implements Endpoint {}

    /**
     * Addresses that selectors do not reach.
     *
     * @param outside whether they belong to no pod, node or Service of the cluster; what an {@code ipBlock} means for
     *     one that does, before or after translation, is up to the CNI
     * @param domainName that they were resolved from; empty if none is known
     */
    record Addresses(Cidr range, boolean outside, String domainName) implements Endpoint {}
}
