package dev.sealane.cli;

import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
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

    Source(CommandSpec command) {
        command.addPositional(paths).addOption(stdinName).addOption(namespace);
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

    List<String> paths() {
        List<String> given = paths.getValue();
        return given.isEmpty() ? List.of(".") : given;
    }
}
