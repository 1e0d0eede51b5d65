package dev.sealane.report;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Text;
import dev.sealane.map.Connectivity;
import dev.sealane.map.Exposure;
import dev.sealane.map.Group;
import dev.sealane.map.Line;
import dev.sealane.map.Peer;
import dev.sealane.map.View;
import dev.sealane.policy.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jgrapht.Graph;
import org.jgrapht.graph.DirectedPseudograph;
import org.jgrapht.nio.Attribute;
import org.jgrapht.nio.AttributeType;
import org.jgrapht.nio.DefaultAttribute;
import org.jgrapht.nio.dot.DOTExporter;
import org.jgrapht.nio.graphml.GraphMLExporter;
import org.jgrapht.nio.graphml.GraphMLExporter.AttributeCategory;
import tools.jackson.core.JsonGenerator;

/**
 * Maps for people and for other programs. JSON and CSV have each peer for itself and are written as they are computed;
 * the others show groups of peers that no policy tells apart.
 */
public final class MapExport {
    /** Names of a group that are shown. */
    private static final int NAMED = 3;

    /** Edges that can still be looked at, and that viewers still draw; Mermaid by default refuses more than 500. */
    private static final int DRAWN = 20_000;

    private static final int DRAWN_BY_MERMAID = 500;

    private MapExport() {}

    /** An edge, compared by identity. */
    private static final class Flow {
        private final String label;

        Flow(String label) {
            this.label = label;
        }
    }

    /** Too many edges to be drawn. */
    public static final class TooLarge extends Exception {
        private static final long serialVersionUID = 1;

        TooLarge(int most) {
            super("the map has more than " + most + " edges; --from, --to and --port leave less of it");
        }
    }

    /** By what is reached. */
    public static void text(View view, Writer out) throws IOException {
        Map<Group, List<Peer>> from = View.byGroup(view.from());
        Map<Group, List<Peer>> to = View.byGroup(view.to());
        Map<Group, String> names = new HashMap<>();
        from.forEach((group, peers) -> names.put(group, name(peers)));
        Set<String> unreached = new TreeSet<>();
        for (var target : to.entrySet()) {
            Map<List<Line>, List<Group>> sources = new LinkedHashMap<>();
            int asked = 0;
            for (Group source : from.keySet()) {
                if (source.pods() || target.getKey().pods()) {
                    asked++;
                    List<Line> lines = view.lines(source, target.getKey());
                    if (!lines.isEmpty()) {
                        sources.computeIfAbsent(lines, unseen -> new ArrayList<>())
                                .add(source);
                    }
                }
            }
            if (sources.isEmpty()) {
                unreached.add(name(target.getValue()));
                continue;
            }
            out.append(name(target.getValue())).append('\n');
            for (var some : sources.entrySet()) {
                List<Group> groups = some.getValue();
                String who = groups.size() == asked && asked > 1
                        ? "everything"
                        : groups.stream().limit(NAMED).map(names::get).collect(Collectors.joining("; "))
                                + (groups.size() > NAMED ? "; and " + count(groups.size() - NAMED, "more group") : "");
                out.append("  ")
                        .append(label(some.getKey()))
                        .append(" from ")
                        .append(who)
                        .append('\n');
            }
        }
        if (!unreached.isEmpty()) {
            out.append(to.size() == unreached.size() ? "nothing is reached\n" : "reached by nothing\n");
            for (String name : unreached) {
                out.append("  ").append(name).append('\n');
            }
        }
    }

    /** The schema is docs/map-output.schema.json. */
    public static void json(View view, Writer out) throws IOException {
        out.append("{\"version\":1,\"peers\":[");
        Map<Peer, String> ids = new HashMap<>();
        String separator = "\n";
        for (Peer peer : view.map().peers()) {
            ids.put(peer, quoted(peer.id()));
            out.append(separator).append(Json.compact(json -> peer(json, peer)));
            separator = ",\n";
        }
        out.append("\n],\"connections\":[");
        Map<List<Line>, List<String>> ends = new HashMap<>();
        separator = "\n";
        for (Peer from : view.from()) {
            for (Peer to : view.to()) {
                if (!Connectivity.policed(from, to)) {
                    continue;
                }
                List<Line> lines = view.lines(from, to);
                if (lines.isEmpty()) {
                    continue;
                }
                for (String end : ends.computeIfAbsent(lines, MapExport::jsonEnds)) {
                    out.append(separator)
                            .append("{\"from\":")
                            .append(ids.get(from))
                            .append(",\"to\":")
                            .append(ids.get(to))
                            .append(end);
                    separator = ",\n";
                }
            }
        }
        out.append("\n]}\n");
    }

    private static List<String> jsonEnds(List<Line> lines) {
        return lines.stream()
                .map(line -> ",\"protocol\":\"" + line.protocol() + "\",\"ports\":"
                        + line.ports().stream()
                                .map(range -> "[" + range.first() + "," + range.last() + "]")
                                .collect(Collectors.joining(",", "[", "]"))
                        + ",\"verdict\":\"" + line.verdict().word() + "\"}")
                .toList();
    }

    private static void peer(JsonGenerator json, Peer peer) {
        json.writeStartObject();
        json.writeStringProperty("id", peer.id());
        if (peer.ref() != null) {
            JsonReport.ref(json, peer.ref());
        } else if (peer.cidr() != null) {
            json.writeStringProperty("cidr", peer.cidr().toString());
        } else {
            json.writeStringProperty("domainName", peer.domainName());
        }
        json.writeObjectPropertyStart("labels");
        peer.labels().asMap().forEach(json::writeStringProperty);
        json.writeEndObject();
        if (peer.members() < 0) {
            json.writeNullProperty("members");
        } else {
            json.writeNumberProperty("members", peer.members());
        }
        json.writeEndObject();
    }

    /** One line for each pair of peers, protocol and verdict. Ports are separated by spaces. */
    public static void csv(View view, Writer out) throws IOException {
        out.append("from,to,protocol,ports,verdict\n");
        Map<Peer, String> cells = new HashMap<>();
        view.map().peers().forEach(peer -> cells.put(peer, cell(peer.id())));
        for (Peer from : view.from()) {
            for (Peer to : view.to()) {
                if (!Connectivity.policed(from, to)) {
                    continue;
                }
                for (Line line : view.lines(from, to)) {
                    out.append(cells.get(from)).append(',').append(cells.get(to));
                    out.append(',').append(line.protocol().toString()).append(',');
                    out.append(line.ports().stream().map(PortRange::toString).collect(Collectors.joining(" ")));
                    out.append(',').append(line.verdict().word()).append('\n');
                }
            }
        }
    }

    /** As RFC 4180 has it; and what a spreadsheet would take for a formula is text. */
    private static String cell(String text) {
        String visible = Visible.of(text);
        boolean formula = visible.matches("[=+@-].*");
        return formula || visible.matches(".*[\",].*")
                ? '"' + (formula ? "'" : "") + visible.replace("\"", "\"\"") + '"'
                : visible;
    }

    /** Graphviz. */
    public static String dot(View view) throws TooLarge {
        Graph<String, Flow> graph = graph(view, DRAWN);
        UnaryOperator<String> backslashes = text -> text.replace("\\", "\\\\");
        DOTExporter<String, Flow> exporter =
                new DOTExporter<>(name -> '"' + backslashes.apply(name).replace("\"", "\\\"") + '"');
        exporter.setGraphIdProvider(() -> "sealane");
        exporter.setEdgeAttributeProvider(flow -> label(backslashes.apply(flow.label)));
        StringWriter out = new StringWriter();
        exporter.exportGraph(graph, out);
        return out.toString().stripTrailing() + "\n";
    }

    /** GraphML, with the attribute label. */
    public static String graphml(View view) throws TooLarge {
        Graph<String, Flow> graph = graph(view, DRAWN);
        GraphMLExporter<String, Flow> exporter = new GraphMLExporter<>(name -> name);
        exporter.registerAttribute("label", AttributeCategory.ALL, AttributeType.STRING);
        exporter.setVertexAttributeProvider(MapExport::label);
        exporter.setEdgeAttributeProvider(flow -> label(flow.label));
        StringWriter out = new StringWriter();
        exporter.exportGraph(graph, out);
        return out.toString().stripTrailing() + "\n";
    }

    /** A flowchart of Mermaid. */
    public static String mermaid(View view) throws TooLarge {
        Graph<String, Flow> graph = graph(view, DRAWN_BY_MERMAID);
        Map<String, String> ids = new HashMap<>();
        StringBuilder out = new StringBuilder("flowchart LR\n");
        for (String name : graph.vertexSet()) {
            ids.put(name, "n" + ids.size());
            out.append("  ")
                    .append(ids.get(name))
                    .append("[\"")
                    .append(mermaid(name))
                    .append("\"]\n");
        }
        for (Flow flow : graph.edgeSet()) {
            out.append("  ").append(ids.get(graph.getEdgeSource(flow))).append(" -->|\"");
            out.append(mermaid(flow.label)).append("\"| ");
            out.append(ids.get(graph.getEdgeTarget(flow))).append('\n');
        }
        return out.toString();
    }

    /** Mermaid reads entity codes, and Markdown and HTML in labels. */
    private static String mermaid(String text) {
        StringBuilder safe = new StringBuilder();
        text.codePoints().forEach(character -> {
            if ("\"#&<>`*_\\[](){}|;~".indexOf(character) >= 0) {
                safe.append('#').append(character).append(';');
            } else {
                safe.appendCodePoint(character);
            }
        });
        return safe.toString();
    }

    private static Map<String, Attribute> label(String text) {
        return Map.of("label", DefaultAttribute.createAttribute(text));
    }

    /** Groups, by the names that are shown. Those with nothing to or from them are left out. */
    private static Graph<String, Flow> graph(View view, int most) throws TooLarge {
        Graph<String, Flow> graph = new DirectedPseudograph<>(Flow.class);
        Map<Group, List<Peer>> from = View.byGroup(view.from());
        Map<Group, List<Peer>> to = View.byGroup(view.to());
        Map<Group, String> sources = new HashMap<>();
        from.forEach((group, peers) -> sources.put(group, name(peers)));
        Map<Group, String> targets = new HashMap<>();
        to.forEach((group, peers) -> targets.put(group, name(peers)));
        for (Group source : from.keySet()) {
            for (Group target : to.keySet()) {
                if (!source.pods() && !target.pods()) {
                    continue;
                }
                List<Line> lines = view.lines(source, target);
                if (lines.isEmpty()) {
                    continue;
                }
                if (graph.edgeSet().size() == most) {
                    throw new TooLarge(most);
                }
                graph.addVertex(sources.get(source));
                graph.addVertex(targets.get(target));
                graph.addEdge(sources.get(source), targets.get(target), new Flow(label(lines)));
            }
        }
        return graph;
    }

    /** The first names of a group, and how many more. */
    private static String name(List<Peer> peers) {
        return Visible.of(Text.list(peers.stream().map(Peer::id).toList(), NAMED));
    }

    private static String count(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }

    /** Protocols that have the same ports are named together. */
    private static String label(List<Line> lines) {
        record Same(List<PortRange> ports, Verdict verdict) {}
        Map<Same, List<String>> protocols = new LinkedHashMap<>();
        for (Line line : lines) {
            protocols
                    .computeIfAbsent(new Same(line.ports(), line.verdict()), unseen -> new ArrayList<>())
                    .add(line.protocol().toString());
        }
        List<String> parts = new ArrayList<>();
        protocols.forEach((same, names) -> {
            boolean everyPort = same.ports().equals(List.of(PortRange.ALL));
            String ports = same.ports().stream().map(PortRange::toString).collect(Collectors.joining(", "));
            String what = everyPort && names.size() == Protocol.values().length
                    ? "all ports"
                    : String.join("/", names) + (everyPort ? "" : " " + ports);
            parts.add(what
                    + (same.verdict() == Verdict.ALLOWED
                            ? ""
                            : " (" + same.verdict().word() + ")"));
        });
        return String.join(", ", parts);
    }

    private static String quoted(String text) {
        return Json.compact(json -> json.writeString(text));
    }

    public static void exposed(List<Exposure.Way> ways, boolean json, Writer out) throws IOException {
        if (json) {
            out.append(Json.write(generator -> {
                generator.writeStartObject();
                generator.writeNumberProperty("version", 1);
                generator.writeArrayPropertyStart("exposed");
                for (Exposure.Way way : ways) {
                    generator.writeStartObject();
                    generator.writeStringProperty("peer", way.pods().id());
                    generator.writeStringProperty("how", way.how());
                    JsonReport.ref(generator, "through", way.through());
                    generator.writeStringProperty("protocol", way.protocol().toString());
                    generator.writeNumberProperty("port", way.port());
                    generator.writeArrayPropertyStart("from");
                    way.from().forEach(range -> generator.writeString(range.toString()));
                    generator.writeEndArray();
                    generator.writeStringProperty("verdict", way.verdict().word());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }));
            return;
        }
        if (ways.isEmpty()) {
            out.append("nothing is exposed\n");
        }
        for (Exposure.Way way : ways) {
            Ref through = way.through();
            String by = through.equals(way.pods().ref()) ? way.how() : way.how() + " " + through.path();
            String from = Text.list(way.from().stream().map(Object::toString).toList(), NAMED);
            out.append(Visible.of(way.pods().id() + " " + way.port() + "/" + way.protocol() + " through " + by
                            + (from.isEmpty() ? "" : " from " + from)
                            + (way.verdict() == Verdict.ALLOWED
                                    ? ""
                                    : " (" + way.verdict().word() + ")")))
                    .append('\n');
        }
    }

    /** @param what the name of the list in JSON */
    public static void sides(String what, List<Exposure.Side> sides, boolean json, Writer out) throws IOException {
        if (json) {
            out.append(Json.write(generator -> {
                generator.writeStartObject();
                generator.writeNumberProperty("version", 1);
                generator.writeArrayPropertyStart(what);
                for (Exposure.Side side : sides) {
                    generator.writeStartObject();
                    generator.writeStringProperty("peer", side.pods().id());
                    generator.writeStringProperty("direction", side.direction().toString());
                    generator.writeEndObject();
                }
                generator.writeEndArray();
                generator.writeEndObject();
            }));
            return;
        }
        if (sides.isEmpty()) {
            out.append("nothing is ").append(what).append('\n');
        }
        for (Exposure.Side side : sides) {
            out.append(Visible.of(side.pods().id()))
                    .append(": ")
                    .append(side.direction().toString())
                    .append('\n');
        }
    }
}
