package dev.sealane.facts;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * An EndpointSlice.
 *
 * @param service of the label {@code kubernetes.io/service-name}, or null without it
 * @param addressType {@code IPv4}, {@code IPv6} or {@code FQDN}
 */
public record EndpointSlice(Meta meta, Ref service, String addressType, List<Port> ports, List<Endpoint> endpoints)
        implements Resource {

    /**
     * A port of all endpoints, for the Service's port of that name.
     *
     * @param number 0 where the field is absent, which the service proxy passes over
     */
    public record Port(String name, Protocol protocol, int number) {}

    /**
     * One endpoint.
     *
     * @param ready {@code conditions.ready}, true where it is absent, as the API says consumers should read it
     * @param serving the same
     * @param terminating false where it is absent
     * @param nodeName empty if absent
     * @param forZones {@code hints.forZones}
     * @param forNodes {@code hints.forNodes}
     * @param pod the name of {@code targetRef} where that is a pod; empty if it is not
     */
    public record Endpoint(
            List<String> addresses,
            boolean ready,
            boolean serving,
            boolean terminating,
            String nodeName,
            List<String> forZones,
            List<String> forNodes,
            String pod) {
        public Endpoint {
            addresses = List.copyOf(addresses);
            forZones = List.copyOf(forZones);
            forNodes = List.copyOf(forNodes);
        }
    }

    public EndpointSlice {
        ports = List.copyOf(ports);
        endpoints = List.copyOf(endpoints);
    }

    /** When the newest change of a pod or the Service happened that the controller has written here, or null. */
    public Instant triggered() {
        String time = meta.annotation("endpoints.kubernetes.io/last-change-trigger-time");
        try {
            return time.isEmpty() ? null : Instant.parse(time);
        } catch (DateTimeException notATime) {
            return null;
        }
    }

    public boolean hasReadyEndpoint() {
        return endpoints.stream().anyMatch(Endpoint::ready);
    }
}
