package dev.sealane.facts;

import java.util.List;

/**
 * Whether a controller for an Ingress's class runs in the cluster.
 *
 * @param served NO only if the controller is a known one, its kind runs as pods, and all workloads are in the input
 * @param certainty LIKELY where a cloud may run the controller out of sight
 * @param controller {@code spec.controller} of the class, or the name of the controller that its annotation means
 */
public record IngressService(
        Ref ingress, Answer served, Certainty certainty, String controller, List<Evidence> evidence)
        implements Explained {
    public IngressService {
        evidence = List.copyOf(evidence);
    }
}
