package dev.sealane.facts;

import java.util.List;

/**
 * Something that a NetworkPolicy uses and the CNI that enforces it does not support.
 *
 * @param feature such as {@code endPort}
 */
public record UnsupportedFeature(Ref policy, Place place, String cni, String feature, List<Evidence> evidence)
        implements Explained {
    public UnsupportedFeature {
        evidence = List.copyOf(evidence);
    }
}
