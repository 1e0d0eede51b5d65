package dev.sealane.report;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.facts.Secret;
import dev.sealane.load.Locations;
import java.util.List;
import java.util.Optional;

/**
 * The line of the source that a finding is about, with a mark beneath.
 *
 * <p>No value of a Secret may be shown. So there is no excerpt of a Secret, none of a line that has the word Secret or
 * SecretList in it (a whole list can be one line of JSON), and for a place outside any object, where nothing is known
 * about the lines around, none of a file that has.
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

    static Optional<Excerpt> of(Place place, Location location, Locations locations) {
        List<String> lines = locations.lines(location.file(), location.line(), location.line());
        if (lines.isEmpty() || secret(place) || lines.stream().anyMatch(Excerpt::namesSecret)) {
            return Optional.empty();
        }
        if (place.resource() == null
                && locations.lines(location.file(), 1, Integer.MAX_VALUE).stream()
                        .anyMatch(Excerpt::namesSecret)) {
            return Optional.empty();
        }
        return Optional.of(of(lines.get(0), location));
    }

    private static Excerpt of(String line, Location location) {
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

    private static boolean secret(Place place) {
        return place.resource() instanceof Secret
                || place.resource() != null
                        && place.resource().ref().kind().name().equals("Secret");
    }

    private static boolean namesSecret(String line) {
        for (int at = line.indexOf("Secret"); at >= 0; at = line.indexOf("Secret", at + 1)) {
            int end = at + (line.startsWith("SecretList", at) ? "SecretList" : "Secret").length();
            boolean word = (at == 0 || !Character.isLetterOrDigit(line.charAt(at - 1)))
                    && (end == line.length() || !Character.isLetterOrDigit(line.charAt(end)));
            if (word) {
                return true;
            }
        }
        return false;
    }
}
