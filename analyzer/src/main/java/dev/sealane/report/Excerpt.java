package dev.sealane.report;

import dev.sealane.facts.Location;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines of the source, printable, with a mark beneath the first.
 *
 * @param mark blanks and carets
 */
record Excerpt(List<String> lines, String mark) {
    /** Characters of a long line that are shown. */
    static final int WIDTH = 160;

    /** Characters shown to the left of the mark in a long line. */
    private static final int LEAD = 40;

    private static final String TAB = "    ";
    private static final String CUT = "...";

    /** @param lines those to show, the first of which has the start of the location */
    static Excerpt of(List<String> lines, Location location) {
        int end = location.endLine() == location.line() ? location.endColumn() : lastColumn(lines.getFirst(), location);
        Excerpt first = marked(lines.getFirst(), location.column(), end);
        List<String> shown = new ArrayList<>(first.lines());
        for (String line : lines.subList(1, lines.size())) {
            shown.addAll(marked(line, 1, 1).lines());
        }
        return new Excerpt(List.copyOf(shown), first.mark());
    }

    /** Where the mark of a stretch ends that goes on in the next line: before a comment. */
    private static int lastColumn(String line, Location location) {
        int start = line.offsetByCodePoints(0, Math.min(location.column() - 1, line.codePointCount(0, line.length())));
        int comment = line.indexOf(" #", start);
        String text = (comment < 0 ? line : line.substring(0, comment)).stripTrailing();
        return text.codePointCount(0, text.length()) + 1;
    }

    private static Excerpt marked(String line, int column, int endColumn) {
        int[] characters = line.stripTrailing().codePoints().toArray();
        int start = Math.min(column - 1, characters.length);
        int end = Math.clamp(endColumn - 1L, start, characters.length);
        int from = characters.length > WIDTH ? Math.max(0, start - LEAD) : 0;
        int to = Math.min(characters.length, from + WIDTH);
        StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
        StringBuilder mark = new StringBuilder(" ".repeat(text.length()));
        for (int i = from; i < to; i++) {
            String shown = characters[i] == '\t' ? TAB : Visible.of(characters[i]);
            text.append(shown);
            if (i < end) {
                int width = shown.codePoints().map(Visible::width).sum();
                mark.append((i < start ? " " : "^").repeat(width));
            }
        }
        if (mark.indexOf("^") < 0) {
            mark.append('^');
        }
        text.append(to < characters.length ? CUT : "");
        return new Excerpt(List.of(text.toString()), mark.toString());
    }
}
