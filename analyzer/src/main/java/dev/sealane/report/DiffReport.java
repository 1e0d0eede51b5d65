package dev.sealane.report;

import dev.sealane.diff.ConnectionChange;
import dev.sealane.diff.Diff;
import dev.sealane.diff.ObjectChange;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.load.Locations;
import dev.sealane.policy.Cause;
import dev.sealane.policy.Decision;
import dev.sealane.report.Report.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;

/** What differs between two inputs, as text, JSON ({@code docs/diff-output.schema.json}) and Markdown. */
public final class DiffReport {
    /** Of the peers on one side of a changed connection. */
    private static final int SHOWN = 3;

    private final Diff diff;
    private final List<Entry> added;
    private final List<Entry> fixed;
    private final Locations old;
    private final Locations current;

    /**
     * @param old locations in the older input
     * @param current locations in the newer one; the same where it was laid over the older
     */
    public DiffReport(Diff diff, Locations old, Locations current) {
        this.diff = diff;
        this.old = old;
        this.current = current;
        List<Place> oldPlaces = new ArrayList<>();
        List<Place> places = new ArrayList<>();
        for (ObjectChange change : diff.objects()) {
            Resource resource = resource(change);
            (change.after() == null ? oldPlaces : places).add(resource.at("metadata.name"));
        }
        for (ConnectionChange change : diff.connections()) {
            change.decisive().causes().stream().map(Cause::place).forEach((change.byNew() ? places : oldPlaces)::add);
        }
        old.prepare(oldPlaces);
        current.prepare(places);
        added = Report.of(diff.added(), current, List.of(), List.of(), null).entries();
        fixed = Report.of(diff.fixed(), old, List.of(), List.of(), null).entries();
    }

    private static Resource resource(ObjectChange change) {
        return change.after() == null ? change.before() : change.after();
    }

    public List<Entry> added() {
        return added;
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        out.append(objectsTitle()).append('\n');
        for (ObjectChange change : diff.objects()) {
            out.append("  ")
                    .append(sign(change))
                    .append(' ')
                    .append(Visible.of(change.ref().toString()));
            if (!change.fields().isEmpty()) {
                out.append(": ").append(String.join(", ", change.fields()));
            }
            out.append("  ").append(at(change)).append('\n');
        }
        out.append(findingsTitle()).append('\n');
        out.append(indented("new: ", added)).append(indented("fixed: ", fixed));
        out.append(connectionsTitle()).append('\n');
        for (ConnectionChange change : diff.connections()) {
            out.append("  ")
                    .append(word(change))
                    .append(": ")
                    .append(names(change.from(), Visible::of))
                    .append(" -> ")
                    .append(names(change.to(), Visible::of))
                    .append(", ")
                    .append(change.ports().of(change.protocol()))
                    .append(": ")
                    .append(Visible.of(why(change)))
                    .append('\n');
            causes(change).forEach(at -> out.append("    ").append(at).append('\n'));
        }
        return out.toString();
    }

    private static String indented(String word, List<Entry> entries) {
        return LineReport.render(entries)
                .lines()
                .map(line -> "  " + word + line + "\n")
                .collect(Collectors.joining());
    }

    public String markdown() {
        StringBuilder out = new StringBuilder("### Network changes\n\n");
        if (diff.objects().isEmpty()
                && added.isEmpty()
                && fixed.isEmpty()
                && diff.connections().isEmpty()) {
            return out.append("None.\n").toString();
        }
        out.append("**").append(connectionsTitle()).append("**\n\n");
        for (ConnectionChange change : diff.connections()) {
            out.append("- **")
                    .append(word(change))
                    .append("** ")
                    .append(names(change.from(), DiffReport::plain))
                    .append(" → ")
                    .append(names(change.to(), DiffReport::plain))
                    .append(", ")
                    .append(change.ports().of(change.protocol()))
                    .append(": ")
                    .append(plain(why(change)));
            List<String> causes = causes(change);
            if (!causes.isEmpty()) {
                out.append(" (").append(plain(String.join(", ", causes))).append(')');
            }
            out.append('\n');
        }
        out.append(diff.connections().isEmpty() ? "" : "\n");
        out.append("**").append(findingsTitle()).append("**\n\n");
        bullets(out, "new", added);
        bullets(out, "fixed", fixed);
        out.append("<details><summary>").append(objectsTitle()).append("</summary>\n\n");
        for (ObjectChange change : diff.objects()) {
            out.append("- ")
                    .append(word(change))
                    .append(' ')
                    .append(plain(change.ref().toString()));
            if (!change.fields().isEmpty()) {
                out.append(": ").append(plain(String.join(", ", change.fields())));
            }
            out.append(" (").append(plain(at(change))).append(")\n");
        }
        return out.append("\n</details>\n").toString();
    }

    private static void bullets(StringBuilder out, String word, List<Entry> entries) {
        for (Entry entry : entries) {
            out.append("- **")
                    .append(word)
                    .append("** ")
                    .append(entry.severity().word());
            out.append(' ').append(entry.rule().id()).append(": ").append(plain(entry.message()));
            out.append(" (")
                    .append(plain(LineReport.position(entry.location())))
                    .append(")\n");
        }
        out.append(entries.isEmpty() ? "" : "\n");
    }

    /** Neither Markdown nor HTML, nor a mention of anybody: every character that means something is escaped. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        Visible.of(text).codePoints().forEach(character -> {
            switch (character) {
                case '&' -> plain.append("&amp;");
                case '<' -> plain.append("&lt;");
                case '>' -> plain.append("&gt;");
                case '@' -> plain.append("&#64;");
                case '\\', '`', '*', '_', '[', ']', '(', ')', '#', '|', '~', '!' ->
                    plain.append('\\').appendCodePoint(character);
                case ':' -> plain.append("&#58;");
                default -> plain.appendCodePoint(character);
            }
        });
        return plain.toString();
    }

    public String json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", 1);
            json.writeBooleanProperty("overlaid", diff.overlaid());
            json.writeArrayPropertyStart("objects");
            for (ObjectChange change : diff.objects()) {
                json.writeStartObject();
                json.writeStringProperty("change", word(change));
                JsonReport.ref(json, change.ref());
                strings(json, "fields", change.fields());
                json.writeStringProperty("location", at(change));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeObjectPropertyStart("findings");
            findings(json, "new", added);
            findings(json, "fixed", fixed);
            json.writeNumberProperty("unchanged", diff.unchanged());
            json.writeEndObject();
            json.writeArrayPropertyStart("connections");
            for (ConnectionChange change : diff.connections()) {
                json.writeStartObject();
                json.writeStringProperty("change", word(change));
                strings(json, "from", change.from());
                strings(json, "to", change.to());
                json.writeStringProperty("protocol", change.protocol().name());
                json.writeArrayPropertyStart("ports");
                json.writeNumber(change.ports().first());
                json.writeNumber(change.ports().last());
                json.writeEndArray();
                json.writeStringProperty("before", verdict(change.before()));
                json.writeStringProperty("after", verdict(change.after()));
                json.writeStringProperty("reason", why(change));
                IntentReport.decidedBy(json, change.decisive(), locations(change));
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    private static void strings(JsonGenerator json, String name, List<String> strings) {
        json.writeArrayPropertyStart(name);
        strings.forEach(json::writeString);
        json.writeEndArray();
    }

    private static void findings(JsonGenerator json, String name, List<Entry> entries) {
        json.writeArrayPropertyStart(name);
        for (Entry entry : entries) {
            json.writeStartObject();
            json.writeStringProperty("id", entry.rule().id());
            json.writeStringProperty("severity", entry.severity().word());
            json.writeStringProperty("message", entry.message());
            json.writeStringProperty("location", LineReport.position(entry.location()));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private String objectsTitle() {
        long plus = diff.objects().stream()
                .filter(change -> change.before() == null)
                .count();
        long minus =
                diff.objects().stream().filter(change -> change.after() == null).count();
        return "Objects: " + plus + " added, " + minus + " removed, "
                + (diff.objects().size() - plus - minus) + " changed";
    }

    private String findingsTitle() {
        return "Findings: " + added.size() + " new, " + fixed.size() + " fixed, " + diff.unchanged() + " unchanged";
    }

    private String connectionsTitle() {
        return "Connections: "
                + List.of(ConnectionChange.Kind.values()).stream()
                        .map(kind -> diff.connections().stream()
                                        .filter(change -> change.kind() == kind)
                                        .count() + " " + kind.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
    }

    private static String sign(ObjectChange change) {
        return change.before() == null ? "+" : change.after() == null ? "-" : "~";
    }

    private static String word(ObjectChange change) {
        return change.before() == null ? "added" : change.after() == null ? "removed" : "changed";
    }

    private static String word(ConnectionChange change) {
        return change.kind().name().toLowerCase(Locale.ROOT);
    }

    private static String names(List<String> peers, Function<String, String> safe) {
        return Text.list(peers.stream().map(safe).toList(), SHOWN);
    }

    private String why(ConnectionChange change) {
        Decision decision = change.decisive();
        String reason = Report.render(decision.reason(), locations(change));
        return change.byNew() ? reason : "no longer: " + reason;
    }

    private static String verdict(Decision decision) {
        return decision == null ? "absent" : decision.verdict().word();
    }

    private List<String> causes(ConnectionChange change) {
        return change.decisive().causes().stream()
                .map(cause -> LineReport.position(locations(change).of(cause.place())))
                .toList();
    }

    private Locations locations(ConnectionChange change) {
        return change.byNew() ? current : old;
    }

    private String at(ObjectChange change) {
        return LineReport.position(
                (change.after() == null ? old : current).of(resource(change).at("metadata.name")));
    }
}
