package dev.sealane.cli;

import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.load.UsageError;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code sealane explain}. */
@Command(
        name = "explain",
        description = "Print the page of a rule: what it finds, why that is wrong, what to change.",
        parameterListHeading = "%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  sealane explain SVC001", "  sealane explain service-selects-no-pod"})
final class ExplainCommand implements Runnable {
    private final Streams streams;

    @Parameters(paramLabel = "RULE", completionCandidates = Names.class, description = "Its id or its name.")
    private String word;

    ExplainCommand(Streams streams) {
        this.streams = streams;
    }

    @Override
    public void run() {
        RuleSet rules = RuleSet.builtIn();
        Rule rule = rules.find(word)
                .orElseThrow(() -> new UsageError("no rule " + word + Nearest.hint(word, names(rules))));
        streams.out().print(page(rule));
    }

    private static String page(Rule rule) {
        String name = "/docs/rules/" + rule.slug() + ".md";
        try (InputStream in = ExplainCommand.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the build has no " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> names(RuleSet rules) {
        return rules.rules().stream().flatMap(rule -> Stream.of(rule.id(), rule.slug()));
    }

    /** For shell completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return names(RuleSet.builtIn()).iterator();
        }
    }
}
