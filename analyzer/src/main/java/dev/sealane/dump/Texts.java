package dev.sealane.dump;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words in texts that are no JSON. */
final class Texts {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)[ T](\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{1,9})?) ?(Z|[+-]\\d\\d:?\\d\\d)");

    private Texts() {}

    /** The first group of the first match, or empty. */
    static String find(String text, Pattern pattern) {
        Matcher matcher = pattern.matcher(text == null ? "" : text);
        return matcher.find() ? matcher.group(1) : "";
    }

    /** The first point in time with an offset from UTC, or null. */
    static Instant time(String text) {
        Matcher matcher = TIME.matcher(text == null ? "" : text);
        if (!matcher.find()) {
            return null;
        }
        String offset = matcher.group(3);
        if (offset.length() == 5) {
            offset = offset.substring(0, 3) + ":" + offset.substring(3);
        }
        try {
            return OffsetDateTime.parse(matcher.group(1) + "T" + matcher.group(2) + offset)
                    .toInstant();
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }
}
