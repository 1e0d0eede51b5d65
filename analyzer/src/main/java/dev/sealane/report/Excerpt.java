package dev.sealane.report;

import dev.sealane.facts.Location;

/**
 * A line of the source with a mark beneath.
 *
 * @param text printable, at most {@link #WIDTH} characters of the source
 * @param mark blanks and carets
 */
record Excerpt(String text, String mark) {
    /** Characters of a long line that are shown. */
    static final int WIDTH = 160;

    /** Characters shown to the left of the mark in a long line. */
    private static final int LEAD = 40;

    private static final String TAB = "    ";
    private static final String CUT = "...";

    /** @param line the text of the location's first line */
    static Excerpt of(String line, Location location) {
        int[] characters = line.stripTrailing().codePoints().toArray();
        int start = Math.min(location.column() - 1, characters.length);
        int end = location.endLine() == location.line()
                ? Math.clamp(location.endColumn() - 1L, start, characters.length)
                : characters.length;
        int from = characters.length > WIDTH ? Math.max(0, start - LEAD) : 0;
        int to = Math.min(characters.length, from + WIDTH);
        StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
        StringBuilder mark = new StringBuilder(" ".repeat(text.length()));
        for (int i = from; i < to; i++) {
            String shown = characters[i] == '\t' ? TAB : Visible.of(characters[i]);
            text.append(shown);
            if (i < end) {
                int width = shown.codePointCount(0, shown.length());
                mark.append((i < start ? " " : "^").repeat(width));
            }
        }
        if (start == end) {
            mark.append('^');
        }
        return new Excerpt(text.append(to < characters.length ? CUT : "").toString(), mark.toString());
    }
}
