package dev.sealane.load;

import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/**
 * Reads the plain block style of YAML, which is what kubectl prints and most people write, some ten times as fast as a
 * parser of all of YAML. It reads one document, and gives up with a {@link SyntaxError} without position on whatever is
 * not plain, be it valid or not: flow style but for words on one line, anchors, tags, folded text, directives, tabs
 * between tokens. {@link YamlCursor} then has to read the text.
 */
final class BlockCursor implements Cursor {
    private static final SyntaxError NOT_PLAIN = new SyntaxError("not plain", 0, 0);

    /** Plain scalars seen before, by hash. Threads may overwrite each other's: a miss costs nothing but memory. */
    private static final Scalar[] SEEN = new Scalar[4096];

    /** Of those in {@link #SEEN}, so that what is not there is known without a look at what is. */
    private static final int[] HASHES = new int[SEEN.length];

    private static final Scalar NOTHING = new Scalar("", Type.NULL);

    /** Longer strings seldom come again. */
    private static final int SEEN_LENGTH = 48;

    /** Braces and brackets inside each other. */
    private static final int FLOW_DEPTH = 16;

    /** Lets go of strings of the input, which may be those of Secrets. */
    static void forget() {
        Arrays.fill(SEEN, null);
    }

    private enum State {
        /** Before the document. */
        START,
        /** Before the next entry of the innermost mapping or sequence, or its end. */
        ENTRY,
        /** Behind the colon of a key. */
        VALUE,
        /** Behind the dash of an item. */
        ITEM,
        /** Inside of braces or brackets. */
        FLOW,
        DONE
    }

    private final byte[] bytes;
    private final int end;

    private State state = State.START;
    /** Where the next token is looked for, and its column from 0; the column is -1 at the end of the document. */
    private int at;

    private int column;

    /** Columns of the mappings and sequences that are open, the innermost last. */
    private int[] indents = new int[16];

    private boolean[] sequences = new boolean[16];
    private int open;

    private Scalar scalar;

    /** The events inside of braces or brackets, with the scalars themselves in place of theirs. */
    private final List<Object> flow = new ArrayList<>(0);

    private int flowAt;

    /** The colon that ends the key at the cursor, if {@link #findColon} found one. */
    private int colon;

    BlockCursor(SourceText text, Stretch stretch) throws SyntaxError {
        this.bytes = text.bytes;
        this.end = stretch.end();
        this.at = stretch.offset();
        checkCharacters(text, stretch);
    }

    private void checkCharacters(SourceText text, Stretch stretch) throws SyntaxError {
        boolean ascii = true;
        for (int i = Bytes.printable(bytes, at, end); i < end; i++) {
            byte b = bytes[i];
            if (b == '\n') {
                i = Bytes.printable(bytes, i + 1, end) - 1;
            } else if (b < ' ') {
                if (b < 0) {
                    ascii = false;
                } else if (b != '\r' && b != '\t') {
                    throw NOT_PLAIN;
                }
            } else if (b == 0x7F) {
                throw NOT_PLAIN;
            }
        }
        if (!ascii) {
            String decoded = text.decode(stretch);
            if (!StreamReader.isPrintable(decoded) || decoded.chars().anyMatch(BlockCursor::breaksLines)) {
                throw NOT_PLAIN;
            }
        }
    }

    /** Line breaks of YAML 1.1 that are none of 1.2, and the byte order mark. */
    private static boolean breaksLines(int c) {
        return c == 0x85 || c == 0x2028 || c == 0x2029 || c == 0xFEFF;
    }

    @Override
    public Event next() throws SyntaxError {
        switch (state) {
            case START:
                return document();
            case ENTRY:
                return entry();
            case VALUE:
                return value();
            case ITEM:
                return item();
            case FLOW:
                return flowEvent();
            default:
                return Event.NONE;
        }
    }

    private Event document() throws SyntaxError {
        toContent();
        if (column == 0 && marker('-')) {
            // From here on a marker is a second one.
            state = State.ENTRY;
            at += 3;
            finishLine();
        }
        if (column < 0) {
            state = State.DONE;
            return Event.NONE;
        }
        return node();
    }

    private Event entry() throws SyntaxError {
        if (open == 0) {
            if (column >= 0) {
                throw NOT_PLAIN;
            }
            state = State.DONE;
            return Event.NONE;
        }
        int indent = indents[open - 1];
        boolean sequence = sequences[open - 1];
        if (column == indent) {
            boolean dash = dash();
            if (dash && sequence) {
                at++;
                state = State.ITEM;
                return item();
            }
            if (!dash && !sequence) {
                if (!findColon()) {
                    throw NOT_PLAIN;
                }
                key();
                state = State.VALUE;
                return Event.SCALAR;
            }
            // A sequence may be as far left as the mapping that holds it.
            if (dash || open < 2 || sequences[open - 2] || indents[open - 2] != indent) {
                throw NOT_PLAIN;
            }
        } else if (column > indent) {
            throw NOT_PLAIN;
        }
        open--;
        return Event.END;
    }

    /**
     * Goes by indentation alone. A value in quotes or brackets is not skipped: what is inside may stand further to the
     * left than YAML allows.
     */
    @Override
    public boolean skip() throws SyntaxError {
        if (state != State.VALUE) {
            return false;
        }
        skipSpaces();
        boolean below = atLineEnd();
        if (!below && (bytes[at] == '"' || bytes[at] == '\'' || bytes[at] == '{' || bytes[at] == '[')) {
            return false;
        }
        int indent = indents[open - 1];
        while (true) {
            at = Math.min(Bytes.next(bytes, at, end, '\n') + 1, end);
            int lineStart = at;
            while (at < end && bytes[at] == ' ') {
                at++;
            }
            if (at == end) {
                break;
            }
            byte first = bytes[at];
            if (at - lineStart > indent || first == '\n' || first == '\r' || first == '#') {
                continue;
            }
            if (at - lineStart < indent || !below || !dash()) {
                at = lineStart;
                break;
            }
        }
        toContent();
        state = State.ENTRY;
        return true;
    }

    private Event value() throws SyntaxError {
        int indent = indents[open - 1];
        skipSpaces();
        if (atLineEnd()) {
            finishLine();
            boolean child = column > indent || column == indent && dash();
            return child ? node() : nothing();
        }
        return inline(indent);
    }

    private Event item() throws SyntaxError {
        int indent = indents[open - 1];
        int dash = at - 1;
        skipSpaces();
        if (atLineEnd()) {
            finishLine();
            return column > indent ? node() : nothing();
        }
        column = indent + at - dash;
        if (dash() || findColon()) {
            return node();
        }
        return inline(indent);
    }

    /** A mapping or sequence at the cursor. */
    private Event node() throws SyntaxError {
        boolean sequence = dash();
        if (!sequence && !findColon()) {
            throw NOT_PLAIN;
        }
        if (open == indents.length) {
            indents = Arrays.copyOf(indents, open * 2);
            sequences = Arrays.copyOf(sequences, open * 2);
        }
        indents[open] = column;
        sequences[open] = sequence;
        open++;
        state = State.ENTRY;
        return sequence ? Event.SEQUENCE : Event.MAPPING;
    }

    private Event nothing() {
        scalar = NOTHING;
        state = State.ENTRY;
        return Event.SCALAR;
    }

    /** A value on the line of its key or dash, which is in the given column. */
    private Event inline(int indent) throws SyntaxError {
        state = State.ENTRY;
        byte first = bytes[at];
        switch (first) {
            case '{', '[':
                flow.clear();
                flow(0);
                finishLine();
                state = State.FLOW;
                flowAt = 0;
                return flowEvent();
            case '|':
                literal(indent);
                return Event.SCALAR;
            case '\'':
                singleQuoted(indent);
                finishLine();
                return Event.SCALAR;
            case '"':
                doubleQuoted(indent);
                finishLine();
                return Event.SCALAR;
            default:
                plain(indent);
                return Event.SCALAR;
        }
    }

    private Event flowEvent() {
        Object next = flow.get(flowAt++);
        if (flowAt == flow.size()) {
            state = State.ENTRY;
        }
        if (next instanceof Scalar found) {
            scalar = found;
            return Event.SCALAR;
        }
        return (Event) next;
    }

    /** Collects what stands in the braces or brackets at the cursor, and moves behind them. */
    private void flow(int depth) throws SyntaxError {
        if (depth == FLOW_DEPTH) {
            throw NOT_PLAIN;
        }
        boolean mapping = bytes[at] == '{';
        byte close = (byte) (mapping ? '}' : ']');
        flow.add(mapping ? Event.MAPPING : Event.SEQUENCE);
        at++;
        skipSpaces();
        boolean empty = at < end && bytes[at] == close;
        while (!empty) {
            if (mapping) {
                boolean quoted = flowScalar();
                if (at >= end || bytes[at] != ':' || !quoted && (at + 1 >= end || bytes[at + 1] != ' ')) {
                    throw NOT_PLAIN;
                }
                at++;
                skipSpaces();
            }
            if (at < end && (bytes[at] == '{' || bytes[at] == '[')) {
                flow(depth + 1);
            } else {
                flowScalar();
            }
            skipSpaces();
            if (at < end && bytes[at] == close) {
                break;
            }
            if (at >= end || bytes[at] != ',') {
                throw NOT_PLAIN;
            }
            at++;
            skipSpaces();
        }
        at++;
        flow.add(Event.END);
    }

    /** A word, or text in quotes without escapes; returns whether it is in quotes. */
    private boolean flowScalar() throws SyntaxError {
        if (at >= end) {
            throw NOT_PLAIN;
        }
        int from = at;
        byte first = bytes[at];
        if (first == '"' || first == '\'') {
            for (at++; at < end && bytes[at] != first; at++) {
                if (bytes[at] == '\n' || bytes[at] == '\\') {
                    throw NOT_PLAIN;
                }
            }
            if (at >= end || at + 1 < end && bytes[at + 1] == first) {
                throw NOT_PLAIN;
            }
            flow.add(quoted(from + 1, at));
            at++;
            return true;
        }
        while (at < end && inWord(bytes[at])) {
            at++;
        }
        if (at == from || first == '-' && at == from + 1) {
            throw NOT_PLAIN;
        }
        flow.add(plain(from, at));
        return false;
    }

    /** Whether a character means nothing but itself, wherever in a word it stands. */
    private static boolean inWord(byte b) {
        return b >= 'a' && b <= 'z'
                || b >= 'A' && b <= 'Z'
                || b >= '0' && b <= '9'
                || b == '-'
                || b == '.'
                || b == '/'
                || b == '_';
    }

    /** Whether the cursor stands at an item's dash. */
    private boolean dash() {
        return at < end && bytes[at] == '-' && (at + 1 == end || bytes[at + 1] <= ' ' && bytes[at + 1] >= 0);
    }

    private boolean marker(char c) {
        return at + 2 < end
                && bytes[at] == c
                && bytes[at + 1] == c
                && bytes[at + 2] == c
                && (at + 3 == end || bytes[at + 3] <= ' ' && bytes[at + 3] >= 0);
    }

    private void skipSpaces() throws SyntaxError {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
        if (at < end && bytes[at] == '\t') {
            throw NOT_PLAIN;
        }
    }

    /** Whether nothing but a comment, if anything, is left on the line. */
    private boolean atLineEnd() {
        return at == end
                || bytes[at] == '\n'
                || bytes[at] == '\r'
                || bytes[at] == '#' && (bytes[at - 1] == ' ' || bytes[at - 1] == '\n');
    }

    private void finishLine() throws SyntaxError {
        skipSpaces();
        if (!atLineEnd()) {
            throw NOT_PLAIN;
        }
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        at = Math.min(at + 1, end);
        toContent();
    }

    /** From the start of a line to the first character that is neither blank nor in a comment. */
    private void toContent() throws SyntaxError {
        while (at < end) {
            int lineStart = at;
            while (at < end && bytes[at] == ' ') {
                at++;
            }
            if (at == end) {
                break;
            }
            byte first = bytes[at];
            if (first == '\t') {
                throw NOT_PLAIN;
            }
            if (first != '\n' && first != '\r' && first != '#') {
                column = at - lineStart;
                if (column == 0) {
                    boolean second = state != State.START && marker('-');
                    if (second || marker('.') || first == '%') {
                        throw NOT_PLAIN;
                    }
                }
                return;
            }
            while (at < end && bytes[at] != '\n') {
                at++;
            }
            at = Math.min(at + 1, end);
        }
        column = -1;
    }

    /** Whether the text at the cursor is a key on one line, with its colon. */
    private boolean findColon() throws SyntaxError {
        int i = at;
        byte first = bytes[i];
        if (first == '"' || first == '\'') {
            for (i++; i < end && bytes[i] != first; i++) {
                if (bytes[i] == '\n') {
                    return false;
                }
                if (bytes[i] == '\\') {
                    throw NOT_PLAIN;
                }
            }
            i++;
            if (i >= end || bytes[i] != ':') {
                return false;
            }
        } else {
            if (indicates(first)) {
                return false;
            }
            while (i < end && bytes[i] != '\n' && !(bytes[i] == ':' && blank(i + 1))) {
                if (bytes[i] == '#' && bytes[i - 1] == ' ') {
                    return false;
                }
                if (bytes[i] == '\t') {
                    throw NOT_PLAIN;
                }
                i++;
            }
            if (i == end || bytes[i] == '\n') {
                return false;
            }
        }
        if (!blank(i + 1) || bytes[i - 1] == ' ' || i == at || i - at > 900) {
            throw NOT_PLAIN;
        }
        colon = i;
        return true;
    }

    /** Whether a line or a word ends here. */
    private boolean blank(int i) {
        return i >= end || bytes[i] == ' ' || bytes[i] == '\n' || bytes[i] == '\r';
    }

    /** Whether a character has a meaning of its own at the start of a plain scalar; some more than YAML says. */
    private static boolean indicates(byte first) {
        return switch (first) {
            case '{', '}', '[', ']', ',', '?', ':', '&', '*', '!', '|', '>', '%', '@', '`', '#', '"', '\'', '\t' ->
                true;
            default -> false;
        };
    }

    private void key() throws SyntaxError {
        boolean quoted = bytes[at] == '"' || bytes[at] == '\'';
        scalar = quoted ? quoted(at + 1, colon - 1) : plain(at, colon);
        if (!quoted && scalar.text().equals("<<")) {
            throw NOT_PLAIN;
        }
        at = colon + 1;
    }

    private void plain(int indent) throws SyntaxError {
        byte first = bytes[at];
        if (indicates(first) || first == '-' && blank(at + 1)) {
            throw NOT_PLAIN;
        }
        int from = at;
        int to = plainLine();
        scalar = plain(from, to);
        if (at < end && bytes[at] == '#') {
            finishLine();
            return;
        }
        StringBuilder folded = null;
        while (true) {
            int breaks = nextTextLine();
            if (column <= indent || bytes[at] == '#') {
                break;
            }
            folded = folded == null ? new StringBuilder(scalar.text()) : folded;
            fold(folded, breaks);
            from = at;
            folded.append(string(from, plainLine()));
            if (at < end && bytes[at] == '#') {
                finishLine();
                scalar = plain(folded.toString());
                return;
            }
        }
        scalar = folded == null ? scalar : plain(folded.toString());
        if (column == 0 || column > 0 && bytes[at] == '#') {
            // Comments and markers are for all lines to see.
            at -= column;
            toContent();
        }
    }

    /** Moves to the line's end or its comment; returns where the text before that ends. */
    private int plainLine() throws SyntaxError {
        int i = at;
        int to = at;
        for (; i < end && bytes[i] != '\n'; i++) {
            byte b = bytes[i];
            if (b == ' ' || b == '\r') {
                continue;
            }
            if (b == '\t' || b == ':' && blank(i + 1)) {
                throw NOT_PLAIN;
            }
            if (b == '#' && bytes[i - 1] == ' ') {
                break;
            }
            to = i + 1;
        }
        at = i;
        return to;
    }

    /** From the end of a line to the next text; returns how many lines ended. The column is -1 if there is none. */
    private int nextTextLine() throws SyntaxError {
        int breaks = 0;
        while (at < end) {
            at++;
            breaks++;
            int lineStart = at;
            skipSpaces();
            if (at < end && bytes[at] == '\r') {
                at++;
            }
            if (at < end && bytes[at] != '\n') {
                column = at - lineStart;
                return breaks;
            }
        }
        column = -1;
        return breaks;
    }

    private static void fold(StringBuilder folded, int breaks) {
        if (breaks == 1) {
            folded.append(' ');
        }
        for (int i = 1; i < breaks; i++) {
            folded.append('\n');
        }
    }

    private void singleQuoted(int indent) throws SyntaxError {
        at++;
        StringBuilder value = null;
        while (true) {
            int from = at;
            while (at < end && bytes[at] != '\'' && bytes[at] != '\n') {
                at++;
            }
            if (at == end) {
                throw NOT_PLAIN;
            }
            if (bytes[at] == '\'') {
                boolean last = at + 1 == end || bytes[at + 1] != '\'';
                if (last) {
                    scalar = value == null
                            ? quoted(from, at)
                            : quoted(value.append(string(from, at)).toString());
                    at++;
                    return;
                }
                value = value == null ? new StringBuilder() : value;
                value.append(string(from, at + 1));
                at += 2;
            } else {
                value = value == null ? new StringBuilder() : value;
                quotedBreak(value, from, indent);
            }
        }
    }

    private void doubleQuoted(int indent) throws SyntaxError {
        at++;
        StringBuilder value = null;
        while (true) {
            int from = at;
            while (at < end && bytes[at] != '"' && bytes[at] != '\n' && bytes[at] != '\\') {
                at++;
            }
            if (at == end) {
                throw NOT_PLAIN;
            }
            if (bytes[at] == '"') {
                scalar = value == null
                        ? quoted(from, at)
                        : quoted(value.append(string(from, at)).toString());
                at++;
                return;
            }
            value = value == null ? new StringBuilder() : value;
            if (bytes[at] == '\\') {
                value.append(string(from, at));
                escape(value);
            } else {
                quotedBreak(value, from, indent);
            }
        }
    }

    /** Appends what is before a line break in quotes, and folds the break. */
    private void quotedBreak(StringBuilder value, int from, int indent) throws SyntaxError {
        int to = at > from && bytes[at - 1] == '\r' ? at - 1 : at;
        if (to == from || bytes[to - 1] == ' ' || bytes[to - 1] == '\t') {
            throw NOT_PLAIN;
        }
        value.append(string(from, to));
        int breaks = nextTextLine();
        if (column <= indent) {
            throw NOT_PLAIN;
        }
        fold(value, breaks);
    }

    private void escape(StringBuilder value) throws SyntaxError {
        if (at + 1 >= end) {
            throw NOT_PLAIN;
        }
        byte escaped = bytes[at + 1];
        at += 2;
        switch (escaped) {
            case '"', '\\', '/':
                value.append((char) escaped);
                break;
            case 'n':
                value.append('\n');
                break;
            case 't':
                value.append('\t');
                break;
            case 'r':
                value.append('\r');
                break;
            case 'x':
                codePoint(value, 2);
                break;
            case 'u':
                codePoint(value, 4);
                break;
            default:
                throw NOT_PLAIN;
        }
    }

    private void codePoint(StringBuilder value, int digits) throws SyntaxError {
        int code = 0;
        for (int i = 0; i < digits; i++, at++) {
            int digit = at < end && bytes[at] > 0 ? Character.digit(bytes[at], 16) : -1;
            if (digit < 0) {
                throw NOT_PLAIN;
            }
            code = code * 16 + digit;
        }
        if (Character.isSurrogate((char) code)) {
            throw NOT_PLAIN;
        }
        value.append((char) code);
    }

    /** A block of text: lines kept as they are. */
    private void literal(int indent) throws SyntaxError {
        at++;
        byte chomping = at < end ? bytes[at] : 0;
        if (chomping == '-' || chomping == '+') {
            at++;
        }
        while (at < end && (bytes[at] == ' ' || bytes[at] == '\r')) {
            at++;
        }
        if (at == end || bytes[at] != '\n') {
            throw NOT_PLAIN;
        }
        at++;
        StringBuilder value = new StringBuilder();
        int margin = -1;
        int breaks = 0;
        while (true) {
            int lineStart = at;
            int lineEnd = at;
            while (lineEnd < end && bytes[lineEnd] != '\n') {
                lineEnd++;
            }
            int textEnd = lineEnd > lineStart && bytes[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
            int i = lineStart;
            while (i < textEnd && bytes[i] == ' ') {
                i++;
            }
            boolean blank = i == textEnd;
            if (lineStart == end || !blank && i - lineStart < Math.max(margin, indent + 1)) {
                break;
            }
            if (lineEnd == end || !blank && margin < 0 && breaks > 0 || blank && i - lineStart > Math.max(margin, 0)) {
                throw NOT_PLAIN;
            }
            if (blank) {
                breaks++;
            } else {
                if (bytes[i] == '\t' && margin < 0) {
                    throw NOT_PLAIN;
                }
                margin = margin < 0 ? i - lineStart : margin;
                for (; breaks > 0; breaks--) {
                    value.append('\n');
                }
                value.append(string(lineStart + margin, textEnd));
                breaks = 1;
            }
            at = lineEnd + 1;
        }
        if (margin < 0) {
            throw NOT_PLAIN;
        }
        for (int kept = chomping == '-' ? 0 : chomping == '+' ? breaks : 1; kept > 0; kept--) {
            value.append('\n');
        }
        scalar = quoted(value.toString());
        toContent();
    }

    private static Scalar plain(String text) {
        return new Scalar(text, PlainScalar.type(text));
    }

    private static Scalar quoted(String text) {
        return new Scalar(text, Type.STRING);
    }

    private Scalar quoted(int from, int to) {
        if (to - from > SEEN_LENGTH) {
            return quoted(decode(from, to));
        }
        Scalar plain = plain(from, to);
        return plain.type() == Type.STRING ? plain : quoted(plain.text());
    }

    private String string(int from, int to) {
        return to - from > SEEN_LENGTH ? decode(from, to) : plain(from, to).text();
    }

    private String decode(int from, int to) {
        return new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }

    private Scalar plain(int from, int to) {
        int length = to - from;
        if (length > SEEN_LENGTH) {
            return plain(decode(from, to));
        }
        int hash = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < 0) {
                return plain(decode(from, to));
            }
            hash = 31 * hash + bytes[i];
        }
        int slot = (hash ^ hash >>> 12) & SEEN.length - 1;
        Scalar seen = HASHES[slot] == hash ? SEEN[slot] : null;
        if (seen != null && seen.text().length() == length && same(seen.text(), from)) {
            return seen;
        }
        Scalar fresh = plain(new String(bytes, from, length, StandardCharsets.ISO_8859_1));
        SEEN[slot] = fresh;
        HASHES[slot] = hash;
        return fresh;
    }

    private boolean same(String seen, int from) {
        for (int i = 0; i < seen.length(); i++) {
            if (seen.charAt(i) != bytes[from + i]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Scalar scalar() {
        return scalar;
    }

    @Override
    public SyntaxError error(String message) {
        return new SyntaxError(message, 0, 0);
    }
}
