package dev.sealane.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the files that the given paths mean. Each file and each folder is visited once. */
final class InputFiles {
    /**
     * @param path null for standard input
     * @param error why the file cannot be read, or null
     */
    record InputFile(String name, Path path, IOException error) {}

    private final List<InputFile> files = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final Set<Path> visited;

    private final String stdinName;

    /**
     * @param stdinName the name of standard input, if it is among the paths; a file of that name is left out, since an
     *     editor gives the newer text of it
     * @param visited files and folders to leave out, to which those of the paths are added
     * @throws UsageError if a path does not exist, or there is nothing to read
     */
    InputFiles(List<String> paths, String stdinName, Set<Path> visited) {
        this.visited = visited;
        this.stdinName = paths.contains("-") ? stdinName : "";
        for (String path : paths) {
            if (path.equals("-")) {
                if (files.stream().noneMatch(file -> file.path == null)) {
                    files.add(new InputFile(stdinName, null, null));
                }
                continue;
            }
            Path start = start(path);
            String name = path.replace(File.separatorChar, '/');
            if (Files.isDirectory(start)) {
                String prefix = name.equals(".") ? "" : name.endsWith("/") ? name : name + "/";
                if (!folder(prefix, start)) {
                    skipped.add(new Skipped(name, 0, "a folder without .yaml, .yml or .json files"));
                }
            } else {
                file(name, start);
            }
        }
        if (files.isEmpty() && !paths.isEmpty()) {
            throw new UsageError("nothing to read: no .yaml, .yml or .json file in " + String.join(", ", paths));
        }
    }

    List<InputFile> files() {
        return files;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    private static Path start(String path) {
        try {
            Path start = Path.of(path);
            if (!path.isEmpty() && Files.exists(start)) {
                return start;
            }
        } catch (InvalidPathException notAPath) {
            // No such file can exist.
        }
        throw new UsageError("no such file or folder: " + (path.isEmpty() ? "the path is empty" : path));
    }

    /**
     * @param prefix of the names of what is in the folder: empty, or ending in a slash
     * @return false if there is nothing in it that could be read
     */
    private boolean folder(String prefix, Path folder) {
        List<Path> children = new ArrayList<>();
        try {
            if (!visited.add(folder.toRealPath())) {
                if (Files.isSymbolicLink(folder)) {
                    skipped.add(new Skipped(prefix, 0, "a link to a folder that is read already"));
                }
                return true;
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
                stream.forEach(children::add);
            }
        } catch (IOException unreadable) {
            files.add(new InputFile(prefix, folder, unreadable));
            return true;
        }
        children.sort(Comparator.comparing(child -> child.getFileName().toString()));
        boolean any = false;
        for (Path child : children) {
            String name = child.getFileName().toString();
            if (name.startsWith(".") || name.equals("node_modules")) {
                continue;
            }
            if (Files.isDirectory(child)) {
                any |= folder(prefix + name + "/", child);
            } else if (isManifest(name)) {
                any = true;
                if (Files.exists(child) && !Files.isRegularFile(child)) {
                    skipped.add(new Skipped(prefix + name, 0, "not a regular file"));
                } else {
                    file(prefix + name, child);
                }
            }
        }
        return any;
    }

    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    private void file(String name, Path path) {
        if (name.equals(stdinName)) {
            return;
        }
        try {
            if (visited.add(path.toRealPath())) {
                files.add(new InputFile(name, path, null));
            } else if (Files.isSymbolicLink(path)) {
                skipped.add(new Skipped(name, 0, "a link to a file that is read already"));
            }
        } catch (IOException unreadable) {
            files.add(new InputFile(name, path, unreadable));
        }
    }

    /** A clause for people. */
    static String reason(IOException error) {
        return switch (error) {
            case NoSuchFileException missing -> "there is no such file, or it is a link to nothing";
            case AccessDeniedException denied -> "permission denied";
            default -> error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        };
    }
}
