package dev.sealane.redact;

import dev.sealane.load.UsageError;
import dev.sealane.load.Written.Unreadable;
import dev.sealane.redact.Rewriter.NotCertain;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
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
     * @param leftOut files that are neither YAML nor JSON, and links
     * @param refused files that are not written since they could not be read with certainty, with the reasons
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

    /** A text; in JSON, a character for each byte. */
    private record Source(String text, boolean json) {}

    private final Words words;
    private final Rewriter rewriter;
    private final List<String> leftOut = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();

    public Redactor(Key key) {
        words = new Words(key);
        rewriter = new Rewriter(words);
    }

    /**
     * Rewrites a file or folder. Links are not followed.
     *
     * @param out must not exist, or be an empty folder
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
            // By their names in the input, so that stand-ins depend on nothing else.
            TreeMap<String, Path> files = new TreeMap<>();
            if (folder) {
                collect(in, files);
            } else {
                files.put(in.getFileName().toString(), in);
            }
            return rewrite(files, !folder && !Files.exists(out) ? null : out, out);
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

    private void collect(Path in, TreeMap<String, Path> files) throws IOException {
        Files.walkFileTree(in.toRealPath(), new SimpleFileVisitor<>() {
            private final Path root = in.toRealPath();

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = root.relativize(file)
                        .toString()
                        .replace(file.getFileSystem().getSeparator(), "/");
                if (attributes.isRegularFile() && (isManifest(name) || isLedger(name))) {
                    files.put(name, file);
                } else {
                    leftOut.add(name);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        leftOut.sort(null);
    }

    private static boolean isManifest(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }

    /** What {@code sealane capture} writes about itself. */
    private static boolean isLedger(String name) {
        String last = name.substring(name.lastIndexOf('/') + 1);
        return last.equals("ledger.tsv") || last.equals("capture.tsv");
    }

    private String ledgerName(String name) {
        int last = name.lastIndexOf('/') + 1;
        return words.text(name.substring(0, last)) + name.substring(last);
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

    /** @param folder to write to, or null if the only file is to be {@code out} itself */
    private Result rewrite(TreeMap<String, Path> files, Path folder, Path out) throws IOException {
        List<String> readable = new ArrayList<>();
        for (var file : files.entrySet()) {
            try {
                Source source = read(file.getKey(), file.getValue());
                if (!isLedger(file.getKey())) {
                    rewriter.labels(source.text, source.json);
                }
                readable.add(file.getKey());
            } catch (Unreadable broken) {
                refused.add(file.getKey() + ":" + broken.getMessage());
            } catch (NotCertain | CharacterCodingException broken) {
                refused.add(file.getKey() + ": " + reason(broken));
            }
        }
        int written = 0;
        for (String name : readable) {
            try {
                Source source = read(name, files.get(name));
                String text = isLedger(name) ? ledger(source.text) : rewriter.rewrite(source.text, source.json);
                Path target =
                        folder == null ? out : folder.resolve(isLedger(name) ? ledgerName(name) : words.text(name));
                if (target.getParent() != null) {
                    Files.createDirectories(target.getParent());
                }
                Files.write(
                        target,
                        text.getBytes(source.json ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE_NEW);
                written++;
            } catch (Unreadable | NotCertain broken) {
                refused.add(name + ": " + broken.getMessage());
            }
        }
        return new Result(
                written,
                words.count(),
                words.addresses.count(),
                rewriter.secretValues,
                rewriter.texts,
                rewriter.comments,
                leftOut,
                refused);
    }

    private static String reason(Exception broken) {
        return broken instanceof CharacterCodingException ? "it is not UTF-8" : broken.getMessage();
    }

    /** @throws CharacterCodingException if the file is no text */
    private static Source read(String name, Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        String text = decode(bytes);
        boolean json = name.toLowerCase(Locale.ROOT).endsWith(".json")
                || text.stripLeading().matches("(?s)[{\\[]\\s*[\"{}\\]].*");
        return json
                ? new Source(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1), true)
                : new Source(text, false);
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
