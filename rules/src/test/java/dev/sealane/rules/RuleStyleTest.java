package dev.sealane.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Kind;
import dev.sealane.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The left side states the defect, the right side reports it, and nothing else is in the file. */
class RuleStyleTest {
    private static final Path RULES = Path.of("src/main/resources/rules");

    /** Topics, which are folders, and the prefix of their ids. */
    private static final Map<String, String> TOPICS = Map.of(
            "service", "SVC",
            "pod", "POD",
            "exposure", "EXP",
            "dns", "DNS",
            "ingress", "ING",
            "gateway", "GTW",
            "policy", "POL",
            "cni", "CNI",
            "proxy", "KPX",
            "node", "NOD");

    /** What a rule may need besides kinds: see {@code Unanswered}. */
    private static final Set<String> QUESTIONS = Set.of("cni", "controllers", "peers", "policies");

    private static final Pattern RULE = Pattern.compile("""
            package rules\\.(?<topic>\\w+)

            import dev\\.sealane\\.facts\\.\\*

            global dev\\.sealane\\.finding\\.Findings findings

            rule "(?<slug>[^"]+)"
              @id\\((?<id>[^)]+)\\) @severity\\((?<severity>[^)]+)\\) @needs\\((?<needs>[^)]+)\\)
              @title\\((?<title>.+)\\)
            when
            (?<when>(?:  .+
            )+)then
              findings\\.add\\((?<arguments>.+)\\);
            end
            """);

    /** Words that make one rule depend on another, or on the order in which they fire, or hide the reason. */
    private static final Pattern FORBIDDEN_CONDITION =
            Pattern.compile("\\b(from|eval|accumulate|acc|collect|query|forall|function|salience|dialect|groupby)\\b"
                    + "|\\b(agenda-group|activation-group|no-loop|lock-on-active)\\b|\\$\\w+\\s*=[^=]|->");

    private static final Pattern FORBIDDEN_CONSEQUENCE = Pattern.compile(
            "\\b(insert|insertLogical|modify|update|delete|retract|if|for|while|return|new|drools|System|stream)\\b"
                    + "|[?{}=+;]|&&|\\|\\|");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(RULES)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void keepsTheStyle(Path file) throws IOException {
        assertEquals(List.of(), faults(RULES.relativize(file).toString().replace('\\', '/'), Files.readString(file)));
    }

    @Test
    void sampleIsInStyle() {
        assertEquals(List.of(), faults("service/port-odd.drl", SAMPLE));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    rule "port-odd"           | rule "port-even"                      | file name
                    rule "port-odd"           | rule "PortOdd"                        | slug
                    package rules.service     | package rules.policy                  | package
                    @id(SVC099)               | @id(POL099)                           | id
                    @id(SVC099)               | @id(SVC99)                            | id
                    @severity(error)          | @severity(fatal)                      | severity
                    @severity(error)          | @severity(error) @author(me)          | form
                    @needs(Service, cni)      | @needs(Svc)                           | Svc
                    @needs(Service, cni)      | @needs(cni)                           | about
                    @needs(Service, cni)      | @needs(Service, weather)              | weather
                    @title(Port is odd)       | @title(Port is odd.)                  | full stop
                    @title(Port is odd)       | @title("Port is odd")                 | quotes
                    Service( selecting )      | Service() from $other                 | from
                    Service( selecting )      | Service( eval(true) )                 | eval
                    Service( selecting )      | accumulate( Service(); count() )      | accumulate
                    "port %s is odd"          | "port is odd"                         | arguments
                    "port %s is odd"          | "port %s is odd."                     | full stop
                    "port %s is odd"          | "port %d is odd"                      | %s
                    $s.name());               | $s.name()); insert($s);               | insert
                    $s.name());               | $s.name() + "!");                     | +
                    $s.name());               | $s.headless() ? 1 : 2);               | ?
                    findings.add(             | if (true) findings.add(               | form
                    import dev.sealane.facts.* | import java.util.*                   | form
                    """)
    void seesWhatIsWrong(String right, String wrong, String word) {
        assertTrue(SAMPLE.contains(right), right);
        List<String> faults = faults("service/port-odd.drl", SAMPLE.replace(right, wrong));
        assertTrue(faults.stream().anyMatch(fault -> fault.contains(word)), faults::toString);
    }

    private static final String SAMPLE = """
            package rules.service

            import dev.sealane.facts.*

            global dev.sealane.finding.Findings findings

            rule "port-odd"
              @id(SVC099) @severity(error) @needs(Service, cni)
              @title(Port is odd)
            when
              $s : Service( selecting )
              Coverage( kind == Kind.POD, namespace == $s.namespace, complete )
            then
              findings.add($s.at("spec.ports[0]"), "port %s is odd", $s.name());
            end
            """;

    private static List<String> faults(String file, String text) {
        List<String> faults = new ArrayList<>();
        Matcher rule = RULE.matcher(text);
        if (!rule.matches()) {
            return List.of("it has not the form that all rules have: see docs/writing-rules.md");
        }
        String topic = rule.group("topic");
        String slug = rule.group("slug");
        if (!file.equals(topic + "/" + slug + ".drl")) {
            faults.add("package and rule are " + topic + " and " + slug + ", folder and file name are " + file);
        }
        if (!slug.matches("[a-z0-9]+(-[a-z0-9]+)+")) {
            faults.add(slug + " is no slug: two or more words in lower case");
        }
        if (!rule.group("id").matches(TOPICS.getOrDefault(topic, "no topic") + "\\d{3}")) {
            faults.add("the id of topic " + topic + " is not " + rule.group("id"));
        }
        if (Stream.of(Severity.values()).noneMatch(severity -> severity.word().equals(rule.group("severity")))) {
            faults.add("there is no severity " + rule.group("severity"));
        }
        needs(rule.group("needs"), faults);
        title(rule.group("title"), faults);
        forbidden(FORBIDDEN_CONDITION, rule.group("when"), faults);
        String arguments = rule.group("arguments");
        forbidden(FORBIDDEN_CONSEQUENCE, arguments, faults);
        message(arguments, faults);
        return faults;
    }

    private static void needs(String needs, List<String> faults) {
        String[] words = needs.split(", ");
        for (String word : words) {
            if (Kind.KNOWN.stream().noneMatch(kind -> kind.name().equals(word)) && !QUESTIONS.contains(word)) {
                faults.add(word + " is neither a known kind nor a question");
            }
        }
        if (QUESTIONS.contains(words[0])) {
            faults.add("the first need is the kind that the rule is about, not " + words[0]);
        }
    }

    private static void title(String title, List<String> faults) {
        if (title.endsWith(".")) {
            faults.add("a title ends without a full stop");
        }
        if (title.length() > 70) {
            faults.add("the title has more than 70 characters");
        }
        if (title.contains("\"")) {
            faults.add("annotations are bare words: quotes would be part of the title");
        }
    }

    private static void forbidden(Pattern pattern, String code, List<String> faults) {
        pattern.matcher(STRING.matcher(code).replaceAll("\"\""))
                .results()
                .forEach(found -> faults.add("not allowed: " + found.group()));
    }

    /** The place, maybe the certainty, the format and one argument for each {@code %s} in it. */
    private static void message(String arguments, List<String> faults) {
        List<String> split = split(arguments);
        int at = 1;
        while (at < split.size() && !split.get(at).startsWith("\"")) {
            at++;
        }
        if (at > 2 || at == split.size()) {
            faults.add("findings.add takes a place, maybe a certainty, and a message");
            return;
        }
        String format = split.get(at).substring(1, split.get(at).length() - 1);
        int wanted = format.split("%s", -1).length - 1;
        if (format.replace("%s", "").replace("%%", "").contains("%")) {
            faults.add("a message has no other format than %s");
        }
        if (wanted != split.size() - at - 1) {
            faults.add("the message wants " + wanted + " arguments");
        }
        if (format.endsWith(".")) {
            faults.add("a message ends without a full stop");
        }
    }

    /** The arguments of a call, cut at the commas that are in no quotes and no brackets. */
    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int depth = 0;
        int start = 0;
        for (int i = 0; i < arguments.length(); i++) {
            char c = arguments.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == ',' && depth == 0) {
                parts.add(arguments.substring(start, i).strip());
                start = i + 1;
            } else if (!quoted) {
                depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            }
        }
        parts.add(arguments.substring(start).strip());
        return parts;
    }
}
