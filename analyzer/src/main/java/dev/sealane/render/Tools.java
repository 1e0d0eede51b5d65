package dev.sealane.render;

import dev.sealane.load.UsageError;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * The programs of the user. They get their arguments as a list, so no shell reads them, and nothing on standard input.
 *
 * @param environment of the user, in which {@code PATH} says where programs are
 * @param limit how long one may run
 */
public record Tools(Map<String, String> environment, Duration limit) {
    private static final Duration USUAL = Duration.ofSeconds(60);

    /** How much a program may print, in bytes. */
    private static final int MOST = 256 << 20;

    /** How much of its messages is kept, in bytes, and how much of one is shown, in characters. */
    private static final int MESSAGES = 64 << 10;

    private static final int MESSAGE = 300;

    public Tools(Map<String, String> environment) {
        this(environment, USUAL);
    }

    /** The program of this name; relative folders of the PATH are left out, as they could be part of the input. */
    Optional<Path> find(String name) {
        for (String folder : environment.getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator))) {
            try {
                Path program = Path.of(folder).resolve(name);
                if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                    return Optional.of(program);
                }
            } catch (InvalidPathException notAFolder) {
                // No program can be there.
            }
        }
        return Optional.empty();
    }

    /**
     * What a program prints.
     *
     * @param name of it in messages
     * @throws UsageError if it cannot be started, takes too long, prints too much or fails
     */
    byte[] run(String name, List<String> command) {
        Process process = start(name, command);
        try {
            Output out = new Output(process.getInputStream(), MOST, false);
            Output err = new Output(process.getErrorStream(), MESSAGES, true);
            long end = System.nanoTime() + limit.toNanos();
            boolean ended = process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS);
            if (!ended || !out.ended(end) || !err.ended(end)) {
                throw new UsageError(name + " took longer than " + limit.toSeconds() + " s");
            }
            if (process.exitValue() != 0) {
                String said = message(new String(err.bytes(), StandardCharsets.UTF_8));
                throw new UsageError(name + " failed with exit code " + process.exitValue() + ": " + said);
            }
            if (out.cut) {
                throw new UsageError(name + " prints more than " + (MOST >> 20) + " MB");
            }
            return out.bytes();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UsageError(name + " was interrupted");
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private Process start(String name, List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            return process;
        } catch (IOException notStarted) {
            throw new UsageError(name + " cannot be started: " + notStarted.getMessage());
        }
    }

    /** The last line that says that it is an error, or the last line: hints on how to go on may follow the error. */
    private static String message(String messages) {
        List<String> lines = messages.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        String last = lines.isEmpty() ? "it does not say why" : lines.getLast();
        String told = lines.reversed().stream()
                .filter(line -> line.regionMatches(true, 0, "error", 0, "error".length()))
                .findFirst()
                .orElse(last);
        return told.length() > MESSAGE ? told.substring(0, MESSAGE) + "..." : told;
    }

    /** Reads what a program prints while it runs. */
    private static final class Output {
        private final ByteArrayOutputStream read = new ByteArrayOutputStream();
        private final Thread thread;
        private volatile boolean cut;

        /** @param last whether the last of it counts if it is too much */
        Output(InputStream in, int most, boolean last) {
            thread = Thread.ofVirtual().start(() -> {
                byte[] buffer = new byte[64 << 10];
                try (in) {
                    for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                        if (read.size() + count > most) {
                            cut = true;
                            if (!last) {
                                // What is too much for us must not make it wait.
                                in.transferTo(OutputStream.nullOutputStream());
                                return;
                            }
                            byte[] before = read.toByteArray();
                            read.reset();
                            read.writeBytes(Arrays.copyOfRange(before, before.length / 2, before.length));
                        }
                        read.write(buffer, 0, count);
                    }
                } catch (IOException closed) {
                    // It was ended; what it said is not asked for then.
                }
            });
        }

        boolean ended(long end) throws InterruptedException {
            return thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
        }

        byte[] bytes() {
            return read.toByteArray();
        }
    }
}
