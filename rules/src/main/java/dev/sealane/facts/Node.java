package dev.sealane.facts;

import java.util.List;

/**
 * A Node.
 *
 * @param addresses {@code status.addresses} of the types InternalIP and ExternalIP
 */
public record Node(Meta meta, String providerID, String kubeletVersion, List<String> podCIDRs, List<String> addresses)
        implements Resource {
    public Node {
        podCIDRs = List.copyOf(podCIDRs);
        addresses = List.copyOf(addresses);
    }
}
