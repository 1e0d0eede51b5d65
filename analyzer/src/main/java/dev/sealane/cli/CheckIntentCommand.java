package dev.sealane.cli;

import dev.sealane.intent.Assertion;
import dev.sealane.intent.IntentFile;
import dev.sealane.intent.Intents;
import dev.sealane.intent.Outcome;
import dev.sealane.intent.Outcome.Result;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Loader;
import dev.sealane.report.IntentReport;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code sealane check-intent}. */
final class CheckIntentCommand implements Callable<Integer> {
    private enum Format {
        TEXT,
        JSON,
        JUNIT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec file = PositionalParamSpec.builder()
            .paramLabel("FILE")
            .arity("1")
            .required(true)
            .type(String.class)
            .description("Assertions, one a line (- for standard input), such as: deny: internet -> namespace pci")
            .build();
    private final OptionSpec format = FormatOption.of(Format.class, "text");
    private final Source source;
    private final Destination destination;
    private final Streams streams;

    CheckIntentCommand(Streams streams) {
        this.streams = streams;
        spec.addPositional(file);
        source = Source.ofOption(spec);
        spec.addOption(format);
        destination = new Destination(spec);
        spec.usageMessage()
                .description("Check assertions about who may talk to whom against the policies of the input.")
                .sortOptions(false)
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Assertions:",
                        "  allow: shop/web -> shop/api:8080",
                        "  deny: internet -> namespace pci",
                        "  only: namespace monitoring -> *:9090",
                        "",
                        "Exit code: 0 if all hold, 1 if some fail, 4 if some cannot be told.");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public Integer call() {
        String path = file.getValue();
        List<Assertion> assertions = IntentFile.parse(streams.text(path), path);
        Loader loader = source.loader(streams);
        Network network = Linker.link(source.loadSayingErrors(loader, streams), false);
        List<Outcome> outcomes = Intents.check(network, assertions, path);
        IntentReport report = new IntentReport(path, outcomes, loader.locations());
        destination.write(
                switch (format.<Format>getValue()) {
                    case TEXT -> report.text();
                    case JSON -> report.json();
                    case JUNIT -> report.junit();
                },
                streams);
        if (outcomes.stream().anyMatch(outcome -> outcome.result() == Result.FAILS)) {
            return Main.FOUND;
        }
        return outcomes.stream().anyMatch(outcome -> outcome.result() == Result.UNKNOWN) ? Main.UNDECIDED : 0;
    }
}
