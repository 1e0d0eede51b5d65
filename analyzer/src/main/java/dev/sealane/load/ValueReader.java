package dev.sealane.load;

import dev.sealane.load.Cursor.Event;
import dev.sealane.load.Value.Mapping;
import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Sequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the values of the documents that a cursor walks through. */
final class ValueReader {
    /** Mappings and lists inside each other; the API server itself stops at 10,000, people long before. */
    static final int MAX_DEPTH = 1_000;

    /** Takes the items of a list one by one, so that a long list is never in memory as a whole. */
    interface Items {
        /**
         * @param list what was read of the list before its items
         * @param start offset of the item in the file's text, -1 if unknown
         * @param end offset behind the item
         */
        void add(Map<String, Value> list, Value item, int start, int end);
    }

    private record Anchored(Value value, long nodes) {}

    private final Cursor cursor;
    private final long mostAliased;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long nodes;
    private long aliased;
    private boolean duplicates;

    /** @param mostAliased how many nodes the aliases of one document may stand for */
    ValueReader(Cursor cursor, long mostAliased) {
        this.cursor = cursor;
        this.mostAliased = mostAliased;
    }

    /** Whether a mapping that was read had a key twice. */
    boolean duplicates() {
        return duplicates;
    }

    /**
     * Reads the document whose first event is given. The items of a top-level list, or of a list in {@code items} of a
     * top-level mapping, go to {@code items} and are left out of the result.
     */
    Value document(Event first, Items items) throws SyntaxError {
        anchors.clear();
        nodes = 0;
        aliased = 0;
        duplicates = false;
        if (first == Event.SEQUENCE) {
            items(Map.of(), items, 0);
            return new Sequence(List.of());
        }
        return first == Event.MAPPING ? mapping(0, items, null) : value(first, 0, null);
    }

    private void items(Map<String, Value> list, Items items, int depth) throws SyntaxError {
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            int start = cursor.startOffset();
            Value item = value(event, depth + 1, null);
            items.add(list, item, start, cursor.endOffset());
        }
    }

    /** @param outline null for what may be an object */
    private Value value(Event event, int depth, Outline outline) throws SyntaxError {
        if (depth >= MAX_DEPTH && (event == Event.MAPPING || event == Event.SEQUENCE)) {
            throw tooDeep();
        }
        if (event == Event.ALIAS) {
            return alias();
        }
        String anchor = cursor.anchor();
        long before = nodes;
        if (anchor != null) {
            anchors.put(anchor, null);
        }
        nodes++;
        Value value = switch (event) {
            case MAPPING -> mapping(depth, null, outline);
            case SEQUENCE -> sequence(depth, outline == null ? Outline.WHOLE : outline);
            default -> cursor.scalar();
        };
        if (anchor != null) {
            anchors.put(anchor, new Anchored(value, nodes - before));
        }
        return value;
    }

    private SyntaxError tooDeep() {
        return new SyntaxError.TooMuch(
                cursor.error("more than " + MAX_DEPTH + " mappings and lists inside each other"));
    }

    private Value alias() throws SyntaxError {
        String name = cursor.anchor();
        Anchored anchored = anchors.get(name);
        if (anchored == null && anchors.containsKey(name)) {
            throw cursor.error("this alias stands inside of what it stands for");
        }
        if (anchored == null) {
            throw new SyntaxError.UnknownAlias(
                    cursor.error("this alias has no anchor before it: quote the value if it is meant as text"));
        }
        nodes += anchored.nodes;
        aliased += anchored.nodes;
        if (aliased > mostAliased) {
            throw new SyntaxError.TooMuch(
                    cursor.error("the aliases of this document stand for more than " + mostAliased + " values"));
        }
        return anchored.value;
    }

    private Value sequence(int depth, Outline outline) throws SyntaxError {
        List<Value> items = new ArrayList<>();
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            items.add(value(event, depth + 1, outline));
        }
        return new Sequence(items);
    }

    private Mapping mapping(int depth, Items items, Outline outline) throws SyntaxError {
        Outline read = outline == null ? Outline.WHOLE : outline;
        Map<String, Value> entries = new LinkedHashMap<>();
        List<Mapping> merged = null;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            boolean merge = event == Event.SCALAR && cursor.mergeKey();
            if (event == Event.MAPPING || event == Event.SEQUENCE) {
                throw cursor.error("a key that is a mapping or a list: quote it if it is meant as text");
            }
            SyntaxError noText = event == Event.ALIAS ? cursor.error("an alias to a mapping or list as a key") : null;
            if (!(value(event, depth, Outline.WHOLE) instanceof Scalar scalar)) {
                throw noText;
            }
            String key = scalar.text();
            // What is merged may be any of the fields.
            Outline below = merge ? Outline.WHOLE : read.below(key);
            if (below == null || key.equals("managedFields")) {
                if (!cursor.skip()) {
                    skip(cursor.next(), depth + 1);
                }
                continue;
            }
            event = cursor.next();
            Value value;
            if (items != null && event == Event.SEQUENCE && key.equals("items")) {
                items(entries, items, depth + 1);
                value = new Sequence(List.of());
            } else {
                SyntaxError noMapping = merge ? cursor.error("only mappings can be merged with <<") : null;
                value = value(event, depth + 1, below);
                if (merge) {
                    merged = merged == null ? new ArrayList<>() : merged;
                    collectMerged(value, merged, noMapping);
                    continue;
                }
            }
            duplicates |= entries.put(key, value) != null;
            if (outline == null && key.equals("metadata")) {
                read = Outline.of(new Mapping(entries, Outline.WHOLE));
            }
        }
        if (merged != null) {
            merged.forEach(mapping -> mapping.entries().forEach(entries::putIfAbsent));
        }
        return new Mapping(entries, read);
    }

    private static void collectMerged(Value value, List<Mapping> merged, SyntaxError otherwise) throws SyntaxError {
        switch (value) {
            case Mapping mapping -> merged.add(mapping);
            case Sequence sequence -> {
                for (Value item : sequence.items()) {
                    if (!(item instanceof Mapping mapping)) {
                        throw otherwise;
                    }
                    merged.add(mapping);
                }
            }
            case Scalar scalar -> throw otherwise;
        }
    }

    /** Passes over a value; what carries an anchor is read, since an alias may follow. */
    private void skip(Event first, int depth) throws SyntaxError {
        int open = 0;
        Event event = first;
        do {
            if (event == Event.END) {
                open--;
            } else if (event != Event.ALIAS && cursor.anchor() != null) {
                value(event, depth + open, Outline.WHOLE);
            } else if (event == Event.MAPPING || event == Event.SEQUENCE) {
                open++;
                if (depth + open >= MAX_DEPTH) {
                    throw tooDeep();
                }
            }
            if (open > 0) {
                event = cursor.next();
            }
        } while (open > 0);
    }
}
