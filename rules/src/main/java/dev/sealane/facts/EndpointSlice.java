package dev.sealane.facts;

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

    public boolean hasReadyEndpoint() {
        return endpoints.stream().anyMatch(Endpoint::ready);
    }
}
