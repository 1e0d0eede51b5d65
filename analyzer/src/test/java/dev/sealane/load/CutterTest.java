package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Resource;
import dev.sealane.load.Cutter.Chunk;
import dev.sealane.load.Cutter.Document;
import dev.sealane.load.Cutter.Items;
import dev.sealane.load.Cutter.ListEnd;
import dev.sealane.load.Cutter.TooLong;
import dev.sealane.load.Cutter.Unit;
import dev.sealane.load.Cutter.WholeList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CutterTest {
    /** The chunks of a text, each unit as line and text. */
    private static List<String> cut(String text) {
        List<String> units = new ArrayList<>();
        for (Chunk chunk : chunks(text)) {
            for (Unit unit : chunk.units()) {
                switch (unit) {
                    case Document document -> units.add(words(chunk.text(), document.stretch()));
                    case WholeList list -> {
                        units.add("head " + words(chunk.text(), list.head()));
                        list.items().forEach(item -> units.add("item " + words(chunk.text(), item)));
                        units.add("tail " + words(chunk.text(), list.tail()));
                    }
                    case Items items -> {
                        String head = words(items.list().head, items.list().head.all());
                        if (!units.contains("head " + head)) {
                            units.add("head " + head);
                        }
                        items.items().forEach(item -> units.add("item " + words(chunk.text(), item)));
                    }
                    case ListEnd end -> units.add("tail " + words(chunk.text(), end.tail()));
                    case TooLong tooLong -> units.add("too long " + tooLong.line());
                }
            }
        }
        return units;
    }

    private static List<Chunk> chunks(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            Cutter cutter = new Cutter("x", new ByteArrayInputStream(bytes), bytes.length, 8 << 20);
            List<Chunk> chunks = new ArrayList<>();
            for (Chunk chunk = cutter.next(); chunk != null; chunk = cutter.next()) {
                chunks.add(chunk);
            }
            return chunks;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String words(SourceText text, Stretch part) {
        return part.line() + "|" + new String(text.bytes, part.offset(), part.length(), StandardCharsets.UTF_8);
    }

    private static List<String> documents(String yaml) {
        return cut(yaml);
    }

    @Test
    void documentsOfAText() {
        assertEquals(List.of(), documents(""));
        assertEquals(List.of(), documents("# comment\n\n"));
        assertEquals(List.of("1|a: b"), documents("a: b"));
        assertEquals(List.of("1|a\n", "2|---\nb\n"), documents("a\n---\nb\n"));
        assertEquals(
                List.of("1|# c\n%YAML 1.1\n---\na\n", "5|--- b\n", "6|---\r\nc"),
                documents("# c\n%YAML 1.1\n---\na\n--- b\n---\r\nc"));
        assertEquals(List.of("1|a\n...\n", "3|# c\n---\nb\n"), documents("a\n...\n# c\n---\nb\n"));
        assertEquals(List.of("1|a\n...\n", "3|b\n"), documents("a\n...\nb\n"));
        assertEquals(List.of("1|a: |\n ---\n  ---\n----\n---a\n"), documents("a: |\n ---\n  ---\n----\n---a\n"));
    }

    @Provide
    Arbitrary<List<String>> lines() {
        return Arbitraries.of("---", "--- # c", "...", "a: b", "# c", "", "- x", " ---", "{", "|", "\t", "%X")
                .list()
                .ofMaxSize(12);
    }

    /** What is between the documents is blank, comment, directive or marker: no content is ever lost. */
    @Property
    void noContentIsLost(@ForAll("lines") List<String> lines) {
        String yaml = String.join("\n", lines);
        int end = 0;
        StringBuilder between = new StringBuilder();
        List<Unit> units =
                chunks(yaml).stream().flatMap(chunk -> chunk.units().stream()).toList();
        for (Unit unit : units) {
            Stretch document = ((Document) unit).stretch();
            between.append(yaml, end, document.offset()).append('\n');
            end = document.end();
            assertEquals(
                    document.line(),
                    1
                            + yaml.substring(0, document.offset())
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count());
        }
        between.append(yaml, end, yaml.length());
        assertEquals(
                List.of(),
                between.toString()
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("%"))
                        .filter(line -> !line.equals("..."))
                        .toList());
    }

    private static String longList(String indent, String items) {
        StringBuilder list = new StringBuilder("apiVersion: v1\n# A comment.\n" + items + "\n");
        for (int i = 0; list.length() < Cutter.LONG + 1000; i++) {
            String item = """
                    - apiVersion: v1
                      kind: ConfigMap
                      metadata:
                        name: web-%d

                        namespace: shop-%d
                        resourceVersion: "%d"
                        uid: u%d
                      data:
                        text: |
                          - not an item
                          ---x
                    # A comment in column 0.
                        items: "%s"
                    """.formatted(i, i % 3, i, i, "x".repeat(i % 50));
            list.append(item.replace("\n", "\n" + indent).strip()).append('\n');
        }
        return list.append("kind: List\nmetadata:\n  resourceVersion: \"\"\n").toString();
    }

    /** Short of a chunk, and over several. */
    @ParameterizedTest
    @ValueSource(ints = {1, 12})
    void longListsAreCut(int times) {
        String once = longList("", "items:");
        int items = once.indexOf("items:\n") + "items:\n".length();
        int tail = once.indexOf("kind: List");
        String yaml = once.substring(0, items) + once.substring(items, tail).repeat(times) + once.substring(tail);
        List<String> units = cut(yaml);
        assertEquals("head 1|apiVersion: v1\n# A comment.\nitems:\n", units.getFirst());
        assertEquals(
                "tail "
                        + (1
                                + yaml.substring(0, yaml.length() - once.length() + tail)
                                        .lines()
                                        .count()) + "|kind: List\nmetadata:\n  resourceVersion: \"\"\n",
                units.getLast());
        assertEquals(yaml.split("kind: ConfigMap", -1).length - 1, units.size() - 2);
        int line = 4;
        StringBuilder together = new StringBuilder();
        for (String unit : units.subList(1, units.size() - 1)) {
            String text = unit.substring(unit.indexOf('|') + 1);
            assertEquals("item " + line, unit.substring(0, unit.indexOf('|')));
            line += (int) text.lines().count();
            together.append(text);
        }
        assertEquals(yaml.substring(items, yaml.length() - once.length() + tail), together.toString());
    }

    @Test
    void shortListsAreNotCut() {
        String list = "apiVersion: v1\nitems:\n- a: b\nkind: List\n";
        assertEquals(List.of("1|" + list), cut(list));
    }

    /** The same list written so that it is not cut: the line before the items is another. */
    @Test
    void aCutListIsTheSameAsTheWholeOne() {
        Loaded cut = Loaded.yaml(longList("", "items:"));
        for (String same : List.of("items: # all", "\"items\":")) {
            Loaded whole = Loaded.yaml(longList("", same));
            assertEquals(List.of(), cut.findings());
            assertEquals(List.of(), whole.findings());
            assertEquals(whole.input().listings(), cut.input().listings());
            assertEquals(
                    whole.input().resources().stream()
                            .map(CutterTest::described)
                            .toList(),
                    cut.input().resources().stream().map(CutterTest::described).toList());
            Resource last = cut.input().resources().getLast();
            Resource sameLast = whole.input().resources().getLast();
            assertEquals("[0]", last.meta().origin().item());
            assertEquals(
                    "items[" + (whole.input().resources().size() - 1) + "]",
                    sameLast.meta().origin().item());
            for (String path : List.of("", "metadata", "metadata.name", "data.text")) {
                assertEquals(
                        whole.locations().of(sameLast.at(path)), cut.locations().of(last.at(path)));
            }
        }
    }

    private static String described(Resource resource) {
        return resource.ref() + " " + resource.meta().resourceVersion() + " "
                + resource.meta().uid();
    }

    @Test
    void aBrokenItemOfALongListCostsOnlyItself() {
        String list = longList("", "items:");
        int at = list.indexOf("name: web-100\n");
        long line = 1 + list.substring(0, at).chars().filter(c -> c == '\n').count();
        Loaded loaded = Loaded.yaml(list.replace("name: web-100\n", "name: web-100: x\n"));
        Loaded whole = Loaded.yaml(list);
        assertEquals(List.of(line + " SYN001"), loaded.briefly());
        assertEquals(whole.names().size() - 1, loaded.names().size());
        assertEquals(State.PARTIAL, loaded.input().listings().getFirst().state());
    }

    @Test
    void aLongListThatIsCutOff() {
        String list = longList("", "items:");
        String cutOff = list.substring(0, list.indexOf("kind: List"));
        Loaded loaded = Loaded.yaml(cutOff);
        assertEquals(List.of(cutOff.lines().count() + " SYN003"), loaded.briefly());
        List<String> whole = Loaded.yaml(list).names();
        assertEquals(whole.subList(0, whole.size() - 1), loaded.names());
        assertEquals(State.PARTIAL, loaded.input().listings().getFirst().state());
    }

    @Test
    void whatOnlyLooksLikeALongList() {
        String list = longList("", "items:");
        Loaded object =
                Loaded.yaml(list.replace("\nkind: List\nmetadata:\n", "\nkind: Basket\nmetadata:\n  name: b\n"));
        assertEquals(List.of("Basket/b"), object.names());
        Loaded broken = Loaded.yaml(list.replace("\nkind: List", "\nkind List"));
        List<String> all = Loaded.yaml(list).names();
        assertEquals(all.subList(0, all.size() - 1), broken.names());
        assertEquals(1, broken.briefly().size());
        assertFalse(broken.input().listings().getFirst().whole());
    }
}
