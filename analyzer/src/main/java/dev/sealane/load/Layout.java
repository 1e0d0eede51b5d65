package dev.sealane.load;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.load.Cursor.Event;
import dev.sealane.load.Cursor.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where the nodes of one document are written. */
final class Layout {
    /** A key that a mapping has already. */
    record Duplicate(String key, Location second, Location first) {}

    /** @param exact whether the path exists; otherwise the location is that of its nearest existing ancestor */
    record Found(Location location, boolean exact) {}

    private static final class Node {
        Position start;
        Position end;
        boolean scalar;
        final List<Entry> entries = new ArrayList<>();
        final List<Node> items = new ArrayList<>();

        /** The last entry with this key, which is the one that counts. */
        Entry entry(String key) {
            for (int i = entries.size() - 1; i >= 0; i--) {
                if (entries.get(i).key.equals(key)) {
                    return entries.get(i);
                }
            }
            return null;
        }
    }

    /** What of a Secret and its metadata is no secret. */
    private static final Set<String> SHOWN = Set.of("apiVersion", "kind", "type", "name", "namespace", "uid", "labels");

    private record Entry(String key, Position start, Node value) {}

    private final String file;
    private final SourceText text;
    private final Map<String, Node> anchors = new HashMap<>();
    private final List<Duplicate> duplicates = new ArrayList<>();
    private final Cursor.Marking cursor;
    private final Node root;

    private Layout(String file, SourceText text, Cursor.Marking cursor) throws SyntaxError {
        this.file = file;
        this.text = text;
        this.cursor = cursor;
        Event first = cursor.next();
        this.root = first == Event.NONE ? null : node(first, 0);
    }

    /** @throws SyntaxError with its line and column */
    static Layout of(String file, SourceText text, Stretch stretch) throws SyntaxError {
        if (Cursor.looksLikeJson(text, stretch)) {
            try {
                return new Layout(file, text, new JsonCursor(text, stretch));
            } catch (SyntaxError notJson) {
                return yaml(file, text, stretch);
            }
        }
        return yaml(file, text, stretch);
    }

    private static Layout yaml(String file, SourceText text, Stretch stretch) throws SyntaxError {
        return new Layout(file, text, new YamlCursor(text.decode(stretch), stretch.line(), true));
    }

    List<Duplicate> duplicates() {
        return duplicates;
    }

    /**
     * Finds a path as {@link dev.sealane.facts.Resource#at} documents it. A scalar is located at itself, a mapping or
     * list from its key to its end, and the object itself, in which the path begins, at its first line.
     *
     * @param object the path of the object in this document
     * @return null if the document is empty
     */
    Found find(String object, String path) {
        if (root == null) {
            return null;
        }
        Node node = root;
        Entry entry = null;
        List<Object> steps = steps(object);
        int own = steps.size();
        steps.addAll(steps(path));
        int done = 0;
        for (Object step : steps) {
            Node next = null;
            Entry nextEntry = null;
            if (step instanceof Integer index) {
                next = index < node.items.size() ? node.items.get(index) : null;
            } else {
                nextEntry = node.entry((String) step);
                next = nextEntry == null ? null : nextEntry.value;
            }
            if (next == null) {
                break;
            }
            node = next;
            entry = nextEntry;
            done++;
        }
        boolean exact = done == steps.size();
        if (done <= own && !node.scalar) {
            return new Found(firstLine(node), exact);
        }
        Position start = node.scalar || entry == null ? node.start : entry.start;
        return new Found(location(start, node.end), exact);
    }

    /**
     * Overwrites the values of a Secret in the text that this is the layout of, without moving anything: all but what
     * it is called.
     */
    void blank(String object) {
        Node node = root;
        for (Object step : steps(object)) {
            if (node == null) {
                return;
            }
            Entry entry = step instanceof String key ? node.entry(key) : null;
            node = step instanceof Integer index
                    ? index < node.items.size() ? node.items.get(index) : null
                    : entry == null ? null : entry.value;
        }
        if (node != null) {
            node.entries.stream()
                    .filter(entry -> !SHOWN.contains(entry.key))
                    .forEach(entry -> blank(entry.value, entry.key));
        }
    }

    private void blank(Node node, String key) {
        if (node.scalar) {
            text.blank(offset(node.start), offset(node.end));
        }
        for (Entry entry : node.entries) {
            if (!key.equals("metadata") || !SHOWN.contains(entry.key)) {
                blank(entry.value, "");
            }
        }
        node.items.forEach(item -> blank(item, ""));
    }

    private int offset(Position position) {
        int at = text.start(position.line());
        for (int column = 1; column < position.column(); column++) {
            at = text.nextCharacter(at);
        }
        return at;
    }

    private Location firstLine(Node node) {
        if (node.end.line() == node.start.line()) {
            return location(node.start, node.end);
        }
        String line = text.lineText(node.start.line());
        return location(node.start, new Position(node.start.line(), line.codePointCount(0, line.length()) + 1));
    }

    private Location location(Position start, Position end) {
        return new Location(file, start.line(), start.column(), end.line(), end.column());
    }

    private Node node(Event event, int depth) throws SyntaxError {
        if (depth > ValueReader.MAX_DEPTH) {
            throw cursor.error("nested too deeply");
        }
        if (event == Event.ALIAS) {
            Node node = anchors.get(cursor.anchor());
            if (node == null) {
                throw cursor.error("unknown alias");
            }
            return node;
        }
        Node node = new Node();
        node.start = cursor.start();
        if (cursor.anchor() != null) {
            anchors.put(cursor.anchor(), node);
        }
        if (event == Event.SCALAR) {
            node.scalar = true;
            node.end = cursor.end();
        } else {
            Position last = event == Event.MAPPING ? entries(node, depth) : items(node, depth);
            Position bracket = cursor.end();
            node.end = cursor.start().equals(bracket) ? last : bracket;
        }
        return node;
    }

    /** Returns the end of the last entry, or the start of the mapping without entries. */
    private Position entries(Node node, int depth) throws SyntaxError {
        Position end = node.start;
        List<Entry> merged = new ArrayList<>();
        Map<String, Location> seen = new HashMap<>();
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            if (event == Event.MAPPING || event == Event.SEQUENCE) {
                // No object with such a key is read, but one before it in the list may be.
                node(event, depth + 1);
                end = later(end, node(cursor.next(), depth + 1).end);
                continue;
            }
            boolean scalar = event == Event.SCALAR;
            boolean merge = scalar && cursor.mergeKey();
            Position keyStart = cursor.start();
            Position keyEnd = cursor.end();
            String key = scalar ? cursor.scalar().text() : "*" + cursor.anchor();
            Node value = node(cursor.next(), depth + 1);
            end = later(later(end, keyEnd), value.end);
            if (merge) {
                merged.addAll(value.entries);
                value.items.forEach(item -> merged.addAll(0, item.entries));
                continue;
            }
            Location here = location(keyStart, keyEnd);
            Location first = seen.putIfAbsent(key, here);
            if (first != null) {
                duplicates.add(new Duplicate(key, here, first));
            }
            node.entries.add(new Entry(key, keyStart, value));
        }
        node.entries.addAll(0, merged);
        return end;
    }

    private Position items(Node node, int depth) throws SyntaxError {
        Position end = node.start;
        for (Event event = cursor.next(); event != Event.END; event = cursor.next()) {
            Node item = node(event, depth + 1);
            node.items.add(item);
            end = later(end, item.end);
        }
        return end;
    }

    /** The value of an alias is written before it. */
    private static Position later(Position one, Position other) {
        boolean later = other.line() > one.line() || other.line() == one.line() && other.column() > one.column();
        return later ? other : one;
    }

    /** The keys, as strings, and indexes, as integers, of a path that {@link Place#key} made. */
    static List<Object> steps(String path) {
        List<Object> steps = new ArrayList<>();
        int at = 0;
        while (at < path.length()) {
            if (path.startsWith("[\"", at)) {
                int end = path.indexOf("\"]", at);
                steps.add(path.substring(at + 2, end));
                at = end + 2;
            } else if (path.charAt(at) == '[') {
                int end = path.indexOf(']', at);
                steps.add(Integer.valueOf(path.substring(at + 1, end)));
                at = end + 1;
            } else {
                int start = path.charAt(at) == '.' ? at + 1 : at;
                at = start;
                while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[') {
                    at++;
                }
                steps.add(path.substring(start, at));
            }
        }
        return steps;
    }
}
