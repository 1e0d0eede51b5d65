package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.cli.Main;
import io.airlift.compress.v3.zstd.ZstdOutputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;

/** Archives of every format give what the files in them do, and hostile ones nothing else. */
class ArchiveTest {
    @TempDir
    Path folder;

    private static String service(String name) {
        return "apiVersion: v1\nkind: Service\nmetadata:\n  name: " + name + "\n";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> files(String... namesAndTexts) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (int i = 0; i < namesAndTexts.length; i += 2) {
            files.put(namesAndTexts[i], bytes(namesAndTexts[i + 1]));
        }
        return files;
    }

    private interface Wrapper {
        OutputStream around(OutputStream out) throws IOException;
    }

    private static byte[] through(byte[] bytes, Wrapper wrapper) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream wrapped = wrapper.around(out)) {
            wrapped.write(bytes);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        return through(bytes, GZIPOutputStream::new);
    }

    private static byte[] tar(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(out)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putArchiveEntry(new ZipArchiveEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeArchiveEntry();
            }
        }
        return out.toByteArray();
    }

    private static byte[] pack(String format, Map<String, byte[]> files) throws IOException {
        return switch (format) {
            case "tar" -> tar(files);
            case "tar.gz" -> gzip(tar(files));
            case "tar.xz" -> through(tar(files), out -> new XZOutputStream(out, new LZMA2Options(1)));
            case "tar.zst" -> through(tar(files), ZstdOutputStream::new);
            default -> zip(files);
        };
    }

    private Loaded load(byte[] archive) throws IOException {
        return Loaded.paths(Files.write(folder.resolve("in"), archive).toString());
    }

    private Loaded load(byte[] archive, Limits limits) {
        Loader loader =
                new Loader(new Loader.Options("default", limits, null, ""), new ByteArrayInputStream(archive), "stdin");
        return new Loaded(loader.load(List.of("-")), loader.locations());
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tar.xz", "tar.zst", "zip"})
    void everyFormat(String format) throws IOException {
        byte[] archive = pack(
                format,
                files(
                        "b/web.yaml",
                        "# one\n" + service("web"),
                        "b/log.txt",
                        "x",
                        "b/a.json",
                        "{",
                        "c.yaml",
                        service("c")));
        for (Loaded loaded : List.of(load(archive), Loaded.bytes(archive, "stdin"))) {
            assertEquals(List.of("Service/web", "Service/c"), loaded.names());
            String root = loaded.input().captures().getFirst().root();
            assertEquals(
                    root + "/b/web.yaml",
                    loaded.input().resources().getFirst().meta().origin().file());
            var place = loaded.input().resources().getFirst().at("metadata.name");
            assertEquals("5:9-5:12", Loaded.span(loaded.locations().of(place)));
            assertEquals(List.of("  name: web"), loaded.locations().lines(root + "/b/web.yaml", 5, 5));
            assertEquals(List.of("1 SYN001"), loaded.briefly());
            assertEquals(3, loaded.input().files());
        }
    }

    @Test
    void oneCompressedFileIsThatFile() throws IOException {
        Path file = Files.write(folder.resolve("web.yaml.gz"), gzip(bytes(service("web"))));
        for (Path path : List.of(file, folder)) {
            Loaded loaded = Loaded.paths(path.toString());
            assertEquals(List.of("Service/web"), loaded.names());
            var resource = loaded.input().resources().getFirst();
            assertEquals(file.toString(), resource.meta().origin().file());
            assertEquals("4:9-4:12", Loaded.span(loaded.locations().of(resource.at("metadata.name"))));
        }
    }

    @Test
    void archivesInAnArchiveAreReadOnce() throws IOException {
        byte[] innermost = zip(files("deep.yaml", service("deep")));
        Map<String, byte[]> inner = files("web.yaml", service("web"));
        inner.put("deeper.zip", innermost);
        Map<String, byte[]> outer = files("a.yaml", service("a"));
        outer.put("x/inner.tar.gz", gzip(tar(inner)));
        outer.put("list.yaml.gz", gzip(bytes(service("list"))));
        Loaded loaded = load(zip(outer));
        assertEquals(List.of("Service/a", "Service/web", "Service/list"), loaded.names());
        assertTrue(loaded.input().resources().get(1).meta().origin().file().endsWith("/x/inner.tar.gz/web.yaml"));
    }

    @Test
    void sameNamesTwice() throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        byte[] one = tar(files("a.yaml", service("one")));
        both.writeBytes(Arrays.copyOf(one, 1024));
        both.writeBytes(tar(files("a.yaml", "# two\n" + service("two"))));
        Loaded loaded = load(both.toByteArray());
        assertEquals(List.of("Service/one", "Service/two"), loaded.names());
        var second = loaded.input().resources().getLast();
        assertEquals("5:9-5:12", Loaded.span(loaded.locations().of(second.at("metadata.name"))));
    }

    /** Names cannot lead outside, since nothing is written and no name in an archive is opened. */
    @Test
    void hostileNamesAndLinks() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Path outside = Files.writeString(folder.resolve("outside.yaml"), service("outside"));
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            for (String name : List.of("/etc/a.yaml", "../../b.yaml", "C:\\c.yaml", "\u001b[31md.yaml")) {
                TarArchiveEntry entry = new TarArchiveEntry(name, true);
                byte[] text = bytes(service("x" + name.charAt(name.length() - 6)));
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
            for (byte type : new byte[] {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_FIFO}) {
                TarArchiveEntry link = new TarArchiveEntry("link" + type + ".yaml", type);
                link.setLinkName(outside.toString());
                tar.putArchiveEntry(link);
                tar.closeArchiveEntry();
            }
        }
        Path archive = Files.write(folder.resolve("hostile.tar"), out.toByteArray());
        List<Path> before = listing();
        Loaded loaded = Loaded.paths(archive.toString());
        assertEquals(List.of("Service/xa", "Service/xc", "Service/xd"), loaded.names());
        assertEquals(before, listing());
        assertTrue(
                loaded.input().skipped().stream()
                        .anyMatch(skipped -> skipped.reason().equals("a link or device in an archive")),
                loaded.input().skipped()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text", "json", "line"})
    void hostileNamesAreMadeVisible(String format) throws IOException {
        Path archive = Files.write(folder.resolve("in.zip"), zip(files("\u001b[31m\u202e.yaml", "a: b: c")));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream stream = new PrintStream(out, false, StandardCharsets.UTF_8);
        String[] lint = {"lint", "--format", format, archive.toString()};
        assertEquals(
                1,
                Main.run(lint, InputStream.nullInputStream(), stream, stream, Map.of(), false, InstantSource.system()));
        String printed = out.toString(StandardCharsets.UTF_8);
        assertTrue(printed.contains("SYN001") && printed.contains("[31m"), printed);
        assertFalse(printed.contains("\u001b") || printed.contains("\u202e"), printed);
    }

    private List<Path> listing() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tar", "tar.gz", "tar.xz", "tar.zst", "zip"})
    void archivesCutAnywhere(String format) throws IOException {
        StringBuilder noise = new StringBuilder();
        Random random = new Random(7);
        for (int i = 0; i < 4000; i++) {
            noise.append("# ").append(Long.toHexString(random.nextLong())).append('\n');
        }
        byte[] archive =
                pack(format, files("a.yaml", service("a"), "b.yaml", service("b") + noise, "c.yaml", service("c")));
        List<String> whole = load(archive).names();
        assertEquals(List.of("Service/a", "Service/b", "Service/c"), whole);
        for (int cut = 1; cut < archive.length; cut += 1 + archive.length / 97) {
            Loaded loaded = load(Arrays.copyOf(archive, cut));
            int found = loaded.names().size();
            assertTrue(found <= 3 && whole.subList(0, found).equals(loaded.names()), () -> loaded.toString());
            if (found < 3) {
                assertFalse(loaded.findings().isEmpty(), format + " cut at " + cut);
            }
        }
    }

    /** The library keeps what is before a file's content in memory. */
    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_GNUTYPE_LONGNAME, TarConstants.LF_PAX_EXTENDED_HEADER_LC})
    void namesWithoutEnd(byte type) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            byte[] service = bytes(service("before"));
            TarArchiveEntry before = new TarArchiveEntry("before.yaml");
            before.setSize(service.length);
            tar.putArchiveEntry(before);
            tar.write(service);
            tar.closeArchiveEntry();
            TarArchiveEntry name = new TarArchiveEntry("long", type);
            byte[] text = bytes("9000000 path=" + "x".repeat(9_000_000 - 14) + "\n");
            name.setSize(text.length);
            tar.putArchiveEntry(name);
            tar.write(text);
            tar.closeArchiveEntry();
        }
        Loaded loaded = load(gzip(out.toByteArray()));
        assertEquals(List.of("Service/before"), loaded.names());
        assertEquals(List.of("1 SYN007"), loaded.briefly());
    }

    @Test
    void bombs() throws IOException {
        Limits limits = new Limits(1 << 20, 40 << 20, 50, 1 << 20, 1 << 30, 10, 1000);
        byte[] zeros = new byte[64 << 20];
        Arrays.fill(zeros, (byte) '#');
        for (byte[] bomb : List.of(
                gzip(zeros),
                gzip(tar(Map.of("a.yaml", zeros))),
                zip(Map.of("a.log", zeros)),
                zip(Map.of("inner.zip", zip(Map.of("a.yaml", zeros)))))) {
            Loaded loaded = load(bomb, limits);
            assertEquals(
                    List.of("1 SYN007"), loaded.briefly().stream().distinct().toList());
        }
        Map<String, byte[]> many = new LinkedHashMap<>();
        for (int i = 0; i < 11; i++) {
            many.put(i + ".yaml", bytes(service("s" + i)));
        }
        List<String> found = new ArrayList<>(load(tar(many), limits).findings());
        assertEquals(
                List.of(
                        "1:1-1:1 SYN007 it holds more than 10 files: what is before that was read, and nothing behind it"),
                found);
        assertEquals(List.of(), load(tar(many), limits.times(2)).findings());
    }
}
