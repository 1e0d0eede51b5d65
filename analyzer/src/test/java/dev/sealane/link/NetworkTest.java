package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Event;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jgrapht.Graph;
import org.junit.jupiter.api.Test;

class NetworkTest {

    private static Set<String> edges(Linked linked) {
        Graph<Ref, Edge> graph = linked.network().graph();
        Set<String> edges = new TreeSet<>();
        for (Edge edge : graph.edgeSet()) {
            assertEquals(edge.label(), edge.toString());
            edges.add(graph.getEdgeSource(edge) + " " + edge.label() + " " + graph.getEdgeTarget(edge));
        }
        assertEquals(edges.size(), graph.edgeSet().size());
        return edges;
    }

    @Test
    void relations() {
        Linked linked = Linked.manifests(
                Linked.service("web", "app: web"),
                Linked.deployment("web", "app: web", ""),
                Linked.policy("deny", "podSelector: {}"),
                "apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec: {controller: x}",
                "apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: "
                        + "{ingressClassName: nginx, tls: [{secretName: tls}], rules: [{http: {paths: ["
                        + "{backend: {service: {name: web, port: {number: 80}}}}, "
                        + "{backend: {service: {name: web, port: {number: 81}}}}, "
                        + "{backend: {service: {name: api, port: {name: http}}}}]}}]}");
        assertEquals(
                Set.of(
                        "Service shop/web selects Deployment shop/web",
                        "NetworkPolicy shop/deny applies to Deployment shop/web",
                        "Ingress shop/web has class IngressClass nginx",
                        "Ingress shop/web has certificate (unknown) Secret shop/tls",
                        "Ingress shop/web routes to Service shop/web",
                        "Ingress shop/web routes to port 80 Service shop/web",
                        "Ingress shop/web routes to port 81 (absent) Service shop/web",
                        "Ingress shop/web routes to (absent) Service shop/api"),
                edges(linked));
    }

    @Test
    void objectsWithoutRelationsAreVerticesToo() {
        Linked linked = Linked.manifests(Linked.deployment("web", "app: web", ""), Linked.service("web", ""));
        assertEquals(
                Set.of("Deployment shop/web", "Service shop/web"),
                linked.network().graph().vertexSet().stream().map(Ref::toString).collect(Collectors.toSet()));
        assertEquals(Set.of(), edges(linked));
    }

    @Test
    void podsEventsAndOthersAreNoFacts() {
        Linked linked = Linked.capture(
                Linked.pod("web", "app: web", "", ""),
                "apiVersion: v1, kind: Event, metadata: {name: e, namespace: shop}, involvedObject: {kind: Pod}",
                "apiVersion: example.org/v1, kind: Database, metadata: {name: db, namespace: shop}",
                Linked.service("web", "app: web"));
        assertEquals(
                Set.of("Service shop/web"),
                linked.all(Resource.class).stream()
                        .map(resource -> resource.ref().toString())
                        .collect(Collectors.toSet()));
        assertEquals(4, linked.network().resources().size());
        assertEquals(0, linked.all(Event.class).size());
    }
}
