package dev.sealane.report;

import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What {@code sealane rules} lists. */
public final class RuleTable {
    private RuleTable() {}

    /** Columns for a terminal. */
    public static String text(List<Rule> rules) {
        int slug = rules.stream().mapToInt(rule -> rule.slug().length()).max().orElse(0);
        String format = "%-6s  %-" + Math.max(slug, 4) + "s  %-8s  %-8s  %s\n";
        StringBuilder out = new StringBuilder();
        out.append(String.format(format, "ID", "RULE", "TOPIC", "SEVERITY", "FINDS"));
        for (Rule rule : rules) {
            out.append(String.format(
                    format,
                    rule.id(),
                    rule.slug(),
                    rule.topic(),
                    rule.severity().word(),
                    rule.title()));
        }
        return out.toString();
    }

    /** An object with a version, as in the output of lint. */
    public static String json(List<Rule> rules) {
        return Json.write(json -> {
            json.writeStartObject();
            json.writeNumberProperty("version", 1);
            json.writeArrayPropertyStart("rules");
            for (Rule rule : rules) {
                json.writeStartObject();
                json.writeStringProperty("id", rule.id());
                json.writeStringProperty("rule", rule.slug());
                json.writeStringProperty("topic", rule.topic());
                json.writeStringProperty("severity", rule.severity().word());
                json.writeStringProperty("title", rule.title());
                json.writeArrayPropertyStart("needs");
                for (Kind kind : rule.needs()) {
                    json.writeStartObject();
                    json.writeStringProperty("group", kind.group());
                    json.writeStringProperty("kind", kind.name());
                    json.writeEndObject();
                }
                json.writeEndArray();
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        });
    }

    /** The index {@code docs/rules/README.md}. */
    public static String markdown(List<Rule> rules) {
        Map<String, List<Rule>> topics =
                rules.stream().collect(Collectors.groupingBy(Rule::topic, TreeMap::new, Collectors.toList()));
        StringBuilder out = new StringBuilder("# Rules\n\n<!-- Made by `sealane rules --format markdown`. -->\n");
        topics.forEach((topic, members) -> {
            out.append("\n## ").append(topic).append("\n\n");
            out.append("| id | rule | severity | finds | needs |\n|--|--|--|--|--|\n");
            for (Rule rule : members) {
                String needs = rule.needs().stream().map(Kind::name).collect(Collectors.joining(", "));
                out.append("| %s | [%s](%s.md) | %s | %s | %s |\n"
                        .formatted(
                                rule.id(),
                                rule.slug(),
                                rule.slug(),
                                rule.severity().word(),
                                rule.title().replace("|", "\\|"),
                                needs));
            }
        });
        return out.toString();
    }
}
