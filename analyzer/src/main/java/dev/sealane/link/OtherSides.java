package dev.sealane.link;

import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.OneSided;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Text;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.NormalForm;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Policies.Chain;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the policies of the other end make of what NetworkPolicies allow. */
final class OtherSides {
    /** Rules that put more pairs of pods together than this are about pods in general, and are not looked at. */
    private static final int PAIRS = 10_000;

    private final NetworkPolicies linked;
    private final Policies policies;
    private final Denials denials;
    private final Map<PodSet, Chain> ingress = new IdentityHashMap<>();
    private final Map<PodSet, Chain> egress = new IdentityHashMap<>();
    private final List<OneSided> facts = new ArrayList<>();

    OtherSides(List<NetworkPolicy> all, NetworkPolicies linked, Policies policies, Denials denials, DnsServers dns) {
        this.linked = linked;
        this.policies = policies;
        this.denials = denials;
        for (NetworkPolicy policy : all) {
            for (Direction direction : Direction.values()) {
                link(policy, direction, dns);
            }
        }
    }

    List<OneSided> facts() {
        return facts;
    }

    private void link(NetworkPolicy policy, Direction direction, DnsServers dns) {
        for (Rule rule : NormalForm.rules(policy, direction)) {
            policy.rules(direction).stream()
                    .filter(written -> written.place().equals(rule.place()))
                    .flatMap(written -> written.peers().stream())
                    .filter(OtherSides::specific)
                    .forEach(peer -> link(policy, direction, rule, peer, dns));
        }
    }

    /** Whether a peer means certain pods: one that lets in a whole namespace does not say that all of it shall come. */
    private static boolean specific(Peer peer) {
        return peer.ipBlock() == null
                && peer.podSelector() != null
                && !peer.podSelector().isEmpty();
    }

    private void link(NetworkPolicy policy, Direction direction, Rule rule, Peer peer, DnsServers dns) {
        List<PodSet> selected = linked.selected(policy);
        List<PodSet> pods = selected == null
                ? List.of()
                : selected.stream().filter(PodSet::policed).toList();
        Stream<PodSet> others = pods.isEmpty() ? null : linked.pods(policy, peer);
        List<PodSet> peers =
                others == null ? List.of() : others.filter(PodSet::policed).toList();
        boolean servers =
                dns.servers().stream().anyMatch(server -> server.pods() != null && peers.contains(server.pods()));
        if (peers.isEmpty() || servers || (long) pods.size() * peers.size() > PAIRS) {
            return;
        }
        Decision denial = null;
        for (PodSet other : peers) {
            for (PodSet own : pods) {
                denial = denial(direction, rule, own, other);
                if (denial == null) {
                    return;
                }
            }
        }
        List<Evidence> evidence = new ArrayList<>();
        denial.causes().forEach(cause -> evidence.add(new Evidence(Text.of("%s", cause.policy()), cause.place())));
        PodSet example = peers.getLast();
        evidence.add(new Evidence(Text.of("%s", example), example.at("metadata.labels")));
        facts.add(new OneSided(
                policy.ref(),
                policy.at(peer.place()),
                direction,
                Names.of(pods),
                Names.of(peers),
                denial.reason(),
                evidence));
    }

    /** Why the other end denies all that the rule allows; null if it does not, or may not. */
    private Decision denial(Direction direction, Rule rule, PodSet own, PodSet other) {
        Chain chain = chain(other, direction == Direction.EGRESS ? Direction.INGRESS : Direction.EGRESS);
        if (chain.isEmpty()) {
            return null;
        }
        PodSpec destination = (direction == Direction.EGRESS ? other : own).spec();
        Decision denial = null;
        Connections decisions = policies.decide(chain, denials.endpoint(other), denials.endpoint(own));
        for (Connections.Range range : decisions.ranges()) {
            if (rule.ports().stream().anyMatch(ports -> overlap(ports, range, destination))) {
                denial = range.decision();
                if (!denials.denied(denial)) {
                    return null;
                }
            }
        }
        return denial;
    }

    private static boolean overlap(Ports ports, Connections.Range range, PodSpec destination) {
        if (ports.protocol() != null && ports.protocol() != range.protocol()) {
            return false;
        }
        return ports.name().isEmpty()
                ? ports.range().first() <= range.ports().last()
                        && range.ports().first() <= ports.range().last()
                : range.ports().contains(destination.portNamed(ports.name(), range.protocol()));
    }

    private Chain chain(PodSet pods, Direction direction) {
        return (direction == Direction.INGRESS ? ingress : egress)
                .computeIfAbsent(pods, unseen -> policies.chain(denials.endpoint(pods), direction));
    }
}
