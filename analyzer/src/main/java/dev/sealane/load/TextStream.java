package dev.sealane.load;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.commons.io.input.ReaderInputStream;

/** A file's bytes as {@link SourceText} has them: UTF-8 without byte order mark, no carriage return by itself. */
final class TextStream {
    private final PushbackInputStream in;
    private long position;

    TextStream(InputStream file) throws IOException {
        PushbackInputStream raw = new PushbackInputStream(file, 4);
        byte[] start = raw.readNBytes(4);
        raw.unread(start);
        Charset wide = wide(start);
        if (wide != null) {
            raw = new PushbackInputStream(
                    ReaderInputStream.builder()
                            .setReader(new InputStreamReader(raw, wide))
                            .setCharset(StandardCharsets.UTF_8)
                            .get(),
                    4);
            start = raw.readNBytes(3);
            raw.unread(start);
        }
        if (marked(start)) {
            raw.skipNBytes(3);
        }
        this.in = raw;
    }

    /** Whether the text begins with the byte order mark of UTF-8. */
    private static boolean marked(byte[] start) {
        return start.length >= 3 && start[0] == (byte) 0xEF && start[1] == (byte) 0xBB && start[2] == (byte) 0xBF;
    }

    /** By byte order mark, or by zero bytes around the first two characters, which are ASCII in YAML and JSON. */
    private static Charset wide(byte[] start) {
        if (start.length < 2) {
            return null;
        }
        int first = start[0] & 0xFF;
        int second = start[1] & 0xFF;
        if (first == 0xFE && second == 0xFF) {
            return StandardCharsets.UTF_16BE;
        }
        if (first == 0xFF && second == 0xFE) {
            boolean wide = start.length >= 4 && start[2] == 0 && start[3] == 0;
            return wide ? StandardCharsets.UTF_32LE : StandardCharsets.UTF_16LE;
        }
        if (start.length < 4) {
            return null;
        }
        if (first == 0 && second != 0 && start[2] == 0 && start[3] != 0) {
            return StandardCharsets.UTF_16BE;
        }
        return first != 0 && second == 0 && start[2] != 0 && start[3] == 0 ? StandardCharsets.UTF_16LE : null;
    }

    /** A whole text, as it would be read from a stream but for carriage returns; the array itself if it is that. */
    static byte[] plain(byte[] file) throws IOException {
        return marked(file) || wide(file) != null
                ? new TextStream(new ByteArrayInputStream(file)).in.readAllBytes()
                : file;
    }

    /** The offset in the text of what is read next. */
    long position() {
        return position;
    }

    /** Fills the array from an index on, as far as the text goes; returns how many bytes that were. */
    int read(byte[] into, int from) throws IOException {
        int count = in.readNBytes(into, from, into.length - from);
        int end = from + count;
        for (int i = Bytes.next(into, from, end, '\r'); i < end; i = Bytes.next(into, i + 1, end, '\r')) {
            if ((i + 1 < end ? into[i + 1] : peek()) != '\n') {
                into[i] = '\n';
            }
        }
        position += count;
        return count;
    }

    private int peek() throws IOException {
        int next = in.read();
        if (next >= 0) {
            in.unread(next);
        }
        return next;
    }

    void skip(long bytes) throws IOException {
        in.skipNBytes(bytes);
        position += bytes;
    }
}
