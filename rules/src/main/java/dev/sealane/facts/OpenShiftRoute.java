package dev.sealane.facts;

import java.util.List;

/**
 * A Route of OpenShift.
 *
 * @param host without one the router makes one up
 * @param wildcard whether every host in the domain of {@code host} is meant
 * @param path empty for all
 * @param backends Services
 * @param port name or number of a Service's port, or the number behind it; null if absent
 * @param termination {@code edge}, {@code reencrypt}, {@code passthrough}; empty without TLS
 * @param insecure what is done without TLS where there is TLS: {@code Allow}, {@code Redirect}; else it is refused
 * @param routers the names of those that have taken it; empty if the input does not tell
 * @param refusal why no router has taken it; empty if one has, or the input does not tell
 */
public record OpenShiftRoute(
        Meta meta,
        String host,
        boolean wildcard,
        String path,
        List<Backend> backends,
        IntOrString port,
        String termination,
        String insecure,
        List<String> routers,
        String refusal)
        implements Resource {
    public static final Kind KIND = new Kind("route.openshift.io", "Route");

    /** @param path the place of the backend */
    public record Backend(Ref service, int weight, String path) {}

    public OpenShiftRoute {
        backends = List.copyOf(backends);
        routers = List.copyOf(routers);
    }
}
