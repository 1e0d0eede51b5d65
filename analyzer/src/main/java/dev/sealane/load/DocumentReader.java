package dev.sealane.load;

import dev.sealane.dump.Member;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.finding.Rule;
import dev.sealane.load.Cursor.Event;
import dev.sealane.load.Cutter.LongList;
import dev.sealane.load.Cutter.WholeList;
import dev.sealane.load.InputFiles.InputFile;
import dev.sealane.load.Value.Mapping;
import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Sequence;
import dev.sealane.load.Value.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads the documents of one file into objects. */
final class DocumentReader {
    /**
     * What a list says of all its items.
     *
     * @param kind as written, empty if the list does not tell it
     * @param partial whether the server had more
     */
    record Head(String kind, String apiVersion, boolean partial) {
        /** Of what is no item; to be compared by identity. */
        static final Head NONE = new Head("", "", false);

        /** Of a list that may tell it behind its items; to be compared by identity. */
        static final Head LATER = new Head("", "", false);

        private static Head of(Mapping list) {
            boolean more = list.get("metadata") instanceof Mapping metadata
                    && !metadata.string("continue").isEmpty();
            return new Head(list.string("kind"), list.string("apiVersion"), more);
        }

        boolean isList() {
            return kind.endsWith("List");
        }

        /** The kind of items that do not tell theirs; empty if the list does not tell it either. */
        String itemKind() {
            return isList() ? kind.substring(0, kind.length() - "List".length()) : "";
        }
    }

    private record Item(Value value, Origin origin, Part part) {}

    private final String file;
    private final Member member;
    private final Instant time;
    private final SourceText text;
    private final ObjectReader objects;
    private final Limits limits;
    private Stretch laidOut;
    private Layout layout;
    /** What was read of a list before it broke. */
    private Part kept;

    DocumentReader(InputFile file, SourceText text, ObjectReader objects, Limits limits) {
        this.file = file.name();
        this.member = file.member();
        this.time = file.time();
        this.text = text;
        this.objects = objects;
        this.limits = limits;
    }

    /** Reads a stretch that {@link Cutter#documents} made. */
    Part document(Stretch stretch) {
        boolean json = file.toLowerCase(Locale.ROOT).endsWith(".json");
        Part part = new Part();
        if (json || Cursor.looksLikeJson(text, stretch)) {
            if (json(stretch, Head.NONE, part) || json) {
                return part;
            }
            // What begins as JSON may be YAML all the same.
            Part yaml = new Part();
            if (yaml(stretch, Head.NONE, yaml) == null) {
                return yaml;
            }
            return part;
        }
        SyntaxError error = yaml(stretch, Head.NONE, part);
        if (error != null) {
            broken(error, stretch, part);
        }
        return part;
    }

    /**
     * Reads one item of a list that was cut.
     *
     * @throws SyntaxError.UnknownAlias if the item makes no sense by itself
     */
    Part item(Stretch stretch, Head head) throws SyntaxError.UnknownAlias {
        Part part = new Part();
        if (Cursor.looksLikeJson(text, stretch)) {
            json(stretch, head, part);
            return part;
        }
        SyntaxError error = yaml(stretch, head, part);
        if (error instanceof SyntaxError.UnknownAlias alias) {
            throw alias;
        }
        if (error != null) {
            broken(error, stretch, part);
        }
        return part;
    }

    /** Reads an item of a list that is not read as a whole. */
    Part itemOfLongList(Stretch stretch, Head head) {
        try {
            return item(stretch, head);
        } catch (SyntaxError.UnknownAlias definedElsewhere) {
            Part part = new Part();
            Location at = wholeLine(stretch.line());
            part.find(InputRules.SYN007, at, "an alias to another item, in a list too long to be read as a whole");
            part.skip(at, "an alias to another item of a long list");
            return part;
        }
    }

    /** Reads a list that is whole. */
    Part list(WholeList list) {
        Mapping around = around(copy(list.head()), list.tail());
        Head head = around == null ? Head.NONE : Head.of(around);
        if (around == null || !head.isList() && !head.kind().isEmpty()) {
            return document(list.document());
        }
        Part part = new Part();
        Part last = new Part();
        for (Stretch item : list.items()) {
            part.add(last);
            try {
                last = item(item, head);
            } catch (SyntaxError.UnknownAlias definedElsewhere) {
                return document(list.document());
            }
        }
        endOfList(head, list.document(), last, part);
        return part;
    }

    /** What is around the items of a list; null if that is not in order. */
    private Mapping around(byte[] head, Stretch tail) {
        byte[] both = Arrays.copyOf(head, head.length + tail.length());
        System.arraycopy(text.bytes, tail.offset(), both, head.length, tail.length());
        return around(SourceText.part(both, 0, 1));
    }

    private byte[] copy(Stretch stretch) {
        return Arrays.copyOfRange(text.bytes, stretch.offset(), stretch.end());
    }

    /** The mapping that this is all of; null if it is none, or has a key twice. */
    private static Mapping around(SourceText text) {
        try {
            Stretch all = text.all();
            Cursor cursor = Cursor.looksLikeJson(text, all)
                    ? new JsonCursor(text, all)
                    : new YamlCursor(text.decode(all), 1, false);
            ValueReader reader = new ValueReader(cursor, Limits.DEFAULT.aliased());
            Event first = cursor.next();
            if (first == Event.SEQUENCE) {
                reader.document(first, (before, item, start, end) -> {});
                return cursor.next() == Event.NONE ? Mapping.EMPTY : null;
            }
            Value root = first == Event.NONE ? null : reader.document(first, (before, item, start, end) -> {});
            boolean one = cursor.next() == Event.NONE && !reader.duplicates();
            return one && root instanceof Mapping mapping ? mapping : null;
        } catch (SyntaxError broken) {
            return null;
        }
    }

    /**
     * Adds the last item and what the end of a list tells about all of it. In YAML kubectl prints the kind of the list
     * behind its items, so a list without is cut off, and its last item may be incomplete.
     *
     * @param last the part of the last item
     * @param list all of it, or its end
     */
    void endOfList(Head head, Stretch list, Part last, Part part) {
        if (!head.isList() && !bracketed(list)) {
            cutOff(list, part);
        } else {
            part.add(last);
        }
        List<Part.Pending> pending = List.copyOf(part.pending);
        part.pending.clear();
        pending.forEach(item -> item.reader().item(item.value(), item.origin(), head, part));
        list(head, part);
    }

    /** Whether closing brackets prove that nothing is missing. */
    private boolean bracketed(Stretch list) {
        int first = text.nextNonBlank(list.offset(), list.end());
        return first < list.end() && (text.bytes[first] == '{' || text.bytes[first] == '[' || text.bytes[first] == ']');
    }

    /** What a list says of its items before them. */
    static Head early(LongList list) {
        byte[] head = list.head.bytes;
        if (list.json) {
            head = Arrays.copyOf(head, head.length + 2);
            head[head.length - 2] = ']';
            head[head.length - 1] = '}';
        }
        Mapping around = around(SourceText.part(head, 0, 1));
        Head early = around == null ? Head.LATER : Head.of(around);
        return early.itemKind().isEmpty() ? Head.LATER : early;
    }

    /**
     * Adds what the end of a list that is not read as a whole tells about all of it.
     *
     * @param last the part of the last item
     */
    void endOfList(LongList list, Stretch tail, Part last, Part part) {
        Mapping around = around(list.head.bytes, tail);
        if (around == null) {
            boolean noKey = new String(copy(tail), StandardCharsets.UTF_8).indexOf(':') < 0;
            if (list.json || noKey) {
                cutOff(tail, part);
            } else {
                brokenTail(tail, part);
                part.add(last);
            }
            givenUp(part);
            return;
        }
        Head whole = Head.of(around);
        if (!whole.isList() && named(around)) {
            Location at = wholeLine(tail.line());
            part.find(InputRules.SYN007, at, whole.kind() + " is no list, and too long to be read as one object");
            part.skip(at, "an object that is too long");
            part.resources.clear();
            part.findings.removeIf(finding -> finding.rule() != InputRules.SYN007);
            return;
        }
        endOfList(whole.isList() ? whole : Head.NONE, tail, last, part);
    }

    /** Finds what is wrong behind the items of a list. */
    private void brokenTail(Stretch tail, Part part) {
        SyntaxError error = yaml(tail, Head.NONE, new Part());
        kept = null;
        if (error == null) {
            part.find(InputRules.SYN002, wholeLine(tail.line()), "a key of this list is there twice");
        } else if (error instanceof SyntaxError.CutOff) {
            part.find(InputRules.SYN003, location(error.line, error.column, 1), error.getMessage());
        } else {
            broken(error, tail, part);
        }
    }

    /** Notes that a list has further items. */
    void givenUp(Part part) {
        part.lost = true;
        part.pending.clear();
        list(Head.NONE, part);
    }

    /** Notes that a list ends too early. */
    void cutOff(Stretch list, Part part) {
        int last = text.line(Math.max(0, list.end() - 1));
        part.find(
                InputRules.SYN003,
                wholeLine(last),
                "the text ends before its list does: it is cut off, and its last item is left out");
        part.lost = true;
    }

    /** False if the text is not JSON; what could be read, and findings about the rest, are in the part. */
    private boolean json(Stretch stretch, Head head, Part part) {
        boolean valid = true;
        for (Stretch rest = stretch; rest != null; ) {
            JsonCursor cursor = new JsonCursor(text, rest);
            int start = rest.offset();
            try {
                ValueReader reader = new ValueReader(cursor, limits.aliased());
                for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
                    start = cursor.startOffset();
                    read(cursor, reader, event, rest, head, part);
                }
                rest = null;
            } catch (SyntaxError error) {
                valid = false;
                broken(error, rest, part);
                rest = nextObject(text.nextNonBlank(start, stretch.end()), stretch.end());
            }
        }
        return valid;
    }

    /** What is behind a broken object, from the next line that begins with a brace; null if there is nothing. */
    private Stretch nextObject(int broken, int end) {
        if (broken == end || text.bytes[broken] != '{') {
            return null;
        }
        for (int line = text.line(broken) + 1; line <= text.lastLine() && text.start(line) < end; line++) {
            int start = text.start(line);
            if (text.bytes[start] == '{') {
                return new Stretch(line, start, end - start);
            }
        }
        return null;
    }

    /** The error in the text, with its line and column, or null. */
    private SyntaxError yaml(Stretch stretch, Head head, Part part) {
        try {
            readYaml(new BlockCursor(text, stretch), stretch, head, part);
            return null;
        } catch (SyntaxError notPlain) {
            // The parser of all of YAML finds out what it is.
        }
        try {
            String yaml = text.decode(stretch);
            try {
                readYaml(new YamlCursor(yaml, stretch.line(), false), stretch, head, part);
            } catch (SyntaxError error) {
                if (error.line > 0 || error instanceof SyntaxError.UnknownAlias && head != Head.NONE) {
                    return error;
                }
                readYaml(new YamlCursor(yaml, stretch.line(), true), stretch, head, part);
            }
            return null;
        } catch (SyntaxError error) {
            return error;
        }
    }

    private void readYaml(Cursor cursor, Stretch stretch, Head head, Part part) throws SyntaxError {
        Part read = new Part();
        ValueReader reader = new ValueReader(cursor, limits.aliased());
        for (Event event = cursor.next(); event != Event.NONE; event = cursor.next()) {
            read(cursor, reader, event, stretch, head, read);
        }
        part.add(read);
    }

    /** Reads one document. */
    private void read(Cursor cursor, ValueReader reader, Event first, Stretch stretch, Head head, Part part)
            throws SyntaxError {
        kept = null;
        int start = cursor.startOffset();
        List<Item> items = new ArrayList<>(0);
        String path = first == Event.SEQUENCE ? "[" : "items[";
        Value root;
        try {
            root = reader.document(first, (list, value, from, end) -> {
                Origin origin = from < 0
                        ? origin(stretch, path + items.size() + "]")
                        : new Origin(file, text.line(from), text.from + from, end - from, "");
                Head known = list.isEmpty() ? head : Head.of(new Mapping(list, Outline.WHOLE));
                items.add(read(value, origin, known));
            });
        } catch (SyntaxError error) {
            kept = new Part();
            items.stream().filter(item -> item.part != null).forEach(item -> kept.add(item.part));
            throw error;
        }
        Stretch own = start < 0 ? stretch : new Stretch(text.line(start), start, cursor.endOffset() - start);
        if (reader.duplicates()) {
            duplicates(own, part);
        }
        root(root, own, head, items, part);
    }

    /** An item that tells its kind is read at once; one that does not may have to wait for that of its list. */
    private Item read(Value value, Origin origin, Head head) {
        boolean complete = value instanceof Mapping mapping
                && (!mapping.string("kind").isEmpty()
                        || !head.itemKind().isEmpty()
                        || !member.apiVersion().isEmpty());
        Part part = complete ? new Part() : null;
        if (complete) {
            item(value, origin, head, part);
        }
        return new Item(complete ? null : value, origin, part);
    }

    private void root(Value root, Stretch stretch, Head outer, List<Item> items, Part part) {
        // Not a switch over types: the JVM makes its code anew in each run, and that takes a twentieth of a short one.
        boolean itself = outer != Head.NONE && text.bytes[text.nextNonBlank(stretch.offset(), stretch.end())] != '-';
        if (itself && !(root instanceof Mapping)) {
            item(root, origin(stretch, ""), outer, part);
        } else if (root instanceof Scalar scalar) {
            if (scalar.type() != Type.NULL) {
                notAnObject(stretch, "it is only a piece of text", part);
            }
        } else if (root instanceof Sequence) {
            if (outer == Head.NONE && !member.whole() && items.stream().noneMatch(item -> item.part != null)) {
                notAnObject(stretch, "it is a list of something else", part);
            } else if (outer == Head.NONE && member.whole()) {
                Part all = new Part();
                items.forEach(item -> finish(item, Head.NONE, all));
                list(Head.NONE, all);
                part.add(all);
            } else {
                items.forEach(item -> finish(item, outer, part));
            }
        } else if (root instanceof Mapping mapping) {
            Head head = Head.of(mapping);
            boolean objects = items.stream().anyMatch(item -> item.part != null);
            if (isList(mapping) || objects && !named(mapping)) {
                Part all = new Part();
                Part last = new Part();
                for (Item item : items) {
                    all.add(last);
                    last = new Part();
                    finish(item, head, last);
                }
                itemsAreList(mapping, origin(stretch, ""), all);
                endOfList(head, stretch, last, all);
                part.add(all);
            } else {
                object(mapping, origin(stretch, ""), outer, part);
            }
        }
    }

    /** Whether the mapping is a list of objects, and not an object whose kind only ends so. */
    private static boolean isList(Mapping mapping) {
        return Head.of(mapping).isList() && (mapping.get("items") instanceof Sequence || !named(mapping));
    }

    private static boolean named(Mapping mapping) {
        return mapping.get("metadata") instanceof Mapping metadata && metadata.get("name") != null;
    }

    private void itemsAreList(Mapping list, Origin origin, Part part) {
        Value items = list.get("items");
        if (items != null && !(items instanceof Sequence)) {
            part.find(InputRules.SYN006, locate(origin, "items"), "items must be a list, is " + items.words());
            part.lost = true;
        }
    }

    private void finish(Item item, Head head, Part part) {
        if (item.part != null) {
            part.add(item.part);
        } else {
            item(item.value, item.origin, head, part);
        }
    }

    private void item(Value value, Origin origin, Head head, Part part) {
        if (!(value instanceof Mapping mapping)) {
            int start = (int) (origin.offset() - text.from);
            Location at = origin.item().isEmpty()
                    ? location(text.line(start), text.column(start), origin.length())
                    : locate(origin, "");
            String name = origin.item().isEmpty() ? "an item of this list" : origin.item();
            part.find(InputRules.SYN006, at, name + " must be an object, is " + value.words());
            part.skip(at, "not an object but " + value.words());
            return;
        }
        if (isList(mapping)) {
            Head own = Head.of(mapping);
            Part all = new Part();
            itemsAreList(mapping, origin, all);
            List<Value> nested = mapping.get("items") instanceof Sequence sequence ? sequence.items() : List.of();
            for (int i = 0; i < nested.size(); i++) {
                String path = Place.key(origin.item(), "items") + "[" + i + "]";
                Origin at = new Origin(file, origin.line(), origin.offset(), origin.length(), path);
                item(nested.get(i), at, own, all);
            }
            list(own, all);
            part.add(all);
        } else {
            object(mapping, origin, head, part);
        }
    }

    private void object(Mapping object, Origin origin, Head list, Part part) {
        String kindName = object.string("kind").isEmpty() ? list.itemKind() : object.string("kind");
        boolean told = kindName.isEmpty()
                && member.kind() != null
                && !member.apiVersion().isEmpty();
        if (told) {
            kindName = member.kind().name();
        }
        if (kindName.isEmpty() && list == Head.LATER) {
            part.pending.add(new Part.Pending(this, object, origin));
            return;
        }
        boolean typed = object.string("apiVersion").isEmpty()
                && !told
                && !list.itemKind().isEmpty();
        String apiVersion = typed ? list.apiVersion() : object.string("apiVersion");
        if (told && apiVersion.isEmpty()) {
            apiVersion = member.apiVersion();
        }
        if (kindName.isEmpty() || apiVersion.isEmpty()) {
            notAnObject(origin, kindName.isEmpty() ? "it has no kind" : "it has no apiVersion", part);
            return;
        }
        Mapping metadata = object.get("metadata") instanceof Mapping mapping ? mapping : Mapping.EMPTY;
        Fields.Report report = new Fields.Report();
        Fields fields = Fields.of(object, report);
        String name = name(fields.mapping("metadata"));
        if (name.isEmpty()) {
            // Files of tools have other kinds, and often no metadata.
            if (Kind.KNOWN.contains(Kind.of(apiVersion, kindName))) {
                Location at = locate(origin, "metadata");
                part.find(InputRules.SYN006, at, "metadata.name is missing");
                part.skip(at, kindName + " without a name");
            } else {
                notAnObject(origin, "it has no metadata.name", part);
            }
            return;
        }
        Resource resource = objects.read(fields, apiVersion, kindName, name, origin, namespace());
        if (report.template() != null) {
            Location at = locate(origin, report.template());
            part.find(InputRules.SYN008, at, Template.MESSAGE);
            part.skip(at, "a template that was not rendered");
            return;
        }
        part.resources.add(resource);
        report.mismatches()
                .forEach(mismatch ->
                        part.find(InputRules.SYN006, resource.at(mismatch.path()), mismatch.message(), List.of()));
    }

    /** The namespace of objects that do not tell theirs, empty if the file's name does not either. */
    private String namespace() {
        return member.namespace().equals(Coverage.EVERYWHERE) ? "" : member.namespace();
    }

    /** With a star where the API server will append to {@code generateName}. */
    private static String name(Fields metadata) {
        String prefix = metadata.has("name") ? "" : metadata.word("generateName");
        return prefix.isEmpty() ? metadata.word("name") : prefix + "*";
    }

    /** Adds what the items of a list prove, now that they are all there. */
    private void list(Head head, Part items) {
        Listing listing = listing(head, items.resources, items.lost);
        if (listing != null) {
            items.listings.add(listing);
        }
    }

    /** Null where the items do not come from the API server, or there are none that could tell their kind. */
    private Listing listing(Head head, List<Resource> items, boolean lost) {
        State whole = items.isEmpty() ? State.EMPTY : State.NONEMPTY;
        String reason = head.partial() ? Listing.CONTINUED : lost ? "not all of it could be read" : "";
        State state = reason.isEmpty() ? whole : State.PARTIAL;
        boolean everywhere = member.namespace().equals(Coverage.EVERYWHERE);
        boolean told = member.whole() && !member.apiVersion().isEmpty();
        // kubectl prints the same empty list whatever was asked for, so a file's name is the only word of what it is.
        if (told || member.whole() && items.isEmpty() && head.itemKind().isEmpty()) {
            Set<String> namespaces = namespace().isEmpty() ? Set.of() : Set.of(namespace());
            return new Listing(Set.of(member.kind()), namespaces, everywhere, state, file, time, reason);
        }
        boolean captured = items.stream().allMatch(item -> item.meta().captured());
        if (!captured || items.isEmpty() && head.itemKind().isEmpty()) {
            return null;
        }
        Set<Kind> kinds = new HashSet<>();
        Set<String> namespaces = new HashSet<>();
        for (Resource item : items) {
            kinds.add(item.ref().kind());
            if (!item.namespace().isEmpty()) {
                namespaces.add(item.namespace());
            }
        }
        if (!head.itemKind().isEmpty()) {
            kinds.add(Kind.of(head.apiVersion(), head.itemKind()));
        }
        return new Listing(kinds, namespaces, namespaces.size() > 1, state, file, time, reason);
    }

    private void duplicates(Stretch stretch, Part part) {
        Layout known = layout(stretch);
        for (Layout.Duplicate duplicate : known == null ? List.<Layout.Duplicate>of() : known.duplicates()) {
            part.find(
                    InputRules.SYN002,
                    Place.of(duplicate.second()),
                    "the key " + duplicate.key() + " is there already: only the last one counts",
                    List.of(new Evidence(Text.of("here first"), Place.of(duplicate.first()))));
        }
    }

    private void broken(SyntaxError error, Stretch stretch, Part part) {
        // Each byte as one character: the text may be no UTF-8.
        String source = new String(text.bytes, stretch.offset(), stretch.length(), StandardCharsets.ISO_8859_1);
        int action = Template.firstAction(source);
        if (action >= 0) {
            int offset = stretch.offset() + action;
            Location at = location(text.line(offset), text.column(offset), 2);
            part.find(InputRules.SYN008, at, Template.MESSAGE);
            part.skip(at, "a template that was not rendered");
            return;
        }
        Location at = location(error.line, error.column, 1);
        // Objects of broken JSON are tried one by one, and may end up at the same place.
        if (part.findings.stream()
                .noneMatch(finding -> at.equals(finding.place().location()))) {
            boolean some = kept != null && !kept.resources.isEmpty();
            Rule rule = error instanceof SyntaxError.TooMuch
                    ? InputRules.SYN007
                    : error instanceof SyntaxError.CutOff && some ? InputRules.SYN003 : InputRules.SYN001;
            part.find(rule, at, error.getMessage());
        }
        part.lost = true;
        if (kept != null) {
            givenUp(kept);
            part.add(kept);
            kept = null;
        }
    }

    private void notAnObject(Stretch stretch, String reason, Part part) {
        notAnObject(firstLine(stretch), reason, part);
    }

    private void notAnObject(Origin origin, String reason, Part part) {
        Stretch stretch = stretch(origin);
        notAnObject(origin.item().isEmpty() ? firstLine(stretch) : locate(origin, ""), reason, part);
    }

    private void notAnObject(Location location, String reason, Part part) {
        part.find(InputRules.SYN004, location, "this is not a Kubernetes object: " + reason);
        part.skip(location, "not a Kubernetes object: " + reason);
    }

    /** The first line that is not blank, a comment or a marker. */
    private Location firstLine(Stretch stretch) {
        int line = text.line(stretch.offset());
        int last = text.line(stretch.end() - 1);
        while (line < last) {
            String content = text.lineText(line).strip();
            if (!content.isEmpty() && !content.startsWith("#") && !content.startsWith("%") && !content.equals("---")) {
                break;
            }
            line++;
        }
        return wholeLine(line);
    }

    private Location wholeLine(int line) {
        String content = text.lineText(line);
        int indent = content.length() - content.stripLeading().length();
        return location(
                line,
                indent + 1,
                content.strip().codePointCount(0, content.strip().length()));
    }

    private Location location(int line, int column, int width) {
        return new Location(file, line, column, line, column + width);
    }

    private Location locate(Origin origin, String path) {
        Stretch stretch = stretch(origin);
        Layout known = layout(stretch);
        Layout.Found found = known == null ? null : known.find(origin.item(), path);
        return found == null ? firstLine(stretch) : found.location();
    }

    /** Null if the text is broken behind what was read of it. */
    private Layout layout(Stretch stretch) {
        if (!stretch.equals(laidOut)) {
            try {
                layout = Layout.of(file, text, stretch);
            } catch (SyntaxError broken) {
                layout = null;
            }
            laidOut = stretch;
        }
        return layout;
    }

    private Stretch stretch(Origin origin) {
        return new Stretch(origin.line(), (int) (origin.offset() - text.from), origin.length());
    }

    private Origin origin(Stretch stretch, String item) {
        return new Origin(file, stretch.line(), text.from + stretch.offset(), stretch.length(), item);
    }
}
