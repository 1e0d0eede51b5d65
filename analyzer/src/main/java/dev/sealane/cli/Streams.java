package dev.sealane.cli;

import dev.sealane.load.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;

/**
 * What a command reads and writes: all that it knows of the world.
 *
 * @param out for the payload and nothing else
 * @param colour whether {@code out} shows colours
 * @param clock tells how old a capture is
 * @param environment variables of the user
 * @param progressAfter how long a run takes before {@code err}, a terminal, shows how far it is; null for never
 */
record Streams(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean colour,
        InstantSource clock,
        Map<String, String> environment,
        Duration progressAfter) {

    /**
     * A text that the user names, such as a list of what to do.
     *
     * @param file {@code -} for standard input
     * @throws UsageError if it cannot be read
     */
    String text(String file) {
        try {
            return file.equals("-")
                    ? new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    : Files.readString(Path.of(file));
        } catch (CharacterCodingException e) {
            throw new UsageError("cannot read " + file + ": it is not UTF-8");
        } catch (IOException e) {
            String reason = e instanceof NoSuchFileException ? "no such file" : Destination.reason(e);
            throw new UsageError("cannot read " + file + ": " + reason);
        }
    }
}
