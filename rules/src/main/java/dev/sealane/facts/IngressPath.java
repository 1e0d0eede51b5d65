package dev.sealane.facts;

/**
 * A host and path that an Ingress claims from the controllers of its class. Those that share on purpose (canaries,
 * mergeable Ingresses) have none.
 *
 * @param order position among all Ingress paths of the input, the order in which duplicates are reported
 * @param key class, host, path and path type, as one string
 */
public record IngressPath(Place place, int order, String key, String host, String path) {
    /** Host and path together, {@code *} for any host: {@code shop.example/cart}. */
    public String claim() {
        return (host.isEmpty() ? "*" : host) + (path.isEmpty() ? "/" : path);
    }
}
