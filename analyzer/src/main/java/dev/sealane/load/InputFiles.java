package dev.sealane.load;

import dev.sealane.dump.Dump;
import dev.sealane.dump.DumpLayout;
import dev.sealane.dump.DumpLayouts;
import dev.sealane.dump.Member;
import dev.sealane.dump.Member.Use;
import dev.sealane.load.Archive.Outcome;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds the files that the given paths mean. Each file and each folder is visited once. */
final class InputFiles {
    /**
     * @param name for people: what the user gave, and the path from there
     * @param path from the root on, empty if the root is the file
     * @param file on disk, or null
     * @param time when it was written, if an archive says so; else null
     * @param error why it cannot be read, or null
     */
    record InputFile(Root root, String name, String path, Path file, Instant time, IOException error) {
        /** What the layout of the dump says that it is. */
        Member member() {
            return root.dump.member(inDump());
        }

        /** Its name in the dump. */
        String inDump() {
            String inRoot = path.isEmpty() ? name.substring(name.lastIndexOf('/') + 1) : path;
            return Archive.COMPRESSED.matcher(inRoot).replaceFirst("$1");
        }

        /** Whether objects are looked for in it; always in what the user named. */
        boolean wanted() {
            return path.isEmpty()
                    || root.archive && root.outcome.single
                    || error != null
                    || member().use() == Use.OBJECTS;
        }
    }

    /** What the user gave: a file, a folder, an archive or standard input. */
    static final class Root {
        final String name;
        /** Null for a folder. */
        private final Archive.Opener opener;

        final boolean archive;
        private final Limits limits;
        /** What was read of an archive. */
        Outcome outcome;

        Dump dump;

        final List<InputFile> files = new ArrayList<>();

        private Root(String name, Archive.Opener opener, boolean archive, Limits limits) {
            this.name = name;
            this.opener = opener;
            this.archive = archive;
            this.limits = limits;
        }

        private List<String> names() {
            return files.stream().map(InputFile::inDump).toList();
        }
    }

    /**
     * A Helm chart.
     *
     * @param description the name of its Chart.yaml
     * @param path what helm would have to be given
     */
    record Chart(String description, String path) {}

    /** Takes files one by one, each with its text. */
    interface Reader {
        void read(InputFile file, InputStream in) throws IOException;
    }

    private static final Pattern MANIFEST =
            Pattern.compile("\\.(?:ya?ml|json)(?:\\.(?:gz|xz|zst))?$", Pattern.CASE_INSENSITIVE);

    private final List<Root> roots = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    /** Texts that are in memory, by the names of their files. */
    private final Map<String, byte[]> piped = new HashMap<>();

    private final List<Chart> charts = new ArrayList<>();
    private final Set<Path> visited;
    private final Limits limits;
    private final String stdinName;

    /**
     * @param stdinName the name of standard input, if it is among the paths; a file of that name is left out, since an
     *     editor gives the newer text of it
     * @param rendered texts to be read as well
     * @param visited files and folders to leave out, to which those of the paths are added
     * @param layout of every path, null to find out
     * @throws UsageError if a path does not exist or has another layout, or there is nothing to read
     */
    InputFiles(
            List<String> paths,
            List<Rendered> rendered,
            Set<Path> visited,
            InputStream stdin,
            String stdinName,
            DumpLayout layout,
            Limits limits) {
        this.visited = visited;
        this.limits = limits;
        this.stdinName = paths.contains("-") ? stdinName : "";
        boolean stdinRead = false;
        for (String path : paths) {
            if (!path.equals("-")) {
                path(path);
            } else if (!stdinRead) {
                stdin(stdin);
                stdinRead = true;
            }
        }
        roots.forEach(this::leaveOutCharts);
        for (Root root : roots) {
            root.dump = layout == null ? DumpLayouts.recognise(root.names()) : layout.recognise(root.names());
            if (root.dump == null) {
                throw new UsageError(root.name + " has not the files of " + layout.name());
            }
        }
        for (Rendered text : rendered) {
            root(text.name(), () -> new ByteArrayInputStream(text.text()), null, false);
            piped.put(text.name(), text.text());
            Root root = roots.getLast();
            root.dump = DumpLayouts.recognise(root.names());
        }
        if (charts.isEmpty()
                && roots.stream()
                        .allMatch(root -> !root.archive && root.files.stream().noneMatch(InputFile::wanted))
                && !paths.isEmpty()) {
            throw new UsageError("nothing to read: no .yaml, .yml or .json file in " + String.join(", ", paths));
        }
    }

    List<Root> roots() {
        return roots;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** The charts among the files of folders and archives; nothing of theirs is among the files. */
    List<Chart> charts() {
        return charts;
    }

    private void leaveOutCharts(Root root) {
        Charts found = Charts.in(root.files.stream().map(InputFile::path).toList());
        root.files.removeIf(file -> {
            String chart = found.chartOf(file.path);
            if (file.path.isEmpty() || chart == null || !isManifest(file.path)) {
                return false;
            }
            if (file.path.equals(chart + Charts.DESCRIPTION)) {
                String folder = file.name.substring(0, file.name.length() - Charts.DESCRIPTION.length());
                charts.add(new Chart(file.name, root.archive ? root.name : folder.isEmpty() ? "." : folder));
            }
            skipped.add(new Skipped(file.name, 0, "part of a Helm chart that was not rendered"));
            return true;
        });
    }

    Map<String, byte[]> piped() {
        return piped;
    }

    /**
     * Opens those files of a root that are wanted, in the order in which they are stored. Files that cannot be read have
     * an error already and are passed over.
     */
    void read(Root root, Set<InputFile> wanted, Reader reader) throws IOException {
        if (!root.archive) {
            for (InputFile file : root.files) {
                if (wanted.contains(file)) {
                    try (InputStream in = open(file)) {
                        reader.read(file, in);
                    }
                }
            }
            return;
        }
        Map<String, List<InputFile>> byPath = new HashMap<>();
        root.files.forEach(file ->
                byPath.computeIfAbsent(file.path, unseen -> new ArrayList<>()).add(file));
        Map<String, Integer> seen = new HashMap<>();
        Archive.visit(root.name, root.opener, limits, (path, time, in) -> {
            List<InputFile> files = byPath.getOrDefault(path, List.of());
            int number = seen.merge(path, 1, Integer::sum) - 1;
            if (number < files.size() && wanted.contains(files.get(number))) {
                reader.read(files.get(number), in);
            }
        });
    }

    /** Opens a file that is not in an archive. */
    static InputStream open(InputFile file) throws IOException {
        if (file.error != null) {
            throw file.error;
        }
        InputStream in = file.file == null ? file.root.opener.open() : Files.newInputStream(file.file);
        return Archive.named(file.name) ? Archive.decompressed(in, file.root.limits) : in;
    }

    private void stdin(InputStream stdin) {
        try {
            piped(stdinName, bounded(stdin));
        } catch (IOException unreadable) {
            unreadable(stdinName, null, unreadable);
        }
    }

    private byte[] bounded(InputStream pipe) throws IOException {
        byte[] bytes = pipe.readNBytes(limits.whole());
        if (bytes.length == limits.whole() && pipe.read() >= 0) {
            throw new Archive.Stop(
                    "it is longer than " + (limits.whole() >> 20)
                            + " MiB, and what comes through a pipe is kept in memory (see --limits; a file has no such limit)",
                    true);
        }
        return bytes;
    }

    private void piped(String name, byte[] bytes) throws IOException {
        boolean archive = Archive.recognises(bytes);
        byte[] kept = archive ? bytes : TextStream.plain(bytes);
        if (!archive) {
            piped.put(name, kept);
        }
        root(name, () -> new ByteArrayInputStream(kept), null, archive);
    }

    private void path(String path) {
        Path start = start(path);
        String name = path.replace(File.separatorChar, '/');
        if (Files.isDirectory(start)) {
            Root root = new Root(name, null, false, limits);
            String prefix = name.equals(".") ? "" : name.endsWith("/") ? name : name + "/";
            if (!folder(root, prefix, "", start)) {
                skipped.add(new Skipped(name, 0, "a folder without .yaml, .yml or .json files"));
            }
            roots.add(root);
            return;
        }
        if (name.equals(stdinName)) {
            return;
        }
        if (!Files.isRegularFile(start)) {
            pipe(name, start);
            return;
        }
        boolean archive = false;
        try (InputStream in = Files.newInputStream(start)) {
            archive = Archive.recognises(in.readNBytes(512));
        } catch (IOException unreadable) {
            // It is said where the file is read.
        }
        root(name, () -> Files.newInputStream(start), start, archive);
    }

    private void root(String name, Archive.Opener opener, Path file, boolean archive) {
        Root root = new Root(name, opener, archive, limits);
        if (!archive) {
            if (file == null) {
                root.files.add(new InputFile(root, name, "", null, null, null));
            } else {
                file(root, name, "", file);
            }
        } else {
            try {
                if (file == null || visited.add(file.toRealPath())) {
                    members(root);
                }
            } catch (IOException unreadable) {
                root.files.add(new InputFile(root, name, "", file, null, unreadable));
            }
        }
        roots.add(root);
    }

    private void members(Root root) throws IOException {
        Map<String, Integer> seen = new LinkedHashMap<>();
        root.outcome = Archive.visit(root.name, root.opener, limits, (path, time, in) -> {
            int number = seen.merge(path, 1, Integer::sum);
            String unique = number == 1 ? path : path + " (" + number + ")";
            if (!hidden(path)) {
                root.files.add(new InputFile(root, root.name + "/" + unique, path, null, time, null));
            }
        });
        if (root.outcome.single) {
            InputFile only = root.files.removeFirst();
            root.files.add(new InputFile(root, root.name, only.path, null, null, null));
        }
    }

    private static boolean hidden(String path) {
        return path.startsWith(".") || path.contains("/.");
    }

    /** What can be read once: a pipe, or a device. */
    private void pipe(String name, Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            piped(name, bounded(in));
        } catch (IOException unreadable) {
            unreadable(name, path, unreadable);
        }
    }

    private void unreadable(String name, Path path, IOException error) {
        Root root = new Root(name, null, false, limits);
        root.files.add(new InputFile(root, name, "", path, null, error));
        roots.add(root);
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
     * @param path the same from the root on
     * @return false if there is nothing in it that could be read
     */
    private boolean folder(Root root, String prefix, String path, Path folder) {
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
            root.files.add(new InputFile(root, prefix, path, folder, null, unreadable));
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
                any |= folder(root, prefix + name + "/", path + name + "/", child);
            } else if (Files.exists(child) && !Files.isRegularFile(child)) {
                any |= isManifest(name);
                skipped.add(new Skipped(prefix + name, 0, "not a regular file"));
            } else {
                any |= isManifest(name);
                file(root, prefix + name, path + name, child);
            }
        }
        return any;
    }

    /** Whether a folder with such a file is worth being given. */
    private static boolean isManifest(String name) {
        return MANIFEST.matcher(name).find();
    }

    private void file(Root root, String name, String path, Path file) {
        if (name.equals(stdinName)) {
            return;
        }
        try {
            if (visited.add(file.toRealPath())) {
                root.files.add(new InputFile(root, name, path, file, null, null));
            } else if (Files.isSymbolicLink(file)) {
                skipped.add(new Skipped(name, 0, "a link to a file that is read already"));
            }
        } catch (IOException unreadable) {
            root.files.add(new InputFile(root, name, path, file, null, unreadable));
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
