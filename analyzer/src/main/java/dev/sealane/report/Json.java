package dev.sealane.report;

import dev.sealane.check.NotChecked;
import dev.sealane.load.Skipped;
import java.io.StringWriter;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.PrettyPrinter;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;

/** Writes indented JSON. */
final class Json {
    private static final JsonFactory COMPACT =
            JsonFactory.builder().characterEscapes(new HiddenEscaped()).build();

    private Json() {}

    static String write(Consumer<JsonGenerator> content) {
        StringWriter out = new StringWriter();
        JsonFactory factory =
                JsonFactory.builder().characterEscapes(new HiddenEscaped()).build();
        try (JsonGenerator json = factory.createGenerator(new Indented(), out)) {
            content.accept(json);
        }
        return out.append('\n').toString();
    }

    /** On one line. */
    static String compact(Consumer<JsonGenerator> content) {
        StringWriter out = new StringWriter();
        try (JsonGenerator json = COMPACT.createGenerator(ObjectWriteContext.empty(), out)) {
            content.accept(json);
        }
        return out.toString();
    }

    private static final class Indented extends ObjectWriteContext.Base {
        @Override
        public PrettyPrinter getPrettyPrinter() {
            DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
            Separators separators = Separators.createDefaultInstance()
                    .withObjectNameValueSpacing(Separators.Spacing.AFTER)
                    .withObjectEmptySeparator("")
                    .withArrayEmptySeparator("");
            return new DefaultPrettyPrinter(separators)
                    .withObjectIndenter(indenter)
                    .withArrayIndenter(indenter);
        }

        @Override
        public boolean hasPrettyPrinter() {
            return true;
        }
    }

    static void notChecked(JsonGenerator json, List<NotChecked> all) {
        json.writeArrayPropertyStart("notChecked");
        for (NotChecked notChecked : all) {
            json.writeStartObject();
            json.writeStringProperty("id", notChecked.rule().id());
            json.writeStringProperty("reason", notChecked.reason());
            json.writeStringProperty("collect", notChecked.collect());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    static void skipped(JsonGenerator json, List<Skipped> all) {
        json.writeArrayPropertyStart("skipped");
        for (Skipped skipped : all) {
            json.writeStartObject();
            json.writeStringProperty("file", skipped.file());
            json.writeNumberProperty("line", skipped.line());
            json.writeNumberProperty("count", skipped.count());
            json.writeStringProperty("reason", skipped.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Escapes also what JSON allows as it is but a terminal would act on. */
    private static final class HiddenEscaped extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        @Override
        public int[] getEscapeCodesForAscii() {
            int[] escapes = standardAsciiEscapesForJSON();
            escapes[0x7f] = ESCAPE_STANDARD;
            return escapes;
        }

        @Override
        public SerializableString getEscapeSequence(int character) {
            boolean half = Character.isSurrogate((char) character);
            return Visible.hidden(character) && !half ? new SerializedString(Visible.of(character)) : null;
        }
    }
}
