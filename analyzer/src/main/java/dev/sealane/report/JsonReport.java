package dev.sealane.report;

import dev.sealane.check.Baseline;
import dev.sealane.facts.Location;
import dev.sealane.facts.Ref;
import dev.sealane.finding.Severity;
import dev.sealane.report.Report.Entry;
import dev.sealane.report.Report.Related;
import tools.jackson.core.JsonGenerator;

/** JSON as {@code docs/lint-output.schema.json} describes it; the same input gives the same text. */
public final class JsonReport {
    private JsonReport() {}

    public static String render(Report report) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", 1);
            json.writeArrayPropertyStart("findings");
            for (Entry entry : report.entries()) {
                finding(json, entry);
            }
            json.writeEndArray();
            Json.notChecked(json, report.notChecked());
            Json.skipped(json, report.skipped());
            json.writeObjectPropertyStart("summary");
            json.writeNumberProperty("errors", report.count(Severity.ERROR));
            json.writeNumberProperty("warnings", report.count(Severity.WARNING));
            json.writeNumberProperty("notes", report.count(Severity.NOTE));
            json.writeNumberProperty("objects", report.summary().objects());
            json.writeNumberProperty("files", report.summary().files());
            json.writeEndObject();
            if (report.summary().baseline() != null) {
                baseline(json, report.summary().baseline());
            }
            json.writeEndObject();
        });
    }

    private static void baseline(JsonGenerator json, Baseline baseline) {
        json.writeObjectPropertyStart("against");
        json.writeStringProperty("path", baseline.path());
        json.writeNumberProperty("objects", baseline.objects());
        json.writeNumberProperty("replaced", baseline.replaced());
        json.writeNumberProperty("madeAnew", baseline.dropped());
        json.writeNumberProperty("known", baseline.known().size());
        json.writeBooleanProperty("readable", baseline.readable());
        json.writeEndObject();
    }

    private static void finding(JsonGenerator json, Entry entry) {
        json.writeStartObject();
        json.writeStringProperty("id", entry.rule().id());
        json.writeStringProperty("rule", entry.rule().slug());
        json.writeStringProperty("severity", entry.severity().word());
        json.writeStringProperty("message", entry.message());
        ref(json, entry.ref());
        location(json, entry.location(), entry.finding().place().path());
        json.writeArrayPropertyStart("related");
        for (Related related : entry.related()) {
            json.writeStartObject();
            json.writeStringProperty("message", related.message());
            ref(json, related.ref());
            location(json, related.location(), related.path());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static void ref(JsonGenerator json, Ref ref) {
        ref(json, "ref", ref);
    }

    static void ref(JsonGenerator json, String property, Ref ref) {
        if (ref == null) {
            json.writeNullProperty(property);
            return;
        }
        json.writeObjectPropertyStart(property);
        json.writeStringProperty("group", ref.kind().group());
        json.writeStringProperty("kind", ref.kind().name());
        json.writeStringProperty("namespace", ref.namespace());
        json.writeStringProperty("name", ref.name());
        json.writeEndObject();
    }

    static void location(JsonGenerator json, Location location, String path) {
        json.writeObjectPropertyStart("location");
        json.writeStringProperty("file", location.file());
        json.writeNumberProperty("line", location.line());
        json.writeNumberProperty("column", location.column());
        json.writeNumberProperty("endLine", location.endLine());
        json.writeNumberProperty("endColumn", location.endColumn());
        json.writeStringProperty("path", path);
        json.writeEndObject();
    }
}
