package dev.sealane.cli;

import dev.sealane.check.RuleSet;
import dev.sealane.diff.ConnectionChange;
import dev.sealane.diff.Diff;
import dev.sealane.finding.Severity;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import dev.sealane.report.DiffReport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code sealane diff}. */
final class DiffCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON,
        MARKDOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Threshold {
        ERROR,
        WARNING,
        OPENED,
        ANY,
        NEVER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec old = input("OLD", 0, "Files, a folder or a dump: what was.");
    private final PositionalParamSpec current = input("NEW", 1, "What is to be. Manifests are laid over a dump.");
    private final OptionSpec failOn = OptionSpec.builder("--fail-on")
            .paramLabel("WHAT")
            .type(List.class)
            .auxiliaryTypes(Threshold.class)
            .splitRegex(",")
            .initialValue(List.of(Threshold.ERROR))
            .description("Exit with 1 for new findings from that severity on, for connections that are opened, for any"
                    + " difference: ${COMPLETION-CANDIDATES} (default: error).")
            .build();
    private final OptionSpec format = FormatOption.of(Format.class, "text");
    private final Source source;
    private final Destination destination;
    private final Streams streams;

    DiffCommand(Streams streams) {
        this.streams = streams;
        spec.addPositional(old).addPositional(current);
        source = Source.ofPaths(spec);
        spec.addOption(failOn).addOption(format);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Tell what differs between two inputs: objects, findings, and who can talk to whom.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane diff main/deploy/ deploy/ --format markdown",
                        "  sealane diff cluster.yaml deploy/ --fail-on error,opened",
                        "  sealane diff monday.tar.gz tuesday.tar.gz");
    }

    private static PositionalParamSpec input(String label, int index, String description) {
        return PositionalParamSpec.builder()
                .paramLabel(label)
                .index(Integer.toString(index))
                .arity("1")
                .required(true)
                .type(String.class)
                .description(description)
                .build();
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String before = old.getValue();
        String after = current.getValue();
        if (before.equals("-") && after.equals("-")) {
            throw new UsageError("only one of OLD and NEW can be standard input");
        }
        Loader oldLoader = source.loader(streams);
        Loader loader = source.loader(streams);
        Input one = oldLoader.load(List.of(before));
        Input other = loader.load(List.of(after));
        Diff diff = Diff.of(one, other, RuleSet.builtIn());
        DiffReport report = new DiffReport(diff, oldLoader.locations(), loader.locations());
        destination.write(
                switch (format.<Format>getValue()) {
                    case TEXT -> report.text();
                    case JSON -> report.json();
                    case MARKDOWN -> report.markdown();
                },
                streams);
        List<Threshold> thresholds = failOn.getValue();
        return thresholds.stream().anyMatch(threshold -> reached(threshold, diff, report)) ? Main.FOUND : 0;
    }

    private static boolean reached(Threshold threshold, Diff diff, DiffReport report) {
        return switch (threshold) {
            case ERROR -> found(report, Severity.ERROR);
            case WARNING -> found(report, Severity.WARNING);
            case OPENED ->
                diff.connections().stream().anyMatch(change -> change.kind() == ConnectionChange.Kind.OPENED);
            case ANY ->
                !diff.objects().isEmpty()
                        || !diff.added().isEmpty()
                        || !diff.fixed().isEmpty()
                        || !diff.connections().isEmpty();
            case NEVER -> false;
        };
    }

    private static boolean found(DiffReport report, Severity severity) {
        return report.added().stream().anyMatch(entry -> entry.severity().atLeast(severity));
    }
}
