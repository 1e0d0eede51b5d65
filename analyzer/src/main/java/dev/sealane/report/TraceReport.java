package dev.sealane.report;

import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import dev.sealane.load.Locations;
import dev.sealane.trace.Hop;
import dev.sealane.trace.Step;
import dev.sealane.trace.Trace;
import dev.sealane.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** Traces in words, in JSON as {@code docs/trace-output.schema.json} describes it, and as a Mermaid flow chart. */
public final class TraceReport {
    private final List<Traces> all;
    private final Locations locations;

    /** Looks up every place. */
    public TraceReport(List<Traces> all, Locations locations) {
        this.all = List.copyOf(all);
        this.locations = locations;
        List<Place> places = new ArrayList<>();
        all.forEach(traces -> collect(traces, places));
        locations.prepare(places);
    }

    static void collect(Traces traces, List<Place> places) {
        Report.collect(traces.reason(), places);
        for (Trace trace : traces.traces()) {
            Report.collect(trace.reason(), places);
            for (Step step : trace.steps(Step.class)) {
                Report.collect(step.detail(), places);
                if (step.decidedBy() != null) {
                    places.add(step.decidedBy());
                }
            }
        }
    }

    private String words(Text text) {
        return Visible.of(Report.render(text, locations));
    }

    /** The verdict first, then why, then the hops. */
    public String text() {
        StringBuilder out = new StringBuilder();
        for (Traces traces : all) {
            if (!out.isEmpty()) {
                out.append('\n');
            }
            out.append(traces.verdict().word())
                    .append(": ")
                    .append(Visible.of(traces.from()))
                    .append(" -> ")
                    .append(Visible.of(traces.to()))
                    .append("\n  ")
                    .append(words(traces.reason()))
                    .append('\n');
            int number = 0;
            for (Trace trace : traces.traces()) {
                number++;
                if (traces.traces().size() > 1) {
                    out.append("\nway ")
                            .append(number)
                            .append(" of ")
                            .append(traces.traces().size())
                            .append(trace.ways() > 1 ? " (" + trace.ways() + " alike)" : "")
                            .append(": ")
                            .append(trace.verdict().word())
                            .append(trace.verdict() == traces.verdict() ? "" : ", " + words(trace.reason()))
                            .append('\n');
                } else {
                    out.append('\n');
                }
                hops(trace, locations).forEach(line -> out.append(line).append('\n'));
            }
        }
        return out.toString();
    }

    /** One line for each hop and each step. */
    static List<String> hops(Trace trace, Locations locations) {
        List<String> lines = new ArrayList<>();
        int number = 0;
        for (Hop hop : trace.hops()) {
            number++;
            lines.add(String.format("%2d  %s", number, Visible.of(hop.at())));
            for (Step step : hop.steps()) {
                String words = Visible.of(Report.render(step.detail(), locations));
                String position = step.decidedBy() == null
                        ? ""
                        : "  [" + Visible.of(locations.of(step.decidedBy()).toString()) + "]";
                lines.add(String.format("    %-10s  %s", step.word(), words) + position);
            }
        }
        return lines;
    }

    /** @param list whether several pairs were asked about: a list, also of one */
    public String json(boolean list) {
        return Json.write(json -> {
            if (list) {
                json.writeStartArray();
            }
            for (Traces traces : all) {
                json.writeStartObject();
                json.writeNumberProperty("version", 1);
                properties(json, traces, locations);
                json.writeEndObject();
            }
            if (list) {
                json.writeEndArray();
            }
        });
    }

    static void properties(JsonGenerator json, Traces traces, Locations locations) {
        json.writeStringProperty("from", traces.from());
        json.writeStringProperty("to", traces.to());
        json.writeStringProperty("verdict", traces.verdict().word());
        json.writeStringProperty("reason", Report.render(traces.reason(), locations));
        json.writeArrayPropertyStart("traces");
        for (Trace trace : traces.traces()) {
            json.writeStartObject();
            json.writeStringProperty("verdict", trace.verdict().word());
            json.writeArrayPropertyStart("hops");
            for (Hop hop : trace.hops()) {
                json.writeStartObject();
                json.writeStringProperty("at", hop.at());
                json.writeArrayPropertyStart("steps");
                hop.steps().forEach(step -> step(json, step, locations));
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void step(JsonGenerator json, Step step, Locations locations) {
        json.writeStartObject();
        json.writeStringProperty("step", step.word());
        json.writeStringProperty("detail", Report.render(step.detail(), locations));
        if (step.decidedBy() == null) {
            json.writeNullProperty("decidedBy");
        } else {
            json.writeObjectPropertyStart("decidedBy");
            JsonReport.ref(json, Report.ref(step.decidedBy()));
            JsonReport.location(
                    json, locations.of(step.decidedBy()), step.decidedBy().path());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    /** One row of boxes for each trace, a box for each hop. */
    public String mermaid() {
        StringBuilder out = new StringBuilder("flowchart LR\n");
        int row = 0;
        for (Traces traces : all) {
            for (Trace trace : traces.traces()) {
                row++;
                out.append("  subgraph t")
                        .append(row)
                        .append("[\"")
                        .append(label(traces.from() + " to " + traces.to() + ": "
                                + trace.verdict().word()))
                        .append("\"]\n");
                for (int i = 0; i < trace.hops().size(); i++) {
                    Hop hop = trace.hops().get(i);
                    List<String> lines = new ArrayList<>();
                    lines.add(label(hop.at()));
                    for (Step step : hop.steps()) {
                        lines.add(label(step.word() + ": " + Report.render(step.detail(), locations)));
                    }
                    out.append("    t").append(row).append('h').append(i).append("[\"");
                    out.append(String.join("<br/>", lines)).append("\"]\n");
                    if (i > 0) {
                        out.append("    t")
                                .append(row)
                                .append('h')
                                .append(i - 1)
                                .append(" --> t");
                        out.append(row).append('h').append(i).append('\n');
                    }
                }
                out.append("  end\n");
            }
        }
        return out.toString();
    }

    /** Nothing in a label is markup. */
    private static String label(String text) {
        StringBuilder label = new StringBuilder();
        Visible.of(text).codePoints().forEach(character -> {
            if ("\"#<>&;`[]{}|\\".indexOf(character) >= 0) {
                label.append('#').append(character).append(';');
            } else {
                label.appendCodePoint(character);
            }
        });
        return label.toString();
    }
}
