package dev.sealane.facts;

/**
 * What was worked out about the cluster as a whole.
 *
 * @param distribution such as {@code k3s} or {@code EKS}; empty if the input does not tell
 * @param servesClasslessIngress whether something takes care of an Ingress that names no class
 */
public record Cluster(String distribution, Answer servesClasslessIngress) {}
