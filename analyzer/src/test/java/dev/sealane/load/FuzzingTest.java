package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sealane.finding.Finding;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever bytes there are, loading comes to an end and throws nothing but what it says. The ordinary tests run the
 * fixtures; {@code mvn -Pfuzz} goes on from there, see docs/security.md.
 */
class FuzzingTest {
    private static final Limits LIMITS = new Limits(1 << 20, 16 << 20, 200, 4 << 20, 1 << 20, 1000, 10_000);

    /** Texts of the fixtures, and one of them compressed. */
    static Stream<byte[]> fixtures() throws IOException {
        List<byte[]> texts = new ArrayList<>();
        for (String folder : List.of("fixtures/inputs", "fixtures/clusters/shop", "fixtures/rules")) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    texts.add(Files.readAllBytes(file));
                }
            }
        }
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(texts.getFirst());
        }
        texts.add(packed.toByteArray());
        return texts.stream();
    }

    /** Everything that reads bytes: YAML, JSON, archives and what is none of these. */
    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void loader(byte[] text) {
        load(text);
    }

    /** The readers of plain and of all YAML give the same, or the first gives up. */
    @MethodSource("fixtures")
    @FuzzTest(maxDuration = "10m")
    void cursors(byte[] text) {
        compare(text);
    }

    @Test
    void everyFixture() throws IOException {
        fixtures().forEach(text -> {
            load(text);
            compare(text);
        });
    }

    /** What the fuzzer would try first: fixtures with some bytes changed, left out, or taken from elsewhere. */
    @Property(tries = 300)
    void changedFixtures(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<byte[]> all = fixtures().toList();
        byte[] text = all.get(random.nextInt(all.size()));
        for (int i = random.nextInt(8); i >= 0; i--) {
            text = changed(text, all.get(random.nextInt(all.size())), random);
        }
        load(text);
        compare(text);
    }

    private static byte[] changed(byte[] text, byte[] other, Random random) {
        int from = random.nextInt(text.length + 1);
        int to = Math.min(text.length, from + random.nextInt(40));
        byte[] with = switch (random.nextInt(4)) {
            case 0 -> new byte[0];
            case 1 -> new byte[] {(byte) random.nextInt(256)};
            case 2 -> TELLING.get(random.nextInt(TELLING.size())).getBytes(StandardCharsets.UTF_8);
            default -> {
                int start = random.nextInt(other.length + 1);
                yield Arrays.copyOfRange(other, start, Math.min(other.length, start + random.nextInt(80)));
            }
        };
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(text, 0, from);
        out.writeBytes(with);
        int rest = random.nextBoolean() ? from : to;
        out.write(text, rest, text.length - rest);
        return out.toByteArray();
    }

    private static final List<String> TELLING = List.of(
            "\n---\n",
            "\n...\n",
            "items:\n",
            "- ",
            ": ",
            "{",
            "}",
            "[",
            "]",
            "\"",
            "'",
            "|\n",
            ">-\n",
            "&a ",
            "*a",
            "\r",
            "\t",
            "#",
            "<<: ",
            "!!str ",
            "? ",
            "{{ .Values }}",
            "\u0085",
            "\ufeff",
            "\n==== START logs for container ",
            "\nError from server (",
            "kind: List\n",
            "null",
            "%YAML 1.1\n",
            "\\u0041");

    private static void load(byte[] text) {
        for (String name : List.of("stdin", "stdin.json")) {
            Loader loader =
                    new Loader(new Loader.Options("default", LIMITS, null, ""), new ByteArrayInputStream(text), name);
            Input input = loader.load(List.of("-"));
            Locations locations = loader.locations();
            locations.prepare(input.findings().stream().map(Finding::place).toList());
            input.findings()
                    .forEach(finding -> assertTrue(locations.of(finding.place()).line() >= 1, finding::toString));
            input.resources().forEach(resource -> locations.of(resource.at("metadata.name")));
        }
    }

    private static void compare(byte[] text) {
        // The loader takes a carriage return by itself for the end of a line.
        BlockCursorTest.agrees(new String(text, StandardCharsets.UTF_8).replaceAll("\r(?!\n)", "\n"));
    }
}
