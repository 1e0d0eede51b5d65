package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in a Secret is not in memory when its file was loaded and its places were looked up. */
class SecretsTest {
    /** Values as parts, so that the constants of this class do not hold them. */
    private final String start = UUID.randomUUID().toString().substring(0, 13);

    private final List<String> kinds = new ArrayList<>();

    @TempDir
    Path folder;

    /** A marker that tells how it came into memory; short, as tokens are. */
    private String marker(String kind) {
        if (!kinds.contains(kind)) {
            kinds.add(kind);
        }
        return "m" + start + "-" + kind;
    }

    private String yaml(String kind) {
        return """
                apiVersion: v1
                data:
                  token: %s
                kind: Secret
                metadata:
                  name: %s
                  namespace: shop
                stringData:
                  text: "%s"
                  block: |
                    %s
                """.formatted(marker(kind), kind, marker(kind), marker(kind));
    }

    private String json(String kind) {
        return """
                {"apiVersion": "v1", "data": {"token": "%s"}, "kind": "Secret",
                 "metadata": {"name": "%s", "namespace": "shop"}, "stringData": {"text": "x%s"}}
                """.formatted(marker(kind), kind, marker(kind));
    }

    private static byte[] tar(String name, String text) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(out))) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }

    @Test
    void noValueIsInMemoryAfterwards() throws IOException {
        // In a method of its own, so that no local variable holds the texts.
        List<Loaded> loaded = load();
        assertEquals(
                List.of(3, 2, 1, 1, 1),
                loaded.stream().map(one -> one.names().size()).toList());
        Path dump = folder.resolve("dump.hprof");
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(dump.toString(), true);
        List<String> found = new ArrayList<>();
        for (String kind : kinds) {
            for (Charset charset :
                    List.of(StandardCharsets.ISO_8859_1, StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE)) {
                if (holds(dump, "m" + start, "-" + kind, charset)) {
                    found.add(kind + " as " + charset);
                }
            }
        }
        assertTrue(holds(dump, "fo", "lder", StandardCharsets.ISO_8859_1), "the dump can be searched");
        assertEquals(List.of(), found);
        assertFalse(loaded.isEmpty());
    }

    private List<Loaded> load() throws IOException {
        Files.writeString(folder.resolve("a.yaml"), yaml("yaml"));
        Files.writeString(folder.resolve("b.json"), json("json"));
        Files.writeString(
                folder.resolve("c.yaml"),
                "apiVersion: v1\nitems:\n- " + yaml("list").indent(2).strip() + "\nkind: List\n");
        Path long1 = Files.writeString(
                folder.resolve("long.txt"),
                "{\"apiVersion\":\"v1\",\"items\":[" + json("long-list").strip() + ",\n"
                        + json("long-list-end").replace("\"x", "\"" + "x".repeat(2_000_000)) + "],\"kind\":\"List\"}");
        Path archive = Files.write(folder.resolve("d.tar.gz"), tar("x/e.yaml", yaml("archive")));
        List<Loaded> loaded = new ArrayList<>();
        Path three = Files.createDirectory(folder.resolve("three"));
        for (String name : List.of("a.yaml", "b.json", "c.yaml")) {
            Files.move(folder.resolve(name), three.resolve(name));
        }
        loaded.add(Loaded.paths(three.toString()));
        loaded.add(Loaded.paths(long1.toString()));
        loaded.add(Loaded.paths(archive.toString()));
        loaded.add(Loaded.yaml(yaml("piped-yaml")));
        loaded.add(Loaded.json(json("piped-json")));
        for (Loaded one : loaded) {
            one.locations()
                    .prepare(one.input().resources().stream()
                            .map(resource -> resource.at("stringData.text"))
                            .toList());
            one.input().resources().forEach(resource -> {
                assertTrue(one.locations().exact(resource.at("stringData.text")));
                one.locations().lines(resource.meta().origin().file(), 1, 3);
            });
        }
        return loaded;
    }

    /** Whether the file holds the two one after the other. */
    private static boolean holds(Path file, String first, String second, Charset charset) throws IOException {
        byte[] sought = (first + second).getBytes(charset);
        int[] back = new int[sought.length + 1];
        for (int i = 1, k = 0; i < sought.length; i++) {
            while (k > 0 && sought[i] != sought[k]) {
                k = back[k];
            }
            k += sought[i] == sought[k] ? 1 : 0;
            back[i + 1] = k;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 20)) {
            int at = 0;
            byte[] bytes = new byte[1 << 20];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                for (int i = 0; i < count; i++) {
                    while (at > 0 && bytes[i] != sought[at]) {
                        at = back[at];
                    }
                    at += bytes[i] == sought[at] ? 1 : 0;
                    if (at == sought.length) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
