package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocationsTest {
    private static final String SERVICE = """
            # A comment.
            ---
            apiVersion: v1
            kind: Service
            metadata:
              name: web # trailing
              labels:
                app.kubernetes.io/name: "wéb 😀"
                other: x
            spec:
              ports:
              - port: 80
                targetPort: 'http'
              - {name: alt, port: 81}

              # between
              selector: {app: web, tier: front}
              text: |
                two
                lines

              last:
            """;

    private static String span(Loaded loaded, Resource resource, String path) {
        Place place = resource.at(path);
        return (loaded.locations().exact(place) ? "" : "near ")
                + Loaded.span(loaded.locations().of(place));
    }

    @Test
    void fieldsOfYaml() {
        Loaded loaded = Loaded.yaml(SERVICE);
        Resource service = loaded.input().resources().getFirst();
        assertEquals("3:1-3:15", span(loaded, service, ""));
        assertEquals("4:7-4:14", span(loaded, service, "kind"));
        assertEquals("6:9-6:12", span(loaded, service, "metadata.name"));
        assertEquals("5:1-9:13", span(loaded, service, "metadata"));
        assertEquals("8:29-8:36", span(loaded, service, "metadata.labels[\"app.kubernetes.io/name\"]"));
        assertEquals("11:3-14:26", span(loaded, service, "spec.ports"));
        assertEquals("12:5-13:23", span(loaded, service, "spec.ports[0]"));
        assertEquals("12:11-12:13", span(loaded, service, "spec.ports[0].port"));
        assertEquals("13:17-13:23", span(loaded, service, "spec.ports[0].targetPort"));
        assertEquals("14:5-14:26", span(loaded, service, "spec.ports[1]"));
        assertEquals("14:23-14:25", span(loaded, service, "spec.ports[1].port"));
        assertEquals("17:3-17:36", span(loaded, service, "spec.selector"));
        assertEquals("17:30-17:35", span(loaded, service, "spec.selector.tier"));
        assertEquals("18:9-20:10", span(loaded, service, "spec.text"));
        assertEquals("22:8-22:8", span(loaded, service, "spec.last"));
        assertEquals("near 10:1-22:8", span(loaded, service, "spec.type"));
        assertEquals("near 14:5-14:26", span(loaded, service, "spec.ports[1].targetPort"));
        assertEquals("near 11:3-14:26", span(loaded, service, "spec.ports[2].port"));
        assertEquals("near 12:11-12:13", span(loaded, service, "spec.ports[0].port.deeper"));
        assertEquals("near 3:1-3:15", span(loaded, service, "status.loadBalancer"));
    }

    @Test
    void fieldsOfJsonOnOneLine() {
        String json =
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"é\",\"labels\":{\"a\":\"b\"}}}";
        Loaded loaded = Loaded.json(json + json.replace("é", "x") + "\n");
        Resource first = loaded.input().resources().getFirst();
        Resource second = loaded.input().resources().getLast();
        assertEquals(79, json.length());
        assertEquals("1:1-1:80", span(loaded, first, ""));
        assertEquals("1:56-1:59", span(loaded, first, "metadata.name"));
        assertEquals("1:37-1:79", span(loaded, first, "metadata"));
        assertEquals("1:74-1:77", span(loaded, first, "metadata.labels.a"));
        assertEquals("1:80-1:159", span(loaded, second, ""));
        assertEquals("1:135-1:138", span(loaded, second, "metadata.name"));
    }

    @Test
    void itemsOfLists() {
        String item = "  kind: Service\n  metadata: {name: %s}\n";
        String text = "apiVersion: v1\r\nkind: List\r\nitems:\r\n- apiVersion: v1\r\n"
                + item.formatted("a").replace("\n", "\r\n") + "- apiVersion: v1\r\n"
                + item.formatted("b").replace("\n", "\r\n");
        Loaded loaded = Loaded.yaml(text);
        Resource second = loaded.input().resources().getLast();
        assertEquals("7:3-7:17", span(loaded, second, ""));
        assertEquals("9:20-9:21", span(loaded, second, "metadata.name"));
        assertEquals(List.of("- apiVersion: v1"), loaded.locations().lines("stdin", 7, 7));
        assertEquals(
                List.of("  kind: Service", "  metadata: {name: b}"),
                loaded.locations().lines("stdin", 8, 99));
    }

    @Test
    void itemsOfJsonLists() {
        Loaded loaded = Loaded.json("""
                {"apiVersion": "v1", "items": [
                  {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}},
                \t{"apiVersion": "v1", "kind": "Service",
                \t "metadata": {"name": "b"}}
                ], "kind": "List"}
                """);
        Resource second = loaded.input().resources().getLast();
        assertEquals("3:2-3:41", span(loaded, second, ""));
        assertEquals("4:24-4:27", span(loaded, second, "metadata.name"));
    }

    @Test
    void aliasesAreWhereTheirAnchorIs() {
        Loaded loaded = Loaded.fixture("aliases.yaml");
        Resource service = loaded.input().resources().getFirst();
        assertEquals("6:10-6:13", span(loaded, service, "spec.selector.app"));
        assertEquals("11:11-11:15", span(loaded, service, "spec.selector.tier"));
        assertEquals("17:11-17:14", span(loaded, service, "spec.ports[1].name"));
    }

    @Test
    void nestedLists() {
        Loaded loaded = Loaded.yaml("""
                apiVersion: v1
                kind: List
                items:
                - apiVersion: v1
                  kind: ServiceList
                  items:
                  - metadata:
                      name: inner
                """);
        assertEquals(List.of("Service/inner"), loaded.names());
        assertEquals("8:13-8:18", span(loaded, loaded.input().resources().getFirst(), "metadata.name"));
    }

    @Test
    void severalFilesInAnyOrder(@TempDir Path folder) throws IOException {
        for (String name : List.of("a", "b")) {
            String text = "apiVersion: v1\nkind: Service\nmetadata: {name: " + name + "}\n";
            Files.writeString(folder.resolve(name + ".yaml"), "---\n" + text + "---\n" + text.replace(": v1", ": v2"));
        }
        Loaded loaded = Loaded.paths(folder + "/b.yaml", folder + "/a.yaml");
        List<Place> places = loaded.input().resources().stream()
                .map(resource -> resource.at("metadata.name"))
                .toList();
        loaded.locations().prepare(places);
        assertEquals(
                List.of(folder + "/b.yaml:4", folder + "/a.yaml:4"),
                places.stream()
                        .map(place -> loaded.locations().of(place).toString())
                        .toList());
    }

    @Test
    void aFileThatIsGoneLeavesTheLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("a.yaml");
        Files.writeString(file, "# one\napiVersion: v1\nkind: Service\nmetadata: {name: a}\n");
        Loaded loaded = Loaded.paths(file.toString());
        Files.delete(file);
        Place place = loaded.input().resources().getFirst().at("metadata.name");
        assertEquals("1:1-1:1", Loaded.span(loaded.locations().of(place)));
        assertFalse(loaded.locations().exact(place));
        assertEquals(List.of(), loaded.locations().lines(file.toString(), 1, 3));
    }

    @Test
    void placesThatAreLocatedAlready() {
        Loaded loaded = Loaded.yaml("a: b\n");
        Place place = loaded.input().findings().getFirst().place();
        loaded.locations().prepare(List.of(place));
        assertEquals(place.location(), loaded.locations().of(place));
        assertTrue(loaded.locations().exact(place));
    }

    @Test
    void steps() {
        assertEquals(List.of(), Layout.steps(""));
        assertEquals(List.of("spec", "ports", 1, "targetPort"), Layout.steps("spec.ports[1].targetPort"));
        assertEquals(List.of("a", "x.y/z", "b", 0, 12, "[q"), Layout.steps("a[\"x.y/z\"].b[0][12][\"[q\"]"));
        assertEquals(List.of("items", 3), Layout.steps("items[3]"));
        assertEquals(List.of(0), Layout.steps("[0]"));
    }
}
