package dev.sealane.facts;

/**
 * Policies of one kind that no verdict takes into account: Sealane does not read them, or nothing in the cluster enforces
 * them.
 *
 * @param first one of them
 */
public record UncountedPolicies(Resource first, Certainty certainty, Text why) {}
