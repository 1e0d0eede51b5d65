package dev.sealane.cli;

import dev.sealane.facts.Ref;
import dev.sealane.link.Edge;
import dev.sealane.link.Linker;
import dev.sealane.load.Input;
import dev.sealane.report.GraphExport;
import java.util.Locale;
import org.jgrapht.Graph;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane graph}. */
final class GraphCommand implements Runnable {
    private enum Format {
        DOT,
        GRAPHML,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Source source = new Source(spec);
    private final OptionSpec format = FormatOption.of(Format.class, "dot");

    private final Destination destination;
    private final Streams streams;

    GraphCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(format);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Write the graph of objects: what selects, routes to and names what.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane graph deploy/ | dot -Tsvg > graph.svg",
                        "  sealane graph --format graphml --output graph.graphml dump.yaml");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        Input input = source.loadSayingErrors(streams);
        Graph<Ref, Edge> graph = Linker.link(input, false).graph();
        destination.write(
                switch (format.<Format>getValue()) {
                    case DOT -> GraphExport.dot(graph);
                    case GRAPHML -> GraphExport.graphml(graph);
                    case JSON -> GraphExport.json(graph);
                },
                streams);
    }
}
