package dev.sealane.facts;

import java.util.List;

/**
 * A ready pod that a Service selects and none of the Service's EndpointSlices contains, although the endpoint slice
 * controller had time to add it and its ports resolve.
 */
public record MissingEndpoint(Ref service, Pod pod) implements Explained {
    @Override
    public List<Evidence> evidence() {
        return List.of(new Evidence(Text.of("the pod"), pod.at("metadata.name")));
    }
}
