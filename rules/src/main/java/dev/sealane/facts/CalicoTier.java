package dev.sealane.facts;

import dev.sealane.facts.TieredPolicy.Tier;

/** A Tier of Calico. */
public record CalicoTier(Meta meta, Tier tier) implements Resource {}
