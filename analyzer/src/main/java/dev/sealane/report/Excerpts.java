package dev.sealane.report;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.load.Locations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Shows lines of the source, but no value of a Secret. So there is no excerpt of a Secret, none of a line that has the
 * word Secret or SecretList in it (a whole list can be one line of JSON), and for a place outside any object, where
 * nothing is known about the lines around, none of a file that has. Values of environment variables are often secret,
 * too, so there is none of a line with a key {@code value}.
 */
final class Excerpts {
    /** A stretch of up to so many lines is shown whole, a longer one by its first line. */
    private static final int LINES = 5;

    /** In bytes: a longer line was not written by people, and a list of many findings can be one line. */
    private static final int LONG = 64 << 10;

    private static final Pattern VALUE = Pattern.compile("\\bvalue[\"']?\\s*:");

    private final Locations locations;
    private final Map<String, Boolean> filesNamingSecrets = new HashMap<>();

    Excerpts(Locations locations) {
        this.locations = locations;
    }

    Optional<Excerpt> of(Place place, Location location) {
        boolean whole = location.endLine() - location.line() < LINES && locations.exact(place);
        int last = whole ? location.endLine() : location.line();
        for (int line = location.line(); line <= last; line++) {
            if (locations.length(location.file(), line) > LONG) {
                return Optional.empty();
            }
        }
        List<String> lines = locations.lines(location.file(), location.line(), last);
        if (lines.isEmpty() || secret(place) || lines.stream().anyMatch(Excerpts::mayHoldSecret)) {
            return Optional.empty();
        }
        return Optional.of(Excerpt.of(lines, location));
    }

    private boolean secret(Place place) {
        if (place.resource() == null) {
            return filesNamingSecrets.computeIfAbsent(
                    place.location().file(),
                    file -> locations.lines(file, 1, Integer.MAX_VALUE).stream().anyMatch(Excerpts::namesSecret));
        }
        return place.resource().ref().kind().name().equals("Secret");
    }

    private static boolean mayHoldSecret(String line) {
        return namesSecret(line) || VALUE.matcher(line).find();
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
