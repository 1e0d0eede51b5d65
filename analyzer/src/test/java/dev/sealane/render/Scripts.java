package dev.sealane.render;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;

/** Programs that pretend to be the user's. */
final class Scripts {
    private Scripts() {}

    /** Writes a shell script, and gives back an environment in which it is found. */
    static Map<String, String> script(Path folder, String name, String body) throws IOException {
        Path file = folder.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return Map.of("PATH", folder + ":/usr/bin:/bin");
    }
}
