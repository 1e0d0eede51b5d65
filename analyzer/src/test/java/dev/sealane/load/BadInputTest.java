package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.facts.Service;
import dev.sealane.finding.Finding;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Input that is wrong: each defect has its place, and costs nothing but its own document. */
class BadInputTest {
    private static final String SERVICE = "---\napiVersion: v1\nkind: Service\nmetadata:\n  name: %s\n---\n";

    /** The text between two good documents; what it says begins in line 7. */
    private static Loaded between(byte[] text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(SERVICE.formatted("before").getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(text);
        bytes.writeBytes(("\n" + SERVICE.formatted("after")).getBytes(StandardCharsets.UTF_8));
        Loaded loaded = Loaded.bytes(bytes.toByteArray(), "stdin");
        assertTrue(loaded.names().containsAll(List.of("Service/before", "Service/after")), loaded::toString);
        return loaded;
    }

    private static Loaded between(String text) {
        return between(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void syntax() {
        Loaded loaded = Loaded.fixture("syntax.yaml");
        assertEquals(List.of("Service/fine"), loaded.names());
        assertEquals(
                List.of(
                        "4:1-4:2 SYN001 a tab where YAML takes only spaces: indent with spaces",
                        "10:10-10:11 SYN001 a second \": \" in one value, or a wrong indentation:"
                                + " quote the value, or indent it as its neighbours",
                        "14:11-14:12 SYN001 this {…} mapping does not end: its closing bracket is missing,"
                                + " or the file is cut off",
                        "19:9-19:10 SYN001 this alias has no anchor before it:"
                                + " quote the value if it is meant as text",
                        "24:9-24:10 SYN001 no value can begin with this character: quote the value"),
                loaded.findings());
    }

    @Test
    void cutOffYaml() {
        Loaded loaded = Loaded.fixture("cut-off.yaml");
        assertEquals(List.of("Service/first"), loaded.names());
        assertEquals(
                List.of("9:9-9:10 SYN001 this quoted string does not end: its closing quote is missing,"
                        + " or the file is cut off"),
                loaded.findings());
    }

    @Test
    void cutOffInAKey() {
        assertEquals(
                List.of("2:4-2:5 SYN001 a key without \":\"; is the file cut off here?"),
                Loaded.yaml("apiVersion: v1\nkind\n").findings());
    }

    @Test
    void cutOffJson() {
        Loaded loaded = Loaded.fixture("cut-off.json");
        assertEquals(List.of("Service/first", "Service/third"), loaded.names());
        assertEquals(
                List.of("14:1-14:2 SYN001 the text ends inside a JSON value: it is cut off,"
                        + " or a closing bracket or quote is missing"),
                loaded.findings());
    }

    @Test
    void cutOffList() {
        String list = "apiVersion: v1\nitems:\n- apiVersion: v1\n  kind: Service\n  metadata:\n    name: web\n";
        Loaded loaded = Loaded.yaml(list);
        assertEquals(List.of(), loaded.names());
        assertEquals(
                List.of(
                        "6:5-6:14 SYN003 the text ends before its list does: it is cut off, and its last item is left out"),
                loaded.findings());
        assertEquals(List.of(), Loaded.yaml(list + "kind: List\n").findings());
    }

    @Test
    void duplicateKeys() {
        Loaded loaded = Loaded.fixture("duplicate-key.yaml");
        assertEquals(
                List.of(
                        "8:5-8:8 SYN002 the key app is there already: only the last one counts",
                        "11:5-11:9 SYN002 the key port is there already: only the last one counts"),
                loaded.findings());
        assertEquals(
                List.of("7:5-7:8 here first", "10:5-10:9 here first"),
                loaded.input().findings().stream()
                        .flatMap(finding -> finding.related().stream())
                        .map(first -> Loaded.span(loaded.locations().of(first.place())) + " " + first.message())
                        .toList());
        var service = loaded.only(Service.class);
        assertEquals("app=wbe", service.selector().toString());
        assertEquals(8080, service.ports().getFirst().port());
    }

    /** It is found when the places of what is before it are looked up. */
    @Test
    void aKeyThatIsAMappingBehindAnObject() {
        Loaded loaded = Loaded.yaml("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: Service
                  metadata:
                    name: web
                  spec:
                    ports: 80
                - apiVersion: v1
                  ? {kind: Service}
                  : metadata: {name: api}
                """);
        assertEquals(List.of("Service/web"), loaded.names());
        assertEquals(
                List.of("9:12 SYN006", "11:5 SYN001"),
                loaded.findings().stream()
                        .map(finding -> finding.replaceAll("-\\S* (\\S*) .*", " $1"))
                        .toList());
    }

    @Test
    void duplicateKeysInJson() {
        Loaded loaded = Loaded.json("""
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "v1", "kind": "Service",
                   "metadata": {"name": "a", "name": "b"}}]}
                """);
        assertEquals(
                List.of("3:30-3:36 SYN002 the key name is there already: only the last one counts"), loaded.findings());
        assertEquals(List.of("Service/b"), loaded.names());
    }

    @Test
    void fieldTypes() {
        assertEquals(
                List.of(
                        "6:14-6:17 SYN006 metadata.labels.version must be a string, is a number: quote it",
                        "8:12-8:15 SYN006 metadata.labels.debug must be a string, is a boolean: quote it",
                        "10:9-10:18 SYN006 spec.type must be ClusterIP, NodePort, LoadBalancer or ExternalName",
                        "11:13-11:16 SYN006 spec.selector must be a mapping, is a string",
                        "12:10-12:14 SYN006 spec.ports must be a list, is a string",
                        "20:11-20:16 SYN006 spec.ports[0].port must be 1 to 65535, is 70000",
                        "21:11-21:17 SYN006 spec.ports[1].port must be a whole number, is a string: remove the quotes",
                        "22:15-22:18 SYN006 spec.ports[1].protocol must be TCP, UDP or SCTP",
                        "23:5-23:21 SYN006 spec.ports[2].port is missing",
                        "24:11-24:14 SYN006 spec.ports[3].name must be a string, is a number: quote it",
                        "26:5-26:23 SYN006 spec.ports[3].targetPort must be a whole number or a string, is a list",
                        "36:5-36:28 SYN006 spec.ingress[0].from must be a list, is a mapping",
                        "40:17-40:21 SYN006 spec.ingress[0].ports[1].protocol must be TCP, UDP or SCTP"),
                Loaded.fixture("field-types.yaml").findings());
    }

    @Test
    void nullDocumentsAreNothing() {
        Loaded loaded = Loaded.fixture("null-documents.yaml");
        assertEquals(List.of("Service/web"), loaded.names());
        assertEquals(List.of(), loaded.findings());
        assertEquals(List.of(), loaded.input().skipped());
    }

    @Test
    void nullItems() {
        Loaded loaded = Loaded.fixture("null-items.yaml");
        assertEquals(List.of("Service/web"), loaded.names());
        assertEquals(
                List.of(
                        "4:3-4:7 SYN006 items[0] must be an object, is null",
                        "5:3-5:4 SYN006 items[1] must be an object, is a number"),
                loaded.findings());
        assertEquals(
                List.of(
                        new Skipped("null-items.yaml", 4, "not an object but null"),
                        new Skipped("null-items.yaml", 5, "not an object but a number")),
                loaded.input().skipped());
    }

    @Test
    void nullItemsOfJson() {
        Loaded loaded = Loaded.json("{\"apiVersion\": \"v1\", \"items\": [\n null], \"kind\": \"List\"}");
        assertEquals(List.of("2:2-2:6 SYN006 an item of this list must be an object, is null"), loaded.findings());
    }

    @Test
    void itemsThatAreNoList() {
        assertEquals(
                List.of("2:8-2:9 SYN006 items must be a list, is a number"),
                Loaded.yaml("apiVersion: v1\nitems: 3\nkind: PodList\n").findings());
    }

    @Test
    void objectsWithoutName() {
        Loaded loaded = Loaded.fixture("no-name.yaml");
        assertEquals(List.of("Job/migrate-*"), loaded.names());
        assertEquals(List.of("3:1-5:13 SYN006 metadata.name is missing"), loaded.findings());
        assertEquals(
                List.of(
                        new Skipped("no-name.yaml", 3, "Service without a name"),
                        new Skipped("no-name.yaml", 11, "a further Job default/migrate-* by the same generateName")),
                loaded.input().skipped());
    }

    @Test
    void whatIsNotKubernetes() {
        Loaded loaded = Loaded.fixture("not-kubernetes.yaml");
        assertEquals(List.of(), loaded.names());
        assertEquals(
                List.of(
                        "2:1-2:12 SYN004 this is not a Kubernetes object: it has no kind",
                        "4:1-4:13 SYN004 this is not a Kubernetes object: it is a list of something else",
                        "6:1-6:44 SYN004 this is not a Kubernetes object: it has no metadata.name",
                        "10:1-10:10 SYN004 this is not a Kubernetes object: it is only a piece of text",
                        "12:1-12:14 SYN004 this is not a Kubernetes object: it has no apiVersion"),
                loaded.findings());
        assertEquals(
                new Skipped("not-kubernetes.yaml", 2, "not a Kubernetes object: it has no kind"),
                loaded.input().skipped().getFirst());
        assertEquals(5, loaded.input().skipped().size());
    }

    @Test
    void duplicateResources() {
        Loaded loaded = Loaded.fixture("duplicate-resource.yaml");
        assertEquals(
                List.of("10:9-10:12 SYN005 Service default/web is defined twice:"
                        + " this one is left out, the one before it counts"),
                loaded.findings());
        var related = loaded.input().findings().getFirst().related().getFirst();
        assertEquals("4:9-4:12", Loaded.span(loaded.locations().of(related.place())));
        assertEquals(List.of("Service/web", "Service/web"), loaded.names());
    }

    @Test
    void templates() {
        Loaded loaded = Loaded.fixture("template.yaml");
        assertEquals(List.of("ConfigMap/alerts"), loaded.names());
        assertEquals(List.of("2:1-2:3 SYN008 " + Template.MESSAGE), loaded.findings());
        assertEquals(
                List.of(2, 12),
                loaded.input().skipped().stream().map(Skipped::line).toList());
    }

    @Test
    void templateActionsInContentAreNone() {
        String rule = "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata:\n  name: r\n"
                + "spec:\n  text: Instance {{ $labels.instance }} down\n";
        assertEquals(List.of(), Loaded.yaml(rule).findings());
        // A syntax error beside such content is still a syntax error.
        String block = rule.replace("text: Instance", "text: |\n    Instance") + "  a: b: c\n";
        assertEquals(List.of("8 SYN001"), Loaded.yaml(block).briefly());
    }

    /** The first item is read, and found to be none, before the parser comes to what is wrong. */
    @Test
    void aListThatIsBrokenBehindABadItem() {
        Loaded loaded = Loaded.yaml("""
                items:
                - apiVersion: v1
                  kind: Service
                - &a
                  apiVersion: v1
                  kind: Service
                  metadata: {name: a: b}
                """);
        assertEquals(List.of("1 SYN006", "7 SYN001"), loaded.briefly());
    }

    @Test
    void aTemplateThatIsNoUtf8() {
        byte[] text = "a: ????{{ x".getBytes(StandardCharsets.UTF_8);
        Arrays.fill(text, 3, 7, (byte) 0xFF);
        assertEquals(List.of("1 SYN008"), Loaded.bytes(text, "stdin").briefly());
    }

    /** Which is how JSON in UTF-32 begins. */
    @Test
    void zerosBeforeTheText() {
        assertEquals(
                List.of("1 SYN001"), Loaded.json("\0\0\0\0\0\0\0{\"a\": 1}").briefly());
        assertEquals(List.of("1 SYN001"), Loaded.yaml("\0\0\0\0\0\0\0a: b").briefly());
    }

    /** What the parser of all of YAML gives up on without a word where. */
    @Test
    void textThatTheParserFailsOn() {
        Loaded loaded = Loaded.yaml("# c\n    n: \"\n072\"s\n");
        assertEquals(1, loaded.findings().size());
        assertTrue(loaded.findings().getFirst().contains(" SYN001 "), loaded.findings()::toString);
        assertTrue(loaded.input().findings().getFirst().place().location().line() >= 1, loaded.findings()::toString);
    }

    @Test
    void secretsAreNotShown() {
        Loaded loaded = Loaded.fixture("secret.yaml");
        assertEquals(List.of("6 SYN001", "8 SYN006", "14 SYN006", "23 SYN001"), loaded.briefly());
        String shown = loaded.findings()
                + loaded.input().resources().toString()
                + loaded.input().skipped();
        assertFalse(shown.contains("hunter2"), shown);
        assertFalse(shown.contains("67890"), shown);
    }

    @Test
    void nul() {
        assertEquals(
                List.of("7:4-7:5 SYN001 the character U+0000 is not allowed in YAML: remove it"),
                between("k: \0").findings());
        assertEquals(List.of("7 SYN001"), between("{\"k\": \"\0\"}").briefly());
    }

    @Test
    void invalidUtf8() {
        byte[] yaml = "a: b\n\u00e9: x?".getBytes(StandardCharsets.UTF_8);
        yaml[yaml.length - 1] = (byte) 0xFF;
        assertEquals(
                List.of("8:5-8:6 SYN001 byte 0xFF is not UTF-8: save the file as UTF-8"),
                between(yaml).findings());
        byte[] json = "{\"k\": \"?\"}".getBytes(StandardCharsets.UTF_8);
        json[7] = (byte) 0xFF;
        assertEquals(List.of("7 SYN001"), between(json).briefly());
    }

    @Test
    void replacementCharacterIsAllowed() {
        assertEquals(List.of("7 SYN004"), between("k: \uFFFD").briefly());
    }

    @Test
    void deepNesting() {
        String words = " SYN007 more than 1000 mappings and lists inside each other";
        assertEquals(
                List.of("7:1001-7:1002" + words), between("[".repeat(10_000)).findings());
        assertEquals(
                List.of("7:1001-7:1002" + words),
                between("[".repeat(10_000) + "]".repeat(10_000)).findings());
        assertEquals(
                List.of("7:4001-7:4002" + words),
                between("{\"\":".repeat(10_000)).findings());
        StringBuilder block = new StringBuilder();
        for (int i = 0; i < 1_100; i++) {
            block.append(" ".repeat(i)).append("a:\n");
        }
        assertEquals(
                List.of("1007:1001-1007:1002" + words),
                between(block.toString()).findings());
    }

    @Test
    void aliasBomb() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a%d: &a%d [".formatted(i, i)).append(("*a" + (i - 1) + ", ").repeat(9));
            bomb.append("*a").append(i - 1).append("]\n");
        }
        // Ten nodes and their list make 11; then 111, 1111 …: the sixth line would pass a million.
        assertEquals(List.of("12 SYN007"), between(bomb.toString()).briefly());
    }

    @Test
    void aliasToItself() {
        assertEquals(
                List.of("7:8-7:9 SYN001 this alias stands inside of what it stands for"),
                between("a: &a [*a]").findings());
    }

    @Test
    void longLine() {
        String long1 = "x".repeat(3 << 20);
        Loaded loaded =
                between("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: long}\ndata: {a: \"" + long1 + "\"}");
        assertTrue(loaded.names().contains("ConfigMap/long"));
        assertEquals(List.of(), loaded.findings());
    }

    /** Copying or counting from the start of the line anew for each part of it would take minutes. */
    @Test
    void longLinesTakeNoLongerThanManyLines() {
        String word = "x".repeat(20 << 20);
        String flow = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: \"" + word + "\"}\n";
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertEquals(List.of("ConfigMap/a"), Loaded.yaml(flow).names()));
        String item = "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"é%d\"},"
                + "\"spec\":{\"ports\":[{\"port\":\"80\"}]}}";
        String items = IntStream.range(0, 30_000).mapToObj(item::formatted).collect(Collectors.joining(","));
        String list = "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":[" + items + "]}";
        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            Loaded loaded = Loaded.json(list);
            List<Place> ports =
                    loaded.input().findings().stream().map(Finding::place).toList();
            loaded.locations().prepare(ports);
            assertEquals(30_000, ports.size());
            Location last = loaded.locations().of(ports.getLast());
            assertEquals(list.lastIndexOf("\"80\"") + 1, last.column());
            assertEquals(last.column() + 4, last.endColumn());
            Location before = loaded.locations().of(ports.get(123));
            assertEquals(list.indexOf("\"80\"", list.indexOf("é123\"")) + 1, before.column());
        });
    }

    /** However much of a file is there, it is read without a bug and what is wrong has a place in it. */
    @ParameterizedTest
    @ValueSource(strings = {"aliases.yaml", "cut-off.json", "field-types.yaml", "secret.yaml", "template.yaml"})
    void filesCutOffAnywhere(String name) throws IOException {
        byte[] file = Files.readAllBytes(Loaded.FIXTURES.resolve(name));
        for (int length = 0; length <= file.length; length++) {
            Loaded loaded = Loaded.bytes(Arrays.copyOf(file, length), name);
            for (Finding finding : loaded.input().findings()) {
                Location at = loaded.locations().of(finding.place());
                assertFalse(loaded.locations().lines(name, at.line(), at.line()).isEmpty(), at + " of " + length);
            }
        }
    }

    @Test
    void compressedFiles(@TempDir Path folder) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(SERVICE.formatted("web").getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("web.yaml"), bytes.toByteArray());
        assertEquals(List.of("Service/web"), Loaded.paths(file.toString()).names());
    }

    @Test
    void numbersWithAPoint() {
        String service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: %s}]}\n";
        for (String whole : List.of("80.0", "8e1", "80.", "8_0.0")) {
            Loaded loaded = Loaded.yaml(service.formatted(whole));
            assertEquals(List.of(), loaded.findings(), whole);
            assertEquals(80, loaded.only(Service.class).ports().getFirst().port());
        }
        for (String broken : List.of("80.5", ".inf", ".nan", "1e999999999")) {
            assertEquals(
                    List.of("4:23-4:" + (23 + broken.length())
                            + " SYN006 spec.ports[0].port must be a whole number, is a number"),
                    Loaded.yaml(service.formatted(broken)).findings());
        }
    }
}
