package dev.sealane.load;

import dev.sealane.load.Cursor.Event;
import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.common.ScalarStyle;

/**
 * A node of a text, and where in the text it is written.
 *
 * @param text of a scalar, without quotes and with escapes resolved; of an alias, its name
 * @param string whether the scalar is a string
 * @param start offset of its first character, which may belong to its anchor or tag
 * @param end offset behind its last character
 * @param children keys and values in turn, or items
 */
public record Written(Form form, String text, boolean string, int start, int end, List<Written> children) {
    /** How a node is written. */
    public enum Form {
        PLAIN,
        QUOTED,
        /** With its header; it ends with its last line. */
        BLOCK,
        MAPPING,
        SEQUENCE,
        ALIAS
    }

    /** The text is not what its reader takes. The message quotes nothing of it. */
    public static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        private Unreadable(SyntaxError error) {
            super(error.line + ":" + error.column + ": " + error.getMessage(), null, false, false);
        }
    }

    public boolean isScalar() {
        return form == Form.PLAIN || form == Form.QUOTED || form == Form.BLOCK;
    }

    /** The last value of the key; null if this is no mapping or has no such key. */
    public Written get(String key) {
        Written found = null;
        if (form == Form.MAPPING) {
            for (int i = 0; i < children.size(); i += 2) {
                found = children.get(i).text.equals(key) ? children.get(i + 1) : found;
            }
        }
        return found;
    }

    /** The text of the key's scalar; empty if there is none. */
    public String string(String key) {
        Written value = get(key);
        return value != null && value.isScalar() ? value.text : "";
    }

    /** The documents of a text in YAML. */
    public static List<Written> yaml(String text) throws Unreadable {
        YamlCursor cursor = new YamlCursor(text, 1, true);
        try {
            List<Written> documents = new ArrayList<>();
            for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
                documents.add(yaml(cursor, event, 0));
            }
            return documents;
        } catch (SyntaxError error) {
            throw new Unreadable(error);
        }
    }

    /** The values of a text in JSON. Offsets count in bytes. */
    public static List<Written> json(byte[] text) throws Unreadable {
        SourceText source = SourceText.part(text, 0, 1);
        JsonCursor cursor = new JsonCursor(source, new Stretch(1, 0, text.length));
        try {
            List<Written> values = new ArrayList<>();
            for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
                values.add(json(cursor, event, source, 0));
            }
            return values;
        } catch (SyntaxError error) {
            throw new Unreadable(error);
        }
    }

    /** Whether YAML reads this, written without quotes, as a string. */
    public static boolean plainString(String text) {
        return PlainScalar.type(text) == Type.STRING;
    }

    private static Written yaml(YamlCursor cursor, Event event, int depth) throws SyntaxError {
        int start = cursor.startIndex();
        if (event == Event.ALIAS) {
            return new Written(Form.ALIAS, cursor.anchor(), true, start, cursor.endIndex(), List.of());
        }
        if (event == Event.SCALAR) {
            Scalar scalar = cursor.scalar();
            ScalarStyle style = cursor.style();
            Form form = style == ScalarStyle.PLAIN
                    ? Form.PLAIN
                    : style == ScalarStyle.LITERAL || style == ScalarStyle.FOLDED ? Form.BLOCK : Form.QUOTED;
            boolean string = scalar.type() == Type.STRING;
            return new Written(form, scalar.text(), string, start, cursor.endIndex(), List.of());
        }
        requireDepth(cursor, depth);
        Form form = event == Event.MAPPING ? Form.MAPPING : Form.SEQUENCE;
        List<Written> children = new ArrayList<>();
        for (Event next = cursor.next(); next != Event.END; next = cursor.next()) {
            children.add(yaml(cursor, next, depth + 1));
        }
        return new Written(form, "", false, start, cursor.endIndex(), children);
    }

    private static Written json(JsonCursor cursor, Event event, SourceText source, int depth) throws SyntaxError {
        int start = cursor.startOffset();
        if (event == Event.SCALAR) {
            Scalar scalar = cursor.scalar();
            boolean quoted = source.bytes[start] == '"';
            // The cursor is past the colon after a key.
            int end = quoted
                    ? closingQuote(source.bytes, start) + 1
                    : start + scalar.text().getBytes(StandardCharsets.UTF_8).length;
            return new Written(quoted ? Form.QUOTED : Form.PLAIN, scalar.text(), quoted, start, end, List.of());
        }
        requireDepth(cursor, depth);
        Form form = event == Event.MAPPING ? Form.MAPPING : Form.SEQUENCE;
        List<Written> children = new ArrayList<>();
        for (Event next = cursor.next(); next != Event.END; next = cursor.next()) {
            children.add(json(cursor, next, source, depth + 1));
        }
        return new Written(form, "", false, start, cursor.endOffset(), children);
    }

    private static int closingQuote(byte[] bytes, int start) {
        int at = start + 1;
        while (bytes[at] != '"') {
            at += bytes[at] == '\\' ? 2 : 1;
        }
        return at;
    }

    private static void requireDepth(Cursor cursor, int depth) throws SyntaxError {
        if (depth >= ValueReader.MAX_DEPTH) {
            throw cursor.error("nested too deeply");
        }
    }
}
