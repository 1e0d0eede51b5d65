package dev.sealane.cli;

import dev.sealane.facts.Ref;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Severity;
import dev.sealane.link.Edge;
import dev.sealane.link.Linker;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.report.GraphExport;
import dev.sealane.report.LineReport;
import dev.sealane.report.Report;
import java.util.List;
import java.util.Locale;
import org.jgrapht.Graph;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealane graph}. */
@Command(
        name = "graph",
        description = "Write the graph of objects: what selects, routes to and names what.",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  sealane graph deploy/ | dot -Tsvg > graph.svg",
            "  sealane graph --format graphml --output graph.graphml dump.yaml"
        })
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

    private final Streams streams;

    @Mixin
    private Source source;

    @Option(
            names = "--format",
            defaultValue = "dot",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin
    private Destination destination;

    GraphCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        Loader loader = source.loader(streams);
        Input input = loader.load(source.paths());
        // What is missing from the graph for it.
        List<Finding> errors = input.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        streams.err()
                .print(LineReport.render(Report.of(errors, loader.locations(), List.of(), List.of(), null)
                        .entries()));
        Graph<Ref, Edge> graph = Linker.link(input, false).graph();
        destination.write(
                switch (format) {
                    case DOT -> GraphExport.dot(graph);
                    case GRAPHML -> GraphExport.graphml(graph);
                    case JSON -> GraphExport.json(graph);
                },
                streams);
    }
}
