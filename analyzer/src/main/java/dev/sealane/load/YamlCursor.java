package dev.sealane.load;

import dev.sealane.load.Value.Scalar;
import dev.sealane.load.Value.Type;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/** YAML, read by snakeyaml-engine. */
final class YamlCursor implements Cursor.Marking {
    /** The parser's own choice, which is good for any text but one with a very long word. */
    private static final int BUFFER = 1024;

    private static final LoadSettings QUICK = settings(false, BUFFER);
    private static final LoadSettings MARKING = settings(true, BUFFER);

    private final String text;
    private final int firstLine;
    private final ParserImpl parser;
    private org.snakeyaml.engine.v2.events.Event event;
    private int knownPoint;
    private int knownIndex;

    /**
     * @param firstLine the line of the text's first character, which begins a line
     * @param marks whether to keep positions, which takes longer
     */
    YamlCursor(String text, int firstLine, boolean marks) {
        this.text = text;
        this.firstLine = firstLine;
        // The parser copies what it has of a word each time it fills its buffer.
        LoadSettings settings =
                text.length() > 256 * BUFFER ? settings(marks, text.length() / 16) : marks ? MARKING : QUICK;
        this.parser = new ParserImpl(settings, new StreamReader(settings, text));
    }

    private static LoadSettings settings(boolean marks, int buffer) {
        return LoadSettings.builder()
                .setBufferSize(buffer)
                .setCodePointLimit(Integer.MAX_VALUE)
                .setUseMarks(marks)
                .setLabel("")
                .build();
    }

    @Override
    public Event next() throws SyntaxError {
        while (true) {
            try {
                event = parser.next();
            } catch (MarkedYamlEngineException invalid) {
                throw explain(invalid);
            } catch (ReaderException unprintable) {
                throw explain(unprintable);
            } catch (YamlEngineException | IllegalArgumentException | IndexOutOfBoundsException invalid) {
                throw new SyntaxError("not valid YAML", 0, 0);
            }
            switch (event.getEventId()) {
                case Scalar:
                    return Event.SCALAR;
                case MappingStart:
                    return Event.MAPPING;
                case SequenceStart:
                    return Event.SEQUENCE;
                case MappingEnd, SequenceEnd:
                    return Event.END;
                case Alias:
                    return Event.ALIAS;
                case StreamEnd:
                    return Event.NONE;
                default:
            }
        }
    }

    @Override
    public Scalar scalar() {
        ScalarEvent scalar = (ScalarEvent) event;
        String tag = scalar.getTag().orElse(null);
        Type type;
        if (tag == null) {
            type = scalar.isPlain() ? PlainScalar.type(scalar.getValue()) : Type.STRING;
        } else {
            type = switch (tag) {
                case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool" ->
                    PlainScalar.type(scalar.getValue());
                case "tag:yaml.org,2002:null" -> Type.NULL;
                default -> Type.STRING;
            };
        }
        return new Scalar(scalar.getValue(), type);
    }

    @Override
    public boolean mergeKey() {
        return ((ScalarEvent) event).isPlain()
                && ((ScalarEvent) event).getValue().equals("<<");
    }

    @Override
    public String anchor() {
        if (event instanceof AliasEvent alias) {
            return alias.getAlias().getValue();
        }
        return ((NodeEvent) event).getAnchor().map(Anchor::getValue).orElse(null);
    }

    /** Where the node starts, in characters of the text. */
    int startIndex() {
        return index(event.getStartMark().orElseThrow());
    }

    /** Where the node ends; of a block scalar, the start of the line after it. */
    int endIndex() {
        return index(event.getEndMark().orElseThrow());
    }

    /** The parser counts code points; places come nearly in order. */
    private int index(Mark mark) {
        knownIndex = text.offsetByCodePoints(knownIndex, mark.getIndex() - knownPoint);
        knownPoint = mark.getIndex();
        return knownIndex;
    }

    /** How the scalar is written. */
    ScalarStyle style() {
        return ((ScalarEvent) event).getScalarStyle();
    }

    @Override
    public Position start() {
        return position(event.getStartMark().orElseThrow());
    }

    /** A block scalar ends where its last line does, and not at the start of the line after it. */
    @Override
    public Position end() {
        Mark end = event.getEndMark().orElseThrow();
        if (!(event instanceof ScalarEvent scalar)
                || scalar.getScalarStyle() != ScalarStyle.LITERAL && scalar.getScalarStyle() != ScalarStyle.FOLDED) {
            return position(end);
        }
        int last = text.offsetByCodePoints(0, end.getIndex());
        int breaks = 0;
        while (last > 0 && Character.isWhitespace(text.charAt(last - 1))) {
            last--;
            breaks += text.charAt(last) == '\n' ? 1 : 0;
        }
        int lineStart = text.lastIndexOf('\n', last - 1) + 1;
        return new Position(firstLine + end.getLine() - breaks, text.codePointCount(lineStart, last) + 1);
    }

    @Override
    public SyntaxError error(String message) {
        return error(message, event.getStartMark().orElse(null));
    }

    private Position position(Mark mark) {
        return new Position(firstLine + mark.getLine(), mark.getColumn() + 1);
    }

    private SyntaxError error(String message, Mark mark) {
        return mark == null
                ? new SyntaxError(message, 0, 0)
                : new SyntaxError(message, firstLine + mark.getLine(), mark.getColumn() + 1);
    }

    private SyntaxError explain(ReaderException unprintable) {
        int at = text.offsetByCodePoints(0, Math.min(unprintable.getPosition(), text.codePointCount(0, text.length())));
        int line = firstLine;
        int lineStart = 0;
        for (int i = text.indexOf('\n'); i >= 0 && i < at; i = text.indexOf('\n', i + 1)) {
            line++;
            lineStart = i + 1;
        }
        return new SyntaxError(
                String.format("the character U+%04X is not allowed in YAML: remove it", unprintable.getCodePoint()),
                line,
                text.codePointCount(lineStart, at) + 1);
    }

    /** The parser's words name tokens of its grammar; these name what one sees in the file. */
    private SyntaxError explain(MarkedYamlEngineException invalid) {
        Mark mark = invalid.getProblemMark().orElse(null);
        Mark context = invalid.getContextMark().orElse(null);
        String problem = invalid.getProblem() == null ? "" : invalid.getProblem();
        String during = invalid.getContext() == null ? "" : invalid.getContext();
        boolean atEnd = mark != null
                && text.substring(text.offsetByCodePoints(0, mark.getIndex())).isBlank();
        String open = opened(during);
        if (open != null && (atEnd || problem.contains("end of stream"))) {
            String closing = during.contains("quoted") ? "quote" : "bracket";
            SyntaxError error = error(
                    "this " + open + " does not end: its closing " + closing + " is missing, or the file is cut off",
                    context == null ? mark : context);
            return new SyntaxError.CutOff(error.getMessage(), error.line, error.column);
        }
        String words = words(problem, during);
        if (!atEnd) {
            return error(words, mark == null ? context : mark);
        }
        Position end = lastCharacter();
        return new SyntaxError.CutOff(words + "; is the file cut off here?", end.line(), end.column());
    }

    private Position lastCharacter() {
        String content = text.stripTrailing();
        int lineStart = content.lastIndexOf('\n') + 1;
        int line = firstLine + (int) content.chars().filter(c -> c == '\n').count();
        return new Position(line, Math.max(1, content.codePointCount(lineStart, content.length())));
    }

    private static String opened(String during) {
        if (during.contains("quoted scalar")) {
            return "quoted string";
        }
        if (during.contains("flow mapping")) {
            return "{…} mapping";
        }
        return during.contains("flow sequence") ? "[…] list" : null;
    }

    private static String words(String problem, String during) {
        if (problem.contains("\\t") || problem.contains("\t")) {
            return "a tab where YAML takes only spaces: indent with spaces";
        }
        if (problem.contains("mapping values are not allowed")) {
            return "a second \": \" in one value, or a wrong indentation: quote the value, or indent it as its neighbours";
        }
        if (problem.contains("sequence entries are not allowed")) {
            return "a list item where none can begin: put it on a line of its own, indented as its neighbours";
        }
        if (problem.contains("could not find expected ':'")) {
            return "a key without \":\"";
        }
        if (problem.contains("expected <block end>")) {
            return "this does not fit what is above it: check indentation, quotes and \"- \"";
        }
        if (problem.contains("cannot start any token")) {
            return "no value can begin with this character: quote the value";
        }
        if (problem.contains("expected the node content")) {
            return "a value is missing here";
        }
        if (during.contains("flow mapping") || during.contains("flow sequence")) {
            return "a comma or the closing bracket of the " + opened(during) + " is missing";
        }
        if (during.contains("quoted scalar")) {
            return "a quoted string with a wrong escape: double the backslash, or use single quotes";
        }
        if (during.contains("block scalar")) {
            return "a block of text with a wrong header or indentation";
        }
        if (during.contains("alias") || during.contains("anchor")) {
            return "a name of letters and digits must follow \"*\" and \"&\": quote the value";
        }
        return during.isEmpty() ? problem : during + ": " + problem;
    }
}
