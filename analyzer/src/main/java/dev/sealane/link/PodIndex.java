package dev.sealane.link;

import dev.sealane.facts.PodSet;
import dev.sealane.facts.Selector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds pod sets by selector without looking at all of them. */
final class PodIndex {
    private record Label(String key, String value) {}

    private record NamespacedLabel(String namespace, Label label) {}

    private final Map<String, List<PodSet>> byNamespace = new HashMap<>();
    private final Map<NamespacedLabel, List<PodSet>> byLabelInNamespace = new HashMap<>();
    private final Map<Label, List<PodSet>> byLabel = new HashMap<>();

    PodIndex(List<PodSet> sets) {
        for (PodSet set : sets) {
            byNamespace
                    .computeIfAbsent(set.namespace(), unseen -> new ArrayList<>())
                    .add(set);
            set.labels().asMap().forEach((key, value) -> {
                Label label = new Label(key, value);
                byLabelInNamespace
                        .computeIfAbsent(new NamespacedLabel(set.namespace(), label), unseen -> new ArrayList<>())
                        .add(set);
                byLabel.computeIfAbsent(label, unseen -> new ArrayList<>()).add(set);
            });
        }
    }

    List<PodSet> in(String namespace) {
        return byNamespace.getOrDefault(namespace, List.of());
    }

    /** The sets of a namespace that the selector matches. */
    List<PodSet> select(String namespace, Selector selector) {
        return candidates(namespace, selector).stream()
                .filter(set -> selector.matches(set.labels()))
                .toList();
    }

    /** Whether the selector matches any set of a namespace. */
    boolean selectsAny(String namespace, Selector selector) {
        return candidates(namespace, selector).stream().anyMatch(set -> selector.matches(set.labels()));
    }

    private List<PodSet> candidates(String namespace, Selector selector) {
        List<PodSet> candidates = in(namespace);
        for (var wanted : selector.matchLabels().entrySet()) {
            Label label = new Label(wanted.getKey(), wanted.getValue());
            List<PodSet> labelled = byLabelInNamespace.getOrDefault(new NamespacedLabel(namespace, label), List.of());
            candidates = labelled.size() < candidates.size() ? labelled : candidates;
        }
        return candidates;
    }

    /** The sets of all namespaces that the selector matches. It must have a matchLabels entry. */
    List<PodSet> selectAnywhere(Selector selector) {
        List<PodSet> candidates = null;
        for (var wanted : selector.matchLabels().entrySet()) {
            List<PodSet> labelled = byLabel.getOrDefault(new Label(wanted.getKey(), wanted.getValue()), List.of());
            candidates = candidates == null || labelled.size() < candidates.size() ? labelled : candidates;
        }
        return candidates.stream().filter(set -> selector.matches(set.labels())).toList();
    }
}
