package dev.sealane.load;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A file's text, or a part of it, as UTF-8 without byte order mark, lines ended by LF or CR LF. Offsets count from the
 * first byte of this part, lines from the first of the file. Bytes that are no UTF-8 are still there: they cost the
 * document that holds them, not the file.
 */
final class SourceText {
    /** A place whose column is known. */
    private record Known(int offset, int column) {}

    final byte[] bytes;
    /** The offset of the first byte in the file's text. */
    final long from;

    private final int firstLine;
    private int[] lineStarts;
    /** Threads may overwrite each other's: a miss costs nothing but time. */
    private Known known = new Known(0, 1);

    private SourceText(byte[] bytes, long from, int firstLine) {
        this.bytes = bytes;
        this.from = from;
        this.firstLine = firstLine;
    }

    /** A part of the text that a {@link TextStream} gives. Takes over the array. */
    static SourceText part(byte[] bytes, long from, int firstLine) {
        return new SourceText(bytes, from, firstLine);
    }

    /** A part of this part. */
    SourceText copy(Stretch stretch) {
        byte[] part = Arrays.copyOfRange(bytes, stretch.offset(), stretch.end());
        return new SourceText(part, from + stretch.offset(), stretch.line());
    }

    /** All of it. */
    Stretch all() {
        return new Stretch(firstLine, 0, bytes.length);
    }

    /** @throws SyntaxError at the first byte that is no UTF-8 */
    String decode(Stretch stretch) throws SyntaxError {
        String text = new String(bytes, stretch.offset(), stretch.length(), StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            int bad = firstMalformed(stretch);
            if (bad >= 0) {
                String message = String.format("byte 0x%02X is not UTF-8: save the file as UTF-8", bytes[bad]);
                throw new SyntaxError(message, line(bad), column(bad));
            }
        }
        return text;
    }

    private int firstMalformed(Stretch stretch) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes, stretch.offset(), stretch.length());
        CharBuffer out = CharBuffer.allocate(4096);
        CoderResult result;
        do {
            out.clear();
            result = decoder.decode(in, out, true);
        } while (result.isOverflow());
        return result.isError() ? in.position() : -1;
    }

    /** The first offset of a byte that is no white space, or the end. */
    int nextNonBlank(int from, int end) {
        return nextNonBlank(bytes, from, end);
    }

    static int nextNonBlank(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\n' || bytes[at] == '\r')) {
            at++;
        }
        return at;
    }

    /** The line of an offset, from 1. */
    int line(int offset) {
        int found = Arrays.binarySearch(lineStarts(), offset);
        return firstLine + (found >= 0 ? found : -found - 2);
    }

    /**
     * The column of an offset, from 1, in code points. A list may be one line of many megabytes, so counting begins at
     * the place that was asked for before, if that is nearer than the start of the line.
     */
    int column(int offset) {
        int start = start(line(offset));
        Known near = known;
        if (near.offset < start || Math.abs(near.offset - offset) > offset - start) {
            near = new Known(start, 1);
        }
        int column = near.offset <= offset
                ? near.column + characters(near.offset, offset)
                : near.column - characters(offset, near.offset);
        known = new Known(offset, column);
        return column;
    }

    /** The offset of the next character, or the end. */
    int nextCharacter(int offset) {
        int at = Math.min(offset + 1, bytes.length);
        while (at < bytes.length && (bytes[at] & 0xC0) == 0x80) {
            at++;
        }
        return at;
    }

    /** Overwrites a scalar with others of as many bytes, but for its quotes, the head of a block, and white space. */
    void blank(int from, int to) {
        int at = from;
        int end = Math.min(to, bytes.length);
        int first = at < end ? bytes[at] : ' ';
        if (first == '|' || first == '>') {
            while (at < end && bytes[at] != '\n') {
                at++;
            }
        } else if (first == '"' || first == '\'') {
            at++;
            end--;
        }
        for (; at < end; at = nextCharacter(at)) {
            int length = nextCharacter(at) - at;
            if (length > 1) {
                System.arraycopy(STANDING_IN[length - 2], 0, bytes, at, length);
            } else if (bytes[at] > ' ') {
                bytes[at] = 'x';
            }
        }
    }

    /** A character of two bytes, of three and of four. */
    private static final byte[][] STANDING_IN = {
        "\u00b7".getBytes(StandardCharsets.UTF_8),
        "\u2022".getBytes(StandardCharsets.UTF_8),
        "\ud83d\udd12".getBytes(StandardCharsets.UTF_8)
    };

    /** How many characters begin in a stretch. */
    private int characters(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += (bytes[i] & 0xC0) != 0x80 ? 1 : 0;
        }
        return count;
    }

    /** The offset of a line's first character. */
    int start(int line) {
        return lineStarts()[line - firstLine];
    }

    int firstLine() {
        return firstLine;
    }

    /** The last line; a line break at the end begins no further line. */
    int lastLine() {
        int count = lineStarts().length;
        return firstLine - 1 + (count > 1 && lineStarts()[count - 1] == bytes.length ? count - 1 : count);
    }

    /** A line's text without its end, from 1; bytes that are no UTF-8 are replaced. */
    String lineText(int line) {
        return new String(bytes, start(line), lineLength(line), StandardCharsets.UTF_8);
    }

    /** In bytes, without the line's end. */
    int lineLength(int line) {
        int start = start(line);
        int end = line - firstLine + 1 < lineStarts().length ? start(line + 1) - 1 : bytes.length;
        return end > start && bytes[end - 1] == '\r' ? end - 1 - start : end - start;
    }

    private synchronized int[] lineStarts() {
        if (lineStarts == null) {
            int[] starts = new int[64];
            int count = 1;
            int end = bytes.length;
            for (int i = Bytes.next(bytes, 0, end, '\n'); i < end; i = Bytes.next(bytes, i + 1, end, '\n')) {
                if (count == starts.length) {
                    starts = Arrays.copyOf(starts, count * 2);
                }
                starts[count++] = i + 1;
            }
            lineStarts = Arrays.copyOf(starts, count);
        }
        return lineStarts;
    }
}
