package dev.sealane.cli;

import dev.sealane.check.RuleSet;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.load.UsageError;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The rules that {@code --only} and {@code --skip} leave. */
final class Choice {
    private Choice() {}

    /**
     * @param only ids, slugs and topics; empty for all
     * @throws UsageError if a word names no rule and no topic
     */
    static Predicate<Rule> of(List<Rule> rules, List<String> only, List<String> skip) {
        Set<Rule> kept = named(rules, only);
        Set<Rule> dropped = named(rules, skip);
        return rule -> !dropped.contains(rule) && (only.isEmpty() || kept.contains(rule) || spoilsInput(rule));
    }

    /** What is not read is not checked, so a choice of rules must not hide that it was not read. */
    private static boolean spoilsInput(Rule rule) {
        return rule.topic().equals("input") && rule.severity() == Severity.ERROR;
    }

    private static Set<Rule> named(List<Rule> rules, List<String> words) {
        return words.stream()
                .flatMap(word -> {
                    List<Rule> meant = rules.stream()
                            .filter(rule -> names(rule).anyMatch(word.strip()::equalsIgnoreCase))
                            .toList();
                    if (meant.isEmpty()) {
                        Stream<String> known = rules.stream().flatMap(Choice::names);
                        throw new UsageError("no rule or topic " + word + Nearest.hint(word, known));
                    }
                    return meant.stream();
                })
                .collect(Collectors.toSet());
    }

    private static Stream<String> names(Rule rule) {
        return Stream.of(rule.id(), rule.slug(), rule.topic());
    }

    /** For shell completion. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return RuleSet.builtIn().rules().stream()
                    .flatMap(Choice::names)
                    .collect(Collectors.toCollection(TreeSet::new))
                    .iterator();
        }
    }
}
