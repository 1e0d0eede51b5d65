package dev.sealane.facts;

/** An object of a kind that Sealane does not reason about: it is counted and can be referred to. */
public record Other(Meta meta) implements Resource {}
