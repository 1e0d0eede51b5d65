package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text of the input can neither steer a terminal nor add lines of its own to what is printed. */
class HostileTextTest {
    private static final String CLEAR = "\u001b[2J";
    private static final String TITLE = "\u001b]0;title\u0007";
    private static final String OTHER_WAY = "\u202e";

    @TempDir
    Path folder;

    private static final Map<String, String> FILES = Map.of(
            "a" + CLEAR + "/broken" + TITLE + ".yaml",
            "a: b: " + CLEAR + "\n",
            "b\nerror: forged" + OTHER_WAY + ".yaml",
            """
            apiVersion: v1
            kind: Service
            metadata:
              name: "s\\e[31m"
              namespace: "\\u202e"
            spec:
              selector: {"app\\n": "\\e[2J"}
              ports: [{port: 80, targetPort: "\\e]0;x\\a"}, {port: 80}]
            """,
            "c.yaml",
            "Error from server (Forbidden): " + CLEAR + " is forbidden\n" + "E0304 03:00:00.000000 1 x.go:1] " + TITLE
                    + "\nkind: \"K\\e[1m\"\napiVersion: \"v\\e[1m\"\nmetadata: {name: \"\\e[2m\"}\n",
            "d.json",
            "{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [1, {\"kind\": \"" + OTHER_WAY + "\", ");

    private Path archive(boolean zip) throws IOException {
        Path file = folder.resolve("in" + (zip ? ".zip" : ".tar"));
        try (OutputStream out = Files.newOutputStream(file)) {
            if (zip) {
                ZipArchiveOutputStream archive = new ZipArchiveOutputStream(out);
                for (Map.Entry<String, String> one : FILES.entrySet()) {
                    archive.putArchiveEntry(new ZipArchiveEntry(one.getKey()));
                    archive.write(one.getValue().getBytes(StandardCharsets.UTF_8));
                    archive.closeArchiveEntry();
                }
                archive.close();
            } else {
                TarArchiveOutputStream archive = new TarArchiveOutputStream(out, "UTF-8");
                for (Map.Entry<String, String> one : FILES.entrySet()) {
                    byte[] text = one.getValue().getBytes(StandardCharsets.UTF_8);
                    TarArchiveEntry entry = new TarArchiveEntry(one.getKey(), true);
                    entry.setSize(text.length);
                    archive.putArchiveEntry(entry);
                    archive.write(text);
                    archive.closeArchiveEntry();
                }
                archive.close();
            }
        }
        return file;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesAndTextsInArchives(boolean zip) throws IOException {
        String archive = archive(zip).toString();
        for (List<String> command : List.of(
                List.of("lint", "--format", "text", archive),
                List.of("lint", "--format", "text", "--verbose", archive),
                List.of("lint", "--format", "json", archive),
                List.of("lint", "--format", "line", archive),
                List.of("coverage", archive),
                List.of("coverage", "--format", "json", archive),
                List.of("graph", archive))) {
            Call call = Call.sealane(command.toArray(String[]::new));
            assertTrue(call.code() <= 1, () -> command + ": " + call.err());
            assertPlain(command, call.out());
            assertPlain(command, call.err());
            assertFalse(call.err().contains("\tat "), call::err);
        }
        Call lint = Call.sealane("lint", "--format", "line", archive);
        assertTrue(lint.out().contains("\\u001b[2J"), lint::out);
        assertEquals(
                0,
                lint.out()
                        .lines()
                        .filter(line -> line.startsWith("error: forged"))
                        .count());
    }

    private static void assertPlain(List<String> command, String text) {
        text.codePoints().forEach(character -> {
            int type = Character.getType(character);
            boolean steers = character != '\n' && (type == Character.CONTROL || type == Character.FORMAT);
            assertFalse(steers, () -> command + " prints " + Integer.toHexString(character) + ":\n" + text);
        });
    }
}
