package dev.sealane.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Model.CommandSpec;

/** {@code sealane completion}. */
final class CompletionCommand implements Runnable {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final Streams streams;

    CompletionCommand(Streams streams) {
        this.streams = streams;
        spec.usageMessage()
                .description("Print a script that completes commands, options and rules in bash and zsh.")
                .optionListHeading("%nOptions:%n")
                .footer(
                        "",
                        "Examples:",
                        "  source <(sealane completion)",
                        "  sealane completion > /etc/bash_completion.d/sealane");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        streams.out().print(AutoComplete.bash("sealane", spec.parent().commandLine()));
    }
}
