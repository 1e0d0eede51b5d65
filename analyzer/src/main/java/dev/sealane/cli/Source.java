package dev.sealane.cli;

import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.load.Rendered;
import dev.sealane.load.UsageError;
import dev.sealane.render.Helm;
import dev.sealane.render.Kustomize;
import dev.sealane.render.Tools;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** The arguments that say what to read. */
final class Source {
    private final PositionalParamSpec paths = PositionalParamSpec.builder()
            .paramLabel("PATH")
            .arity("0..*")
            .type(List.class)
            .auxiliaryTypes(String.class)
            .initialValue(List.of())
            .description("Files and folders, - for standard input (default: this folder).")
            .build();

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
        command.addPositional(paths)
                .addOption(stdinName)
                .addOption(namespace)
                .addOption(helm)
                .addOption(values)
                .addOption(set)
                .addOption(release)
                .addOption(kustomize);
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
        return new Loader(namespace, streams.in(), stdinName.getValue());
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
