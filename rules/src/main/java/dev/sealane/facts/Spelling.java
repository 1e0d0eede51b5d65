package dev.sealane.facts;

/** How far words are apart. */
public final class Spelling {
    private Spelling() {}

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
