package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Ref;
import dev.sealane.link.Edge;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedMultigraph;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class GraphExportTest {
    private static final Ref INGRESS = new Ref(Kind.INGRESS, "shop", "front");
    private static final Ref SERVICE = new Ref(Kind.SERVICE, "shop", "web");

    private static Graph<Ref, Edge> graph(Ref from, Ref to) {
        Graph<Ref, Edge> graph = new DirectedMultigraph<>(Edge.class);
        graph.addVertex(from);
        graph.addVertex(to);
        graph.addEdge(from, to, new Edge("routes to"));
        return graph;
    }

    @Test
    void dot() {
        assertEquals("""
                digraph sealane {
                  "networking.k8s.io/Ingress shop/front" [ label="Ingress shop/front" group="networking.k8s.io" kind="Ingress" namespace="shop" name="front" ];
                  "Service shop/web" [ label="Service shop/web" group="" kind="Service" namespace="shop" name="web" ];
                  "networking.k8s.io/Ingress shop/front" -> "Service shop/web" [ label="routes to" ];
                }
                """, GraphExport.dot(graph(INGRESS, SERVICE)));
    }

    @Test
    void graphml() throws Exception {
        String xml = GraphExport.graphml(graph(INGRESS, SERVICE));
        Document document = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        assertEquals(2, document.getElementsByTagName("node").getLength());
        var edge = document.getElementsByTagName("edge").item(0);
        assertEquals(
                "networking.k8s.io/Ingress shop/front",
                edge.getAttributes().getNamedItem("source").getNodeValue());
        assertEquals(
                "Service shop/web", edge.getAttributes().getNamedItem("target").getNodeValue());
        assertEquals("routes to", edge.getTextContent().strip());
    }

    @Test
    void json() {
        assertEquals(
                "{\"creator\":\"JGraphT JSON Exporter\",\"version\":\"1\",\"nodes\":["
                        + "{\"id\":\"networking.k8s.io\\/Ingress shop\\/front\",\"label\":\"Ingress shop\\/front\",\"group\":\"networking.k8s.io\",\"kind\":\"Ingress\",\"namespace\":\"shop\",\"name\":\"front\"},"
                        + "{\"id\":\"Service shop\\/web\",\"label\":\"Service shop\\/web\",\"group\":\"\",\"kind\":\"Service\",\"namespace\":\"shop\",\"name\":\"web\"}],"
                        + "\"edges\":[{\"source\":\"networking.k8s.io\\/Ingress shop\\/front\",\"target\":\"Service shop\\/web\",\"label\":\"routes to\"}]}\n",
                GraphExport.json(graph(INGRESS, SERVICE)));
    }

    @Test
    void oddNamesBreakNoFormat() throws Exception {
        Ref odd = new Ref(Kind.SERVICE, "a", "x\"\\<&\u001b\n");
        String dot = GraphExport.dot(graph(odd, SERVICE));
        assertTrue(
                dot.contains(
                        "\"Service a/x\\\"\\\\<&\\\\u001b\\\\u000a\" [ label=\"Service a/x\\\"\\\\<&\\\\u001b\\\\u000a\""),
                dot);
        String xml = GraphExport.graphml(graph(odd, SERVICE));
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
        for (String text : new String[] {dot, xml, GraphExport.json(graph(odd, SERVICE))}) {
            assertFalse(text.contains("\u001b"));
        }
    }
}
