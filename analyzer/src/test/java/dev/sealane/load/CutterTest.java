package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class CutterTest {
    private static SourceText text(String text) {
        return SourceText.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> documents(String yaml) {
        SourceText text = text(yaml);
        return Cutter.documents(text).stream()
                .map(part -> part.line() + "|"
                        + new String(text.bytes, part.offset(), part.length(), StandardCharsets.UTF_8))
                .toList();
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
        SourceText text = text(yaml);
        int end = 0;
        StringBuilder between = new StringBuilder();
        for (Stretch document : Cutter.documents(text)) {
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

    @Test
    void longListsAreCut() {
        String yaml = longList("", "items:");
        SourceText text = text(yaml);
        List<Stretch> documents = Cutter.documents(text);
        assertEquals(1, documents.size());
        Cutter.CutList list = Cutter.list(text, documents.getFirst());
        assertNotNull(list);
        List<String> parts = new ArrayList<>();
        parts.add(decode(text, list.head()));
        list.items().forEach(item -> parts.add(decode(text, item)));
        parts.add(decode(text, list.tail()));
        assertEquals(yaml, String.join("", parts));
        assertEquals("apiVersion: v1\n# A comment.\nitems:\n", parts.getFirst());
        assertEquals("kind: List\nmetadata:\n  resourceVersion: \"\"\n", parts.getLast());
        assertEquals(yaml.split("kind: ConfigMap", -1).length - 1, list.items().size());
        for (Stretch item : list.items()) {
            assertEquals(
                    item.line(),
                    1
                            + yaml.substring(0, item.offset())
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count());
        }
    }

    private static String decode(SourceText text, Stretch stretch) {
        return new String(text.bytes, stretch.offset(), stretch.length(), StandardCharsets.UTF_8);
    }

    @Test
    void shortListsAreNotCut() {
        SourceText text = text("apiVersion: v1\nitems:\n- a: b\nkind: List\n");
        assertNull(Cutter.list(text, Cutter.documents(text).getFirst()));
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
        assertEquals(List.of(cutOff.lines().count() + " SYN001"), loaded.briefly());
        assertEquals(Loaded.yaml(list).names(), loaded.names());
        assertEquals(State.PARTIAL, loaded.input().listings().getFirst().state());
    }

    @Test
    void whatOnlyLooksLikeALongList() {
        String list = longList("", "items:");
        Loaded object =
                Loaded.yaml(list.replace("\nkind: List\nmetadata:\n", "\nkind: Basket\nmetadata:\n  name: b\n"));
        assertEquals(List.of("Basket/b"), object.names());
        Loaded broken = Loaded.yaml(list.replace("\nkind: List", "\nkind List"));
        assertEquals(List.of(), broken.names());
        assertEquals(1, broken.briefly().size());
    }
}
