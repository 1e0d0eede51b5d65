package dev.sealane.trace;

import dev.sealane.facts.OpenShiftRoute;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The way of a request that a Route of OpenShift takes. */
final class OpenShiftEntrance {
    private static final String ROLE = "router";

    /** Where the pods of the routers run: one Deployment {@code router-NAME} for each IngressController. */
    private static final String NAMESPACE = "openshift-ingress";

    private static final String DEPLOYMENT = "router-";

    private final Network network;
    private final ServicePath servicePath;
    private final ProxyPath proxyPath;

    OpenShiftEntrance(Network network, ServicePath servicePath, ProxyPath proxyPath) {
        this.network = network;
        this.servicePath = servicePath;
        this.proxyPath = proxyPath;
    }

    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        routes().forEach(route -> hosts.add(route.host()));
        hosts.remove("");
        return hosts;
    }

    private List<OpenShiftRoute> routes() {
        List<OpenShiftRoute> routes = new ArrayList<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof OpenShiftRoute route) {
                routes.add(route);
            }
        }
        return routes;
    }

    /** At most one: of the longest path, and of several that ask for the same the oldest. Empty if no Route takes it. */
    List<Aim> aims(Url url) {
        return routes().stream()
                .filter(route -> takes(route, url))
                .min(Comparator.comparing(
                                (OpenShiftRoute route) -> !route.refusal().isEmpty())
                        .thenComparing(OpenShiftRoute::wildcard)
                        .thenComparing(route -> -route.path().length())
                        .thenComparing(
                                route -> route.meta().created(),
                                Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
                        .thenComparing(route -> route.ref().toString()))
                .map(route -> new Aim(route.ref().toString(), List.of(), client -> ways(client, route, url)))
                .stream()
                .toList();
    }

    /** With passthrough the router does not see the path. */
    private static boolean takes(OpenShiftRoute route, Url url) {
        boolean host = route.host().equalsIgnoreCase(url.host())
                || route.wildcard() && domain(route.host()).equalsIgnoreCase(domain(url.host()));
        boolean any = route.path().isEmpty() || route.termination().equals("passthrough");
        return host && (any || url.matches(route.path(), false));
    }

    private static String domain(String host) {
        return host.substring(host.indexOf('.') + 1);
    }

    private List<Way> ways(End client, OpenShiftRoute route, Url url) {
        List<Step> taken = List.of(new Step.Resolved(Text.of("%s takes %s", route.ref(), url), route.at("spec.host")));
        if (!route.refusal().isEmpty()) {
            Text text = Text.of("no router has admitted %s: %s", route.ref(), route.refusal());
            return List.of(ProxyPath.before(Way.lost(client, ROLE, text, route.at("status.ingress"), true), taken));
        }
        List<PodSet> routers = network.podSets().stream()
                .filter(set -> set.namespace().equals(NAMESPACE)
                        && set.owner().name().startsWith(DEPLOYMENT)
                        && (route.routers().isEmpty()
                                || route.routers().contains(set.owner().name().substring(DEPLOYMENT.length())))
                        && !set.scaledToZero())
                .toList();
        if (routers.isEmpty()) {
            Text text = Text.of(
                    "the router is not in the input; collect oc get deployments,pods,services -n %s -o yaml",
                    NAMESPACE);
            return List.of(ProxyPath.missing(client, ROLE, text, null, taken));
        }
        return proxyPath.through(client, ROLE, routers, url.port(), taken, onward(route, url));
    }

    private List<ProxyPath.Onward> onward(OpenShiftRoute route, Url url) {
        boolean tls = !route.termination().isEmpty();
        if (url.tls() && !tls) {
            return List.of(ProxyPath.Onward.lost(
                    Text.of("%s has no TLS: the router answers https with an error", route.ref()), route.at("spec")));
        }
        if (!url.tls() && tls && !route.insecure().equals("Allow")) {
            return route.insecure().equals("Redirect")
                    ? List.of(ProxyPath.Onward.answered(
                            Text.of("the router redirects to https"),
                            route.at("spec.tls.insecureEdgeTerminationPolicy")))
                    : List.of(ProxyPath.Onward.lost(
                            Text.of("%s takes no requests without TLS", route.ref()), route.at("spec.tls")));
        }
        List<ProxyPath.Onward> onward = new ArrayList<>();
        for (OpenShiftRoute.Backend backend : route.backends()) {
            if (backend.weight() > 0) {
                onward.addAll(to(route, backend));
            }
        }
        return onward.isEmpty()
                ? List.of(ProxyPath.Onward.lost(Text.of("every backend has weight 0"), route.at("spec.to")))
                : onward;
    }

    private List<ProxyPath.Onward> to(OpenShiftRoute route, OpenShiftRoute.Backend backend) {
        Service service = servicePath.service(backend.service());
        if (service == null) {
            return List.of(ProxyPath.Onward.absent(backend.service(), route.at(backend.path())));
        }
        List<ProxyPath.Onward> onward = new ArrayList<>();
        for (ServicePort port : service.ports()) {
            if (means(route, port)) {
                onward.add(ProxyPath.Onward.to(ROLE, service, port, route.at(backend.path())));
            }
        }
        if (!onward.isEmpty()) {
            return onward;
        }
        Text text = Text.of("%s has no port %s, only %s", service.ref(), route.port(), service.portList());
        // A number is compared with the ports of the endpoints, which pods may differ in.
        boolean named =
                service.ports().stream().anyMatch(port -> port.targetPort().isName());
        return List.of(
                named && !route.port().isName()
                        ? ProxyPath.Onward.unknown(text, route.at("spec.port.targetPort"))
                        : ProxyPath.Onward.lost(text, route.at("spec.port.targetPort")));
    }

    /** By name, or by the number that the endpoints have. */
    private static boolean means(OpenShiftRoute route, ServicePort port) {
        if (route.port() == null) {
            return true;
        }
        return route.port().isName()
                ? route.port().name().equals(port.name())
                : route.port().equals(port.targetPort()) || route.port().number() == port.port();
    }
}
