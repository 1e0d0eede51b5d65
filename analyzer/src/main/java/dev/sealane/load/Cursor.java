package dev.sealane.load;

import dev.sealane.load.Value.Scalar;

/**
 * Walks through the nodes of a stretch of text in the order in which they are written. Every reader of YAML or JSON
 * stands behind this.
 */
interface Cursor {
    /** What the cursor stands at. */
    enum Event {
        SCALAR,
        /** Keys and values follow in turn, then END. */
        MAPPING,
        /** Items follow, then END. */
        SEQUENCE,
        END,
        ALIAS,
        /** No document is left. */
        NONE
    }

    /** A cursor that knows lines and columns. */
    interface Marking extends Cursor {
        /** Where the node or its closing bracket starts. */
        Position start();

        /** Where the scalar or the closing bracket ends; the start for an END that is not written. */
        Position end() throws SyntaxError;
    }

    /** Line and column from 1, in the file. */
    record Position(int line, int column) {}

    /**
     * Moves on. What begins at the top level begins a document.
     *
     * @throws SyntaxError without line and column, if this cursor does not keep them
     */
    Event next() throws SyntaxError;

    /**
     * Passes over the value of the key that the cursor stands at, without looking at it.
     *
     * @return false if nothing was done
     */
    default boolean skip() throws SyntaxError {
        return false;
    }

    /** The scalar that the cursor stands at. */
    Scalar scalar() throws SyntaxError;

    /** Whether the scalar is the merge key of YAML. */
    default boolean mergeKey() {
        return false;
    }

    /** The anchor of the node, or the name in the alias; null without. */
    default String anchor() {
        return null;
    }

    /** The offset in the file's text where the node or closing bracket starts; -1 if this cursor does not keep it. */
    default int startOffset() {
        return -1;
    }

    /** The same for its end. */
    default int endOffset() {
        return -1;
    }

    /** An error at the start of what the cursor stands at, without line and column if it does not keep them. */
    SyntaxError error(String message);

    /** Whether the text can be read as JSON: an object or array that begins as only JSON does. */
    static boolean looksLikeJson(SourceText text, Stretch stretch) {
        int first = text.nextNonBlank(stretch.offset(), stretch.end());
        if (first == stretch.end() || text.bytes[first] != '{' && text.bytes[first] != '[') {
            return false;
        }
        int second = text.nextNonBlank(first + 1, stretch.end());
        if (second == stretch.end()) {
            return true;
        }
        return switch (text.bytes[second]) {
            case '"', '}', ']' -> true;
            case '{', '[' -> text.bytes[first] == '[';
            default -> false;
        };
    }
}
