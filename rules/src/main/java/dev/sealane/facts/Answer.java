package dev.sealane.facts;

/** The three answers that every question has. */
public enum Answer {
    YES,
    NO,
    /** The input does not tell. */
    UNKNOWN;

    public static Answer of(boolean yes) {
        return yes ? YES : NO;
    }
}
