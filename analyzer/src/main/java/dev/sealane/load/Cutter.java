package dev.sealane.load;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a file's text into documents, and a long list into its items, without parsing it. A document that is broken then
 * costs only itself, and items can be parsed on all cores.
 */
final class Cutter {
    /** Lists shorter than this, in bytes, are not worth the trouble. */
    static final int LONG = 256 * 1024;

    /**
     * A list in the form in which kubectl prints it, cut.
     *
     * @param head what is before the first item; ends with the line {@code items:}
     * @param tail what is after the last item
     */
    record CutList(Stretch head, List<Stretch> items, Stretch tail) {}

    private Cutter() {}

    /**
     * The documents: a line that begins with {@code ---} begins one, even inside of a block of text (YAML 1.2, 9.1.2),
     * and a line that begins with {@code ...} ends one. Comments and directives belong to the document after them.
     */
    static List<Stretch> documents(SourceText text) {
        byte[] bytes = text.bytes;
        List<Stretch> documents = new ArrayList<>();
        int start = 0;
        int startLine = 1;
        boolean content = false;
        int line = 1;
        for (int at = 0; at < bytes.length; line++) {
            int next = nextLine(bytes, at, bytes.length);
            byte first = bytes[at];
            if (first == '-' && marker(bytes, at, '-')) {
                if (content) {
                    documents.add(new Stretch(startLine, start, at - start));
                    start = at;
                    startLine = line;
                }
                content = true;
            } else if (first == '.' && marker(bytes, at, '.')) {
                if (content) {
                    documents.add(new Stretch(startLine, start, next - start));
                }
                start = next;
                startLine = line + 1;
                content = false;
            } else if (!content && first != '#' && first != '%') {
                content = text.nextNonBlank(at, next) < next;
            }
            at = next;
        }
        if (content) {
            documents.add(new Stretch(startLine, start, bytes.length - start));
        }
        return documents;
    }

    private static boolean marker(byte[] bytes, int at, char c) {
        return at + 2 < bytes.length
                && bytes[at + 1] == c
                && bytes[at + 2] == c
                && (at + 3 == bytes.length || bytes[at + 3] <= ' ');
    }

    /**
     * Cuts a long list: {@code items:} in column 0, then {@code - } in column 0 for each item. What belongs to an item
     * is indented, so nothing else in it can begin that way. Null if the document is none.
     */
    static CutList list(SourceText text, Stretch document) {
        if (document.length() < LONG) {
            return null;
        }
        byte[] bytes = text.bytes;
        int at = document.offset();
        int line = document.line();
        int end = document.end();
        while (at < end && !itemsKey(text, at, end)) {
            at = nextLine(bytes, at, end);
            line++;
        }
        if (at == end) {
            return null;
        }
        at = nextLine(bytes, at, end);
        line++;
        Stretch head = new Stretch(document.line(), document.offset(), at - document.offset());
        List<Stretch> items = new ArrayList<>();
        int start = at;
        int startLine = line;
        boolean inside = false;
        for (; at < end; at = nextLine(bytes, at, end), line++) {
            byte first = bytes[at];
            if (first == ' ' || first == '\n' || first == '\r' || first == '#') {
                continue;
            }
            if (inside) {
                items.add(new Stretch(startLine, start, at - start));
            }
            inside = first == '-' && at + 1 < end && bytes[at + 1] <= ' ';
            if (!inside) {
                break;
            }
            start = at;
            startLine = line;
        }
        if (inside) {
            items.add(new Stretch(startLine, start, at - start));
        }
        return items.isEmpty() ? null : new CutList(head, items, new Stretch(line, at, end - at));
    }

    private static boolean itemsKey(SourceText text, int at, int end) {
        byte[] bytes = text.bytes;
        if (at + 6 > end || bytes[at] != 'i' || bytes[at + 1] != 't' || bytes[at + 2] != 'e' || bytes[at + 3] != 'm') {
            return false;
        }
        int next = nextLine(bytes, at, end);
        return bytes[at + 4] == 's' && bytes[at + 5] == ':' && text.nextNonBlank(at + 6, next) == next;
    }

    private static int nextLine(byte[] bytes, int from, int end) {
        int at = from;
        while (at < end && bytes[at] != '\n') {
            at++;
        }
        return Math.min(at + 1, end);
    }
}
