package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sealane.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Compares what is printed about whole inputs with what was printed when somebody last read it. {@code -Dupdate=true}
 * writes the files anew; read the difference before you commit it.
 */
class ClusterSnapshotTest {
    private static final Path CLUSTERS = Path.of("fixtures/clusters");
    private static final Path EXPECTED = Path.of("fixtures/expected");

    @TestFactory
    Stream<DynamicTest> clusters() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        try (var folders = Files.list(CLUSTERS)) {
            for (Path cluster : folders.sorted().toList()) {
                for (String format : List.of("text", "json", "line")) {
                    tests.add(dynamicTest(
                            cluster.getFileName() + " as " + format, () -> compare(cluster, "lint", format)));
                }
                for (String format : List.of("text", "json")) {
                    tests.add(dynamicTest(
                            "coverage of " + cluster.getFileName() + " as " + format,
                            () -> compare(cluster, "coverage", format)));
                }
            }
        }
        return tests.stream();
    }

    private static void compare(Path cluster, String command, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] words = {command, cluster.toString().replace('\\', '/'), "--format", format};
        PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-12-01T03:00:00Z"));
        Main.run(words, InputStream.nullInputStream(), stream, stream, Map.of(), false, clock);
        String actual = out.toString(StandardCharsets.UTF_8).replaceAll(" in \\d+\\.\\d+ s\\.", " in 0.00 s.");
        String extension = format.equals("json") ? "json" : format + ".txt";
        String name = cluster.getFileName() + (command.equals("lint") ? "." : "." + command + ".") + extension;
        Path expected = EXPECTED.resolve(name);
        if (Boolean.getBoolean("update")) {
            Files.createDirectories(EXPECTED);
            Files.writeString(expected, actual);
        }
        assertEquals(Files.readString(expected), actual);
    }
}
