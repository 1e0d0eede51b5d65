package dev.sealane.cli;

import dev.sealane.check.Checked;
import dev.sealane.check.Checker;
import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.link.Linker;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.report.JsonReport;
import dev.sealane.report.LineReport;
import dev.sealane.report.Report;
import dev.sealane.report.Report.Summary;
import dev.sealane.report.TextReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sealane lint}. */
@Command(
        name = "lint",
        description = "Check manifests or a dump of a cluster.",
        sortOptions = false,
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Exit code: 0 if no finding is as bad as --fail-on says, 1 if one is,",
            "2 for a mistake in the command, 3 for a bug of Sealane.",
            "",
            "Examples:",
            "  sealane lint deploy/ cluster/",
            "  kubectl get all,ing,netpol,ns -A -o yaml | sealane lint -",
            "  helm template . | sealane lint - --stdin-filename chart.yaml",
            "  sealane lint --only policy,DNS001 --format json --output findings.json",
        })
final class LintCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON,
        LINE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private enum Threshold {
        ERROR(Severity.ERROR),
        WARNING(Severity.WARNING),
        NOTE(Severity.NOTE),
        NEVER(null);

        private final Severity severity;

        Threshold(Severity severity) {
            this.severity = severity;
        }

        boolean reached(Report report) {
            return severity != null
                    && report.entries().stream()
                            .anyMatch(entry -> entry.severity().atLeast(severity));
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final Streams streams;

    @Mixin
    private Source source;

    @Option(
            names = "--complete",
            description = "Take the input for all there is: what it does not hold does not exist.")
    private boolean complete;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "RULE",
            completionCandidates = Choice.Names.class,
            description = "Only these rules, by id, name or topic. Errors of the input itself stay.")
    private List<String> only = new ArrayList<>();

    @Option(
            names = "--skip",
            split = ",",
            paramLabel = "RULE",
            completionCandidates = Choice.Names.class,
            description = "All but these rules, by id, name or topic.")
    private List<String> skip = new ArrayList<>();

    @Option(
            names = "--fail-on",
            defaultValue = "error",
            paramLabel = "SEVERITY",
            description = "Exit with 1 from this on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Threshold failOn;

    @Option(
            names = "--format",
            defaultValue = "text",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format;

    @Mixin
    private Destination destination;

    @Option(
            names = {"-v", "--verbose"},
            description = "Text: leave nothing out for length.")
    private boolean verbose;

    @Option(
            names = {"-q", "--quiet"},
            description = "Text: one line for each finding, nothing else.")
    private boolean quiet;

    LintCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        RuleSet rules = RuleSet.builtIn();
        Predicate<Rule> chosen = Choice.of(rules.rules(), only, skip);
        Loader loader = source.loader(streams);
        Input input = loader.load(source.paths());
        Checked checked = Checker.check(Linker.link(input, complete), input, rules, chosen);
        Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
        Report report = Report.of(
                checked.findings(),
                loader.locations(),
                checked.notChecked(),
                input.skipped(),
                new Summary(input.resources().size(), input.files(), elapsed));
        destination.write(render(report), streams);
        return failOn.reached(report) ? Main.FOUND : 0;
    }

    private String render(Report report) {
        return switch (format) {
            case TEXT -> quiet ? brief(report) : TextReport.render(report, verbose, colour());
            case JSON -> JsonReport.render(report);
            case LINE -> LineReport.render(report.entries());
        };
    }

    private String brief(Report report) {
        return LineReport.render(report.entries().stream()
                .filter(entry -> verbose || !TextReport.minor(entry))
                .toList());
    }

    private boolean colour() {
        return streams.colour() && !destination.isFile();
    }
}
