package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Ref;
import dev.sealane.link.Edge;
import dev.sealane.link.Linker;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.jgrapht.Graph;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

class GraphExportTest {
    /** A Service of this name that selects a Deployment. */
    private static Graph<Ref, Edge> graph(String service) {
        String text = """
                apiVersion: v1
                kind: Service
                metadata: {name: %s, namespace: shop}
                spec: {selector: {app: web}}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: front, namespace: shop}
                spec:
                  template:
                    metadata: {labels: {app: web}}
                """.formatted(service);
        Loader loader = new Loader("default", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "-");
        return Linker.link(loader.load(List.of("-")), false).graph();
    }

    @Test
    void dot() {
        assertEquals("""
                digraph sealane {
                  "Service shop/web" [ label="Service shop/web" group="" kind="Service" namespace="shop" name="web" ];
                  "apps/Deployment shop/front" [ label="Deployment shop/front" group="apps" kind="Deployment" namespace="shop" name="front" ];
                  "Service shop/web" -> "apps/Deployment shop/front" [ label="selects" ];
                }
                """, GraphExport.dot(graph("web")));
    }

    @Test
    void graphml() throws Exception {
        Document document = parse(GraphExport.graphml(graph("web")));
        assertEquals(2, document.getElementsByTagName("node").getLength());
        var edge = document.getElementsByTagName("edge").item(0);
        assertEquals(
                "Service shop/web", edge.getAttributes().getNamedItem("source").getNodeValue());
        assertEquals(
                "apps/Deployment shop/front",
                edge.getAttributes().getNamedItem("target").getNodeValue());
        assertEquals("selects", edge.getTextContent().strip());
    }

    @Test
    void json() {
        String expected = """
                {"creator":"JGraphT JSON Exporter","version":"1","nodes":[\
                {"id":"Service shop/web","label":"Service shop/web",\
                "group":"","kind":"Service","namespace":"shop","name":"web"},\
                {"id":"apps/Deployment shop/front","label":"Deployment shop/front",\
                "group":"apps","kind":"Deployment","namespace":"shop","name":"front"}],\
                "edges":[{"source":"Service shop/web","target":"apps/Deployment shop/front","label":"selects"}]}
                """;
        assertEquals(expected.replace("/", "\\/"), GraphExport.json(graph("web")));
    }

    @Test
    void oddNamesBreakNoFormat() throws Exception {
        Graph<Ref, Edge> graph = graph("\"x\\\"\\\\<&\\e\"");
        String dot = GraphExport.dot(graph);
        assertTrue(
                dot.contains("  \"Service shop/x\\\"\\\\<&\\\\u001b\" [ label=\"Service shop/x\\\"\\\\<&\\\\u001b\" "),
                dot);
        String xml = GraphExport.graphml(graph);
        assertEquals(
                "Service shop/x\"\\<&\\u001b",
                parse(xml)
                        .getElementsByTagName("node")
                        .item(0)
                        .getAttributes()
                        .getNamedItem("id")
                        .getNodeValue());
        for (String text : List.of(dot, xml, GraphExport.json(graph))) {
            assertFalse(text.contains("\u001b"));
        }
    }

    private static Document parse(String xml) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }
}
