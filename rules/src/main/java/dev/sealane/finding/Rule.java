package dev.sealane.finding;

import dev.sealane.facts.Kind;
import java.util.List;

/**
 * A rule's metadata.
 *
 * @param id such as {@code SVC001}; never reused
 * @param slug names the defect; also the name of the rule, its file and its page
 * @param topic the folder that it is in
 * @param needs kinds without which it cannot judge; the first is the kind that it is about
 * @param questions what else must be known, as in {@link dev.sealane.facts.Unanswered}
 */
public record Rule(
        String id,
        String slug,
        String topic,
        Severity severity,
        List<Kind> needs,
        List<String> questions,
        String title) {
    public Rule {
        needs = List.copyOf(needs);
        questions = List.copyOf(questions);
    }

    /** A rule that asks nothing besides. */
    public Rule(String id, String slug, String topic, Severity severity, List<Kind> needs, String title) {
        this(id, slug, topic, severity, needs, List.of(), title);
    }
}
