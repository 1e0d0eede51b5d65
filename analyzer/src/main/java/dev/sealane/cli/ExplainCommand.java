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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code sealane explain}. */
final class ExplainCommand implements Runnable {
    private final CommandSpec spec = CommandSpec.wrapWithoutInspection(this);
    private final PositionalParamSpec rule = PositionalParamSpec.builder()
            .paramLabel("RULE")
            .required(true)
            .type(String.class)
            .completionCandidates(new Names())
            .description("Its id or its name.")
            .build();

    private final Streams streams;

    ExplainCommand(Streams streams) {
        this.streams = streams;
        spec.addPositional(rule);
        spec.usageMessage()
                .description("Print the page of a rule: what it finds, why that is wrong, what to change.")
                .parameterListHeading("%n")
                .optionListHeading("%nOptions:%n")
                .footer("", "Examples:", "  sealane explain SVC001", "  sealane explain service-selects-no-pod");
    }

    CommandSpec spec() {
        return spec;
    }

    @Override
    public void run() {
        RuleSet rules = RuleSet.builtIn();
        String word = rule.getValue();
        Rule found = rules.find(word)
                .orElseThrow(() -> new UsageError("no rule " + word + Nearest.hint(word, names(rules))));
        streams.out().print(page(found));
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
