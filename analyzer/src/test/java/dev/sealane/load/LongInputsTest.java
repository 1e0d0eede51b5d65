package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Coverage.State;
import dev.sealane.finding.Finding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts over several chunks: where a chunk ends, and where the text is cut off, makes no difference but what is missing. */
class LongInputsTest {
    /** How a list is written. */
    enum Form {
        YAML("items:\n", "items: # as a whole\n"),
        INDENTED("items:\n", "items: # as a whole\n"),
        PRETTY("\"items\": [\n", "\"\\u0069tems\": [\n"),
        COMPACT("\"items\":[", "\"\\u0069tems\":[");

        private final String items;
        private final String sameItems;

        Form(String items, String sameItems) {
            this.items = items;
            this.sameItems = sameItems;
        }

        boolean json() {
            return this == PRETTY || this == COMPACT;
        }

        private String item(int number, int padding) {
            String pad = "x".repeat(padding);
            return switch (this) {
                case YAML -> """
                        - apiVersion: v1
                          kind: ConfigMap
                          metadata:
                            name: c%d
                            namespace: shop
                            resourceVersion: "1"
                            uid: u%d
                          data:
                            a: |
                              - no item
                            b: '{"items": ['
                            é: %s
                        """.formatted(number, number, pad);
                case INDENTED -> YAML.item(number, padding).indent(2);
                case PRETTY -> """
                            {
                                "apiVersion": "v1",
                                "kind": "ConfigMap",
                                "data": {"b": "\\"items\\": [ } é", "c": "%s\\\\"},
                                "metadata": {"name": "c%d", "namespace": "shop", "resourceVersion": "1", "uid": "u%d"}
                            }""".formatted(pad, number, number).indent(8).stripTrailing();
                case COMPACT -> """
                            {"apiVersion":"v1","kind":"ConfigMap","data":{"b":"\\"items\\":[}","c":"%s\\\\"},\
                            "metadata":{"name":"c%d","namespace":"shop","resourceVersion":"1","uid":"u%d"}}""".formatted(pad, number, number);
            };
        }

        private String around(String items, boolean kindFirst) {
            return switch (this) {
                case YAML, INDENTED ->
                    kindFirst
                            ? "kind: List\napiVersion: v1\nmetadata:\n  resourceVersion: \"\"\n" + this.items + items
                            : "apiVersion: v1\n" + this.items + items
                                    + "kind: List\nmetadata:\n  resourceVersion: \"\"\n";
                case PRETTY ->
                    kindFirst
                            ? "{\n    \"kind\": \"List\",\n    \"apiVersion\": \"v1\",\n    " + this.items + items
                                    + "\n    ]\n}\n"
                            : "{\n    \"apiVersion\": \"v1\",\n    " + this.items + items
                                    + "\n    ],\n    \"kind\": \"List\"\n}\n";
                case COMPACT ->
                    kindFirst
                            ? "{\"kind\":\"List\",\"apiVersion\":\"v1\"," + this.items + items + "]}"
                            : "{\"apiVersion\":\"v1\"," + this.items + items + "],\"kind\":\"List\"}\n";
            };
        }

        /** @param size in characters, at least */
        String list(int size, boolean kindFirst, Random random) {
            StringBuilder items = new StringBuilder();
            for (int i = 0; items.length() < size; i++) {
                if (json() && i > 0) {
                    items.append(this == PRETTY ? ",\n" : ",");
                }
                items.append(item(i, random.nextInt(20) == 0 ? random.nextInt(20_000) : random.nextInt(200)));
            }
            return around(items.toString(), kindFirst);
        }
    }

    /** What was found where, each object with the place of its name. */
    private static List<String> described(Loaded loaded) {
        List<String> described = new ArrayList<>();
        loaded.locations()
                .prepare(loaded.input().resources().stream()
                        .map(resource -> resource.at("metadata.name"))
                        .toList());
        loaded.input()
                .resources()
                .forEach(resource ->
                        described.add(resource.ref() + " " + loaded.locations().of(resource.at("metadata.name"))));
        described.addAll(loaded.findings());
        loaded.input().listings().forEach(listing -> described.add(listing.toString()));
        return described;
    }

    private static Loaded load(String text) {
        return Loaded.bytes(text.getBytes(StandardCharsets.UTF_8), "text");
    }

    /** A list as a whole, which is one parse of one document, gives what the list gives when it is cut. */
    @Property(tries = 8)
    void whereChunksEndMakesNoDifference(
            @ForAll Form form, @ForAll boolean kindFirst, @ForAll boolean carriageReturns, @ForAll long seed) {
        Random random = new Random(seed);
        String list = form.list(2_300_000, kindFirst, random);
        String whole = list.replace(form.items, form.sameItems);
        if (carriageReturns) {
            list = list.replace("\n", "\r\n");
            whole = whole.replace("\n", "\r\n");
        }
        Loaded cut = load(list);
        Loaded same = load(whole);
        assertTrue(cut.input().resources().getLast().meta().origin().length() < Cutter.LONG);
        assertEquals(
                form == Form.COMPACT ? withoutColumns(described(same)) : described(same),
                form == Form.COMPACT ? withoutColumns(described(cut)) : described(cut));
        assertEquals(State.NONEMPTY, cut.input().listings().getFirst().state());
    }

    /** In one line the escape in the other writing moves all columns. */
    private static List<String> withoutColumns(List<String> described) {
        return described.stream()
                .map(line -> line.replaceFirst(":\\d+:\\d+$", ""))
                .toList();
    }

    private static final List<String> NOISE = List.of(
            "Error from server (Forbidden): pods is forbidden: User \"x\" cannot list resource \"pods\" in API group"
                    + " \"\" in the namespace \"shop\"",
            "E0304 03:00:00.000000    1234 memcache.go:287] \"Unhandled Error\" err=\"couldn't get current server\"",
            "Warning: v1 ComponentStatus is deprecated in v1.19+");

    /** Lines of kubectl's standard error, wherever they stand between lines, are no part of the objects. */
    @Property(tries = 5)
    void noiseBetweenTheLines(@ForAll Form form, @ForAll long seed) {
        Random random = new Random(seed);
        String list = form.list(2_300_000, random.nextBoolean(), random);
        List<String> lines = new ArrayList<>(list.lines().toList());
        List<String> clean = new ArrayList<>(lines);
        int count = 0;
        for (int at = 0; at <= lines.size(); at += 1 + random.nextInt(lines.size() > 1000 ? 400 : 1)) {
            if (at > 0 && lines.get(at - 1).endsWith("|")) {
                // A line of blanks may not come first in a block of text.
                continue;
            }
            lines.add(at, NOISE.get(random.nextInt(NOISE.size())));
            clean.add(at, "");
            count++;
        }
        Loaded noisy = load(String.join("\n", lines) + "\n");
        assertEquals(count, noisy.input().skipped().size());
        List<String> expected = described(load(String.join("\n", clean) + "\n"));
        List<String> found = described(noisy);
        assertEquals(
                List.of(),
                expected.stream().filter(line -> !found.contains(line)).limit(3).toList());
        assertEquals(List.of(), noisy.findings());
    }

    @Property(tries = 10)
    void listsCutAnywhere(@ForAll Form form, @ForAll boolean kindFirst, @ForAll boolean much, @ForAll long seed) {
        Random random = new Random(seed);
        String text = form.list(much ? 2_300_000 : random.nextInt(400_000), kindFirst, random);
        byte[] list = text.getBytes(StandardCharsets.UTF_8);
        List<String> whole = Loaded.bytes(list, "text").names();
        List<Integer> cuts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            cuts.add(random.nextInt(list.length));
            cuts.add(list.length - 1 - random.nextInt(60));
            cuts.add(Math.min(list.length - 1, ((1 + random.nextInt(2)) << 20) - random.nextInt(3)));
        }
        for (int cut : cuts) {
            cutOff(form, kindFirst, list, cut, whole);
        }
    }

    /** Small enough for every single byte. */
    @ParameterizedTest
    @EnumSource
    void shortListsCutAtEveryByte(Form form) {
        for (boolean kindFirst : new boolean[] {true, false}) {
            byte[] list = form.list(1_000, kindFirst, new Random(1)).getBytes(StandardCharsets.UTF_8);
            List<String> whole = Loaded.bytes(list, "text").names();
            for (int cut = 0; cut < list.length; cut++) {
                cutOff(form, kindFirst, list, cut, whole);
            }
        }
    }

    private static void cutOff(Form form, boolean kindFirst, byte[] list, int cut, List<String> whole) {
        Loaded loaded = Loaded.bytes(Arrays.copyOf(list, cut), "text");
        Loaded later = loaded;
        List<String> names = loaded.names();
        String words = form + (kindFirst ? " kind first" : " kind last") + " of " + list.length + " cut at " + cut;
        // A list with its kind before the items, as kubectl writes no YAML, may end within the last name.
        int sure = form.json() || !kindFirst ? names.size() : Math.max(0, names.size() - 1);
        assertTrue(names.size() <= whole.size() && whole.subList(0, sure).equals(names.subList(0, sure)), words);
        if (told(form, kindFirst, list, cut)) {
            assertTrue(
                    loaded.input().findings().stream()
                            .map(Finding::rule)
                            .anyMatch(
                                    rule -> rule == InputRules.SYN003 || names.isEmpty() && rule != InputRules.SYN007),
                    () -> words + ": " + later.findings());
            assertTrue(loaded.input().listings().stream().noneMatch(Listing::whole), words);
        }
    }

    /** Whether something is missing, and the text shows it. */
    private static boolean told(Form form, boolean kindFirst, byte[] list, int cut) {
        String rest = new String(list, cut, list.length - cut, StandardCharsets.ISO_8859_1);
        if (form.json()) {
            return cut > 0 && !rest.isBlank();
        }
        // With the kind first, YAML may end behind any item; with the kind last, the metadata behind it may be missing.
        return !kindFirst && cut > 0 && cut < new String(list, StandardCharsets.ISO_8859_1).lastIndexOf("List") + 4;
    }

    /** What is told in a folder is told on standard input, and in a compressed file. */
    @Test
    void smallFilesThatAreLong(@TempDir Path folder) throws IOException {
        String list = Form.PRETTY.list(2_300_000, false, new Random(3));
        String part = list.substring(0, 300_000);
        List<String> expected = load(part).names();
        assertFalse(expected.isEmpty());
        assertEquals(
                expected,
                Loaded.paths(Files.writeString(folder.resolve("a.json"), part).toString())
                        .names());
        Path packed = folder.resolve("sub/b.json.gz");
        Files.createDirectories(packed.getParent());
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
            out.write(list.getBytes(StandardCharsets.UTF_8));
        }
        assertEquals(
                load(list).names(), Loaded.paths(packed.getParent().toString()).names());
        Path wide = Files.writeString(folder.resolve("sub/c.json"), part.replace('x', '字'), StandardCharsets.UTF_16);
        assertEquals(expected, Loaded.paths(wide.toString()).names());
    }

    /** The text ends where a chunk does, behind an item. */
    @Test
    void aListCutOffWhereAChunkEnds() {
        StringBuilder list = new StringBuilder("{\"apiVersion\":\"v1\",\"items\":[");
        String item = Form.COMPACT.item(0, 0);
        while (list.length() + 2 * item.length() + 20 < Cutter.CHUNK) {
            list.append(item.replace("c0", "c" + list.length())).append(',');
        }
        list.append(Form.COMPACT.item(0, 0));
        int missing = Cutter.CHUNK - list.length();
        String text = list.toString().replaceFirst("x*\\\\\\\\", "x".repeat(missing) + "\\\\\\\\");
        assertEquals(Cutter.CHUNK, text.length());
        Loaded loaded = load(text);
        assertEquals(List.of("1 SYN003"), loaded.briefly());
        assertFalse(loaded.names().isEmpty());
        assertEquals(State.PARTIAL, loaded.input().listings().getFirst().state());
    }

    @ParameterizedTest
    @EnumSource
    void documentsBehindALongList(Form form) {
        String list = form.list(2_300_000, false, new Random(4));
        int count = load(list).names().size();
        String service = form.json()
                ? "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web\"}}\n"
                : "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
        String between = form.json() ? "" : "---\n";
        Loaded loaded = load(list + between + service + between + list.replace("c1", "d1") + between + service);
        assertEquals(List.of("SYN005"), ids(loaded));
        assertEquals("Service/web", loaded.names().get(count));
        assertTrue(loaded.names().size() > count + 1);
        Loaded cutOff = load(list.substring(0, 1_500_000) + "\n---\n" + service);
        assertTrue(cutOff.briefly().stream().anyMatch(line -> line.endsWith("SYN003") || line.endsWith("SYN001")));
    }

    private static List<String> ids(Loaded loaded) {
        return loaded.input().findings().stream()
                .map(finding -> finding.rule().id())
                .toList();
    }

    /** As {@code jq '.items[]'} prints them, and as {@code kubectl get -w -o yaml} does. */
    @Test
    void manyDocuments() {
        StringBuilder json = new StringBuilder();
        StringBuilder yaml = new StringBuilder();
        int count = 0;
        for (; json.length() < 2_500_000; count++) {
            json.append(Form.PRETTY.item(count, count % 100).stripIndent()).append('\n');
            yaml.append(Form.YAML.item(count, count % 100).substring(2).replace("\n  ", "\n"))
                    .append("---\n");
        }
        for (StringBuilder text : List.of(json, yaml)) {
            Loaded loaded = load(text.toString());
            assertEquals(List.of(), loaded.findings());
            assertEquals(count, loaded.names().size());
        }
    }

    /** Lists with the logs of containers among them, which look like lists. */
    @Test
    void clusterInfoDump() {
        StringBuilder dump = new StringBuilder();
        Random random = new Random(5);
        for (int i = 0; i < 12; i++) {
            dump.append(Form.PRETTY.list(200_000 + i * 10_000, false, random).replace("\"c", "\"c" + i + "-"));
            dump.append("==== START logs for container c of pod n/p").append(i).append(" ====\n");
            for (int line = 0; line < 2_000; line++) {
                dump.append(
                        switch (random.nextInt(6)) {
                            case 0 -> "{\n";
                            case 1 -> "    ]\n}\n";
                            case 2 -> "---\n";
                            case 3 ->
                                "{\"kind\": \"Pod\", \"apiVersion\": \"v1\", \"metadata\": {\"name\": \"log\"}}\n";
                            case 4 -> "kind: Pod\n";
                            default -> "\"\n";
                        });
            }
            dump.append("==== END logs for container c of pod n/p").append(i).append(" ====\n");
        }
        Loaded loaded = load(dump.toString());
        assertEquals(List.of(), loaded.findings());
        assertEquals(
                Collections.nCopies(12, "the log of a container"),
                loaded.input().skipped().stream().map(Skipped::reason).toList());
        assertEquals(
                dump.toString().split("\"ConfigMap\"", -1).length - 1,
                loaded.names().size());
    }

    private static Loaded load(InputStream in, Limits limits) {
        Loader loader = new Loader(new Loader.Options("default", limits, null, ""), in, "stdin");
        return new Loaded(loader.load(List.of("-")), loader.locations());
    }

    private static final Limits SMALL = new Limits(2 << 20, 1L << 40, 1000, 1L << 40, 1 << 30, 100, 1000);

    /** Nobody knows how long a pipe is; it is given up where it is too long, not at its end. */
    @Test
    void pipesAreLimited() {
        Limits limits = new Limits(1 << 20, 1 << 20, 1000, 1 << 20, 200, 100, 1000);
        String service = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
        String text = service + "#".repeat(200 - service.length());
        assertEquals(List.of("Service/web"), load(stream(text), limits).names());
        Loaded longer = load(stream(text + "#"), limits);
        assertEquals(List.of(), longer.names());
        assertEquals(List.of("SYN007"), ids(longer));
        assertEquals(
                List.of("Service/web"),
                load(stream(text + "#"), limits.times(2)).names());
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return '#';
            }
        };
        assertEquals(List.of("SYN007"), ids(load(endless, limits)));
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is behind a document that is too long is read. */
    @ParameterizedTest
    @EnumSource
    void documentsBehindOneThatIsTooLong(Form form) {
        String item = form.item(0, 5_000_000);
        String list = form.around(item, false);
        String service = form.json()
                ? "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web\"}}\n"
                : "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: web\n";
        byte[] text = (service + (form.json() ? "" : "---\n") + list + "\n" + service.replace("web", "api"))
                .getBytes(StandardCharsets.UTF_8);
        Loaded loaded = load(new ByteArrayInputStream(text), SMALL);
        assertEquals(List.of("Service/web", "Service/api"), loaded.names());
        assertEquals(List.of("SYN007"), ids(loaded));
    }

    @Property(tries = 8)
    void tooLongItemsOfAList(@ForAll Form form, @ForAll @IntRange(max = 40) int before) {
        StringBuilder items = new StringBuilder();
        for (int i = 0; i <= before; i++) {
            items.append(form.item(i, i == before ? 5_000_000 : 60_000));
            if (form.json() && i < before) {
                items.append(',');
            }
        }
        byte[] text = form.around(items.toString(), false).getBytes(StandardCharsets.UTF_8);
        Loaded loaded = load(new ByteArrayInputStream(text), SMALL);
        assertEquals(List.of("SYN007"), ids(loaded));
        assertTrue(loaded.input().listings().stream().noneMatch(Listing::whole));
    }

    /** One scalar of a gigabyte, of which no more than the limit is ever in memory. */
    @Test
    void aScalarOfAGigabyte() throws IOException {
        long size = 1L << 30;
        for (String start : List.of("a: ", "a: \"", "{\"a\": \"", "a: |\n  ")) {
            byte[] head = start.getBytes(StandardCharsets.UTF_8);
            InputStream in = new InputStream() {
                private long at;

                @Override
                public int read() {
                    return at < head.length ? head[(int) at++] : at++ < size ? 'x' : -1;
                }

                @Override
                public int read(byte[] into, int from, int length) {
                    int count = 0;
                    for (; count < length && at < head.length; count++) {
                        into[from + count] = head[(int) at++];
                    }
                    int rest = (int) Math.min(length - count, size - at);
                    Arrays.fill(into, from + count, from + count + Math.max(0, rest), (byte) 'x');
                    at += Math.max(0, rest);
                    return count + rest <= 0 ? -1 : count + rest;
                }
            };
            Cutter cutter = new Cutter("x", in, size, 2 << 20);
            long most = 0;
            int units = 0;
            for (Cutter.Chunk chunk = cutter.next(); chunk != null; chunk = cutter.next()) {
                most = Math.max(most, chunk.text().bytes.length);
                units += chunk.units().size();
            }
            assertEquals(1, units);
            assertTrue(most <= 2 << 20);
        }
    }

    @Test
    void aHundredThousandTinyItems() {
        String item = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"s\",\"namespace\":\"n\"}}";
        StringBuilder list = new StringBuilder("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"items\":[");
        for (int i = 0; i < 100_000; i++) {
            list.append(i == 0 ? "" : ",").append(item.replace("\"s\"", "\"s" + i + "\""));
        }
        Loaded loaded = Assertions.assertTimeout(
                Duration.ofSeconds(30), () -> load(list.append("]}").toString()));
        assertEquals(100_000, loaded.names().size());
        assertEquals(List.of(), loaded.findings());
    }

    /** Items that are no objects are said to be none, be the list long or short. */
    @Test
    void itemsThatAreNoObjects() {
        String objects = Stream.iterate(0, i -> i + 1)
                .limit(3_000)
                .map(i -> Form.COMPACT.item(i, 100))
                .reduce((a, b) -> a + "," + b)
                .orElseThrow();
        for (String items : List.of(
                "1," + objects + ",\"two\",null," + Form.COMPACT.item(5_000, 0) + ",[{}]",
                objects.substring(0, objects.indexOf(",{", 300_000)) + ",1,\"two\",null,[{}]")) {
            for (String tail :
                    List.of("],\"kind\":\"List\"}", "],\"kind\":\"List\",\"x\":\"" + "y".repeat(2_000_000) + "\"}")) {
                Loaded loaded = load("{\"apiVersion\":\"v1\",\"items\":[" + items + tail);
                assertEquals(
                        4,
                        loaded.input().findings().stream()
                                .filter(finding -> finding.rule() == InputRules.SYN006)
                                .count(),
                        () -> loaded.findings().toString());
                assertEquals(
                        items.split("ConfigMap", -1).length - 1, loaded.names().size());
            }
        }
    }
}
