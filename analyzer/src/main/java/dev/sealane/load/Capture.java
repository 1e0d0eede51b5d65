package dev.sealane.load;

import java.time.Instant;
import java.util.Map;

/**
 * One collection that was read, in one run of one tool.
 *
 * @param root as given: a path of a folder, an archive or a file
 * @param layout the name of its layout, such as {@code must-gather}
 * @param serverVersion of the API server, such as {@code v1.34.2}; empty if it does not tell
 * @param oldest when collecting began, as the capture itself tells it, or null
 * @param newest when collecting ended, or null
 * @param uses how many of its files are what, such as {@code objects} and {@code logs}
 */
public record Capture(
        String root, String layout, String serverVersion, Instant oldest, Instant newest, Map<String, Integer> uses) {
    public Capture {
        uses = Map.copyOf(uses);
    }
}
