package dev.sealane.load;

import io.airlift.compress.v3.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.ArchiveEntry;
import org.apache.commons.compress.archivers.ArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The files inside of an archive or compressed file, read as a stream: nothing is written to disk, and no name in it is
 * ever used as a path. Formats are told by their first bytes. What is damaged or cut off gives what is before the damage.
 */
public final class Archive {
    /** Takes the files one by one. */
    public interface Visitor {
        /**
         * @param name as it stands in the archive, with {@code /} between folders and no leading slash
         * @param time when it was written, or null
         * @param in need not be read to its end
         */
        void file(String name, Instant time, InputStream in) throws IOException;
    }

    /** Opens the archive's bytes. */
    public interface Opener {
        InputStream open() throws IOException;
    }

    /** How far reading got. */
    public static final class Outcome {
        /** Why not everything was read, as a clause; null if it was. */
        public String problem;

        /** Whether it is because of a limit. */
        boolean limit;

        /** Entries that are no files: links and devices. */
        public int links;

        /** Whether it is one compressed file, and no archive. */
        public boolean single;

        /** Entries that cannot be read, such as encrypted ones. */
        public int unreadable;
    }

    /** Enough to tell every format: the magic of tar is at 257. */
    private static final int MAGIC = 512;

    /** What a tar may hold before a file's content, such as its name, in bytes. */
    private static final int HEADER = 1 << 20;

    /** An archive inside of an archive is opened, one inside of that is not. */
    private static final int NESTED = 1;

    /** A problem of an archive or a pipe itself, as opposed to one of a file in it. */
    public static final class Stop extends IOException {
        private static final long serialVersionUID = 1;
        final boolean limit;

        Stop(String message, boolean limit) {
            super(message);
            this.limit = limit;
        }

        /** The same if it is one. */
        private static Stop of(Exception damaged) {
            if (damaged instanceof Stop stop) {
                return stop;
            }
            boolean early = damaged instanceof EOFException
                    || String.valueOf(damaged.getMessage())
                            .toLowerCase(Locale.ROOT)
                            .matches(".*(truncated|unexpected e).*");
            return new Stop(early ? "it is cut off" : "it is damaged", false);
        }
    }

    /** The name of one compressed file of text; what is before the last point is the name of the text. */
    public static final Pattern COMPRESSED =
            Pattern.compile("(\\.(?:ya?ml|json))\\.(?:gz|xz|zst)$", Pattern.CASE_INSENSITIVE);

    private static final Pattern NAMES =
            Pattern.compile("\\.(?:tar|tgz|txz|zip|(?:tar|ya?ml|json)\\.(?:gz|xz|zst))$", Pattern.CASE_INSENSITIVE);

    private final String name;
    private final Opener opener;
    private final Limits limits;
    private final Outcome outcome = new Outcome();
    private long packed;
    private long expanded;
    private int members;

    private Archive(String name, Opener opener, Limits limits) {
        this.name = name;
        this.opener = opener;
        this.limits = limits;
    }

    /** Whether a file that begins so is compressed or an archive. */
    public static boolean recognises(byte[] start) {
        return !compression(start).isEmpty() || isZip(start) || isTar(start);
    }

    /** Whether a file in a folder or an archive may be one, by its name. */
    static boolean named(String name) {
        return NAMES.matcher(name).find();
    }

    /**
     * Gives each file of an archive to the visitor.
     *
     * @param name of the archive, to name the file in a compressed one by
     * @throws IOException if the archive cannot be opened
     */
    public static Outcome visit(String name, Opener opener, Limits limits, Visitor visitor) throws IOException {
        Archive archive = new Archive(name, opener, limits);
        archive.visit(visitor);
        return archive.outcome;
    }

    /**
     * The text of a compressed file.
     *
     * @throws IOException here, and when it is read, if it is damaged or exceeds a limit
     */
    public static InputStream decompressed(InputStream file, Limits limits) throws IOException {
        Archive archive = new Archive("", null, limits);
        InputStream in = buffered(archive.new Packed(file));
        String compression = compression(peek(in));
        return compression.isEmpty() ? in : archive.new Strict(decompress(compression, in));
    }

    private void visit(Visitor visitor) throws IOException {
        try (InputStream in = opener.open()) {
            visit(name, "", null, new Packed(in), 0, visitor);
        } catch (Stop stop) {
            outcome.problem = stop.getMessage();
            outcome.limit = stop.limit;
        }
    }

    /** @param prefix of the names of files in it */
    private void visit(String name, String prefix, Instant time, InputStream raw, int depth, Visitor visitor)
            throws IOException {
        InputStream in = buffered(raw);
        String compression = compression(peek(in));
        if (!compression.isEmpty()) {
            in = buffered(decompress(compression, in));
        }
        byte[] start = peek(in);
        if (isZip(start)) {
            entries(new ZipArchiveInputStream(in, "UTF-8", true, false), prefix, depth, visitor);
        } else if (isTar(start)) {
            Ending ending = new Ending(in);
            entries(ending.tar(), prefix, depth, visitor);
            if (ending.zeros < TarConstants.DEFAULT_RCDSIZE) {
                throw new Stop("it is cut off", false);
            }
        } else if (!compression.isEmpty()) {
            String inner = name.substring(name.lastIndexOf('/') + 1).replaceFirst("\\.[^.]*$", "");
            outcome.single = depth == 0;
            Careful careful = new Careful(in);
            visitor.file(prefix + inner, time, careful);
            careful.drain();
            careful.stopIfDamaged();
        } else {
            throw new Stop("it is no archive after all", false);
        }
    }

    private void entries(ArchiveInputStream<?> in, String prefix, int depth, Visitor visitor) throws IOException {
        for (ArchiveEntry entry = next(in); entry != null; entry = next(in)) {
            if (++members > limits.members()) {
                throw new Stop("it holds more than " + limits.members() + " files", true);
            }
            if (link(entry)) {
                outcome.links++;
            } else if (!entry.isDirectory()) {
                if (in.canReadEntryData(entry)) {
                    file(entry, in, prefix, depth, visitor);
                } else {
                    outcome.unreadable++;
                }
            }
        }
    }

    /** Whether the entry is no file of its own. */
    private static boolean link(ArchiveEntry entry) {
        if (entry instanceof TarArchiveEntry tar) {
            return tar.isSymbolicLink()
                    || tar.isLink()
                    || tar.isFIFO()
                    || tar.isCharacterDevice()
                    || tar.isBlockDevice();
        }
        return entry instanceof ZipArchiveEntry zip && zip.isUnixSymlink();
    }

    private void file(ArchiveEntry entry, InputStream in, String prefix, int depth, Visitor visitor)
            throws IOException {
        String path = prefix + clean(entry.getName());
        Instant time = entry.getLastModifiedDate() == null
                ? null
                : entry.getLastModifiedDate().toInstant();
        Careful careful = new Careful(in);
        InputStream member = careful;
        if (depth < NESTED && named(path)) {
            InputStream buffered = buffered(member);
            if (recognises(peek(buffered))) {
                boolean single = COMPRESSED.matcher(path).find();
                String folder = path.substring(0, path.lastIndexOf('/') + 1);
                visit(path, single ? folder : path + "/", time, buffered, depth + 1, visitor);
                careful.stopIfDamaged();
                return;
            }
            member = buffered;
        }
        visitor.file(path, time, member);
        careful.drain();
        careful.stopIfDamaged();
    }

    private static String clean(String name) {
        String path = name.replace('\\', '/');
        while (path.startsWith("./") || path.startsWith("/")) {
            path = path.substring(path.indexOf('/') + 1);
        }
        return path;
    }

    private static ArchiveEntry next(ArchiveInputStream<?> in) throws IOException {
        try {
            return in.getNextEntry();
        } catch (IOException | RuntimeException damaged) {
            throw Stop.of(damaged);
        }
    }

    private static InputStream decompress(String compression, InputStream in) throws IOException {
        try {
            return switch (compression) {
                case "gzip" -> new GZIPInputStream(in, 1 << 16);
                case "xz" ->
                    XZCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .setMemoryLimitKiB(256 << 10)
                            .get();
                default -> new ZstdInputStream(in);
            };
        } catch (IOException | RuntimeException damaged) {
            throw Stop.of(damaged);
        }
    }

    private static InputStream buffered(InputStream in) {
        return new BufferedInputStream(in, 1 << 16);
    }

    private static byte[] peek(InputStream in) throws IOException {
        try {
            in.mark(MAGIC);
            byte[] start = in.readNBytes(MAGIC);
            in.reset();
            return start;
        } catch (IOException | RuntimeException damaged) {
            throw Stop.of(damaged);
        }
    }

    private static String compression(byte[] start) {
        if (begins(start, 0, 0x1F, 0x8B)) {
            return "gzip";
        }
        if (begins(start, 0, 0xFD, '7', 'z', 'X', 'Z', 0)) {
            return "xz";
        }
        return begins(start, 0, 0x28, 0xB5, 0x2F, 0xFD) ? "zstd" : "";
    }

    private static boolean isZip(byte[] start) {
        return begins(start, 0, 'P', 'K', 3, 4) || begins(start, 0, 'P', 'K', 5, 6);
    }

    private static boolean isTar(byte[] start) {
        return begins(start, 257, 'u', 's', 't', 'a', 'r') || TarArchiveInputStream.matches(start, start.length);
    }

    private static boolean begins(byte[] start, int at, int... magic) {
        for (int i = 0; i < magic.length; i++) {
            if (at + i >= start.length || (start[at + i] & 0xFF) != magic[i]) {
                return false;
            }
        }
        return true;
    }

    /** Has one method to read by, which others override. */
    private static class Watched extends FilterInputStream {
        private Watched(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }
    }

    /** A tar ends with records of zeros; the library does not mind their absence. */
    private static final class Ending extends Watched {
        /** How many bytes at the end of what was read were zero. */
        private long zeros;

        /** How many bytes may be read; what is before a file's content is kept in memory by the library. */
        private long allowed = Long.MAX_VALUE;

        private Ending(InputStream in) {
            super(in);
        }

        private TarArchiveInputStream tar() {
            return new TarArchiveInputStream(this) {
                @Override
                public TarArchiveEntry getNextEntry() throws IOException {
                    allowed = HEADER;
                    try {
                        return super.getNextEntry();
                    } finally {
                        allowed = Long.MAX_VALUE;
                    }
                }
            };
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            int at = from + count;
            while (at > from && into[at - 1] == 0) {
                at--;
            }
            allowed -= Math.max(0, count);
            if (allowed < 0) {
                throw new Stop("a name or attribute in it is longer than " + (HEADER >> 10) + " KiB", true);
            }
            zeros = count <= 0 ? zeros : at == from ? zeros + count : from + count - at;
            return count;
        }

        @Override
        public long skip(long count) throws IOException {
            zeros = 0;
            return super.skip(count);
        }
    }

    /** Counts the bytes of the archive. */
    private final class Packed extends Watched {
        private Packed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int count = super.read(into, from, length);
            packed += Math.max(0, count);
            return count;
        }
    }

    private void expand(long count) throws IOException {
        expanded += Math.max(0, count);
        if (expanded > limits.expanded()) {
            throw new Stop("it expands to more than " + (limits.expanded() >> 20) + " MiB", true);
        }
        if (expanded > limits.suspicious() && expanded / limits.ratio() > packed) {
            throw new Stop("it expands to more than " + limits.ratio() + " times its size", true);
        }
    }

    /** Counts what is expanded, and fails where it is damaged. */
    private class Strict extends Watched {
        private Strict(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            try {
                int count = super.read(into, from, length);
                expand(count);
                return count;
            } catch (IOException | RuntimeException damaged) {
                throw Stop.of(damaged);
            }
        }
    }

    /** A file in the archive: it ends early where the archive is damaged, which then stops at its next file. */
    private final class Careful extends Strict {
        private Stop damage;

        private Careful(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int from, int length) {
            if (damage != null) {
                return -1;
            }
            try {
                return super.read(into, from, length);
            } catch (IOException damaged) {
                damage = Stop.of(damaged);
                return -1;
            }
        }

        private void stopIfDamaged() throws IOException {
            if (damage != null) {
                throw damage;
            }
        }

        /** Bytes that nobody wants count as well. */
        private void drain() {
            byte[] bytes = new byte[1 << 16];
            while (read(bytes, 0, bytes.length) >= 0) {
                // Only to get on.
            }
        }

        /** The archive goes on to be read behind it. */
        @Override
        public void close() {}
    }
}
