package dev.sealane.facts;

/** A Service's selector matches these pods, of its own namespace. */
public record Selects(Ref service, PodSet pods) {}
