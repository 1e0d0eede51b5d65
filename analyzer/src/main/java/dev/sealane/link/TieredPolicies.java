package dev.sealane.link;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Applies;
import dev.sealane.facts.CalicoSelector;
import dev.sealane.facts.CalicoTier;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkSet;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.facts.TieredPolicy.Tier;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Match;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Puts what tiered policies name in the place of the names: Calico's tiers and network sets, and Services. */
final class TieredPolicies {
    private final Map<String, Tier> tiers = new HashMap<>();
    private final List<NetworkSet> sets = new ArrayList<>();
    private final List<Service> services = new ArrayList<>();
    private final Map<Ref, Set<String>> endpoints = new HashMap<>();
    private final Map<String, Tenant> tenants;

    private TieredPolicies(List<Resource> resources, Map<String, Tenant> tenants) {
        this.tenants = tenants;
        for (Resource resource : resources) {
            switch (resource) {
                case CalicoTier tier -> tiers.put(tier.name(), tier.tier());
                case NetworkSet set -> sets.add(set);
                case Service service -> services.add(service);
                case EndpointSlice slice ->
                    slice.endpoints()
                            .forEach(endpoint -> endpoints
                                    .computeIfAbsent(slice.service(), unseen -> new HashSet<>())
                                    .addAll(endpoint.addresses()));
                default -> {}
            }
        }
    }

    /** The same resources, with policies that need no other object to be understood. */
    static List<Resource> resolve(List<Resource> resources, Map<String, Tenant> tenants) {
        if (resources.stream().noneMatch(TieredPolicy.class::isInstance)) {
            return resources;
        }
        TieredPolicies policies = new TieredPolicies(resources, tenants);
        return resources.stream()
                .map(resource -> resource instanceof TieredPolicy policy ? policies.resolve(policy) : resource)
                .collect(Collectors.toList());
    }

    /** To the pods that they select, for certain or perhaps. */
    static List<Applies> applies(
            List<Resource> resources, List<PodSet> podSets, Policies engine, Map<String, Tenant> tenants) {
        List<Applies> applies = new ArrayList<>();
        if (resources.stream().anyMatch(TieredPolicy.class::isInstance)) {
            for (PodSet pods : podSets) {
                Endpoint.Pods endpoint = Endpoint.Pods.of(tenants.get(pods.namespace()), pods);
                Stream.of(Direction.values())
                        .flatMap(direction -> engine.chain(endpoint, direction).policies().stream())
                        .filter(TieredPolicy.class::isInstance)
                        .map(Resource::ref)
                        .distinct()
                        .forEach(policy -> applies.add(new Applies(policy, pods)));
            }
        }
        return applies;
    }

    /** Every pod label key that policies look at, also to find peers. */
    static Set<String> podKeys(TieredPolicy policy) {
        Set<String> keys = new HashSet<>();
        for (TieredPolicy part : policy.parts()) {
            part.subjects().forEach(subject -> keys.addAll(subject.pods().keys()));
            for (Direction direction : Direction.values()) {
                part.rules(direction).forEach(rule -> rule.peers().forEach(peer -> addPodKeys(peer, keys)));
            }
        }
        return keys;
    }

    private static void addPodKeys(Peer peer, Set<String> keys) {
        switch (peer) {
            case Peer.Pods pods -> keys.addAll(pods.pods().keys());
            case Peer.AllOf all -> all.parts().forEach(part -> addPodKeys(part, keys));
            case Peer.AnyOf any -> any.parts().forEach(part -> addPodKeys(part, keys));
            case Peer.Not not -> addPodKeys(not.peer(), keys);
            default -> {}
        }
    }

    private TieredPolicy resolve(TieredPolicy policy) {
        return new TieredPolicy(
                policy.meta(),
                policy.family(),
                policy.family() == Family.CALICO
                        ? tiers.getOrDefault(policy.tier().name(), policy.tier())
                        : policy.tier(),
                policy.order(),
                policy.subjects(),
                policy.isolates(),
                rules(policy, Direction.INGRESS),
                rules(policy, Direction.EGRESS),
                policy.more().stream().map(this::resolve).toList());
    }

    private List<Rule> rules(TieredPolicy policy, Direction direction) {
        return policy.rules(direction).stream()
                .map(rule -> rule(policy, rule, direction))
                .toList();
    }

    private Rule rule(TieredPolicy policy, Rule rule, Direction direction) {
        List<Ports> ports = rule.ports();
        if (policy.family() == Family.CALICO && direction == Direction.EGRESS) {
            List<Ports> ofServices = servicePorts(policy, rule.peers());
            ports = ofServices == null ? ports : ofServices;
        }
        return new Rule(
                rule.action(),
                rule.peers().stream().map(peer -> peer(policy, peer)).toList(),
                ports,
                rule.conditional(),
                rule.filtered(),
                rule.place());
    }

    /** What Calico asks of the port where a destination is a Service: that it is one of its. Null if none is one. */
    private List<Ports> servicePorts(TieredPolicy policy, List<Peer> peers) {
        for (Peer peer : peers) {
            List<Peer> parts = peer instanceof Peer.AllOf all ? all.parts() : List.of(peer);
            for (Peer part : parts) {
                if (part instanceof Peer.Services wanted && found(policy, wanted) != null) {
                    return found(policy, wanted).stream()
                            .flatMap(service -> service.ports().stream())
                            .flatMap(port -> ports(port).stream())
                            .toList();
                }
            }
        }
        return null;
    }

    private static List<Ports> ports(ServicePort port) {
        if (port.targetPort().isName()) {
            return List.of(new Ports(port.protocol(), port.targetPort().name(), PortRange.ALL));
        }
        int number = port.targetPort().number();
        return PortRange.valid(number) ? List.of(new Ports(port.protocol(), "", PortRange.of(number))) : List.of();
    }

    private Peer peer(TieredPolicy policy, Peer peer) {
        return switch (peer) {
            case Peer.Pods pods -> policy.family() == Family.CALICO ? withSets(policy, pods) : pods;
            case Peer.Services wanted -> services(policy, wanted);
            case Peer.AllOf all ->
                new Peer.AllOf(
                        all.parts().stream().map(part -> peer(policy, part)).toList());
            case Peer.AnyOf any ->
                new Peer.AnyOf(
                        any.parts().stream().map(part -> peer(policy, part)).toList());
            case Peer.Not not -> new Peer.Not(peer(policy, not.peer()));
            default -> peer;
        };
    }

    /** A selector of Calico's means network sets as it means pods. */
    private Peer withSets(TieredPolicy policy, Peer.Pods pods) {
        List<Peer> networks = new ArrayList<>();
        for (NetworkSet set : sets) {
            if (pods.pods().matches(labels(set)) && !set.nets().isEmpty()) {
                Match namespace = namespace(policy, pods.namespaces(), set);
                Peer.Networks found = new Peer.Networks(set.nets(), List.of(), Answer.YES);
                if (namespace.kind() == Match.Kind.YES) {
                    networks.add(found);
                } else if (namespace.possible()) {
                    networks.add(new Peer.AllOf(
                            List.of(found, new Peer.Undecided("labels of namespace " + set.namespace()))));
                }
            }
        }
        if (networks.isEmpty()) {
            return pods;
        }
        networks.addFirst(pods);
        return new Peer.AnyOf(networks);
    }

    private static Labels labels(NetworkSet set) {
        if (set.namespace().isEmpty()) {
            return set.labels();
        }
        Map<String, String> labels = new HashMap<>(set.labels().asMap());
        labels.put("projectcalico.org/namespace", set.namespace());
        return Labels.of(labels);
    }

    private Match namespace(TieredPolicy policy, LabelExpression namespaces, NetworkSet set) {
        if (namespaces == null) {
            return set.namespace().equals(policy.namespace()) ? Match.YES : Match.NO;
        }
        if (set.namespace().isEmpty()) {
            return namespaces.matches(CalicoSelector.NO_NAMESPACE) ? Match.YES : Match.NO;
        }
        return tenants.getOrDefault(set.namespace(), Tenant.named(set.namespace()))
                .matches(namespaces);
    }

    /** Unchanged unless the input has such a Service. */
    private Peer services(TieredPolicy policy, Peer.Services wanted) {
        List<Service> found = found(policy, wanted);
        if (found == null) {
            return wanted;
        }
        List<Peer> behind = new ArrayList<>();
        for (Service service : found) {
            if (service.selecting()) {
                Selector own = Selector.of(Map.of(Namespace.NAME_LABEL, service.namespace()));
                behind.add(new Peer.Pods(own, service.selector()));
            } else if (!service.type().equals("ExternalName")) {
                Set<String> addresses = endpoints.getOrDefault(service.ref(), Set.of());
                behind.add(new Peer.Networks(addresses.stream().sorted().toList(), List.of(), Answer.YES));
            }
        }
        return new Peer.AnyOf(behind);
    }

    private List<Service> found(TieredPolicy policy, Peer.Services wanted) {
        List<Service> found = services.stream()
                .filter(service -> wanted.name() == null || wanted.name().equals(service.name()))
                .filter(service -> wanted.labels() == null || wanted.labels().matches(service.labels()))
                .filter(service -> wanted.namespaces() == null
                        ? service.namespace().equals(policy.namespace())
                        : wanted.namespaces()
                                .matches(Tenant.named(service.namespace()).labels()))
                .toList();
        return found.isEmpty() ? null : found;
    }
}
