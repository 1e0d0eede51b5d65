package dev.sealane.cli;

import dev.sealane.facts.Spelling;
import java.util.List;
import java.util.stream.Stream;

/** What somebody may have meant by the name of a rule. */
final class Nearest {
    private Nearest() {}

    /** A clause to append to a message, such as {@code ; nearest: SVC001}. */
    static String hint(String word, Stream<String> known) {
        List<String> nearest = Spelling.nearest(word, known);
        return nearest.isEmpty() ? "; sealane rules lists them" : "; nearest: " + String.join(", ", nearest);
    }
}
