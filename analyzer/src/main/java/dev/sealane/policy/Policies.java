package dev.sealane.policy;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The NetworkPolicies of a cluster, all together. */
public final class Policies {

    /** Where pods and Services usually have their addresses: what an {@code ipBlock} here means depends on the CNI. */
    private static final List<Cidr> PRIVATE =
            List.of("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7").stream()
                    .map(Cidr::parse)
                    .toList();

    private final Map<String, List<NetworkPolicy>> byNamespace = new HashMap<>();

    public Policies(List<NetworkPolicy> policies) {
        for (NetworkPolicy policy : policies) {
            byNamespace
                    .computeIfAbsent(policy.namespace(), namespace -> new ArrayList<>())
                    .add(policy);
        }
    }

    /**
     * The policies that isolate these pods in a direction; without any, the pods are open in it. Pods on the host
     * network are never isolated: no implementation polices them.
     */
    public List<NetworkPolicy> isolating(PodSet pods, Direction direction) {
        if (pods.spec().hostNetwork()) {
            return List.of();
        }
        return byNamespace.getOrDefault(pods.namespace(), List.of()).stream()
                .filter(policy -> policy.isolates(direction))
                .filter(policy -> policy.podSelector().matches(pods.labels()))
                .toList();
    }

    /**
     * Whether any of the policies allows a connection.
     *
     * @param isolating the policies that isolate the pods in this direction; without any, everything is allowed
     * @param destination the pods that the port is on, null if it is no pod's: named ports resolve there
     */
    public static Verdict verdict(
            List<NetworkPolicy> isolating,
            Direction direction,
            Peer peer,
            PodSpec destination,
            Protocol protocol,
            int port) {
        if (isolating.isEmpty()) {
            return Verdict.ALLOWED;
        }
        Verdict verdict = Verdict.DENIED;
        for (NetworkPolicy policy : isolating) {
            for (NetworkPolicy.Rule rule : policy.rules(direction)) {
                if (allowsPort(rule, destination, protocol, port)) {
                    verdict = verdict.or(allowsPeer(rule, policy.namespace(), peer));
                }
            }
        }
        return verdict;
    }

    private static boolean allowsPort(NetworkPolicy.Rule rule, PodSpec destination, Protocol protocol, int port) {
        return rule.ports().isEmpty()
                || rule.ports().stream().anyMatch(allowed -> allowsPort(allowed, destination, protocol, port));
    }

    private static boolean allowsPort(NetworkPolicy.Port allowed, PodSpec destination, Protocol protocol, int port) {
        if (allowed.protocol() != protocol) {
            return false;
        }
        IntOrString wanted = allowed.port();
        if (wanted == null) {
            return true;
        }
        if (wanted.isName()) {
            return destination != null
                    && destination.ports().stream()
                            .anyMatch(declared -> declared.name().equals(wanted.name())
                                    && declared.protocol() == protocol
                                    && declared.number() == port);
        }
        return wanted.number() <= port && port <= Math.max(wanted.number(), allowed.endPort());
    }

    private static Verdict allowsPeer(NetworkPolicy.Rule rule, String own, Peer peer) {
        if (rule.peers().isEmpty()) {
            return Verdict.ALLOWED;
        }
        Verdict verdict = Verdict.DENIED;
        for (NetworkPolicy.Peer allowed : rule.peers()) {
            verdict = verdict.or(matches(allowed, own, peer));
        }
        return verdict;
    }

    private static Verdict matches(NetworkPolicy.Peer allowed, String own, Peer peer) {
        if (allowed.ipBlock() != null) {
            return switch (peer) {
                case Peer.Address address -> blockMatches(allowed.ipBlock(), address);
                case Peer.Pods pods -> blockMayMatch(allowed.ipBlock(), pods.addresses());
            };
        }
        return switch (peer) {
            case Peer.Address ignored -> Verdict.DENIED;
            case Peer.Pods pods -> selectorsMatch(allowed, own, pods);
        };
    }

    private static Verdict selectorsMatch(NetworkPolicy.Peer allowed, String own, Peer.Pods pods) {
        Selector namespaces = allowed.namespaceSelector();
        Selector labels = allowed.podSelector();
        if (namespaces == null && labels == null) {
            return Verdict.DENIED;
        }
        Verdict verdict;
        if (namespaces == null) {
            verdict = own.equals(pods.namespace().name()) ? Verdict.ALLOWED : Verdict.DENIED;
        } else {
            verdict = pods.namespace().matches(namespaces);
        }
        if (labels != null && !labels.matches(pods.labels())) {
            verdict = Verdict.DENIED;
        }
        return pods.spec().hostNetwork() ? verdict.and(Verdict.DEPENDS) : verdict;
    }

    private static Verdict blockMatches(IpBlock block, Peer.Address peer) {
        boolean contained = covers(block.cidr(), peer.address())
                && block.except().stream().noneMatch(except -> covers(except, peer.address()));
        if (!contained) {
            return Verdict.DENIED;
        }
        return peer.outside() ? Verdict.ALLOWED : Verdict.DEPENDS;
    }

    private static Verdict blockMayMatch(IpBlock block, List<Cidr> addresses) {
        List<Cidr> possible = addresses.isEmpty() ? PRIVATE : addresses;
        boolean may = possible.stream()
                .anyMatch(address -> overlaps(block.cidr(), address)
                        && block.except().stream().noneMatch(except -> covers(except, address)));
        return may ? Verdict.DEPENDS : Verdict.DENIED;
    }

    /** Whether an address is of the ranges that clusters use, so that it may be a pod's or a Service's. */
    public static boolean maybeInCluster(Cidr address) {
        return PRIVATE.stream().anyMatch(range -> range.contains(address));
    }

    private static boolean covers(String block, Cidr address) {
        return Cidr.tryParse(block).filter(cidr -> cidr.contains(address)).isPresent();
    }

    private static boolean overlaps(String block, Cidr address) {
        return Cidr.tryParse(block).filter(cidr -> cidr.overlaps(address)).isPresent();
    }
}
