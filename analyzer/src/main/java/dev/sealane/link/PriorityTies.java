package dev.sealane.link;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PriorityTie;
import dev.sealane.facts.Resource;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.facts.TieredPolicy.Subject;
import dev.sealane.policy.Match;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Admin policies of which the API does not say which is asked first. Only what is certain to be about the same
 * connections counts: rules with another action, a common pod as the subject, and a common peer and port.
 */
final class PriorityTies {
    private record Level(Family family, TieredPolicy.Tier tier, double priority) {}

    private final List<PodSet> podSets;
    private final Map<String, Tenant> tenants;

    private PriorityTies(List<PodSet> podSets, Map<String, Tenant> tenants) {
        this.podSets = podSets;
        this.tenants = tenants;
    }

    /** For each policy one other at most, and only those whose names sort before it. */
    static List<PriorityTie> of(List<Resource> resources, List<PodSet> podSets, Map<String, Tenant> tenants) {
        Map<Level, List<TieredPolicy>> levels = new HashMap<>();
        resources.stream()
                .filter(TieredPolicy.class::isInstance)
                .map(TieredPolicy.class::cast)
                .filter(policy -> policy.family() == Family.CLUSTER
                        || policy.family() == Family.ADMIN && policy.tier().equals(TieredPolicy.Tier.ADMIN))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(policy -> levels.computeIfAbsent(
                                new Level(policy.family(), policy.tier(), policy.order()), unseen -> new ArrayList<>())
                        .add(policy));
        PriorityTies ties = new PriorityTies(podSets, tenants);
        List<PriorityTie> found = new ArrayList<>();
        for (List<TieredPolicy> level : levels.values()) {
            for (int i = 1; i < level.size(); i++) {
                PriorityTie tie = null;
                for (int j = 0; j < i && tie == null; j++) {
                    tie = ties.between(level.get(i), level.get(j));
                }
                if (tie != null) {
                    found.add(tie);
                }
            }
        }
        return found;
    }

    private PriorityTie between(TieredPolicy one, TieredPolicy other) {
        for (Direction direction : Direction.values()) {
            boolean tie = one.rules(direction).stream()
                    .anyMatch(rule -> other.rules(direction).stream().anyMatch(counter -> differ(rule, counter)));
            if (tie) {
                for (PodSet pods : podSets) {
                    if (!pods.spec().hostNetwork() && selects(one, pods) && selects(other, pods)) {
                        return new PriorityTie(one, other, direction, pods);
                    }
                }
            }
        }
        return null;
    }

    private boolean selects(TieredPolicy policy, PodSet pods) {
        return policy.subjects().stream().anyMatch(subject -> selects(subject, pods));
    }

    private boolean selects(Subject subject, PodSet pods) {
        return subject.conditional() == null
                && subject.pods().matches(pods.labels())
                && tenants.get(pods.namespace()).matches(subject.namespaces()).kind() == Match.Kind.YES;
    }

    private boolean differ(Rule rule, Rule other) {
        return rule.action() != other.action()
                && rule.ports().stream()
                        .anyMatch(ports -> other.ports().stream().anyMatch(more -> overlap(ports, more)))
                && rule.peers().stream().anyMatch(peer -> other.peers().stream().anyMatch(more -> overlap(peer, more)));
    }

    private static boolean overlap(Ports one, Ports other) {
        boolean protocol = one.protocol() == null || other.protocol() == null || one.protocol() == other.protocol();
        boolean everything = one.equals(Ports.EVERYTHING) || other.equals(Ports.EVERYTHING);
        return everything
                || protocol
                        && one.name().equals(other.name())
                        && one.range().first() <= other.range().last()
                        && other.range().first() <= one.range().last();
    }

    private boolean overlap(Peer one, Peer other) {
        if (one instanceof Peer.Pods pods && other instanceof Peer.Pods more) {
            return podSets.stream().anyMatch(set -> means(pods, set) && means(more, set));
        }
        if (one instanceof Peer.Networks networks && other instanceof Peer.Networks more) {
            return networks.cidrs().stream()
                    .anyMatch(cidr -> more.cidrs().stream().anyMatch(that -> overlap(cidr, that)));
        }
        return false;
    }

    private boolean means(Peer.Pods peer, PodSet pods) {
        return peer.pods().matches(pods.labels())
                && tenants.get(pods.namespace()).matches(peer.namespaces()).kind() == Match.Kind.YES;
    }

    private static boolean overlap(String one, String other) {
        return Cidr.tryParse(one)
                .flatMap(cidr -> Cidr.tryParse(other).map(cidr::overlaps))
                .orElse(false);
    }
}
