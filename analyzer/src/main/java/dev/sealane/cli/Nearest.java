package dev.sealane.cli;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What somebody may have meant. */
final class Nearest {
    private static final int SHOWN = 3;

    private Nearest() {}

    /** A clause to append to a message, such as {@code ; nearest: SVC001}; empty if nothing is near. */
    static String hint(String word, Stream<String> known) {
        record Near(String name, int distance) {}
        String lower = word.strip().toLowerCase(Locale.ROOT);
        List<String> nearest = known.distinct()
                .map(name -> new Near(name, distance(lower, name.toLowerCase(Locale.ROOT))))
                .filter(near -> near.distance() <= Math.max(1, lower.length() / 3))
                .sorted(Comparator.comparing(Near::distance).thenComparing(Near::name))
                .limit(SHOWN)
                .map(Near::name)
                .toList();
        return nearest.isEmpty() ? "; sealane rules lists them" : "; nearest: " + String.join(", ", nearest);
    }

    /** Single-character edits from one to the other; 1 where one is a part of the other. */
    private static int distance(String from, String to) {
        if (!from.isEmpty() && to.contains(from)) {
            return 1;
        }
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
