package dev.sealane.facts;

import java.util.List;

/**
 * A NetworkPolicy that nothing enforces, in the whole cluster or on some nodes.
 *
 * @param why names the CNI or the nodes, with the evidence
 */
public record Unenforced(Ref policy, Certainty certainty, Text why, List<Evidence> evidence) implements Explained {
    public Unenforced {
        evidence = List.copyOf(evidence);
    }
}
