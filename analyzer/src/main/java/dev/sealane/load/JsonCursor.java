package dev.sealane.load;

import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Type;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.JsonRecyclerPools;
import tools.jackson.core.util.RecyclerPool;

/** JSON values one after the other, read by Jackson. */
final class JsonCursor implements Cursor.Marking {
    private static final RecyclerPool<BufferRecycler> BUFFERS = JsonRecyclerPools.newConcurrentDequePool();

    /** All limits are those of {@link ValueReader}. */
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .recyclerPool(BUFFERS)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private final SourceText text;
    private final Stretch stretch;
    private final JsonParser parser;

    JsonCursor(SourceText text, Stretch stretch) {
        this.text = text;
        this.stretch = stretch;
        this.parser = FACTORY.createParser(ObjectReadContext.empty(), text.bytes, stretch.offset(), stretch.length());
    }

    /** Lets go of buffers, in which there may be values of Secrets. */
    static void forget() {
        BUFFERS.clear();
    }

    @Override
    public Event next() throws SyntaxError {
        try {
            var token = parser.nextToken();
            if (token == null) {
                return Event.NONE;
            }
            return switch (token) {
                case START_OBJECT -> Event.MAPPING;
                case START_ARRAY -> Event.SEQUENCE;
                case END_OBJECT, END_ARRAY -> Event.END;
                default -> Event.SCALAR;
            };
        } catch (JacksonException invalid) {
            throw explain(invalid);
        }
    }

    @Override
    public Scalar scalar() throws SyntaxError {
        try {
            Type type = switch (parser.currentToken()) {
                case VALUE_NULL -> Type.NULL;
                case VALUE_TRUE, VALUE_FALSE -> Type.BOOLEAN;
                case VALUE_NUMBER_INT -> Type.INTEGER;
                case VALUE_NUMBER_FLOAT -> Type.FLOAT;
                default -> Type.STRING;
            };
            return new Scalar(parser.getString(), type);
        } catch (JacksonException invalid) {
            throw explain(invalid);
        }
    }

    @Override
    public Position start() {
        return position(startOffset());
    }

    @Override
    public Position end() throws SyntaxError {
        try {
            parser.finishToken();
        } catch (JacksonException invalid) {
            throw explain(invalid);
        }
        return position(parser.currentToken() == JsonToken.PROPERTY_NAME ? nameEnd() : endOffset());
    }

    /** The parser is past the colon by then. */
    private int nameEnd() {
        int at = startOffset() + 1;
        while (text.bytes[at] != '"') {
            at += text.bytes[at] == '\\' ? 2 : 1;
        }
        return at + 1;
    }

    @Override
    public int startOffset() {
        return stretch.offset() + (int) parser.currentTokenLocation().getByteOffset();
    }

    @Override
    public int endOffset() {
        return stretch.offset() + (int) parser.currentLocation().getByteOffset();
    }

    @Override
    public SyntaxError error(String message) {
        Position start = start();
        return new SyntaxError(message, start.line(), start.column());
    }

    private Position position(int offset) {
        return new Position(text.line(offset), text.column(offset));
    }

    /** Jackson's own message is not passed on: it quotes the text, which may be a secret's. */
    private SyntaxError explain(JacksonException invalid) {
        int offset = Math.min(endOffset(), stretch.end());
        String problem = String.valueOf(invalid.getOriginalMessage());
        String words = "not valid JSON";
        if (problem.contains("end-of-input")) {
            words = "the text ends inside a JSON value: it is cut off, or a closing bracket or quote is missing";
            offset = stretch.end() - 1;
            while (offset > stretch.offset() && text.bytes[offset] <= ' ' && text.bytes[offset] >= 0) {
                offset--;
            }
            return new SyntaxError.CutOff(words, text.line(offset), text.column(offset));
        } else if (problem.contains("UTF-8")) {
            words = "a byte that is not UTF-8: save the file as UTF-8";
        } else if (problem.contains("CTRL-CHAR") || problem.contains("control character")) {
            words = "a control character that JSON does not allow: remove or escape it";
        } else if (problem.contains("comma")) {
            words = "a comma is missing before this, or a bracket is not closed";
        } else if (problem.contains("start property name")) {
            words = "a key in double quotes must come here: is there a comma too much?";
        } else if (problem.contains("Unrecognized token") || problem.contains("valid value")) {
            words = "this is no JSON value: strings stand in double quotes";
        } else if (problem.contains("escape")) {
            words = "a backslash escape that JSON does not have";
        }
        return new SyntaxError(words, text.line(offset), text.column(offset));
    }
}
