package dev.sealane.policy;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.TieredPolicy.Family;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One end of a connection, as policies see it. */
public sealed interface Endpoint {

    /** The node whose network the endpoint is on: empty if that is not known, null if it is on no node's. */
    default String node() {
        return switch (this) {
            case Host host -> host.name();
            case Pods pods ->
                !pods.spec().hostNetwork()
                        ? null
                        : pods.nodes().size() == 1 ? pods.nodes().iterator().next() : "";
            case Addresses addresses -> null;
        };
    }

    /** In front of the name of a node that nothing else is on, and that is otherwise like the one of that name. */
    String ELSEWHERE = "\0";

    /** The same on a node of its own, which has the labels of the one it is on. */
    default Endpoint elsewhere() {
        return switch (this) {
            case Host host -> new Host(ELSEWHERE + host.name(), host.labels(), host.addresses());
            case Pods pods ->
                new Pods(
                        pods.namespace(),
                        pods.labels(),
                        pods.spec(),
                        pods.addresses(),
                        pods.nodes().stream().map(ELSEWHERE::concat).collect(Collectors.toSet()));
            case Addresses addresses -> addresses;
        };
    }

    /** Those that are addresses. */
    private static List<Cidr> parsed(Stream<String> addresses) {
        return addresses.flatMap(address -> Cidr.tryParse(address).stream()).toList();
    }

    /**
     * Pods that no policy tells apart, but by their addresses.
     *
     * @param addresses those of the pods; empty if the input does not tell
     * @param nodes the nodes that they are on; empty if the input does not tell
     */
    record Pods(Tenant namespace, Labels labels, PodSpec spec, List<Cidr> addresses, Set<String> nodes)
            implements Endpoint {

        /** What Calico writes into the labels of pods, beside the labels of their namespaces and service accounts. */
        private static final String CALICO = "projectcalico.org/";

        private static final String CALICO_NAMESPACE = "pcns.";
        private static final String CALICO_ACCOUNT = "pcsa.";
        private static final String CILIUM_ACCOUNT = "io.cilium.k8s.policy.serviceaccount";

        /** Whether the labels match, with what implementations of that family add to them. */
        Match matches(LabelExpression expression, Family family) {
            if (family != Family.CALICO && family != Family.CILIUM) {
                return Match.of(expression.matches(labels));
            }
            Map<String, String> all = null;
            for (String key : expression.keys()) {
                if (family == Family.CALICO && key.startsWith(CALICO_ACCOUNT)) {
                    return Match.unknown("the labels of service accounts are not looked at");
                }
                if (family == Family.CALICO && key.startsWith(CALICO_NAMESPACE) && !namespace.known()) {
                    return Match.unknown("the labels of namespace %s are not in the input", namespace.name());
                }
                String value = family == Family.CALICO ? ofCalico(key) : ofCilium(key);
                if (value != null) {
                    all = all == null ? new HashMap<>(labels.asMap()) : all;
                    all.put(key, value);
                }
            }
            return Match.of(expression.matches(all == null ? labels : Labels.of(all)));
        }

        /** The value of a label that Calico adds; null if it does not. */
        private String ofCalico(String key) {
            switch (key) {
                case CALICO + "namespace":
                    return namespace.name();
                case CALICO + "orchestrator":
                    return "k8s";
                case CALICO + "serviceaccount":
                    return spec.serviceAccount();
                default:
                    return key.startsWith(CALICO_NAMESPACE)
                            ? namespace.labels().get(key.substring(CALICO_NAMESPACE.length()))
                            : null;
            }
        }

        private String ofCilium(String key) {
            return key.equals(CILIUM_ACCOUNT) ? spec.serviceAccount() : null;
        }

        /** All pods of a set, in that namespace. */
        public static Pods of(Tenant namespace, PodSet set) {
            return of(namespace, set, set.pods());
        }

        /** Some pods of a set. */
        public static Pods of(Tenant namespace, PodSet set, Collection<Pod> pods) {
            List<Cidr> addresses = parsed(pods.stream().flatMap(pod -> pod.podIPs().stream()));
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
    record Host(String name, Labels labels, List<Cidr> addresses) implements Endpoint {
        public static Host of(Node node) {
            return new Host(node.name(), node.labels(), parsed(node.addresses().stream()));
        }
    }

    /**
     * Addresses that selectors do not reach.
     *
     * @param outside whether they belong to no pod, node or Service of the cluster; what an {@code ipBlock} means for
     *     one that does, before or after translation, is up to the CNI
     * @param domainName that they were resolved from; empty if none is known
     */
    record Addresses(Cidr range, boolean outside, String domainName) implements Endpoint {}
}
