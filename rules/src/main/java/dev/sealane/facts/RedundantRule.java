package dev.sealane.facts;

/**
 * A rule of a NetworkPolicy that allows nothing which another does not allow for the same pods.
 *
 * @param by the policy with the rule that covers it
 * @param covering that rule
 */
public record RedundantRule(Ref policy, Place place, Ref by, Place covering) {}
