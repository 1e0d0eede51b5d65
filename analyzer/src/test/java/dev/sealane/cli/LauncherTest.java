package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts Java, with a script in the place of Java. */
class LauncherTest {
    @TempDir
    private Path folder;

    @Test
    void theSizeOfTheInputDecidesAboutTheCompiler() throws IOException, InterruptedException {
        Path bin = Files.createDirectories(folder.resolve("bin"));
        Files.copy(Path.of("analyzer/src/build/sealane"), bin.resolve("sealane"));
        Path java = Files.createDirectories(folder.resolve("runtime/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path small = Files.writeString(folder.resolve("small 1.yaml"), "a: b\n");
        Path large = folder.resolve("large 1.yaml");
        try (RandomAccessFile file = new RandomAccessFile(large.toFile(), "rw")) {
            byte[] megabyte = new byte[1 << 20];
            for (int i = 0; i < 210; i++) {
                file.write(megabyte);
            }
        }
        assertEquals(true, oneCompiler(small, "lint", small.toString()));
        assertEquals(false, oneCompiler(small, "lint", large.toString()));
        assertEquals(false, oneCompiler(small, "lint", small.toString(), "--against=" + large));
        assertEquals(false, oneCompiler(small, "lint", small.toString(), "--against", large.toString()));
        assertEquals(false, oneCompiler(large, "lint", "-"));
        assertEquals(true, oneCompiler(small, "lint", "-"));
    }

    private boolean oneCompiler(Path in, String... arguments) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Stream.concat(Stream.of("sh", folder + "/bin/sealane"), Stream.of(arguments))
                                .toList())
                .redirectInput(in.toFile())
                .redirectErrorStream(true)
                .start();
        List<String> given = process.inputReader().readAllLines();
        assertEquals(true, process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), given.toString());
        assertEquals(List.of(arguments), given.subList(given.size() - arguments.length, given.size()));
        return given.contains("-XX:TieredStopAtLevel=1");
    }
}
