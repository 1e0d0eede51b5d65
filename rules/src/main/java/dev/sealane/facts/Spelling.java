package dev.sealane.facts;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** How far words are apart. */
public final class Spelling {
    private static final int NEAREST = 3;

    private Spelling() {}

    /** The few words that somebody may have meant, nearest first; letters count the same in either case. */
    public static List<String> nearest(String word, Stream<String> known) {
        record Near(String word, int distance) {}
        String wanted = word.strip().toLowerCase(Locale.ROOT);
        int far = Math.max(1, wanted.length() / 3);
        return known.distinct()
                .map(name -> new Near(name, distance(wanted, name.toLowerCase(Locale.ROOT), far)))
                .filter(near -> near.distance <= far)
                .sorted(Comparator.comparingInt(Near::distance).thenComparing(Near::word))
                .limit(NEAREST)
                .map(Near::word)
                .toList();
    }

    /** Edits, up to one more than {@code far}; 1 where a word is a part of the other. */
    private static int distance(String word, String other, int far) {
        if (!word.isEmpty() && other.contains(word)) {
            return 1;
        }
        return Math.abs(word.length() - other.length()) > far ? far + 1 : edits(word, other);
    }

    /** Edit distance where a swap of neighbours counts as one edit (optimal string alignment). */
    public static int edits(String one, String other) {
        int[][] distance = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    distance[i][j] = i + j;
                    continue;
                }
                boolean same = one.charAt(i - 1) == other.charAt(j - 1);
                int edits = Math.min(distance[i - 1][j], distance[i][j - 1]) + 1;
                edits = Math.min(edits, distance[i - 1][j - 1] + (same ? 0 : 1));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(edits, distance[i - 2][j - 2] + 1) : edits;
            }
        }
        return distance[one.length()][other.length()];
    }
}
