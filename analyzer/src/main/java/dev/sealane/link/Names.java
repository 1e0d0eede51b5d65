package dev.sealane.link;

import dev.sealane.facts.PodSet;
import dev.sealane.facts.Text;
import java.util.List;

/** Pods by the names of their owners, the first three of them. */
final class Names {
    private Names() {}

    static String of(List<PodSet> pods) {
        return Text.list(pods.stream().map(PodSet::toString).distinct().toList(), 3);
    }
}
