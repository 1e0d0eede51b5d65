package dev.sealane.cli;

import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments that say what to read. */
final class Source {
    @Parameters(
            paramLabel = "PATH",
            arity = "0..*",
            description = "Files and folders, - for standard input (default: this folder).")
    private List<String> paths = List.of();

    @Option(
            names = "--stdin-filename",
            paramLabel = "NAME",
            defaultValue = "stdin",
            description = "What to call standard input (default: ${DEFAULT-VALUE}).")
    private String stdinName;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAMESPACE",
            defaultValue = "default",
            description = "Of objects that name none (default: ${DEFAULT-VALUE}).")
    private String namespace;

    Loader loader(Streams streams) {
        if (!namespace.matches("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")) {
            throw new UsageError(
                    namespace.isEmpty() ? "--namespace is empty" : "no namespace can be called " + namespace);
        }
        return new Loader(namespace, streams.in(), stdinName);
    }

    List<String> paths() {
        return paths.isEmpty() ? List.of(".") : paths;
    }
}
