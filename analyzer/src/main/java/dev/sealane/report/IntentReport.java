package dev.sealane.report;

import dev.sealane.facts.Place;
import dev.sealane.intent.Outcome;
import dev.sealane.intent.Outcome.Example;
import dev.sealane.intent.Outcome.Result;
import dev.sealane.load.Locations;
import dev.sealane.policy.Cause;
import dev.sealane.policy.Decision;
import dev.sealane.trace.Traces;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JsonGenerator;

/** Which assertions hold, as text, JSON ({@code docs/check-intent-output.schema.json}) and JUnit's XML. */
public final class IntentReport {
    private final String file;
    private final List<Outcome> outcomes;
    private final Locations locations;

    /** @param file the assertions' own */
    public IntentReport(String file, List<Outcome> outcomes, Locations locations) {
        this.file = file;
        this.outcomes = outcomes;
        this.locations = locations;
        List<Place> places = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            outcome.examples()
                    .forEach(example -> example.decision().causes().stream()
                            .map(Cause::place)
                            .forEach(places::add));
            if (outcome.counterexample() != null) {
                TraceReport.collect(outcome.counterexample(), places);
            }
        }
        locations.prepare(places);
    }

    public String text() {
        StringBuilder out = new StringBuilder();
        for (Outcome outcome : outcomes) {
            out.append(position(outcome))
                    .append(": ")
                    .append(word(outcome.result()))
                    .append(": ")
                    .append(Visible.of(outcome.assertion().text()))
                    .append('\n');
            for (Example example : outcome.examples()) {
                out.append("    ").append(Visible.of(sentence(example))).append('\n');
                for (Cause cause : example.decision().causes()) {
                    out.append("      ").append(at(cause)).append('\n');
                }
            }
            for (String line : counterexample(outcome)) {
                out.append("    ").append(line).append('\n');
            }
        }
        return out.append(summary()).append('\n').toString();
    }

    public String json() {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", 1);
            json.writeArrayPropertyStart("assertions");
            for (Outcome outcome : outcomes) {
                json.writeStartObject();
                json.writeStringProperty("file", file);
                json.writeNumberProperty("line", outcome.assertion().line());
                json.writeStringProperty("text", outcome.assertion().text());
                json.writeStringProperty("result", result(outcome.result()));
                json.writeNumberProperty("pairs", outcome.pairs());
                json.writeArrayPropertyStart("examples");
                for (Example example : outcome.examples()) {
                    json.writeStartObject();
                    json.writeStringProperty("from", example.from());
                    json.writeStringProperty("to", example.to());
                    json.writeStringProperty(
                            "protocol", example.ports().protocol().name());
                    json.writeArrayPropertyStart("ports");
                    json.writeNumber(example.ports().ports().first());
                    json.writeNumber(example.ports().ports().last());
                    json.writeEndArray();
                    json.writeStringProperty(
                            "verdict", example.decision().verdict().word());
                    json.writeStringProperty("reason", reason(example));
                    decidedBy(json, example.decision(), locations);
                    json.writeEndObject();
                }
                json.writeEndArray();
                if (outcome.counterexample() == null) {
                    json.writeNullProperty("counterexample");
                } else {
                    json.writeObjectPropertyStart("counterexample");
                    TraceReport.properties(json, outcome.counterexample(), locations);
                    json.writeEndObject();
                }
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** What cannot be told is an error, not a failure: the assertion was not shown to be broken. */
    public String junit() {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuite name=\"")
                .append(xml(file))
                .append("\" tests=\"")
                .append(outcomes.size())
                .append("\" failures=\"")
                .append(count(Result.FAILS))
                .append("\" errors=\"")
                .append(count(Result.UNKNOWN))
                .append("\">\n");
        for (Outcome outcome : outcomes) {
            out.append("  <testcase classname=\"")
                    .append(xml(file))
                    .append("\" name=\"")
                    .append(outcome.assertion().line())
                    .append(": ")
                    .append(xml(outcome.assertion().text()))
                    .append('"');
            if (outcome.result() == Result.HOLDS) {
                out.append("/>\n");
                continue;
            }
            String element = outcome.result() == Result.FAILS ? "failure" : "error";
            out.append(">\n    <")
                    .append(element)
                    .append(" message=\"")
                    .append(xml(sentence(outcome.examples().getFirst())))
                    .append("\">");
            for (Example example : outcome.examples()) {
                out.append(xml(sentence(example))).append('\n');
                example.decision()
                        .causes()
                        .forEach(cause -> out.append(xml(at(cause))).append('\n'));
            }
            counterexample(outcome).forEach(line -> out.append(xml(line)).append('\n'));
            out.append("</").append(element).append(">\n  </testcase>\n");
        }
        return out.append("</testsuite>\n").toString();
    }

    /** The trace's ends and verdict, then its hops; nothing if there is none. */
    private List<String> counterexample(Outcome outcome) {
        Traces traces = outcome.counterexample();
        if (traces == null) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(Visible.of("trace " + traces.from() + " " + traces.to() + ": "
                + traces.verdict().word()));
        traces.traces().forEach(trace -> lines.addAll(TraceReport.hops(trace, locations)));
        return lines;
    }

    private String position(Outcome outcome) {
        return Visible.of(file) + ":" + outcome.assertion().line();
    }

    private String summary() {
        return outcomes.size() + (outcomes.size() == 1 ? " assertion: " : " assertions: ") + count(Result.HOLDS)
                + " hold, " + count(Result.FAILS) + " fail, " + count(Result.UNKNOWN) + " cannot be told";
    }

    private long count(Result result) {
        return outcomes.stream().filter(outcome -> outcome.result() == result).count();
    }

    private static String word(Result result) {
        return result == Result.UNKNOWN ? "cannot tell" : result(result);
    }

    private static String result(Result result) {
        return result.name().toLowerCase(Locale.ROOT);
    }

    private String sentence(Example example) {
        String verb = switch (example.decision().verdict()) {
            case ALLOWED -> " reaches ";
            case DENIED -> " does not reach ";
            case DEPENDS, UNKNOWN -> " may reach ";
        };
        return example.from() + verb + example.to() + " on " + example.ports() + ": " + reason(example);
    }

    private String reason(Example example) {
        return Report.render(example.decision().reason(), locations);
    }

    private String at(Cause cause) {
        return LineReport.position(locations.of(cause.place()));
    }

    static void decidedBy(JsonGenerator json, Decision decision, Locations locations) {
        json.writeArrayPropertyStart("decidedBy");
        for (Cause cause : decision.causes()) {
            json.writeStartObject();
            json.writeStringProperty("ref", cause.policy().toString());
            json.writeStringProperty("location", LineReport.position(locations.of(cause.place())));
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** Safe between tags and in attributes; what XML does not allow at all becomes visible. */
    private static String xml(String text) {
        return Visible.of(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
