package dev.sealane.cli;

import dev.sealane.check.Checker;
import dev.sealane.check.RuleSet;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Severity;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.report.CoverageJson;
import dev.sealane.report.CoverageReport;
import dev.sealane.report.CoverageText;
import dev.sealane.report.LineReport;
import dev.sealane.report.Report;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code sealane coverage}. */
final class CoverageCommand implements Runnable {
    private enum Format {
        TEXT,
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Source source = new Source(spec);
    private final OptionSpec format = FormatOption.of(Format.class, "text");
    private final Destination destination;
    private final OptionSpec verbose = OptionSpec.builder("-v", "--verbose")
            .type(boolean.class)
            .initialValue(false)
            .description("Text: every namespace in a line of its own, and every kind.")
            .build();

    private final Streams streams;

    CoverageCommand(Streams streams) {
        this.streams = streams;
        spec.addOption(format);
        destination = new Destination(spec);
        spec.addOption(verbose);
        spec.usageMessage()
                .description("Say what the input can prove, what it cannot, and what to collect.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  sealane coverage must-gather.tar.gz",
                        "  sealane coverage --format json dump/");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        Loader loader = source.loader(streams);
        Input input = source.load(loader, streams);
        // What could not be read covers nothing.
        List<Finding> errors = input.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        streams.err()
                .print(LineReport.render(Report.of(errors, loader.locations(), List.of(), List.of(), null)
                        .entries()));
        RuleSet rules = RuleSet.builtIn();
        Network network = Linker.link(input, false);
        CoverageReport report = new CoverageReport(
                input,
                network,
                rules.rules(),
                Checker.notChecked(network, rules, rule -> true),
                streams.clock().instant());
        destination.write(
                switch (format.<Format>getValue()) {
                    case TEXT -> CoverageText.render(report, verbose.getValue());
                    case JSON -> CoverageJson.render(report);
                },
                streams);
    }
}
