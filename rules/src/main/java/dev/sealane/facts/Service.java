package dev.sealane.facts;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A Service.
 *
 * @param type {@code ClusterIP} where the field is absent
 * @param selector never null; without requirements if the field is absent or empty, which both select no pod
 * @param clusterIPs empty in a manifest; {@code None} for a headless Service
 * @param traffic how the service proxy treats its traffic, and from where else it is reached
 */
public record Service(
        Meta meta,
        String type,
        Selector selector,
        List<ServicePort> ports,
        List<String> clusterIPs,
        String externalName,
        boolean publishNotReadyAddresses,
        Traffic traffic)
        implements Resource {

    /**
     * What the service proxy is told beyond ports and endpoints. Empty words where a field is absent.
     *
     * @param internalLocal {@code internalTrafficPolicy: Local}
     * @param externalLocal {@code externalTrafficPolicy: Local}
     * @param distribution {@code trafficDistribution}, or the annotation that asks for topology hints
     * @param affinity {@code sessionAffinity: ClientIP}
     * @param addresses those of the load balancer that its status names
     * @param proxied those of them that nodes leave to the load balancer ({@code ipMode: Proxy})
     * @param hostnames the names that its status has instead
     * @param sourceRanges {@code loadBalancerSourceRanges}
     */
    public record Traffic(
            boolean internalLocal,
            boolean externalLocal,
            String distribution,
            boolean affinity,
            List<String> externalIPs,
            List<String> addresses,
            List<String> proxied,
            List<String> hostnames,
            List<String> sourceRanges) {
        public static final Traffic DEFAULT =
                new Traffic(false, false, "", false, List.of(), List.of(), List.of(), List.of(), List.of());

        public Traffic {
            externalIPs = List.copyOf(externalIPs);
            addresses = List.copyOf(addresses);
            proxied = List.copyOf(proxied);
            hostnames = List.copyOf(hostnames);
            sourceRanges = List.copyOf(sourceRanges);
        }
    }

    public Service {
        ports = List.copyOf(ports);
        clusterIPs = List.copyOf(clusterIPs);
    }

    /** Whether the endpoints come from its selector. */
    public boolean selecting() {
        return !selector.isEmpty() && !type.equals("ExternalName");
    }

    /** Its ports as messages show them: {@code http 80/TCP, 9090/TCP}. */
    public String portList() {
        return ports.isEmpty()
                ? "none"
                : ports.stream().map(ServicePort::toString).collect(Collectors.joining(", "));
    }

    /** Whether clients get the pods' own addresses and use the pods' own ports, whatever {@code ports} says. */
    public boolean headless() {
        return clusterIPs.contains("None");
    }

    /** Whether it is an ExternalName Service with an IP address in the place of the name. */
    public boolean externalNameAddress() {
        return type.equals("ExternalName") && Cidr.isAddress(externalName);
    }
}
