package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sealane.load.Cursor.Event;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever this cursor reads, a parser of all of YAML reads as the same. */
class BlockCursorTest {
    private static List<String> events(Cursor cursor) throws SyntaxError {
        List<String> events = new ArrayList<>();
        for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
            events.add(event == Event.SCALAR ? cursor.scalar().toString() : event.toString());
        }
        return events;
    }

    private static List<String> block(String yaml) throws SyntaxError {
        SourceText text = SourceText.part(yaml.getBytes(StandardCharsets.UTF_8), 0, 1);
        return events(new BlockCursor(text, new Stretch(1, 0, text.bytes.length)));
    }

    private static List<String> whole(String yaml) throws SyntaxError {
        return events(new YamlCursor(yaml, 1, true));
    }

    /** Whether it was read; fails if it was and the parser has other events, or an error. */
    static boolean agrees(String yaml) {
        List<String> events;
        try {
            events = block(yaml);
        } catch (SyntaxError notPlain) {
            return false;
        }
        List<String> expected;
        try {
            expected = whole(yaml);
        } catch (SyntaxError invalid) {
            throw new AssertionError("read invalid text: " + invalid.getMessage() + "\n" + yaml);
        }
        // A document of nothing but a marker is null to the parser.
        if (events.isEmpty()) {
            expected.remove("Scalar[text=, type=NULL]");
        }
        assertEquals(expected, events, () -> yaml);
        return true;
    }

    private static void read(String yaml) {
        assertEquals(true, agrees(yaml), () -> "not read:\n" + yaml);
    }

    @Test
    void aSecondDocumentIsLeftToTheParser() {
        assertEquals(false, agrees("a:\n--- a:\n"));
        assertEquals(false, agrees("---\n--- a:\n"));
        assertEquals(false, agrees("a: b\n---\nc: d\n"));
        read("# c\n---\n---a: b\n");
    }

    @Test
    void whatKubectlPrints() {
        read("""
                apiVersion: v1
                items:
                - apiVersion: v1
                  kind: Pod
                  metadata:
                    annotations:
                      example.com/long: 'it''s a long text that goes
                        on in the next line

                        and after an empty one'
                      kubectl.kubernetes.io/last-applied-configuration: |
                        {"apiVersion":"v1","kind":"Pod"}
                    creationTimestamp: "2026-01-01T00:00:00Z"
                    labels: {}
                    managedFields:
                    - fieldsV1:
                        f:metadata:
                          f:labels:
                            .: {}
                            k:{"uid":"1"}: {}
                    name: web
                  spec:
                    containers:
                    - args:
                      - --port
                      - "80"
                      - -c
                      - |
                        two
                          lines

                        and one
                      - |-
                        stripped
                      - plain text that goes
                        on
                      command: []
                      env:
                      - name: EMPTY
                      - name: SPEC
                        value: 'a: b # c'
                      ports:
                      - containerPort: 80
                    message: "tab\\t, quote \\" and \\u00e9"
                  status:
                    none: null
                    conditions:
                    - lastProbeTime: null
                      status: "True"
                kind: List
                metadata:
                  resourceVersion: ""
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b",
                "a:\n  b: c\n",
                "a:\n- b\n- c\nd: e\n",
                "a:\n  - b\n  -\n  - c: d\n    e: f\nx:\n",
                "- - a\n  - b\n- c\n",
                "-\n  a: b\n-\n  - c\n",
                "---\na: b\n",
                "# c\n--- # d\n# e\na: b # f\n# g\n",
                "a: |+\n  x\n\n\nb: c\n",
                "a: |\n  x\n\n# c\nb: c\n",
                "a: 'x' # c\n",
                "a: {} # c\n",
                "a: b\n  c\n\n\n  d # e\nf: g\n",
                "a: é\n\"k.y\": ü\n",
                "a: -1\nb: --x\nc: <none>\nd: http://x:80/\ne: a#b\n",
                "a: \"\"\nb: ''\n",
                "- a: |\n    x\n  b: c\n",
                "- |\n x\n- y\n",
                "a: \"x\n  y\n\n  z\"\n",
                "a:\r\n- b: |\r\n    x\r\n    y\r\n  c: 'd\r\n    e'\r\n  f: g\r\n    h\r\n",
                "  a: b\n  c: d\n",
                "a: b c\n",
                "# nothing\n",
                "---\n",
                "a: b:c\n",
                "a: -b\n",
                "'a': b\n",
                "a: {b: c}",
                "a: {b: c, d.e/f: -1, \"g h\": 'i: {j}', k: [l, m,n ], o: {}}  # p\nq: r",
                "a: { b: [ ] , \"c\":1, 'd':e,f: yes }\n",
                "- [80, 0x10, null, .5, --x, /y, _z, 1.2.3.4/8]\n- {a: true}\n",
                "- - [[a], [{b: c}]]\n",
                "a: [\"é\", 'x, y', \"\", \"{{ b }}\"]\n"
            })
    void isRead(String yaml) {
        read(yaml);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a: b: c",
                "a: {b c: d}",
                "a: {b}",
                "a: {b: }",
                "a: {b:c}",
                "a: {b: c,}",
                "a: {b: c, : d}",
                "a: {b: c} d",
                "a: {b: c}: d",
                "a: {b: c\n}",
                "a: [b, ]",
                "a: [b,, c]",
                "a: [b: c]",
                "a: [-]",
                "a: [- b]",
                "a: [b c]",
                "a: [b]]",
                "a: [b",
                "a: [\"b\\n\"]",
                "a: ['b''c']",
                "a: ['b\nc']",
                "a: [*b]",
                "a: [&b c]",
                "a: [!b c]",
                "a: [b # c]\n",
                "a: [[[[[[[[[[[[[[[[[b]]]]]]]]]]]]]]]]]",
                "a: &x b",
                "a: *x",
                "a: !!str b",
                "a: >\n  b\n",
                "a: |2\n   b\n",
                "? a\n: b\n",
                "a",
                "\"a\"",
                "a\n: b\n",
                "a:\n\tb: c\n",
                "a: 'b",
                "a: \"b",
                "a: b\nc",
                "a:\n  b: c\n d: e\n",
                "- a\nb: c\n",
                "a: b\n- c\n",
                "%YAML 1.2\n---\na: b\n",
                "a: b\n...\n",
                "<<: b",
                "a: \"\\q\"",
                "a: \"\\ud83d\\ude00\"",
                "a: b\u0085c",
                "a: \u0001",
                "a : b",
                "a: 'b' c",
                "{}",
                "a: {}: b",
                "a: |\n x",
                "a: @b",
                "a: b\n  c: d\n",
                "a: # c\n  b\n",
                "--- a: b\n",
                "a: | # c\n  b\n"
            })
    void isLeftToTheParser(String yaml) {
        assertThrows(SyntaxError.class, () -> block(yaml));
    }

    @Provide
    Arbitrary<String> fragments() {
        Arbitrary<String> indent =
                Arbitraries.of("", "", " ", "  ", "    ", "- ", "  - ", "- - ", "-", "\t", "---\n", "---");
        Arbitrary<String> key = Arbitraries.of(
                "a:",
                "b: ",
                "\"c\": ",
                "'d': ",
                "e.f/g: ",
                "h:i: ",
                "k : ",
                "",
                "",
                ".: ",
                "- ",
                "? ",
                "<<: ",
                "~: ",
                "a#b: ",
                "a b: ",
                "\"a: b\": ",
                "l:  ",
                "m\t: ",
                ": ");
        Arbitrary<String> value = Arbitraries.of(
                "",
                "",
                "x",
                "x y",
                "\"q\"",
                "'s'",
                "'it''s'",
                "\"a\\nb\"",
                "|",
                "|-",
                "|+",
                "|2",
                ">",
                "{}",
                "[]",
                "{a: b}",
                "[a]",
                "null",
                "~",
                "80",
                "# c",
                "x # c",
                "x #",
                "x: y",
                "x:",
                "'open",
                "\"open",
                "close'",
                "close\"",
                "é😀",
                "&a x",
                "*a",
                "!t x",
                "-",
                "-x",
                ":x",
                "?x",
                "%x",
                "@x",
                "`x",
                "a,b",
                "]",
                "}",
                "\\",
                "\"\\\"",
                "\"\\x41\\u00e9\"",
                "x\ty",
                " ",
                "\"\\",
                "#",
                "...",
                "'a' b",
                "\"a\" # c",
                "{} # c",
                "[] x",
                "x  ",
                "\"k\":",
                "'a':",
                "=",
                "<x>",
                "| # c",
                "|  ",
                "''",
                "\"\"",
                "'''",
                "yes",
                "\"a b\\",
                "{a: b, c: [d, 1, \"e\", 'f']}",
                "[a, {b: c}, [], {}]",
                "[a,b,\"c\"]",
                "{\"a\":b, 'c':\"d\"}",
                "{a: b:c}",
                "[a:]",
                "[a: b, c]",
                "{a: -}",
                "[-a, --, -1]",
                "{a: b,}",
                "{a: {b: ]}}",
                "[..., ---, .., /, _]",
                "{a: b",
                "c: d}",
                "[\"a\" b]",
                "{a: ~}",
                "['a' 'b']",
                "[a ,b]",
                "{a : b}");
        Arbitrary<String> end = Arbitraries.of("\n", "\n", "\n", "\n\n", "\r\n", " \n", "\n\n\n", "\n  \n", "");
        return Combinators.combine(indent, key, value, end)
                .as((i, k, v, e) -> i + k + v + e)
                .list()
                .ofMinSize(1)
                .ofMaxSize(7)
                .map(lines -> String.join("", lines));
    }

    /** The events without those of one key's value, or null if there is no such key. */
    private static List<String> eventsWithout(int key, Cursor cursor) throws SyntaxError {
        List<String> events = new ArrayList<>();
        List<Boolean> mappings = new ArrayList<>();
        boolean atKey = false;
        int keys = 0;
        for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
            boolean inMapping = !mappings.isEmpty() && mappings.getLast();
            atKey = inMapping && !atKey && event != Event.END;
            events.add(event == Event.SCALAR ? cursor.scalar().toString() : event.toString());
            if (event == Event.MAPPING || event == Event.SEQUENCE) {
                mappings.add(event == Event.MAPPING);
                atKey = false;
            } else if (event == Event.END) {
                mappings.removeLast();
                atKey = false;
            } else if (atKey && keys++ == key) {
                if (!cursor.skip()) {
                    skipEvents(cursor);
                }
                atKey = false;
            }
        }
        return keys > key ? events : null;
    }

    private static void skipEvents(Cursor cursor) throws SyntaxError {
        int open = 0;
        do {
            Event event = cursor.next();
            open += event == Event.MAPPING || event == Event.SEQUENCE ? 1 : event == Event.END ? -1 : 0;
        } while (open > 0);
    }

    @Property(tries = 20_000)
    void skipsWhatItWouldRead(@ForAll("blocks") String yaml) throws SyntaxError {
        agreesWithoutAnyKey(yaml.replace("@", ""));
    }

    @Property(tries = 20_000)
    void skipsWhatTheParserReads(@ForAll("fragments") String yaml) {
        try {
            agreesWithoutAnyKey(yaml);
        } catch (SyntaxError invalid) {
            // The API server prints no such text.
        }
    }

    private static void agreesWithoutAnyKey(String yaml) throws SyntaxError {
        SourceText text = SourceText.part(yaml.getBytes(StandardCharsets.UTF_8), 0, 1);
        for (int i = 0; ; i++) {
            List<String> expected = eventsWithout(i, new YamlCursor(yaml, 1, true));
            if (expected == null) {
                return;
            }
            List<String> events;
            try {
                events = eventsWithout(i, new BlockCursor(text, new Stretch(1, 0, text.bytes.length)));
            } catch (SyntaxError notPlain) {
                continue;
            }
            int key = i;
            assertEquals(expected, events, () -> "without key " + key + ":\n" + yaml);
        }
    }

    @Property(tries = 20_000)
    void agreesOnAnyText(@ForAll("fragments") String yaml) {
        agrees(yaml);
    }

    /** Text as in the block style, where most of it is read. */
    @Provide
    Arbitrary<String> blocks() {
        return node(3).map(lines -> String.join("\n", lines) + "\n");
    }

    private static Arbitrary<List<String>> node(int depth) {
        if (depth == 0) {
            return Arbitraries.just(List.of("leaf: x"));
        }
        Arbitrary<String> key = Arbitraries.of("a", "b", "\"c d\"", "'e'", "f:g", "k:{\"x\":\"y\"}", ".", "h-i/j");
        Arbitrary<String> scalar = Arbitraries.of(
                " x",
                " 'x''y'",
                " \"x\\ty\"",
                "",
                " {}",
                " []",
                " x # c",
                " |\n@  l1\n@   l2\n\n@  l3",
                " |-\n@  l1\n\n",
                " |+\n@  l1\n\n",
                " x\n@  y\n\n@  z",
                " 'x\n@   y'",
                " \"x\n\n@  y\"",
                "\n# c",
                " é",
                " |\n@  x\ty");
        Arbitrary<List<String>> leaf = Combinators.combine(key, scalar).as((k, v) -> List.of(k + ":" + v));
        Arbitrary<List<String>> child = Combinators.combine(
                        key, Arbitraries.lazy(() -> node(depth - 1)), Arbitraries.of("  ", "    ", "- ", "  - "))
                .as((k, inner, indent) -> under(k + ":", inner, indent));
        return Arbitraries.oneOf(leaf, leaf, child)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(entries -> {
                    List<String> lines = new ArrayList<>();
                    entries.forEach(lines::addAll);
                    return lines;
                });
    }

    private static List<String> under(String head, List<String> inner, String indent) {
        List<String> lines = new ArrayList<>(List.of(head));
        String rest = " ".repeat(indent.length());
        for (int i = 0; i < inner.size(); i++) {
            lines.add((i == 0 ? indent : rest) + inner.get(i).replace("\n@", "\n@" + rest));
        }
        return lines;
    }

    @Property(tries = 2_000)
    void readsTheBlockStyle(@ForAll("blocks") String yaml) {
        read(yaml.replace("@", ""));
    }
}
