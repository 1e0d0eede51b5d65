package dev.sealane.report;

import dev.sealane.check.NotChecked;
import dev.sealane.finding.Rule;
import dev.sealane.load.Capture;
import dev.sealane.load.Skipped;
import dev.sealane.report.CoverageReport.Entry;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;
import tools.jackson.core.JsonGenerator;

/** JSON as {@code docs/coverage-output.schema.json} describes it; the same input gives the same text but for its age. */
public final class CoverageJson {
    private CoverageJson() {}

    public static String render(CoverageReport report) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", 1);
            json.writeArrayPropertyStart("judging");
            for (Rule rule : report.judging()) {
                json.writeString(rule.id());
            }
            json.writeEndArray();
            json.writeArrayPropertyStart("notChecked");
            for (NotChecked notChecked : report.notChecked()) {
                json.writeStartObject();
                json.writeStringProperty("id", notChecked.rule().id());
                json.writeStringProperty("reason", notChecked.reason());
                json.writeStringProperty("collect", notChecked.collect());
                json.writeEndObject();
            }
            json.writeEndArray();
            read(json, report);
            json.writeArrayPropertyStart("ledger");
            for (Entry entry : report.ledger()) {
                json.writeStartObject();
                json.writeStringProperty("group", entry.coverage().kind().group());
                json.writeStringProperty("kind", entry.coverage().kind().name());
                json.writeStringProperty("namespace", entry.coverage().namespace());
                json.writeStringProperty("state", entry.coverage().state().word());
                json.writeBooleanProperty("proved", entry.proved());
                json.writeNumberProperty("objects", entry.objects());
                json.writeStringProperty("reason", entry.coverage().reason());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void read(JsonGenerator json, CoverageReport report) {
        json.writeObjectPropertyStart("read");
        json.writeNumberProperty("objects", report.input().resources().size());
        json.writeNumberProperty("files", report.input().files());
        time(json, "newest", report.newest());
        if (report.newest() == null) {
            json.writeNullProperty("secondsAgo");
        } else {
            json.writeNumberProperty(
                    "secondsAgo",
                    Duration.between(report.newest(), report.now()).toSeconds());
        }
        json.writeArrayPropertyStart("captures");
        for (Capture capture : report.input().captures()) {
            json.writeStartObject();
            json.writeStringProperty("root", capture.root());
            json.writeStringProperty("layout", capture.layout());
            json.writeStringProperty("serverVersion", capture.serverVersion());
            time(json, "oldest", capture.oldest());
            time(json, "newest", capture.newest());
            json.writeObjectPropertyStart("files");
            new TreeMap<>(capture.uses()).forEach(json::writeNumberProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeArrayPropertyStart("skipped");
        for (Skipped skipped : report.input().skipped()) {
            json.writeStartObject();
            json.writeStringProperty("file", skipped.file());
            json.writeNumberProperty("line", skipped.line());
            json.writeNumberProperty("count", skipped.count());
            json.writeStringProperty("reason", skipped.reason());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void time(JsonGenerator json, String name, Instant time) {
        if (time == null) {
            json.writeNullProperty(name);
        } else {
            json.writeStringProperty(name, time.toString());
        }
    }
}
