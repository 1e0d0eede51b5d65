package dev.sealane.redact;

import dev.sealane.dump.Dump;
import dev.sealane.dump.DumpLayouts;
import dev.sealane.dump.Member;
import dev.sealane.load.Archive;
import dev.sealane.load.Archive.Outcome;
import dev.sealane.load.Limits;
import dev.sealane.load.Noise;
import dev.sealane.load.UsageError;
import dev.sealane.load.Written.Unreadable;
import dev.sealane.redact.Rewriter.NotCertain;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rewrites the files of a dump. */
public final class Redactor {
    /**
     * What was done.
     *
     * @param files how many were written
     * @param words how many different words of names, labels and other texts have stand-ins
     * @param addresses how many different addresses and ranges have
     * @param secretValues values of Secrets that were removed
     * @param texts annotations, data of ConfigMaps and the like that were removed
     * @param leftOut files that nothing is read from, and links
     * @param refused what is not written since it could not be read with certainty, with the reasons
     */
    public record Result(
            int files,
            int words,
            int addresses,
            int secretValues,
            int texts,
            int comments,
            List<String> leftOut,
            List<String> refused) {}

    /** Gives files one after the other, in the same order each time. */
    private interface Input {
        void each(Archive.Visitor visitor) throws IOException;
    }

    /** What becomes of a file. */
    private enum Use {
        OBJECTS,
        /** What {@code sealane capture} writes about itself. */
        LEDGER,
        /** Any other text that tells about the dump. */
        EVIDENCE,
        /** Its name tells what the dump is, its text is not read. */
        NAME,
        NOTHING
    }

    /** @param kind of objects in it that do not tell theirs; empty if not known */
    private record File(Use use, String kind) {
        static final File OBJECTS = new File(Use.OBJECTS, "");
    }

    /**
     * A text; in JSON, a character for each byte.
     *
     * @param noise lines between objects that tell something, by number from 0
     */
    private record Source(String text, boolean json, SortedMap<Integer, String> noise) {}

    private final Words words;
    private final Rewriter rewriter;
    private final Limits limits;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    /** By their numbers. */
    private final Set<Integer> unreadable = new HashSet<>();

    private int number;
    private int written;

    public Redactor(Key key, Limits limits) {
        this.words = new Words(key);
        this.rewriter = new Rewriter(words);
        this.limits = limits;
    }

    /**
     * Rewrites a file, a folder or an archive. Links are not followed.
     *
     * @param out must not exist, or be an empty folder. It becomes a file if {@code in} is one, a zip if {@code in} is
     *     an archive and the name ends so, and else a folder
     * @throws UsageError if it does, or something cannot be read or written
     */
    public Result redact(Path in, Path out) {
        if (!Files.exists(in)) {
            throw new UsageError("no such file or folder: " + in);
        }
        try {
            boolean folder = Files.isDirectory(in);
            if (folder && out.toAbsolutePath().normalize().startsWith(in.toRealPath())
                    || out.toAbsolutePath()
                            .normalize()
                            .startsWith(in.toAbsolutePath().normalize())) {
                throw new UsageError(out + " is in " + in);
            }
            requireEmpty(out);
            String name =
                    in.getFileName() == null ? in.toString() : in.getFileName().toString();
            if (folder) {
                // By their names in the input, so that stand-ins depend on nothing else.
                TreeMap<String, Path> files = new TreeMap<>();
                collect(in, files);
                rewrite(files, Output.folder(out));
            } else if (!archive(in)) {
                Input only = visitor -> {
                    try (InputStream text = Files.newInputStream(in)) {
                        visitor.file(name, null, text);
                    }
                };
                rewrite(only, file -> File.OBJECTS, Files.exists(out) ? Output.folder(out) : Output.file(out));
            } else {
                archive(in, name, out);
            }
            leftOut.sort(null);
            return new Result(
                    written,
                    words.count(),
                    words.addresses.count(),
                    rewriter.secretValues,
                    rewriter.texts,
                    rewriter.comments,
                    leftOut,
                    refused);
        } catch (IOException e) {
            throw new UsageError("cannot redact " + in + ": " + e.getMessage());
        }
    }

    private static void requireEmpty(Path out) throws IOException {
        if (!Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        boolean empty = false;
        if (Files.isDirectory(out)) {
            try (var children = Files.newDirectoryStream(out)) {
                empty = !children.iterator().hasNext();
            }
        }
        if (!empty) {
            throw new UsageError(out + " is there already: nothing is overwritten");
        }
    }

    private static boolean archive(Path in) throws IOException {
        try (InputStream start = Files.newInputStream(in)) {
            return Archive.recognises(start.readNBytes(512));
        }
    }

    private void archive(Path in, String name, Path out) throws IOException {
        List<String> names = new ArrayList<>();
        Outcome outcome =
                Archive.visit(name, () -> Files.newInputStream(in), limits, (file, time, text) -> names.add(file));
        Input files = visitor -> Archive.visit(name, () -> Files.newInputStream(in), limits, visitor);
        String lower = out.toString().toLowerCase(Locale.ROOT);
        if (outcome.single) {
            rewrite(files, file -> File.OBJECTS, Files.exists(out) ? Output.folder(out) : Output.file(out));
        } else if (lower.endsWith(".zip") && !Files.exists(out)) {
            rewrite(files, uses(names), Output.zip(out));
        } else if (lower.matches(".*\\.(tar|tgz|txz|gz|xz|zst)")) {
            throw new UsageError("what is made of an archive is a folder, or a .zip, but no " + out);
        } else {
            rewrite(files, uses(names), Output.folder(out));
        }
        if (outcome.links > 0) {
            leftOut.add(name + ": links and devices in it: " + outcome.links);
        }
        if (outcome.unreadable > 0) {
            refused.add(name + ": entries that are encrypted or the like: " + outcome.unreadable);
        }
        if (outcome.problem != null) {
            refused.add(name + ": " + outcome.problem + ": what is before that was rewritten, and nothing behind it");
        }
    }

    private void collect(Path in, TreeMap<String, Path> files) throws IOException {
        Path root = in.toRealPath();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (attributes.isRegularFile()) {
                    files.put(name, file);
                } else {
                    leftOut.add(name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Files that are compressed one by one are read as they are named without that. */
    private void rewrite(TreeMap<String, Path> files, Output output) throws IOException {
        TreeMap<String, Path> plain = new TreeMap<>();
        files.forEach((name, file) -> {
            String text = Archive.COMPRESSED.matcher(name).replaceFirst("$1");
            plain.put(files.containsKey(text) ? name : text, file);
        });
        Input input = visitor -> {
            for (var file : plain.entrySet()) {
                try (InputStream in = Files.newInputStream(file.getValue())) {
                    visitor.file(file.getKey(), null, in);
                }
            }
        };
        rewrite(input, uses(plain.keySet()), output);
    }

    private static Function<String, File> uses(Collection<String> names) {
        Dump dump = DumpLayouts.recognise(
                names.stream().filter(name -> !hidden(name)).toList());
        boolean files = dump.layout().name().equals("files");
        return name -> {
            String last = name.substring(name.lastIndexOf('/') + 1);
            if (hidden(name)) {
                return new File(Use.NOTHING, "");
            }
            if (last.equals("ledger.tsv") || last.equals("capture.tsv")) {
                return new File(Use.LEDGER, "");
            }
            Member member = dump.member(name);
            if (member.use() == Member.Use.OBJECTS) {
                return new File(
                        Use.OBJECTS, member.kind() == null ? "" : member.kind().name());
            }
            Use text = files ? Use.NOTHING : Use.NAME;
            return new File(dump.evidenceFiles().contains(name) ? Use.EVIDENCE : text, "");
        };
    }

    private static boolean hidden(String name) {
        return name.startsWith(".") || name.contains("/.");
    }

    private void rewrite(Input input, Function<String, File> uses, Output output) throws IOException {
        number = 0;
        input.each((name, time, in) -> {
            number++;
            File file = uses.apply(name);
            Use use = file.use;
            if (use == Use.NAME || use == Use.NOTHING) {
                leftOut.add(name);
                return;
            }
            try {
                Source source = read(name, in);
                if (use == Use.OBJECTS) {
                    rewriter.labels(source.text, source.json, file.kind);
                }
            } catch (Unreadable | NotCertain | CharacterCodingException | Archive.Stop broken) {
                refuse(name, broken);
                unreadable.add(number);
            }
        });
        number = 0;
        try (output) {
            input.each((name, time, in) -> {
                number++;
                File file = uses.apply(name);
                Use use = file.use;
                if (use == Use.NOTHING || unreadable.contains(number)) {
                    return;
                }
                try {
                    byte[] text = use == Use.NAME ? new byte[0] : rewritten(use, read(name, in), file.kind);
                    output.write(fileName(name, use), time, text);
                    written += use == Use.NAME ? 0 : 1;
                } catch (Unreadable | NotCertain | CharacterCodingException | FileSystemException broken) {
                    refuse(name, broken);
                }
            });
        }
    }

    private void refuse(String name, Exception broken) {
        String reason = broken instanceof CharacterCodingException
                ? " it is not UTF-8"
                : broken instanceof FileSystemException ? " it cannot be written" : " " + broken.getMessage();
        refused.add(name + ":" + (broken instanceof Unreadable ? broken.getMessage() : reason));
    }

    private byte[] rewritten(Use use, Source source, String kind) throws Unreadable, NotCertain {
        String text = switch (use) {
            case LEDGER -> ledger(source.text);
            case EVIDENCE -> words.evidence(source.text);
            default -> rewriter.rewrite(source.text, source.json, kind);
        };
        if (!source.noise.isEmpty()) {
            String[] lines = text.split("\n", -1);
            source.noise.forEach((line, said) -> lines[line] = words.evidence(said));
            text = String.join("\n", lines);
        }
        return text.getBytes(source.json ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }

    private String fileName(String name, Use use) {
        String[] parts = name.split("/");
        for (int i = 0; i < parts.length; i++) {
            if (use != Use.LEDGER || i < parts.length - 1) {
                parts[i] = words.fileName(parts[i]);
            }
        }
        return String.join("/", parts);
    }

    /** Of the ledger, times, exit codes, kinds and groups stay; of the run, all but the namespaces. */
    private String ledger(String text) {
        boolean run = text.startsWith("format\t");
        return text.lines()
                .map(line -> {
                    String[] fields = line.split("\t", -1);
                    for (int i = 0; i < fields.length; i++) {
                        boolean own =
                                run ? i > 0 && fields[0].equals("namespaces") : i >= 4 && !fields[0].equals("time");
                        fields[i] = own ? words.text(fields[i]) : fields[i];
                    }
                    return String.join("\t", fields) + "\n";
                })
                .collect(Collectors.joining());
    }

    /** @throws CharacterCodingException if the file is no text */
    private Source read(String name, InputStream in) throws IOException, NotCertain {
        byte[] bytes = Archive.decompressed(in, limits).readNBytes(limits.whole());
        if (bytes.length == limits.whole()) {
            throw new NotCertain(
                    "it is longer than " + (limits.whole() >> 20) + " MiB, and would be kept in memory (see --limits)");
        }
        byte[] text = decode(bytes).getBytes(StandardCharsets.UTF_8);
        SortedMap<Integer, String> noise = Noise.takeOut(text);
        String start = new String(text, 0, Math.min(text.length, 1 << 16), StandardCharsets.UTF_8);
        boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json")
                || start.stripLeading().matches("(?s)[{\\[]\\s*[\"{}\\]].*");
        return new Source(new String(text, json ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8), json, noise);
    }

    private static String decode(byte[] bytes) throws CharacterCodingException {
        Charset charset = StandardCharsets.UTF_8;
        if (bytes.length > 1
                && ((bytes[0] & 0xFF) == 0xFE && (bytes[1] & 0xFF) == 0xFF
                        || (bytes[0] & 0xFF) == 0xFF && (bytes[1] & 0xFF) == 0xFE)) {
            charset = StandardCharsets.UTF_16;
        }
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }
}
