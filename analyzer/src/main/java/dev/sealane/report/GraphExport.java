package dev.sealane.report;

import dev.sealane.facts.Ref;
import dev.sealane.link.Edge;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jgrapht.Graph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.BaseExporter;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.GraphExporter;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.graphml.GraphMLExporter.AttributeCategory;
import org.jgrapht.nio.json.JSONExporter;

/** The graph of objects in formats that other programs read. A vertex's id is {@code group/Kind namespace/name}. */
public final class GraphExport {
    private GraphExport() {}

    /** Graphviz. */
    public static String dot(Graph<Ref, Edge> graph) {
        // The exporter escapes the quotes of attributes, but not their backslashes, and nothing of ids.
        UnaryOperator<String> backslashes = text -> text.replace("\\", "\\\\");
        DOTExporter<Ref, Edge> exporter =
                new DOTExporter<>(ref -> '"' + backslashes.apply(id(ref)).replace("\"", "\\\"") + '"');
        exporter.setGraphIdProvider(() -> "sealane");
        return write(graph, exporter, exporter, backslashes);
    }

    /** GraphML, with the attributes label, group, kind, namespace and name. */
    public static String graphml(Graph<Ref, Edge> graph) {
        GraphMLExporter<Ref, Edge> exporter = new GraphMLExporter<>(GraphExport::id);
        for (String name : List.of("label", "group", "kind", "namespace", "name")) {
            exporter.registerAttribute(name, AttributeCategory.NODE, AttributeType.STRING);
        }
        exporter.registerAttribute("label", AttributeCategory.EDGE, AttributeType.STRING);
        return write(graph, exporter, exporter, UnaryOperator.identity());
    }

    /** JGraphT's JSON: {@code nodes} and {@code edges}. */
    public static String json(Graph<Ref, Edge> graph) {
        JSONExporter<Ref, Edge> exporter = new JSONExporter<>(GraphExport::id);
        return write(graph, exporter, exporter, UnaryOperator.identity());
    }

    private static String write(
            Graph<Ref, Edge> graph,
            BaseExporter<Ref, Edge> attributes,
            GraphExporter<Ref, Edge> exporter,
            UnaryOperator<String> escape) {
        attributes.setVertexAttributeProvider(ref -> attributes(vertex(ref), escape));
        attributes.setEdgeAttributeProvider(edge -> attributes(Map.of("label", edge.label()), escape));
        StringWriter out = new StringWriter();
        exporter.exportGraph(graph, out);
        return out.toString().stripTrailing() + "\n";
    }

    private static Map<String, String> vertex(Ref ref) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("label", ref.toString());
        attributes.put("group", ref.kind().group());
        attributes.put("kind", ref.kind().name());
        attributes.put("namespace", ref.namespace());
        attributes.put("name", ref.name());
        return attributes;
    }

    private static Map<String, Attribute> attributes(Map<String, String> texts, UnaryOperator<String> escape) {
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        texts.forEach(
                (name, text) -> attributes.put(name, DefaultAttribute.createAttribute(escape.apply(Visible.of(text)))));
        return attributes;
    }

    private static String id(Ref ref) {
        String group = ref.kind().group();
        return Visible.of((group.isEmpty() ? "" : group + "/") + ref);
    }
}
