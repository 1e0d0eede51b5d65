package dev.sealane.facts;

/**
 * A ready pod that a Service selects and none of the Service's EndpointSlices contains, although the endpoint slice
 * controller had time to add it and its ports resolve.
 */
public record MissingEndpoint(Ref service, Pod pod) {}
