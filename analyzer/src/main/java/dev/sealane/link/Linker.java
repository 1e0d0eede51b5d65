package dev.sealane.link;

import dev.sealane.facts.Cluster;
import dev.sealane.facts.Event;
import dev.sealane.facts.Kind;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.Other;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.load.Input;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Turns what was read into what is so. */
public final class Linker {
    /** The kinds whose absence some rule rests on. */
    private static final Set<Kind> COVERED =
            Set.of(Kind.NAMESPACE, Kind.POD, Kind.SERVICE, Kind.ENDPOINT_SLICE, Kind.INGRESS_CLASS);

    private Linker() {}

    /** @param complete whether the user vouches that what is not in the input is not in the cluster */
    public static Network link(Input input, boolean complete) {
        Ledger ledger = new Ledger(input, complete);
        Map<String, Tenant> tenants = NetworkPolicies.tenants(input.resources(), ledger);
        List<Resource> resources = TieredPolicies.resolve(input.resources(), tenants);
        Times times = new Times(input);
        List<NetworkPolicy> policies = resources.stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();
        List<PodSet> podSets = PodSets.of(resources, selectedKeys(resources));
        PodIndex index = new PodIndex(podSets);

        String distribution = Distribution.of(resources);
        Ingresses ingresses = new Ingresses(resources, podSets, ledger, times, distribution);
        NetworkPolicies linked = new NetworkPolicies(policies, index, ledger, tenants);
        Enforcement enforcement = new Enforcement(resources, podSets, ledger);
        Policies engine = new Policies(resources, enforcement.enforcers());
        Cluster cluster = new Cluster(distribution, ingresses.classlessServed());

        List<Supplier<Collection<?>>> parts = new ArrayList<>();
        parts.add(() -> resources.stream().filter(Linker::matched).toList());
        parts.add(() -> List.of(cluster));
        parts.add(() -> ledger.facts(COVERED));
        parts.add(() -> Services.link(resources, index, ledger, times));
        parts.add(ingresses::facts);
        parts.add(ingresses::controllers);
        parts.add(linked::applies);
        parts.add(linked::facts);
        parts.add(() -> enforcement.unenforced(policies, linked.applies()));
        parts.add(() -> PriorityTies.of(resources, podSets, tenants));
        parts.add(() -> OtherPolicies.uncounted(resources, engine.enforcers(), ledger));
        parts.add(() -> TieredPolicies.applies(resources, podSets, engine, tenants));
        if (!policies.isEmpty()) {
            boolean servicePorts = enforcement.lacks("pod ports");
            DnsServers servers = DnsServers.of(resources, index, podSets, tenants);
            UnreadPolicies unread = new UnreadPolicies(resources, ledger);
            parts.add(() -> {
                Dns dns = new Dns(unread, engine, servers, tenants, ledger, servicePorts);
                List<Object> facts = new ArrayList<>(dns.egress(podSets, policies));
                facts.addAll(dns.ingress(podSets));
                facts.addAll(dns.undecided());
                return facts;
            });
            List<Service> services = resources.stream()
                    .filter(Service.class::isInstance)
                    .map(Service.class::cast)
                    .toList();
            parts.add(() -> enforcement.unsupported(policies));
            parts.add(() -> new PolicyPorts(policies, services, index, linked, ledger, servicePorts).facts());
            Denials denials = new Denials(engine, tenants, unread);
            parts.add(() -> new IngressAccess(resources, ingresses, index, denials).facts());
            parts.add(() -> new ClientAccesses(resources, podSets, index, engine, denials, servicePorts).facts());
            parts.add(() -> new OtherSides(policies, linked, engine, denials, servers).facts());
            parts.add(() -> RedundantRules.of(policies));
            parts.add(() -> new PolicyPeers(
                            resources, podSets, policies, linked, servers, engine.enforcers(), servicePorts)
                    .facts());
        }
        List<Object> facts = new ArrayList<>();
        // Each part on whichever core is free; what comes out is in the order of the parts.
        parts.parallelStream().map(Supplier::get).toList().forEach(facts::addAll);
        return new Network(resources, podSets, facts, cluster, ledger, times.newest(), tenants, engine);
    }

    /** Whether rules match such objects. Pods are matched as pod sets; there are too many to look at one by one. */
    private static boolean matched(Resource resource) {
        return !(resource instanceof Pod || resource instanceof Event || resource instanceof Other);
    }

    /** The label keys that Services and policies look at. */
    private static Set<String> selectedKeys(List<Resource> resources) {
        Set<String> keys = new HashSet<>();
        for (Resource resource : resources) {
            if (resource instanceof Service service) {
                keys.addAll(service.selector().matchLabels().keySet());
            }
            if (resource instanceof TieredPolicy policy) {
                keys.addAll(TieredPolicies.podKeys(policy));
            }
            if (resource instanceof NetworkPolicy policy) {
                keys.addAll(policy.podSelector().keys());
                for (NetworkPolicy.Direction direction : NetworkPolicy.Direction.values()) {
                    policy.rules(direction).stream()
                            .flatMap(rule -> rule.peers().stream())
                            .filter(peer -> peer.podSelector() != null)
                            .forEach(peer -> keys.addAll(peer.podSelector().keys()));
                }
            }
        }
        return keys;
    }
}
