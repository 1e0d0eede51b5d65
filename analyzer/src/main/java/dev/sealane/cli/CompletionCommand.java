package dev.sealane.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sealane completion}. */
@Command(
        name = "completion",
        description = "Print a script that completes commands, options and rules in bash and zsh.",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  source <(sealane completion)",
            "  sealane completion > /etc/bash_completion.d/sealane"
        })
final class CompletionCommand implements Runnable {
    private final Streams streams;

    @Spec
    private CommandSpec spec;

    CompletionCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        streams.out().print(AutoComplete.bash("sealane", spec.parent().commandLine()));
    }
}
