package dev.sealane.redact;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Where what was rewritten goes: a file, the files of a folder, or those of a zip. Nothing else is written. */
final class Output implements Closeable {
    private final Path path;
    private final boolean folder;
    private final ZipOutputStream zip;
    private final Set<String> names = new HashSet<>();

    private Output(Path path, boolean folder, ZipOutputStream zip) {
        this.path = path;
        this.folder = folder;
        this.zip = zip;
    }

    static Output file(Path path) {
        return new Output(path, false, null);
    }

    static Output folder(Path path) throws IOException {
        Files.createDirectories(path);
        return new Output(path, true, null);
    }

    static Output zip(Path path) throws IOException {
        return new Output(path, true, new ZipOutputStream(Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)));
    }

    /**
     * @param name with {@code /} between folders, and without {@code ..}; a further file of the same name gets a number
     * @param time when the file was written, or null; a folder does not keep it
     */
    void write(String name, Instant time, byte[] text) throws IOException {
        if (!folder) {
            if (path.getParent() != null) {
                Files.createDirectories(path.getParent());
            }
            Files.write(path, text, StandardOpenOption.CREATE_NEW);
            return;
        }
        String unique = unique(name);
        if (zip == null) {
            Path target = path.resolve(unique);
            Files.createDirectories(target.getParent());
            Files.write(target, text, StandardOpenOption.CREATE_NEW);
            return;
        }
        ZipEntry entry = new ZipEntry(unique);
        if (time != null) {
            entry.setLastModifiedTime(FileTime.from(time));
        }
        zip.putNextEntry(entry);
        zip.write(text);
        zip.closeEntry();
    }

    private String unique(String name) {
        int dot = name.lastIndexOf('.');
        int end = dot > name.lastIndexOf('/') ? dot : name.length();
        String unique = name;
        for (int i = 2; !names.add(unique); i++) {
            unique = name.substring(0, end) + "-" + i + name.substring(end);
        }
        return unique;
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
