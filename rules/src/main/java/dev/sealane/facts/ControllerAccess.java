package dev.sealane.facts;

import java.util.List;

/**
 * Pods behind an Ingress that policies keep from the Ingress's controller.
 *
 * @param backend where the Ingress names their Service
 * @param certainty LIKELY if other pods behind the same Service are within reach
 * @param controller the pods that requests go through
 * @param pods names some of those kept from it
 * @param port protocol and port, such as {@code TCP 8080}
 */
public record ControllerAccess(
        Place backend,
        Certainty certainty,
        String controller,
        String pods,
        String port,
        Text reason,
        List<Evidence> evidence)
        implements Explained {
    public ControllerAccess {
        evidence = List.copyOf(evidence);
    }
}
