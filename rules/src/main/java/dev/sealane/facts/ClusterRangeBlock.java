package dev.sealane.facts;

import java.util.List;

/**
 * An {@code ipBlock} with addresses of the cluster's own.
 *
 * @param range whose they are
 * @param effect what comes of it, a clause
 */
public record ClusterRangeBlock(Ref policy, Place place, Text range, String effect, List<Evidence> evidence)
        implements Explained {
    public ClusterRangeBlock {
        evidence = List.copyOf(evidence);
    }
}
