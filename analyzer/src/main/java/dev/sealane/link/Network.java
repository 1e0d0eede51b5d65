package dev.sealane.link;

import dev.sealane.facts.Applies;
import dev.sealane.facts.Cluster;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Reference;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selects;
import dev.sealane.facts.Service;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedMultigraph;

/**
 * The objects of the input, and all that follows from them.
 *
 * @param resources every object
 * @param podSets the pods, grouped
 * @param facts what rules match: relations, and those objects that are not too many to be matched one by one
 * @param ledger what the input can prove
 * @param newest the newest time that an object carries, or null
 * @param tenants the namespaces by name
 * @param policies all of them, to be asked
 */
public record Network(
        List<Resource> resources,
        List<PodSet> podSets,
        List<Object> facts,
        Cluster cluster,
        Ledger ledger,
        Instant newest,
        Map<String, Tenant> tenants,
        Policies policies) {

    /** By Service, the pods that its selector matches. */
    public Map<Ref, List<PodSet>> selected() {
        Map<Ref, List<PodSet>> selected = new HashMap<>();
        for (Object fact : facts) {
            if (fact instanceof Selects selects) {
                selected.computeIfAbsent(selects.service(), unseen -> new ArrayList<>())
                        .add(selects.pods());
            }
        }
        return selected;
    }

    /** A set of pods as policies see it. */
    public Endpoint.Pods endpoint(PodSet pods) {
        return Endpoint.Pods.of(tenants.get(pods.namespace()), pods);
    }

    /** Where the cluster's names are looked up. */
    public List<Service> dnsServices() {
        return resources.stream()
                .filter(Service.class::isInstance)
                .map(Service.class::cast)
                .filter(DnsServers::servesDns)
                .toList();
    }

    /** The pods of NodeLocal DNSCache. */
    public List<PodSet> dnsCaches() {
        return podSets.stream().filter(DnsServers::isNodeLocal).toList();
    }

    /**
     * The relations between objects: Services to the workloads that they select, Ingresses to what they refer to,
     * NetworkPolicies to the workloads that they apply to. An object that is referred to and not in the input is a
     * vertex too.
     */
    public Graph<Ref, Edge> graph() {
        Graph<Ref, Edge> graph = new DirectedMultigraph<>(Edge.class);
        Set<Object> drawn = new HashSet<>();
        for (Object fact : facts) {
            switch (fact) {
                case Resource resource -> graph.addVertex(resource.ref());
                case Selects selects ->
                    connect(
                            graph,
                            drawn,
                            selects.service(),
                            "selects",
                            selects.pods().owner());
                case Applies applies ->
                    connect(
                            graph,
                            drawn,
                            applies.policy(),
                            "applies to",
                            applies.pods().owner());
                case Reference reference -> connect(graph, drawn, reference.source(), label(reference), reference.to());
                default -> {}
            }
        }
        return graph;
    }

    private static String label(Reference reference) {
        String role = switch (reference.role()) {
            case INGRESS_CLASS -> "has class";
            case INGRESS_BACKEND -> "routes to";
            case INGRESS_BACKEND_PORT -> "routes to port " + reference.port();
            case INGRESS_TLS -> "has certificate";
        };
        return reference.state() == Reference.State.FOUND
                ? role
                : role + " (" + reference.state().name().toLowerCase(Locale.ROOT) + ")";
    }

    private static void connect(Graph<Ref, Edge> graph, Set<Object> drawn, Ref from, String label, Ref to) {
        if (drawn.add(List.of(from, label, to))) {
            graph.addVertex(from);
            graph.addVertex(to);
            graph.addEdge(from, to, new Edge(label));
        }
    }
}
