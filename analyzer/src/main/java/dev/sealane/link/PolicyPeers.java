package dev.sealane.link;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Cidr;
import dev.sealane.facts.ClusterRangeBlock;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.facts.SeparatePeers;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import dev.sealane.policy.Enforcers;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Peers of NetworkPolicies that mean something else than they seem to. */
final class PolicyPeers {
    /** Ranges that are wider hold more than a cluster: they are somebody's whole network. */
    private static final int WIDE = 9;

    /** The range that a node gives its pods addresses from. */
    private record PodRange(Cidr range, Node node) {}

    private final NetworkPolicies linked;
    private final Enforcers enforcers;
    private final boolean egressSeesServices;
    private final Map<Cidr, Resource> addresses = new HashMap<>();
    /** By family, in bits, and first address of the pods' range. */
    private final Map<Integer, NavigableMap<BigInteger, PodRange>> podRanges = new HashMap<>();

    private final List<Cidr> nodeAddresses = new ArrayList<>();
    private final List<Object> facts = new ArrayList<>();

    /** @param egressSeesServices whether a CNI judges egress by the Service's address, not the pods' */
    PolicyPeers(
            List<Resource> resources,
            List<PodSet> podSets,
            List<NetworkPolicy> policies,
            NetworkPolicies linked,
            DnsServers dns,
            Enforcers enforcers,
            boolean egressSeesServices) {
        this.linked = linked;
        this.enforcers = enforcers;
        this.egressSeesServices = egressSeesServices;
        boolean blocks = policies.stream()
                .flatMap(policy -> Stream.concat(policy.ingress().stream(), policy.egress().stream()))
                .flatMap(rule -> rule.peers().stream())
                .anyMatch(peer -> peer.ipBlock() != null);
        if (blocks) {
            index(resources, podSets, dns);
        }
        for (NetworkPolicy policy : policies) {
            for (Direction direction : Direction.values()) {
                if (policy.isolates(direction)) {
                    policy.rules(direction).forEach(rule -> link(policy, direction, rule));
                }
            }
        }
    }

    List<Object> facts() {
        return facts;
    }

    private void index(List<Resource> resources, List<PodSet> podSets, DnsServers dns) {
        for (PodSet set : podSets) {
            for (Pod pod : set.spec().hostNetwork() ? List.<Pod>of() : set.pods()) {
                pod.podIPs().forEach(ip -> Cidr.tryParse(ip).ifPresent(address -> addresses.put(address, pod)));
            }
        }
        for (Resource resource : resources) {
            if (resource instanceof Service service) {
                service.clusterIPs().stream()
                        .flatMap(ip -> Cidr.tryParse(ip).stream())
                        .filter(address -> !dns.addresses().contains(address))
                        .forEach(address -> addresses.put(address, service));
            } else if (resource instanceof Node node) {
                node.podCIDRs().stream()
                        .flatMap(text -> Cidr.tryParse(text).stream())
                        .forEach(range -> podRanges
                                .computeIfAbsent(range.bits(), unseen -> new TreeMap<>())
                                .put(range.address(), new PodRange(range, node)));
                node.addresses().forEach(address -> Cidr.tryParse(address).ifPresent(nodeAddresses::add));
            }
        }
    }

    private void link(NetworkPolicy policy, Direction direction, NetworkPolicy.Rule rule) {
        List<Peer> peers = rule.peers();
        for (int i = 0; i < peers.size(); i++) {
            if (peers.get(i).ipBlock() != null) {
                linkBlock(policy, direction, peers.get(i));
            } else if (i > 0) {
                linkPair(policy, peers.get(i - 1), peers.get(i));
                linkPair(policy, peers.get(i), peers.get(i - 1));
            }
        }
    }

    private void linkPair(NetworkPolicy policy, Peer namespaces, Peer pods) {
        boolean apart = namespaces.podSelector() == null
                && namespaces.namespaceSelector() != null
                && !namespaces.namespaceSelector().isEmpty()
                && pods.namespaceSelector() == null
                && pods.podSelector() != null
                && !pods.podSelector().isEmpty();
        if (!apart) {
            return;
        }
        Stream<PodSet> here = linked.pods(policy, pods);
        Peer both = new Peer(pods.podSelector(), namespaces.namespaceSelector(), null, pods.place());
        Stream<PodSet> there = here == null || here.findAny().isPresent() ? null : linked.pods(policy, both);
        if (there != null && there.findAny().isPresent()) {
            facts.add(new SeparatePeers(
                    policy.ref(), policy.at(pods.place()), namespaces.namespaceSelector(), pods.podSelector()));
        }
    }

    private void linkBlock(NetworkPolicy policy, Direction direction, Peer peer) {
        Cidr block = Cidr.tryParse(peer.ipBlock().cidr()).orElse(null);
        if (block == null || !peer.ipBlock().except().isEmpty()) {
            return;
        }
        Resource owner = addresses.get(block);
        if (owner instanceof Service service) {
            if (direction == Direction.EGRESS && !egressSeesServices) {
                add(
                        policy,
                        peer,
                        Text.of("%s is the address of %s", block, service.ref()),
                        "most CNIs look when it is translated to that of a pod already",
                        service,
                        "spec.clusterIP");
            }
            return;
        }
        if (owner != null) {
            String effect = enforcers.blocksMatchPods() == Answer.NO ? unmatched() : "the next pod will have another";
            add(policy, peer, Text.of("%s is the address of %s", block, owner.ref()), effect, owner, "status.podIP");
            return;
        }
        Node node = ofPods(block);
        if (node != null && enforcers.blocksMatchPods() != Answer.YES) {
            String effect = enforcers.blocksMatchPods() == Answer.NO
                    ? unmatched()
                    : "whether it means them is up to the CNI (Calico: yes, Cilium: no)";
            add(policy, peer, Text.of("%s has the addresses of pods", block), effect, node, "spec.podCIDRs");
        }
    }

    private String unmatched() {
        return enforcers.names() + " matches no pod by its address";
    }

    private void add(NetworkPolicy policy, Peer peer, Text range, String effect, Resource of, String field) {
        facts.add(new ClusterRangeBlock(
                policy.ref(),
                policy.at(peer.place() + ".ipBlock.cidr"),
                range,
                effect,
                List.of(new Evidence(Text.of("%s", of.ref()), of.at(field)))));
    }

    /** A node with pods in the block, if it is a part of that node's range or means the range of all; else null. */
    private Node ofPods(Cidr block) {
        NavigableMap<BigInteger, PodRange> ranges =
                podRanges.getOrDefault(block.bits(), Collections.emptyNavigableMap());
        var below = ranges.floorEntry(block.address());
        if (below != null && below.getValue().range().contains(block)) {
            return below.getValue().node();
        }
        boolean all = !ranges.isEmpty()
                && block.prefix() >= WIDE
                && block.contains(ranges.firstEntry().getValue().range())
                && block.contains(ranges.lastEntry().getValue().range())
                && nodeAddresses.stream().noneMatch(block::contains);
        return all ? ranges.firstEntry().getValue().node() : null;
    }
}
