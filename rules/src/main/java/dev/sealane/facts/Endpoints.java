package dev.sealane.facts;

import java.util.List;

/**
 * Endpoints, the older API beside EndpointSlice; belongs to the Service of the same name.
 *
 * @param ready {@code addresses} of all subsets
 * @param notReady {@code notReadyAddresses} of all subsets
 */
public record Endpoints(Meta meta, List<String> ready, List<String> notReady) implements Resource {
    public Endpoints {
        ready = List.copyOf(ready);
        notReady = List.copyOf(notReady);
    }
}
