package dev.sealane.link;

import dev.sealane.facts.PodSet;
import java.util.List;
import java.util.stream.Collectors;

/** Pods by the names of their owners, the first three of them. */
final class Names {
    private Names() {}

    static String of(List<PodSet> pods) {
        List<String> names = pods.stream().map(PodSet::toString).distinct().toList();
        String shown = names.stream().limit(3).collect(Collectors.joining(", "));
        return names.size() > 3 ? shown + " and " + (names.size() - 3) + " more" : shown;
    }
}
