package dev.sealane.load;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Place;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.load.Value.Mapping;
import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Sequence;
import dev.sealane.load.Value.Type;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The fields of one mapping of an object, read with the types that the API gives them. Absent and null are the same. */
final class Fields {

    /** What is wrong with the fields of one object, found while they are read. */
    static final class Report {
        private final List<Mismatch> mismatches = new ArrayList<>(0);
        private String template;
        private int unread;
        private String lastUnread;

        List<Mismatch> mismatches() {
            return mismatches;
        }

        /** The path of the first name that holds a template action, or null. */
        String template() {
            return template;
        }
    }

    /** A field that the API server rejects. */
    record Mismatch(String path, String message) {}

    private static final String NUMBER_OR_STRING = "a whole number or a string";

    private final Fields parent;
    private final String key;
    private final int index;
    private final Mapping mapping;
    private final Report report;
    /** Whether something else than a mapping is in its place. */
    private boolean broken;

    private Fields(Fields parent, String key, int index, Mapping mapping, Report report) {
        this.parent = parent;
        this.key = key;
        this.index = index;
        this.mapping = mapping;
        this.report = report;
    }

    static Fields of(Mapping object, Report report) {
        return new Fields(null, "", -1, object, report);
    }

    /** The path of this mapping in the object. */
    String path() {
        if (parent == null) {
            return "";
        }
        String path = Place.key(parent.path(), key);
        return index < 0 ? path : path + "[" + index + "]";
    }

    String path(String field) {
        return Place.key(path(), field);
    }

    /** Says that the mapping's keys are these. Any other counts as unread. */
    void only(String... known) {
        for (String name : mapping.entries().keySet()) {
            if (mapping.get(name) != null && !List.of(known).contains(name)) {
                report.unread++;
                report.lastUnread = path(name);
            }
        }
    }

    /**
     * How much of the object could not be read so far: fields that are not known and values of the wrong type. If it
     * grows while a part is read, that part may mean something else than what was read of it.
     */
    int unread() {
        return report.unread;
    }

    /** The path of what could not be read of this part; null if all was. */
    String unreadSince(int before) {
        return broken ? path() : report.unread > before ? report.lastUnread : null;
    }

    /** Counts the field as unread, for a value that means nothing here. */
    void cannotRead(String field) {
        report.unread++;
        report.lastUnread = path(field);
    }

    /** Whether the field has a value other than an empty string or an empty list. */
    boolean filled(String field) {
        Value value = mapping.get(field);
        return value != null
                && !(value instanceof Sequence sequence && sequence.items().isEmpty())
                && !(value instanceof Scalar scalar && scalar.text().isEmpty());
    }

    /** A range of addresses as written. If it is none it counts as unread. */
    String cidr(String field) {
        String cidr = word(field);
        if (Cidr.tryParse(cidr).isEmpty()) {
            cannotRead(field);
        }
        return cidr;
    }

    /** Ranges of addresses as written. One that is none counts as unread. */
    List<String> cidrs(String field) {
        List<String> cidrs = strings(field);
        if (!cidrs.stream().allMatch(cidr -> Cidr.tryParse(cidr).isPresent())) {
            cannotRead(field);
        }
        return cidrs;
    }

    /** Whether the field has a value that is no list. */
    boolean noList(String field) {
        return has(field) && !isList(field);
    }

    boolean has(String field) {
        return mapping.get(field) != null;
    }

    /** Whether the field is a list; false if it is absent. */
    boolean isList(String field) {
        return mapping.get(field) instanceof Sequence;
    }

    /** The field's mapping; without entries if it is absent. */
    Fields mapping(String field) {
        Value value = mapping.get(field);
        if (value instanceof Mapping child) {
            return new Fields(this, field, -1, child, report);
        }
        wrong(field, value, "a mapping");
        return new Fields(this, field, -1, Mapping.EMPTY, report);
    }

    /** The field's list of mappings. An item that is null is one without entries, as the API server takes it. */
    List<Fields> list(String field) {
        Value value = mapping.get(field);
        if (!(value instanceof Sequence sequence)) {
            wrong(field, value, "a list");
            return List.of();
        }
        List<Fields> items = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            Value item = sequence.items().get(i);
            if (item instanceof Mapping entries) {
                items.add(new Fields(this, field, i, entries, report));
            } else if (isNull(item)) {
                items.add(new Fields(this, field, i, Mapping.EMPTY, report));
            } else {
                mismatch(path(field) + "[" + i + "]", "must be a mapping, is " + item.words());
                // What else it lacks for that reason is not worth saying.
                Fields none = new Fields(this, field, i, Mapping.EMPTY, new Report());
                none.broken = true;
                items.add(none);
            }
        }
        return items;
    }

    /** The items of the field's list as they are, without a word about what is wrong with them. */
    List<Value> items(String field) {
        return mapping.get(field) instanceof Sequence sequence ? sequence.items() : List.of();
    }

    List<String> strings(String field) {
        Value value = mapping.get(field);
        if (!(value instanceof Sequence sequence)) {
            wrong(field, value, "a list");
            return List.of();
        }
        List<String> strings = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            strings.add(text(sequence.items().get(i), path(field) + "[" + i + "]"));
        }
        return strings;
    }

    /** Whether these fields, one inside the other, are mappings. */
    boolean descends(String... fields) {
        Mapping at = mapping;
        for (String field : fields) {
            if (!(at.get(field) instanceof Mapping child)) {
                return false;
            }
            at = child;
        }
        return true;
    }

    /** A mapping of words to words, such as labels. */
    Map<String, String> stringMap(String field) {
        Map<String, String> words = texts(field);
        words.forEach((name, word) -> {
            if (word.contains("{{")) {
                template(Place.key(path(field), name));
            }
        });
        return words;
    }

    /** A mapping of strings to any text. */
    Map<String, String> texts(String field) {
        Value value = mapping.get(field);
        if (!(value instanceof Mapping child)) {
            wrong(field, value, "a mapping");
            return Map.of();
        }
        Map<String, String> strings = new TreeMap<>();
        child.entries().forEach((name, entry) -> {
            boolean plain = entry instanceof Scalar scalar && scalar.type() == Type.STRING;
            strings.put(name, plain ? ((Scalar) entry).text() : text(entry, Place.key(path(field), name)));
        });
        return strings;
    }

    /** A name, an address or another word that no template action can stand in; empty if absent. */
    String word(String field) {
        String text = text(field);
        if (text.contains("{{")) {
            template(path(field));
        }
        return text;
    }

    /** Any text; empty if absent. */
    String text(String field) {
        Value value = mapping.get(field);
        if (value instanceof Scalar scalar && scalar.type() == Type.STRING) {
            return scalar.text();
        }
        return value == null ? "" : text(value, path(field));
    }

    private String text(Value value, String path) {
        if (isNull(value)) {
            return "";
        }
        if (!(value instanceof Scalar scalar)) {
            mismatch(path, "must be a string, is " + value.words());
            return "";
        }
        if (scalar.type() != Type.STRING) {
            mismatch(path, "must be a string, is " + value.words() + ": quote it");
        }
        return scalar.text();
    }

    boolean bool(String field) {
        Value value = mapping.get(field);
        if (value instanceof Scalar scalar && scalar.type() == Type.BOOLEAN) {
            return PlainScalar.isTrue(scalar.text());
        }
        wrong(field, value, "true or false");
        return false;
    }

    /** The number, or the given one if it is absent or no whole number of 32 bits. */
    int integer(String field, int absent) {
        Value value = mapping.get(field);
        BigInteger number = value instanceof Scalar scalar ? scalar.integer() : null;
        if (number == null) {
            wrong(field, value, "a whole number");
            return absent;
        }
        if (number.bitLength() > 31) {
            mismatch(path(field), "must be a number of 32 bits");
            return absent;
        }
        return number.intValue();
    }

    /** The number, or the given one if it is absent or no number. */
    double number(String field, double absent) {
        Value value = mapping.get(field);
        if (value instanceof Scalar scalar && (scalar.type() == Type.INTEGER || scalar.type() == Type.FLOAT)) {
            BigInteger whole = scalar.integer();
            return whole == null ? PlainScalar.floating(scalar.text()) : whole.doubleValue();
        }
        wrong(field, value, "a number");
        return absent;
    }

    /** A required port number; 0 if it is not one. */
    int port(String field) {
        if (!has(field)) {
            missing(field);
            return 0;
        }
        int before = report.mismatches.size();
        int port = integer(field, 0);
        if (!PortRange.valid(port) && report.mismatches.size() == before) {
            mismatch(path(field), "must be 1 to 65535, is " + port);
            return 0;
        }
        return PortRange.valid(port) ? port : 0;
    }

    /** Null if it is absent, or neither a number nor a string. */
    IntOrString intOrString(String field) {
        Value value = mapping.get(field);
        IntOrString read = value == null ? null : intOrString(value);
        if (value != null && read == null) {
            wrong(field, value, NUMBER_OR_STRING);
        }
        return read != null && read.isName() ? IntOrString.of(word(field)) : read;
    }

    /** Those of the list that are numbers or strings. */
    List<IntOrString> intOrStrings(String field) {
        Value value = mapping.get(field);
        if (!(value instanceof Sequence sequence)) {
            wrong(field, value, "a list");
            return List.of();
        }
        List<IntOrString> items = new ArrayList<>(sequence.items().size());
        for (int i = 0; i < sequence.items().size(); i++) {
            IntOrString read = intOrString(sequence.items().get(i));
            if (read == null) {
                mismatch(
                        path(field) + "[" + i + "]",
                        "must be " + NUMBER_OR_STRING + ", is "
                                + sequence.items().get(i).words());
            } else {
                items.add(read);
            }
        }
        return items;
    }

    private static IntOrString intOrString(Value value) {
        if (value instanceof Scalar scalar && scalar.type() == Type.STRING) {
            return IntOrString.of(scalar.text());
        }
        BigInteger number = value instanceof Scalar scalar ? scalar.integer() : null;
        return number == null ? null : IntOrString.of(number.bitLength() > 31 ? -1 : number.intValue());
    }

    /** TCP if it is absent or none that the API has. */
    Protocol protocol(String field) {
        String word = word(field);
        switch (word) {
            case "", "TCP":
                return Protocol.TCP;
            case "UDP":
                return Protocol.UDP;
            case "SCTP":
                return Protocol.SCTP;
            default:
                reject(field, "must be TCP, UDP or SCTP");
                return Protocol.TCP;
        }
    }

    /** Says that the API takes no such value in the field; {@code message} is what it must be. */
    void reject(String field, String message) {
        mismatch(path(field), message);
    }

    /** Says that a required field is absent, at the mapping that lacks it. */
    void missing(String field) {
        report.mismatches.add(new Mismatch(path(), path(field) + " is missing"));
        report.unread++;
        report.lastUnread = path(field);
    }

    /** The keys of the field's mapping, whatever their values are. */
    List<String> keys(String field) {
        return mapping.get(field) instanceof Mapping child
                ? List.copyOf(child.entries().keySet())
                : List.of();
    }

    private void wrong(String field, Value value, String expected) {
        if (value != null) {
            boolean quoted = expected.startsWith("a whole")
                    && value instanceof Scalar scalar
                    && PlainScalar.type(scalar.text()) == Type.INTEGER;
            String words = "must be " + expected + ", is " + value.words();
            mismatch(path(field), quoted ? words + ": remove the quotes" : words);
        }
    }

    private void mismatch(String path, String message) {
        report.mismatches.add(new Mismatch(path, path + " " + message));
        report.unread++;
        report.lastUnread = path;
    }

    private void template(String path) {
        if (report.template == null) {
            report.template = path;
        }
    }

    private static boolean isNull(Value value) {
        return value instanceof Scalar scalar && scalar.type() == Type.NULL;
    }
}
