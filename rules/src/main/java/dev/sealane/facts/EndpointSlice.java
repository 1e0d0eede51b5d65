package dev.sealane.facts;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;

/**
 * An EndpointSlice.
 *
 * @param service of the label {@code kubernetes.io/service-name}, or null without it
 */
public record EndpointSlice(Meta meta, Ref service, List<Endpoint> endpoints) implements Resource {

    /**
     * One endpoint.
     *
     * @param ready {@code conditions.ready}, true where it is absent, as the API says consumers should read it
     */
    public record Endpoint(List<String> addresses, boolean ready) {
        public Endpoint {
            addresses = List.copyOf(addresses);
        }
    }

    public EndpointSlice {
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
