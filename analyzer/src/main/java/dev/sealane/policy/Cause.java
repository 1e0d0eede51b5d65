package dev.sealane.policy;

import dev.sealane.facts.Place;
import dev.sealane.facts.Ref;

/**
 * What decided.
 *
 * @param place the rule; the policy's subject, if what decided is that no rule allows it
 */
public record Cause(Ref policy, Place place) {}
