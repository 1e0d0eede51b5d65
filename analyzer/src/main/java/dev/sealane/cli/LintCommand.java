package dev.sealane.cli;

import dev.sealane.check.Change;
import dev.sealane.check.Checker;
import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.link.Linker;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import dev.sealane.report.JsonReport;
import dev.sealane.report.LineReport;
import dev.sealane.report.Report;
import dev.sealane.report.Report.Summary;
import dev.sealane.report.TextReport;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane lint}. */
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

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Source source = new Source(spec);
    private final OptionSpec complete = OptionSpec.builder("--complete")
            .type(boolean.class)
            .initialValue(false)
            .description("Take the input for all there is: what it does not hold does not exist.")
            .build();

    private final OptionSpec against = OptionSpec.builder("--against")
            .paramLabel("DUMP")
            .type(String.class)
            .description("Lay PATH over this captured cluster, and tell what that changes.")
            .build();

    private final OptionSpec only = rules("--only")
            .description("Only these rules, by id, name or topic. Errors of the input itself stay.")
            .build();

    private final OptionSpec skip = rules("--skip")
            .description("All but these rules, by id, name or topic.")
            .build();

    private final OptionSpec failOn = OptionSpec.builder("--fail-on")
            .paramLabel("SEVERITY")
            .type(Threshold.class)
            .defaultValue("error")
            .description("Exit with 1 from this on: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec format = FormatOption.of(Format.class, "text");

    private final Destination destination;
    private final OptionSpec verbose = OptionSpec.builder("-v", "--verbose")
            .type(boolean.class)
            .initialValue(false)
            .description("Text: leave nothing out for length.")
            .build();

    private final OptionSpec quiet = OptionSpec.builder("-q", "--quiet")
            .type(boolean.class)
            .initialValue(false)
            .description("Text: one line for each finding, nothing else.")
            .build();

    private final Streams streams;

    LintCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(against)
                .addOption(complete)
                .addOption(only)
                .addOption(skip)
                .addOption(failOn)
                .addOption(format);
        destination = new Destination(spec);
        spec.addOption(verbose).addOption(quiet);
        spec.usageMessage()
                .description("Check manifests or a dump of a cluster.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Exit code: 0 if no finding is as bad as --fail-on says, 1 if one is,",
                        "2 for a mistake in the command, 3 for a bug of Sealane.",
                        "",
                        "Examples:",
                        "  sealane lint deploy/ cluster/",
                        "  kubectl get all,ing,netpol,ns -A -o yaml | sealane lint -",
                        "  sealane lint deploy/ --against cluster.yaml",
                        "  sealane lint --helm chart/ --values prod.yaml",
                        "  sealane lint --only policy,DNS001 --format json --output findings.json");
    }

    private static OptionSpec.Builder rules(String name) {
        return OptionSpec.builder(name)
                .paramLabel("RULE")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .initialValue(List.of())
                .completionCandidates(new Choice.Names());
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        long start = System.nanoTime();
        RuleSet rules = RuleSet.builtIn();
        Predicate<Rule> chosen = Choice.of(rules.rules(), only.getValue(), skip.getValue());
        Loader loader = source.loader(streams);
        rules.prepare();
        Report report;
        try (Progress progress = new Progress(streams)) {
            progress.reading(loader);
            Input cluster = against.getValue() == null ? null : cluster(loader);
            Input input = cluster == null ? source.load(loader, streams) : source.loadManifests(loader, streams);
            progress.at("checking", loader.objects());
            boolean all = complete.getValue();
            Change change;
            if (cluster == null) {
                change = new Change(Checker.check(Linker.link(input, all), input, rules, chosen), null);
            } else {
                change = Change.of(against.getValue(), cluster, input, all, rules, chosen);
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            progress.at("looking up lines", loader.objects());
            report = Report.of(
                    change.checked().findings(),
                    loader.locations(),
                    change.checked().notChecked(),
                    input.skipped(),
                    new Summary(input.resources().size(), input.files(), elapsed, change.baseline()));
        }
        destination.write(render(report), streams);
        return failOn.<Threshold>getValue().reached(report) ? Main.FOUND : 0;
    }

    private Input cluster(Loader loader) {
        String path = against.getValue();
        if (path.equals("-")) {
            throw new UsageError("--against takes a file or a folder, not standard input");
        }
        Input cluster = loader.load(List.of(path));
        if (cluster.resources().isEmpty()) {
            throw new UsageError("--against " + path + ": there is no object in it");
        }
        return cluster;
    }

    private String render(Report report) {
        return switch (format.<Format>getValue()) {
            case TEXT -> quiet.getValue() ? brief(report) : TextReport.render(report, verbose.getValue(), colour());
            case JSON -> JsonReport.render(report);
            case LINE -> LineReport.render(report.entries());
        };
    }

    private String brief(Report report) {
        return LineReport.render(report.entries().stream()
                .filter(entry -> verbose.<Boolean>getValue() || !TextReport.minor(entry))
                .toList());
    }

    private boolean colour() {
        return streams.colour() && !destination.isFile();
    }
}
