package dev.sealane.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Cuts a file's text into documents, and a long list into its items, without parsing it, so that neither a file nor a
 * list is ever in memory as a whole. A document that is broken then costs only itself, and the parts can be parsed on
 * all cores.
 */
final class Cutter {
    /** Lists shorter than this, in bytes, are not worth cutting. */
    static final int LONG = 256 << 10;

    /** How much text is looked at together, in bytes, unless one document or item alone is longer. */
    static final int CHUNK = 1 << 20;

    /** Some whole units of a file's text. */
    record Chunk(SourceText text, List<Unit> units) {}

    sealed interface Unit permits Document, WholeList, Items, ListEnd, TooLong {}

    /** What is between two document markers, or some JSON values. */
    record Document(Stretch stretch) implements Unit {}

    /**
     * A list, cut.
     *
     * @param head what is before the first item
     * @param tail what is after the last item
     */
    record WholeList(Stretch document, Stretch head, List<Stretch> items, Stretch tail) implements Unit {}

    /** Items of a list that does not fit into one chunk. */
    record Items(LongList list, List<Stretch> items) implements Unit {}

    /**
     * The end of such a list.
     *
     * @param tail what is after the last item; empty if the text ends inside an item
     */
    record ListEnd(LongList list, Stretch tail) implements Unit {}

    /** A document or item longer than the limit, which was passed over. */
    record TooLong(int line, LongList list) implements Unit {}

    /** A list that does not fit into one chunk. */
    static final class LongList {
        final boolean json;
        /** What is before the first item. */
        final SourceText head;
        /** Of the items, in columns; in JSON, of brackets. */
        private final int depth;

        private boolean inTail;

        private LongList(boolean json, SourceText head, int depth) {
            this.json = json;
            this.head = head;
            this.depth = depth;
        }
    }

    private static final byte[] ITEMS = "items:".getBytes(StandardCharsets.US_ASCII);

    private final TextStream in;
    private final int longest;
    private final Noise noise = new Noise();
    private final List<Skipped> remarks = new ArrayList<>();
    private final List<Noise.Refused> refused = new ArrayList<>();
    private final String file;

    private byte[] buffer;
    private int filled;
    /** How far lines were looked through for noise. */
    private int clean;

    private long from;
    private int firstLine = 1;
    /** Whether the first byte is inside of a line. */
    private boolean inLine;

    private boolean ended;
    private boolean done;
    private boolean passing;
    private boolean passingJson;
    private LongList open;
    private List<Unit> units = new ArrayList<>();

    /** Where {@link #line} counted to. */
    private int counted;

    private int countedLine = 1;

    /**
     * @param size of the file in bytes, or a guess
     * @param longest what a document or item may be long, in bytes
     */
    Cutter(String file, InputStream in, long size, int longest) throws IOException {
        this.file = file;
        this.in = new TextStream(in);
        this.longest = longest;
        this.buffer = new byte[(int) Math.min(CHUNK, Math.max(64, size + 1))];
    }

    /** Lines that are no part of an object. */
    List<Skipped> remarks() {
        return remarks;
    }

    /** What kubectl says that it was not allowed to list. */
    List<Noise.Refused> refused() {
        return refused;
    }

    /** The next part of the text, or null at its end. What it holds is complete. */
    Chunk next() throws IOException {
        while (!done) {
            fill();
            if (passing && !pass()) {
                continue;
            }
            units = new ArrayList<>();
            int used = cut();
            if (ended) {
                used = filled;
                done = true;
            }
            if (used == 0 && filled == buffer.length) {
                if (buffer.length >= longest) {
                    passingJson = open == null ? json(0, filled) : open.json;
                    units.add(new TooLong(firstLine, open));
                    open = null;
                    passing = true;
                    Chunk chunk = new Chunk(SourceText.part(Arrays.copyOf(buffer, LONG), from, firstLine), units);
                    drop(filled);
                    return chunk;
                }
                buffer = Arrays.copyOf(buffer, (int) Math.min(longest, buffer.length * 2L));
            }
            if (!units.isEmpty()) {
                byte[] bytes = Arrays.copyOf(buffer, used);
                Chunk chunk = new Chunk(SourceText.part(bytes, from, firstLine), units);
                drop(used);
                return chunk;
            }
            drop(used);
        }
        return null;
    }

    /** Forgets the first bytes. */
    private void drop(int used) {
        if (used == 0) {
            return;
        }
        firstLine = line(used);
        counted = 0;
        countedLine = firstLine;
        inLine = buffer[used - 1] != '\n';
        from += used;
        filled -= used;
        clean = Math.max(0, clean - used);
        byte[] next = buffer.length > CHUNK && filled < CHUNK / 2 ? new byte[CHUNK] : buffer;
        System.arraycopy(buffer, used, next, 0, filled);
        buffer = next;
    }

    private void fill() throws IOException {
        if (ended || filled == buffer.length) {
            return;
        }
        int count = in.read(buffer, filled);
        filled += count;
        ended = filled < buffer.length;
        int line = -1;
        for (int at = clean; at < filled; ) {
            int next = nextLine(buffer, at, filled);
            if (!ended && buffer[next - 1] != '\n') {
                break;
            }
            boolean whole = at > 0 || !inLine;
            if ((whole && buffer[at] >= '=' || noise.inLogs()) && noise.is(buffer, at, next)) {
                line = line < 0 ? firstLine + Bytes.newlines(buffer, 0, at) : line;
                remark(at, next, line);
                Noise.blank(buffer, at, next);
            }
            line = line < 0 ? line : line + 1;
            at = next;
            clean = at;
        }
    }

    /** The end of the last line that is there as a whole. */
    private int lines() {
        return ended ? filled : clean;
    }

    /** How far JSON can be looked at, which may be one long line: not into one that may turn out to be noise. */
    private int text() {
        if (ended || clean == filled) {
            return filled;
        }
        boolean mayBeNoise = noise.inLogs() || (clean > 0 || !inLine) && Noise.mayBegin(buffer[clean]);
        return mayBeNoise ? clean : filled;
    }

    private void remark(int at, int next, int line) {
        String text = new String(buffer, at, next - at, StandardCharsets.UTF_8).strip();
        Noise.Refused plain = Noise.refused(text);
        if (plain != null) {
            refused.add(plain);
        }
        // The first line of a log stands for all of it.
        boolean border = text.startsWith("====");
        if (border && noise.inLogs()) {
            remarks.add(new Skipped(file, line, "the log of a container"));
        } else if (!border && !noise.inLogs()) {
            remarks.add(new Skipped(file, line, "kubectl said: " + text));
        }
    }

    /** Drops text until a document begins; false if more has to be read. */
    private boolean pass() {
        int end = lines();
        for (int at = inLine ? nextLine(buffer, 0, end) : 0; at < end; at = nextLine(buffer, at, end)) {
            if (marker(buffer, at, end, '-') || passingJson && buffer[at] == '{') {
                drop(at);
                passing = false;
                return true;
            }
        }
        done = ended;
        // What is left when no line ends is the middle of one.
        drop(end == 0 ? filled : end);
        return false;
    }

    /** Returns how far the units go. */
    private int cut() {
        int at = 0;
        if (open != null) {
            at = open.json ? moreJson() : moreItems();
            if (open != null) {
                return at;
            }
        }
        return documents(at);
    }

    /**
     * The documents: a line that begins with {@code ---} begins one, even inside of a block of text (YAML 1.2, 9.1.2),
     * and a line that begins with {@code ...} ends one. Comments and directives belong to the document after them.
     */
    private int documents(int from) {
        int start = from;
        boolean content = false;
        int end = lines();
        for (int at = from; at < end; ) {
            int next = nextLine(buffer, at, end);
            byte first = buffer[at];
            if (first == '-' && marker(buffer, at, end, '-')) {
                if (content) {
                    complete(start, at);
                    start = at;
                }
                content = true;
            } else if (first == '.' && marker(buffer, at, end, '.')) {
                if (content) {
                    complete(start, next);
                }
                start = next;
                content = false;
            } else if (!content && first != '#' && first != '%') {
                content = nonBlank(at, next) < next;
            }
            at = next;
        }
        if (ended) {
            if (content) {
                complete(start, filled);
            }
            return filled;
        }
        return filled - start < LONG ? start : incomplete(start);
    }

    private void complete(int start, int end) {
        if (end - start < LONG) {
            units.add(new Document(stretch(start, end)));
        } else if (json(start, end)) {
            values(start, end, true);
        } else {
            WholeList list = list(start, end);
            units.add(list == null ? new Document(stretch(start, end)) : list);
        }
    }

    /** Begins with a document whose end is not read yet; returns how far it got. */
    private int incomplete(int start) {
        if (json(start, filled)) {
            return values(start, text(), false);
        }
        int end = lines();
        int items = items(start, end);
        int indent = items < 0 ? -1 : indent(items, end);
        if (indent < 0) {
            return start;
        }
        List<Stretch> complete = new ArrayList<>();
        int at = items(items, end, indent, complete);
        if (complete.isEmpty()) {
            return start;
        }
        open = new LongList(false, copy(start, items), indent);
        units.add(new Items(open, complete));
        if (at < 0) {
            open.inTail = true;
            return tail(-at - 1);
        }
        return at;
    }

    private WholeList list(int start, int end) {
        int items = items(start, end);
        int indent = items < 0 ? -1 : indent(items, end);
        if (indent < 0) {
            return null;
        }
        List<Stretch> all = new ArrayList<>();
        int at = items(items, end, indent, all);
        int tail = at < 0 ? -at - 1 : end;
        if (at >= 0 && at < end) {
            all.add(stretch(at, end));
        }
        return all.isEmpty()
                ? null
                : new WholeList(stretch(start, end), stretch(start, items), all, stretch(tail, end));
    }

    /** What is behind the line {@code items:} in column 0, or -1. */
    private int items(int start, int end) {
        for (int at = start; at < end; at = nextLine(buffer, at, end)) {
            if (end - at >= ITEMS.length && Arrays.equals(buffer, at, at + ITEMS.length, ITEMS, 0, ITEMS.length)) {
                int next = nextLine(buffer, at, end);
                return nonBlank(at + ITEMS.length, next) == next ? next : -1;
            }
        }
        return -1;
    }

    /** The column of the dash of the first item, or -1 if no item comes. */
    private int indent(int items, int end) {
        for (int at = items; at < end; at = nextLine(buffer, at, end)) {
            int column = 0;
            while (at + column < end && buffer[at + column] == ' ') {
                column++;
            }
            int first = at + column;
            if (first + 1 >= end) {
                return -1;
            }
            if (buffer[first] != '\n' && buffer[first] != '\r' && buffer[first] != '#') {
                return buffer[first] == '-' && blank(buffer[first + 1]) ? column : -1;
            }
        }
        return -1;
    }

    /**
     * Collects the items that begin at {@code - } in one column. What belongs to an item is indented more, so nothing
     * else in it can begin there. Returns where the last item begins, whose end is not seen, or, where the list ends,
     * minus that place minus one.
     */
    private int items(int from, int end, int indent, List<Stretch> complete) {
        int start = -1;
        int startLine = 0;
        int line = line(from) - 1;
        for (int at = from, next; at < end; at = next) {
            next = nextLine(buffer, at, end);
            line++;
            int column = 0;
            while (column < indent && at + column < end && buffer[at + column] == ' ') {
                column++;
            }
            byte first = at + column < end ? buffer[at + column] : (byte) '\n';
            if (first == '\n' || first == '\r' || first == '#' || column == indent && first == ' ') {
                continue;
            }
            boolean dash =
                    column == indent && first == '-' && (at + column + 1 == end || blank(buffer[at + column + 1]));
            if (start >= 0) {
                complete.add(new Stretch(startLine, start, at - start));
            }
            counted = at;
            countedLine = line;
            if (!dash) {
                return -at - 1;
            }
            start = at;
            startLine = line;
        }
        return start < 0 ? from : start;
    }

    private int moreItems() {
        if (open.inTail) {
            return tail(0);
        }
        List<Stretch> complete = new ArrayList<>();
        int at = items(0, lines(), open.depth, complete);
        if (at < 0) {
            add(complete);
            open.inTail = true;
            return tail(-at - 1);
        }
        if (ended) {
            if (at < filled) {
                complete.add(stretch(at, filled));
            }
            add(complete);
            return tail(filled);
        }
        add(complete);
        return at;
    }

    private void add(List<Stretch> complete) {
        if (!complete.isEmpty()) {
            units.add(new Items(open, complete));
        }
    }

    /** Reads to the end of the document; returns where that is, or the same place if it is not read yet. */
    private int tail(int start) {
        int at = start;
        int end = lines();
        while (at < end && !marker(buffer, at, end, '-') && !marker(buffer, at, end, '.')) {
            at = nextLine(buffer, at, end);
        }
        return at < end || ended ? end(start, at) : start;
    }

    private int end(int start, int end) {
        units.add(new ListEnd(open, stretch(start, end)));
        open = null;
        return end;
    }

    private boolean json(int start, int end) {
        return Cursor.looksLikeJson(SourceText.part(buffer, from, firstLine), new Stretch(1, start, end - start));
    }

    /** JSON values one after the other. */
    private int values(int from, int end, boolean complete) {
        int group = from;
        int at = from;
        while (true) {
            at = nonBlank(at, end);
            if (at == end) {
                document(group, end);
                return end;
            }
            if (buffer[at] != '{' && buffer[at] != '[') {
                // Not JSON after all: whoever reads it says so.
                int next = at;
                do {
                    next = nextLine(buffer, next, end);
                } while (next < end && buffer[next] != '{' && buffer[next] != '[');
                if (next == end && !complete) {
                    document(group, at);
                    return at;
                }
                at = next;
                continue;
            }
            JsonScan scan = new JsonScan(buffer, at, end);
            int valueEnd = scan.value();
            if (valueEnd >= 0 && (valueEnd - at < LONG || scan.items().isEmpty())) {
                at = valueEnd;
                if (at - group > LONG) {
                    document(group, at);
                    group = at;
                }
                continue;
            }
            document(group, at);
            List<Stretch> items = new ArrayList<>();
            for (int[] item : scan.items()) {
                items.add(stretch(item[0], item[1]));
            }
            if (valueEnd >= 0) {
                Stretch tail = stretch(items.getLast().end(), valueEnd);
                units.add(new WholeList(
                        stretch(at, valueEnd), stretch(at, items.getFirst().offset()), items, tail));
                at = valueEnd;
                group = at;
                continue;
            }
            if (complete) {
                // It ends within: what there is of it is worth reading all the same.
                if (items.isEmpty()) {
                    document(at, end);
                } else {
                    LongList list = new LongList(true, copy(at, items.getFirst().offset()), scan.itemsDepth());
                    units.add(new Items(list, items));
                    int rest = nextItem(items.getLast().end(), end);
                    if (rest < end && buffer[rest] != ']') {
                        units.add(new Items(list, List.of(stretch(rest, end))));
                    }
                    int tail = rest < end && buffer[rest] == ']' ? rest : end;
                    units.add(new ListEnd(list, stretch(tail, end)));
                }
                return end;
            }
            if (items.isEmpty()) {
                return at;
            }
            open = new LongList(true, copy(at, items.getFirst().offset()), scan.itemsDepth());
            units.add(new Items(open, items));
            return items.getLast().end();
        }
    }

    private void document(int start, int end) {
        if (nonBlank(start, end) < end) {
            units.add(new Document(stretch(start, end)));
        }
    }

    /** What follows an item, passing over the comma. */
    private int nextItem(int at, int end) {
        int next = nonBlank(at, end);
        return next < end && buffer[next] == ',' ? nonBlank(next + 1, end) : next;
    }

    private int moreJson() {
        List<Stretch> items = new ArrayList<>();
        int last = text();
        int at = 0;
        while (true) {
            int start = open.inTail ? at : nextItem(at, last);
            if (start == last && !ended) {
                break;
            }
            if (open.inTail || start == last || buffer[start] == ']' || document(start)) {
                add(items);
                int tail = document(start) ? start : JsonScan.close(buffer, start, last, open.depth);
                if (tail < 0 && !ended) {
                    open.inTail = true;
                    return start;
                }
                return end(start, tail < 0 ? last : tail);
            }
            int end = new JsonScan(buffer, start, last).value();
            if (end < 0 && !ended) {
                break;
            }
            at = end < 0 ? last : end;
            items.add(stretch(start, at));
        }
        add(items);
        return at;
    }

    /** Whether a document begins within a list that is cut off. */
    private boolean document(int at) {
        return (at == 0 ? !inLine : buffer[at - 1] == '\n') && marker(buffer, at, lines(), '-');
    }

    private SourceText copy(int start, int end) {
        return SourceText.part(Arrays.copyOfRange(buffer, start, end), from + start, line(start));
    }

    private Stretch stretch(int start, int end) {
        return new Stretch(line(start), start, end - start);
    }

    private int line(int offset) {
        if (offset < counted) {
            return firstLine + Bytes.newlines(buffer, 0, offset);
        }
        countedLine += Bytes.newlines(buffer, counted, offset);
        counted = offset;
        return countedLine;
    }

    private int nonBlank(int from, int end) {
        return SourceText.nextNonBlank(buffer, from, end);
    }

    private static boolean marker(byte[] bytes, int at, int end, char c) {
        return at + 2 < end
                && bytes[at] == c
                && bytes[at + 1] == c
                && bytes[at + 2] == c
                && (at + 3 == end || blank(bytes[at + 3]));
    }

    private static boolean blank(byte b) {
        return b <= ' ' && b >= 0;
    }

    private static int nextLine(byte[] bytes, int from, int end) {
        return Math.min(Bytes.next(bytes, from, end, '\n') + 1, end);
    }
}
