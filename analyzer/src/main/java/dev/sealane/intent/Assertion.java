package dev.sealane.intent;

/**
 * One line of a file of intents.
 *
 * @param line from 1
 * @param text the line without comment
 * @param from a selector
 * @param to a selector
 */
public record Assertion(int line, String text, Kind kind, String from, String to, Ports ports) {
    public enum Kind {
        /** Every one on the left reaches every one on the right. */
        ALLOW,
        /** None on the left reaches any on the right. */
        DENY,
        /** None that is not on the left reaches any on the right. */
        ONLY
    }
}
