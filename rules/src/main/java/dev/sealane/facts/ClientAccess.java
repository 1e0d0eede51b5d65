package dev.sealane.facts;

import java.util.List;

/**
 * Pods that an environment variable sends to a Service and that policies keep from all pods behind it.
 *
 * @param place of the variable's value
 * @param client the pods that have the variable
 * @param pods names some of those behind the Service
 * @param port protocol and port of these, such as {@code TCP 8080}
 */
public record ClientAccess(
        Place place, String client, Ref service, String pods, String port, Text reason, List<Evidence> evidence)
        implements Explained {
    public ClientAccess {
        evidence = List.copyOf(evidence);
    }
}
