package dev.sealane.cli;

import static dev.sealane.cli.Call.sealane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedactCommandTest {
    @TempDir
    private Path folder;

    @Test
    void saysWhatItDid() throws IOException {
        Path in = Files.createDirectory(folder.resolve("in"));
        Files.writeString(in.resolve("pods.yaml"), "# globex\napiVersion: v1\nkind: Pod\nmetadata: {name: globex}\n");
        Files.writeString(in.resolve("broken.yaml"), "a: [\n");
        Files.writeString(in.resolve("a\u001b.log"), "");
        Call call = sealane("redact", in.toString(), folder.resolve("out").toString());
        assertEquals(1, call.code());
        assertEquals("", call.out());
        assertTrue(
                call.err()
                        .startsWith("1 file rewritten: stand-ins for 1 word and 0 addresses\n"
                                + "removed: 0 values of Secrets, 0 other texts, 1 comment\n"
                                + "left out, no objects are read from it: a\\u001b.log\n"
                                + "left out, cannot be read: broken.yaml:1:4: "),
                call.err());
        Files.delete(in.resolve("broken.yaml"));
        assertEquals(
                0,
                sealane("redact", in.toString(), folder.resolve("again").toString())
                        .code());
    }

    @Test
    void mistakes() throws IOException {
        Path in = Files.writeString(folder.resolve("in.yaml"), "a: b\n");
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        assertEquals(2, sealane("redact", in.toString(), mine.toString()).code());
        assertEquals("mine", Files.readString(mine));
        assertEquals(2, sealane("redact", in.toString()).code());
        assertEquals(
                2,
                sealane(
                                "redact",
                                "--key",
                                "",
                                in.toString(),
                                folder.resolve("out").toString())
                        .code());
        assertEquals(
                2,
                sealane(
                                "redact",
                                folder.resolve("none").toString(),
                                folder.resolve("out").toString())
                        .code());
        assertFalse(Files.exists(folder.resolve("out")));
    }
}
