package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.finding.Finding;
import dev.sealane.load.InputRules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.FlowStyle;

/** A capture that lost its end, its order or its addresses gives no finding that the whole one does not give. */
class UnharmedTest {
    private static final Path CLUSTER = Path.of("fixtures/dumps/cluster.yaml");
    private static final List<Map<?, ?>> OBJECTS = objects();
    private static final String YAML = list(OBJECTS);
    private static final List<String> WHOLE = found(Lint.text(YAML));

    private static List<Map<?, ?>> objects() {
        try {
            Object list = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(CLUSTER));
            List<Map<?, ?>> objects = new ArrayList<>();
            ((List<?>) ((Map<?, ?>) list).get("items")).forEach(item -> objects.add((Map<?, ?>) item));
            return objects;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As kubectl prints it: keys in order, so the kind is last. */
    private static String list(List<Map<?, ?>> objects) {
        Map<String, Object> list = new TreeMap<>(Map.of("apiVersion", "v1", "kind", "List", "items", objects));
        return new Dump(DumpSettings.builder()
                        .setDefaultFlowStyle(FlowStyle.BLOCK)
                        .setSplitLines(false)
                        .build())
                .dumpToString(list);
    }

    private static String json(Object value) {
        return switch (value) {
            case null -> "null";
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(entry -> "\"" + entry.getKey() + "\": " + json(entry.getValue()))
                        .collect(java.util.stream.Collectors.joining(",\n", "{", "}"));
            case List<?> list ->
                list.stream().map(UnharmedTest::json).collect(java.util.stream.Collectors.joining(",\n", "[", "]"));
            case String text ->
                "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
            default -> value.toString();
        };
    }

    /** Rule and object of each finding, without those about the input. */
    private static List<String> found(Lint lint) {
        return lint.findings().stream()
                .filter(finding -> !finding.rule().id().startsWith("SYN"))
                .map(UnharmedTest::name)
                .sorted()
                .toList();
    }

    private static String name(Finding finding) {
        return finding.rule().id() + " " + finding.place().resource().ref() + " "
                + finding.place().path();
    }

    private static boolean cutOff(Lint lint) {
        return lint.findings().stream().anyMatch(finding -> finding.rule() == InputRules.SYN003);
    }

    private static Lint bytes(byte[] bytes) {
        return Lint.stream(new ByteArrayInputStream(bytes));
    }

    @Test
    void thereIsSomethingToLose() {
        assertTrue(WHOLE.size() >= 3, WHOLE::toString);
        assertEquals(WHOLE, found(Lint.paths(CLUSTER.toString())));
        assertEquals(WHOLE, found(Lint.text(jsonList())));
    }

    private static String jsonList() {
        return "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": " + json(OBJECTS) + "}";
    }

    @Property(tries = 60)
    void listsCutAnywhere(@ForAll boolean json, @ForAll long seed) {
        byte[] list = (json ? jsonList() : YAML).getBytes(StandardCharsets.UTF_8);
        int cut = 40 + new Random(seed).nextInt(list.length - 60);
        Lint lint = bytes(Arrays.copyOf(list, cut));
        List<String> found = found(lint);
        assertTrue(WHOLE.containsAll(found), () -> "cut at " + cut + ": " + found + "\nnot in " + WHOLE);
        assertTrue(cutOff(lint) || found.isEmpty(), () -> "cut at " + cut);
    }

    /** With the objects of each kind in a file of their own, in no certain order. */
    @Property(tries = 30)
    void archivesCutAnywhere(@ForAll boolean packed, @ForAll long seed) throws IOException {
        Random random = new Random(seed);
        Map<String, List<Map<?, ?>>> byKind = new LinkedHashMap<>();
        List<Map<?, ?>> shuffled = new ArrayList<>(OBJECTS);
        Collections.shuffle(shuffled, random);
        shuffled.forEach(object -> byKind.computeIfAbsent(object.get("kind") + ".yaml", unseen -> new ArrayList<>())
                .add(object));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(packed ? new GZIPOutputStream(out) : out)) {
            for (Map.Entry<String, List<Map<?, ?>>> file : byKind.entrySet()) {
                byte[] text = list(file.getValue()).getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry("dump/" + file.getKey());
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        byte[] archive = out.toByteArray();
        assertEquals(WHOLE, found(bytes(archive)));
        for (int i = 0; i < 3; i++) {
            // Any byte of gzip counts; of a tar, those before the blocks of zeros behind the last file.
            int end = packed ? archive.length : lastByte(archive) + 1;
            int cut = 600 + random.nextInt(Math.max(1, end - 600));
            Lint lint = bytes(Arrays.copyOf(archive, Math.min(cut, archive.length - 1)));
            List<String> found = found(lint);
            assertTrue(WHOLE.containsAll(found), () -> "cut at " + cut + ": " + found + "\nnot in " + WHOLE);
            assertTrue(cutOff(lint), () -> "cut at " + cut + " of " + archive.length + (packed ? " packed" : ""));
        }
    }

    private static int lastByte(byte[] bytes) {
        int last = bytes.length - 1;
        while (bytes[last] == 0) {
            last--;
        }
        return last;
    }

    /** {@link ReorderingTest} has the same for documents of one file. */
    @Property(tries = 10)
    void theOrderOfFilesAndKeysChangesNothing(@ForAll long seed) throws IOException {
        Random random = new Random(seed);
        List<Map<?, ?>> objects = new ArrayList<>();
        OBJECTS.forEach(object -> objects.add((Map<?, ?>) shuffled(object, random)));
        Collections.shuffle(objects, random);
        assertEquals(WHOLE, found(Lint.text(json(Map.of("apiVersion", "v1", "kind", "List", "items", objects)))));
        Path folder = Files.createTempDirectory("reordered");
        try {
            List<List<Map<?, ?>>> files = new ArrayList<>();
            for (int i = 0; i < 7; i++) {
                files.add(new ArrayList<>());
            }
            objects.forEach(object -> files.get(random.nextInt(files.size())).add(object));
            for (int i = 0; i < files.size(); i++) {
                Files.writeString(folder.resolve(i + ".yaml"), list(files.get(i)));
            }
            assertEquals(WHOLE, found(Lint.paths(folder.toString())));
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    /** The keys of all mappings in another order. */
    private static Object shuffled(Object value, Random random) {
        if (value instanceof Map<?, ?> map) {
            List<Object> keys = new ArrayList<>(map.keySet());
            Collections.shuffle(keys, random);
            Map<Object, Object> shuffled = new LinkedHashMap<>();
            keys.forEach(key -> shuffled.put(key, shuffled(map.get(key), random)));
            return shuffled;
        }
        return value instanceof List<?> list
                ? list.stream().map(item -> shuffled(item, random)).toList()
                : value;
    }

    /** As must-gather hides addresses: each has the same word in its place wherever it stands. */
    @Test
    void wordsInPlaceOfAddresses() {
        Map<String, String> words = new TreeMap<>();
        Matcher addresses = Pattern.compile("\\b(\\d{1,3})(\\.\\d{1,3}){3}\\b").matcher(YAML);
        String hidden = addresses.replaceAll(address ->
                words.computeIfAbsent(address.group(), unseen -> "x-ipv4-%010d-x".formatted(words.size() + 1)));
        assertTrue(words.size() > 5);
        assertFalse(hidden.equals(YAML));
        assertEquals(WHOLE, found(Lint.text(hidden)));
    }
}
