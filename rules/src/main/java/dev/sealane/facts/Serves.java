package dev.sealane.facts;

/** These pods are of a controller that takes the Ingress. */
public record Serves(Ref ingress, PodSet controller) {}
