package dev.sealane.load;

import java.math.BigInteger;
import java.util.List;
import java.util.Map;

/** What one object holds, as the API server reads it. */
sealed interface Value {

    /**
     * Ordered as written.
     *
     * @param outline which keys were read, if the text has them
     */
    record Mapping(Map<String, Value> entries, Outline outline) implements Value {
        static final Mapping EMPTY = new Mapping(Map.of(), Outline.WHOLE);

        /** Null if the key is absent or its value is null, which mean the same to the API. */
        Value get(String key) {
            assert outline.below(key) != null : key + " is not in the outline";
            Value value = entries.get(key);
            return value instanceof Scalar scalar && scalar.type == Type.NULL ? null : value;
        }

        /** The text of a string, or empty. */
        String string(String key) {
            return entries.get(key) instanceof Scalar scalar && scalar.type == Type.STRING ? scalar.text : "";
        }
    }

    record Sequence(List<Value> items) implements Value {}

    /** @param text as written, without quotes and with escapes resolved */
    record Scalar(String text, Type type) implements Value {
        /** Null unless this is a number without fraction; 80.0 is one, since YAML reaches the API server as JSON. */
        BigInteger integer() {
            return switch (type) {
                case INTEGER -> PlainScalar.integer(text);
                case FLOAT -> PlainScalar.wholeFloat(text);
                default -> null;
            };
        }
    }

    /** The types of scalars. */
    enum Type {
        STRING("a string"),
        INTEGER("a number"),
        FLOAT("a number"),
        BOOLEAN("a boolean"),
        NULL("null");

        private final String words;

        Type(String words) {
            this.words = words;
        }
    }

    /** What it is, for messages. */
    default String words() {
        return switch (this) {
            case Mapping mapping -> "a mapping";
            case Sequence sequence -> "a list";
            case Scalar scalar -> scalar.type.words;
        };
    }
}
