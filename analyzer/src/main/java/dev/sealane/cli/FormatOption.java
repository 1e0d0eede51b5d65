package dev.sealane.cli;

import picocli.CommandLine.Model.OptionSpec;

/** The option {@code --format} of the commands that have one. */
final class FormatOption {
    private FormatOption() {}

    /**
     * @param formats an enum whose names in lower case are the formats
     * @param otherwise the one without the option
     */
    static OptionSpec of(Class<? extends Enum<?>> formats, String otherwise) {
        return OptionSpec.builder("--format")
                .paramLabel("FORMAT")
                .type(formats)
                .defaultValue(otherwise)
                .description("${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
                .build();
    }
}
