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
        Loader loader = source.loader(streams);
        Input input = source.load(loader, streams);
        // What is missing from the graph for it.
        List<Finding> errors = input.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        streams.err()
                .print(LineReport.render(Report.of(errors, loader.locations(), List.of(), List.of(), null)
                        .entries()));
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
