package dev.sealane.cli;

import dev.sealane.load.UsageError;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The option that says where the payload goes. */
final class Destination {
    private static final int BUFFER = 1 << 16;

    private final OptionSpec output = OptionSpec.builder("-o", "--output")
            .paramLabel("FILE")
            .type(Path.class)
            .description("Write to this file instead of standard output.")
            .build();

    Destination(CommandSpec command) {
        command.addOption(output);
    }

    boolean isFile() {
        return output.getValue() != null;
    }

    void write(String payload, Streams streams) {
        stream(out -> out.write(payload), streams);
    }

    /** What is too large to be put together before it is written. */
    interface Content {
        void to(Writer out) throws IOException;
    }

    void stream(Content content, Streams streams) {
        Path file = output.getValue();
        if (file != null && file.toString().isEmpty()) {
            throw new UsageError("--output is empty");
        }
        try {
            if (file == null) {
                Writer out = new BufferedWriter(new OutputStreamWriter(streams.out(), StandardCharsets.UTF_8), BUFFER);
                content.to(out);
                out.flush();
            } else {
                try (Writer out = Files.newBufferedWriter(file)) {
                    content.to(out);
                }
            }
        } catch (IOException e) {
            throw new UsageError("cannot write " + (file == null ? "the output" : file) + ": " + reason(e));
        }
    }

    static String reason(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such folder";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        return e instanceof FileSystemException other && other.getReason() != null ? other.getReason() : e.getMessage();
    }
}
