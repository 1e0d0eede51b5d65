package dev.sealane.finding;

import java.util.Locale;

/** How bad a finding is, worst first. */
public enum Severity {
    /** Traffic is broken, or will be. */
    ERROR,
    /** Broken in part, or at risk. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** As rules, options and outputs spell it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @throws IllegalArgumentException if no severity is spelled so */
    public static Severity of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public boolean atLeast(Severity threshold) {
        return compareTo(threshold) <= 0;
    }
}
