package dev.sealane.facts;

/** A NetworkPolicy selects these pods. */
public record Applies(Ref policy, PodSet pods) {}
