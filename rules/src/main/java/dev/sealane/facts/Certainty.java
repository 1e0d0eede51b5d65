package dev.sealane.facts;

/** How sure a derived fact is. What is only likely is never reported as an error. */
public enum Certainty {
    CERTAIN,
    LIKELY
}
