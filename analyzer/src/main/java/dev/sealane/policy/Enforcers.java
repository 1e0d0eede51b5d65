package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.TieredPolicy.Family;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Who enforces policies in a cluster.
 *
 * @param cnis those that the input shows; empty if it does not tell
 * @param bareNodes nodes on which, for certain, none of them has a ready agent
 */
public record Enforcers(List<Cni> cnis, Set<String> bareNodes) {
    public static final Enforcers UNKNOWN = new Enforcers(List.of(), Set.of());

    public Enforcers {
        cnis = List.copyOf(cnis);
        bareNodes = Set.copyOf(bareNodes);
    }

    /** One that enforces is enough. Without any evidence UNKNOWN, as if one had been found that may or may not. */
    Answer enforce() {
        Set<Answer> answers = cnis.stream().map(Cni::enforces).collect(Collectors.toSet());
        return answers.contains(Answer.YES)
                ? Answer.YES
                : answers.equals(Set.of(Answer.NO)) ? Answer.NO : Answer.UNKNOWN;
    }

    /** Whether an {@code ipBlock} reaches pods by their addresses; UNKNOWN also if the input shows no CNI. */
    public Answer blocksMatchPods() {
        return unanimous(Cni::blocksMatchPods);
    }

    Answer blocksMatchNodes() {
        return unanimous(Cni::blocksMatchNodes);
    }

    /** Whether policies of that family count. Without any evidence they do. */
    boolean enforce(Family family) {
        return cnis.isEmpty() || cnis.stream().anyMatch(cni -> cni.families().contains(family));
    }

    /** For messages. */
    public String names() {
        return cnis.stream().map(Cni::name).collect(Collectors.joining(" and "));
    }

    /** By those that enforce, or may. */
    private Answer unanimous(Function<Cni, Answer> question) {
        Set<Answer> answers = cnis.stream()
                .filter(cni -> cni.enforces() != Answer.NO)
                .map(question)
                .collect(Collectors.toSet());
        return answers.size() == 1 ? answers.iterator().next() : Answer.UNKNOWN;
    }
}
