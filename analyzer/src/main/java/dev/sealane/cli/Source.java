package dev.sealane.cli;

import dev.sealane.dump.DumpLayout;
import dev.sealane.dump.DumpLayouts;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Severity;
import dev.sealane.load.Input;
import dev.sealane.load.Limits;
import dev.sealane.load.Loader;
import dev.sealane.load.Rendered;
import dev.sealane.load.UsageError;
import dev.sealane.render.Helm;
import dev.sealane.render.Kustomize;
import dev.sealane.render.Tools;
import dev.sealane.report.LineReport;
import dev.sealane.report.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The arguments that say what to read. */
final class Source {
    private static final String PATHS = "Files and folders, - for standard input (default: this folder).";

    /** Positional, or the option {@code -i} of a command whose positional arguments are something else. */
    private final ArgSpec paths;

    private final OptionSpec stdinName = OptionSpec.builder("--stdin-filename")
            .paramLabel("NAME")
            .type(String.class)
            .defaultValue("stdin")
            .description("What to call standard input (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec namespace = OptionSpec.builder("-n", "--namespace")
            .paramLabel("NAMESPACE")
            .type(String.class)
            .defaultValue("default")
            .description("Of objects that name none (default: ${DEFAULT-VALUE}).")
            .build();

    private final OptionSpec layout = OptionSpec.builder("--input-format")
            .paramLabel("LAYOUT")
            .type(String.class)
            .description("How a dump is laid out, such as must-gather (default: found out).")
            .build();

    private final OptionSpec context = OptionSpec.builder("--context")
            .paramLabel("NAME")
            .type(String.class)
            .defaultValue("")
            .description("Which of several clusters that were collected side by side.")
            .build();

    private final OptionSpec limits = limits();

    private final OptionSpec helm = OptionSpec.builder("--helm")
            .paramLabel("CHART")
            .type(String.class)
            .description("Read what your helm renders from this chart.")
            .build();

    private final OptionSpec values = many("--values")
            .paramLabel("FILE")
            .description("Values of the chart; may be repeated.")
            .build();

    private final OptionSpec set = many("--set")
            .paramLabel("KEY=VALUE")
            .description("A value of the chart; may be repeated.")
            .build();

    private final OptionSpec release = OptionSpec.builder("--release")
            .paramLabel("NAME")
            .type(String.class)
            .description("The name of the chart's release.")
            .build();

    private final OptionSpec kustomize = OptionSpec.builder("--kustomize")
            .paramLabel("FOLDER")
            .type(String.class)
            .description("Read what your kustomize, or kubectl, builds from it.")
            .build();

    Source(CommandSpec command) {
        this(
                command,
                command.addPositional(PositionalParamSpec.builder()
                                .paramLabel("PATH")
                                .arity("0..*")
                                .type(List.class)
                                .auxiliaryTypes(String.class)
                                .initialValue(List.of())
                                .description(PATHS)
                                .build())
                        .positionalParameters()
                        .getLast());
    }

    /** With paths that come from {@code -i}, which may be repeated. */
    static Source ofOption(CommandSpec command) {
        OptionSpec input = OptionSpec.builder("-i", "--input")
                .paramLabel("PATH")
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of())
                .description(PATHS)
                .build();
        command.addOption(input);
        return new Source(command, input);
    }

    /** For a command that names its inputs itself. */
    static Source ofPaths(CommandSpec command) {
        Source source = new Source((ArgSpec) null);
        source.addReading(command);
        return source;
    }

    private Source(CommandSpec command, ArgSpec paths) {
        this(paths);
        addReading(command);
        command.addOption(helm)
                .addOption(values)
                .addOption(set)
                .addOption(release)
                .addOption(kustomize);
    }

    private Source(ArgSpec paths) {
        this.paths = paths;
    }

    private void addReading(CommandSpec command) {
        command.addOption(stdinName)
                .addOption(namespace)
                .addOption(layout)
                .addOption(context)
                .addOption(limits);
    }

    static OptionSpec limits() {
        return OptionSpec.builder("--limits")
                .paramLabel("FACTOR")
                .type(int.class)
                .defaultValue("1")
                .description("Refuse input only from so many times the usual limits on.")
                .build();
    }

    /** @throws UsageError if the value is below 1 */
    static Limits limits(OptionSpec option) {
        int factor = option.getValue();
        if (factor < 1) {
            throw new UsageError("--limits is a whole number from 1 on, not " + factor);
        }
        return factor == 1 ? Limits.DEFAULT : Limits.DEFAULT.times(factor);
    }

    private static OptionSpec.Builder many(String name) {
        return OptionSpec.builder(name)
                .type(List.class)
                .auxiliaryTypes(String.class)
                .initialValue(List.of());
    }

    Loader loader(Streams streams) {
        String namespace = this.namespace.getValue();
        requireNamespace(namespace);
        Loader.Options options = new Loader.Options(namespace, limits(limits), layout(), context.getValue());
        return new Loader(options, streams.in(), stdinName.getValue());
    }

    /** Null if none was named. */
    private DumpLayout layout() {
        String name = layout.getValue();
        if (name == null) {
            return null;
        }
        return DumpLayouts.named(name)
                .orElseThrow(() -> new UsageError("--input-format is one of "
                        + DumpLayouts.all().stream().map(DumpLayout::name).collect(Collectors.joining(", "))
                        + ", not " + name));
    }

    /** @throws UsageError if no namespace can be called so */
    static void requireNamespace(String namespace) {
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new UsageError(
                    namespace.isEmpty() ? "--namespace is empty" : "no namespace can be called " + namespace);
        }
    }

    /** Reads what the arguments say. */
    Input load(Loader loader, Streams streams) {
        List<Rendered> rendered = rendered(streams);
        return loader.load(paths(rendered), rendered);
    }

    /** The same for a command without findings: what is missing from its output is said on standard error. */
    Input loadSayingErrors(Streams streams) {
        return loadSayingErrors(loader(streams), streams);
    }

    Input loadSayingErrors(Loader loader, Streams streams) {
        Input input = load(loader, streams);
        List<Finding> errors = input.findings().stream()
                .filter(finding -> finding.severity() != Severity.NOTE)
                .toList();
        streams.err()
                .print(LineReport.render(Report.of(errors, loader.locations(), List.of(), List.of(), null)
                        .entries()));
        return input;
    }

    /** The same, to be laid over a dump that the loader has read before. */
    Input loadManifests(Loader loader, Streams streams) {
        List<Rendered> rendered = rendered(streams);
        return loader.loadManifests(paths(rendered), rendered);
    }

    private List<String> paths(List<Rendered> rendered) {
        List<String> given = paths.getValue();
        return given.isEmpty() && rendered.isEmpty() ? List.of(".") : given;
    }

    private List<Rendered> rendered(Streams streams) {
        List<Rendered> rendered = new ArrayList<>();
        Tools tools = new Tools(streams.environment());
        if (helm.getValue() != null) {
            rendered.add(new Helm(
                            helm.getValue(),
                            values.getValue(),
                            set.getValue(),
                            release.getValue(),
                            namespace.getValue())
                    .render(tools));
        } else {
            for (OptionSpec option : List.of(values, set, release)) {
                if (option.getValue() != null && !option.getValue().equals(List.of())) {
                    throw new UsageError(option.longestName() + " is of use with --helm only");
                }
            }
        }
        if (kustomize.getValue() != null) {
            rendered.add(new Kustomize(kustomize.getValue()).render(tools));
        }
        return rendered;
    }
}
