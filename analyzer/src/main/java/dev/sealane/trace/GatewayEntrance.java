package dev.sealane.trace;

import dev.sealane.facts.Gateway;
import dev.sealane.facts.Gateway.Listener;
import dev.sealane.facts.GatewayRoute;
import dev.sealane.facts.GatewayRoute.Parent;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.ReferenceGrant;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.policy.Match;
import dev.sealane.policy.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The way of a request that a route of the Gateway API takes. */
final class GatewayEntrance {
    private static final String ROLE = "gateway";

    /** On pods that implementations make for one Gateway (GEP-1762), with their own namespace. */
    private static final String GATEWAY_NAME = "gateway.networking.k8s.io/gateway-name";

    /** The same of Envoy Gateway, whose pods are in its own namespace. */
    private static final String OWNING_NAME = "gateway.envoyproxy.io/owning-gateway-name";

    private static final String OWNING_NAMESPACE = "gateway.envoyproxy.io/owning-gateway-namespace";

    /**
     * A rule that takes the request, by one of its matches.
     *
     * @param hostname of the route, or else of the listener, that the request's host matches
     * @param taken YES, or why the listener may not take the request for the route
     */
    private record Candidate(
            Gateway gateway,
            Listener listener,
            GatewayRoute route,
            GatewayRoute.Rule rule,
            GatewayRoute.Match match,
            String hostname,
            Match taken) {}

    /** Why a route whose host names match is not reached through a parent. */
    private record Refusal(Ref at, Text text, Place place, boolean certain) {}

    /** What precedes, as HTTPRoute says of several rules that match. */
    private static final Comparator<Candidate> PRECEDENCE = Comparator.comparingInt(
                    (Candidate one) -> -specific(one.hostname()))
            .thenComparing(
                    one -> one.match().value().isEmpty() ? 0 : one.match().exact() ? 1 : 2)
            .thenComparing(one -> -one.match().value().length())
            .thenComparing(one -> one.match().condition().isEmpty())
            .thenComparing(one -> one.taken().kind())
            .thenComparing(
                    one -> one.route().meta().created(), Comparator.nullsLast(Comparator.<Instant>naturalOrder()))
            .thenComparing(one -> one.route().namespace() + "/" + one.route().name());

    private final Network network;
    private final ServicePath servicePath;
    private final ProxyPath proxyPath;
    private final List<GatewayRoute> routes = new ArrayList<>();
    private final List<ReferenceGrant> grants = new ArrayList<>();
    private final Map<Ref, Gateway> gateways = new HashMap<>();

    GatewayEntrance(Network network, ServicePath servicePath, ProxyPath proxyPath) {
        this.network = network;
        this.servicePath = servicePath;
        this.proxyPath = proxyPath;
        for (Resource resource : network.resources()) {
            switch (resource) {
                case Gateway gateway -> gateways.put(gateway.ref(), gateway);
                case GatewayRoute route -> routes.add(route);
                case ReferenceGrant grant -> grants.add(grant);
                default -> {}
            }
        }
    }

    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        for (GatewayRoute route : routes) {
            hosts.addAll(route.hostnames());
            if (route.hostnames().isEmpty()) {
                hosts.add("*");
            }
        }
        return hosts;
    }

    /** Empty if no route has the host and the path. */
    List<Aim> aims(Url url) {
        List<Candidate> candidates = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        for (GatewayRoute route : routes) {
            String hostname = hostname(route.hostnames(), url.host());
            boolean layer7 = !route.ref().kind().name().equals("TLSRoute");
            if (hostname == null || !layer7 && !url.tls()) {
                continue;
            }
            for (GatewayRoute.Rule rule : route.rules()) {
                for (GatewayRoute.Match match : rule.matches()) {
                    if (match.value().isEmpty() || url.matches(match.value(), match.exact())) {
                        attach(url, route, rule, match, hostname, candidates, refusals);
                    }
                }
            }
        }
        Map<Ref, List<Candidate>> byGateway = new LinkedHashMap<>();
        candidates.forEach(one -> byGateway
                .computeIfAbsent(one.gateway().ref(), unseen -> new ArrayList<>())
                .add(one));
        List<Aim> aims = new ArrayList<>();
        byGateway.forEach((gateway, all) -> aims.addAll(aims(url, all)));
        if (aims.isEmpty()) {
            for (Refusal refusal : new LinkedHashSet<>(refusals)) {
                String at = refusal.at().toString();
                aims.add(new Aim(
                        at + refusal.text(),
                        List.of(),
                        client -> List.of(
                                refusal.certain()
                                        ? Way.lost(client, at, refusal.text(), refusal.place(), true)
                                        : Way.unknown(client, at, refusal.text(), refusal.place()))));
            }
        }
        return aims;
    }

    /** The longest that the host matches; empty if any is meant, null if none matches. */
    private static String hostname(List<String> hostnames, String host) {
        if (hostnames.isEmpty()) {
            return "";
        }
        return hostnames.stream()
                .filter(name -> means(name, host))
                .max(Comparator.comparingInt(GatewayEntrance::specific))
                .orElse(null);
    }

    /** A wildcard stands for one label or several. */
    private static boolean means(String hostname, String host) {
        if (hostname.startsWith("*.")) {
            String domain = hostname.substring(1);
            return host.length() > domain.length()
                    && host.regionMatches(true, host.length() - domain.length(), domain, 0, domain.length());
        }
        return hostname.isEmpty() || hostname.equalsIgnoreCase(host);
    }

    /** The host itself before a wildcard, a longer wildcard before a shorter one, any host last. */
    private static int specific(String hostname) {
        return hostname.isEmpty() ? 0 : hostname.startsWith("*.") ? hostname.length() : 1_000;
    }

    private void attach(
            Url url,
            GatewayRoute route,
            GatewayRoute.Rule rule,
            GatewayRoute.Match match,
            String hostname,
            List<Candidate> candidates,
            List<Refusal> refusals) {
        for (Parent parent : route.parents()) {
            if (parent.ref().kind().equals(Kind.SERVICE)) {
                // For the inside of a mesh.
                continue;
            }
            if (!parent.ref().kind().equals(Gateway.KIND)) {
                Text text = Text.of("whether %s, a parent of %s, takes it is not followed", parent.ref(), route.ref());
                refusals.add(new Refusal(route.ref(), text, route.at(parent.path()), false));
                continue;
            }
            Gateway gateway = gateways.get(parent.ref());
            if (gateway == null) {
                Text text = Text.of(
                        "%s, which %s names as its parent, is not in the input; collect kubectl get gateways -n %s -o yaml",
                        parent.ref(), route.ref(), parent.ref().namespace());
                refusals.add(new Refusal(route.ref(), text, route.at(parent.path()), false));
                continue;
            }
            boolean attached = false;
            List<Refusal> reasons = new ArrayList<>();
            for (Listener listener : gateway.listeners()) {
                if (serves(listener, parent, url)) {
                    Match taken = takes(gateway, listener, route);
                    if (taken.kind() == Match.Kind.YES && behind(gateway, listener, url)) {
                        taken = new Match(
                                Match.Kind.DEPENDS,
                                Text.of("another listener has the host too, and implementations isolate them or not"));
                    }
                    if (taken.possible()) {
                        String own = hostname.isEmpty() ? listener.hostname() : hostname;
                        candidates.add(new Candidate(gateway, listener, route, rule, match, own, taken));
                        attached = true;
                    } else {
                        reasons.add(new Refusal(
                                gateway.ref(),
                                Text.of(
                                        "listener %s of %s does not take %s: %s",
                                        listener.name(), gateway.ref(), route.ref(), taken.reason()),
                                gateway.at(listener.path() + ".allowedRoutes"),
                                true));
                    }
                }
            }
            if (!attached && reasons.isEmpty()) {
                Text text = Text.of(
                        "%s has no listener that takes %s for %s; it has %s",
                        gateway.ref(),
                        url,
                        route.ref(),
                        gateway.listeners().isEmpty()
                                ? "none"
                                : String.join(
                                        ", ",
                                        gateway.listeners().stream()
                                                .map(Listener::toString)
                                                .toList()));
                reasons.add(new Refusal(gateway.ref(), text, gateway.at("spec.listeners"), true));
            }
            if (!attached) {
                refusals.addAll(reasons);
            }
        }
    }

    /** Whether a listener of the same port means the host more closely. */
    private static boolean behind(Gateway gateway, Listener listener, Url url) {
        return gateway.listeners().stream()
                .anyMatch(other -> serves(other, url) && specific(other.hostname()) > specific(listener.hostname()));
    }

    private static boolean serves(Listener listener, Url url) {
        boolean protocol = url.tls()
                ? Set.of("HTTPS", "TLS").contains(listener.protocol())
                : listener.protocol().equals("HTTP");
        return protocol && listener.port() == url.port() && means(listener.hostname(), url.host());
    }

    /** Whether the request comes to the listener, and the route asks for it. */
    private static boolean serves(Listener listener, Parent parent, Url url) {
        boolean meant = (parent.sectionName().isEmpty() || parent.sectionName().equals(listener.name()))
                && (parent.port() == 0 || parent.port() == listener.port());
        return meant && serves(listener, url);
    }

    private Match takes(Gateway gateway, Listener listener, GatewayRoute route) {
        String kind = route.ref().kind().name();
        Set<String> usual = listener.protocol().equals("TLS") ? Set.of("TLSRoute") : Set.of("HTTPRoute", "GRPCRoute");
        if (listener.kinds().isEmpty()
                ? !usual.contains(kind)
                : !listener.kinds().contains(kind)) {
            return no("it takes no %s", kind);
        }
        return switch (listener.from()) {
            case ALL -> Match.YES;
            case NONE -> no("it takes no routes of %s", "any namespace");
            case SAME ->
                gateway.namespace().equals(route.namespace())
                        ? Match.YES
                        : no("it takes only routes of namespace %s", gateway.namespace());
            case SELECTOR -> {
                Tenant tenant = network.tenants().getOrDefault(route.namespace(), Tenant.named(route.namespace()));
                Match match = listener.namespaces() == null ? Match.NO : tenant.matches(listener.namespaces());
                yield match.possible() ? match : no("its selector does not match namespace %s", route.namespace());
            }
        };
    }

    // ---- the best of those that match

    private List<Aim> aims(Url url, List<Candidate> all) {
        List<Candidate> candidates = all.stream().sorted(PRECEDENCE).toList();
        Gateway gateway = candidates.getFirst().gateway();
        List<Aim> aims = new ArrayList<>();
        for (Candidate one : candidates) {
            boolean always = one.match().condition().isEmpty() && one.taken().kind() == Match.Kind.YES;
            boolean nothingElse = !always && one == candidates.getLast();
            aims.add(new Aim(
                    one.route().ref() + " " + one.match().path() + " of " + gateway.ref(),
                    List.of(),
                    client -> ways(client, url, one, nothingElse)));
            if (always) {
                break;
            }
        }
        return aims;
    }

    private List<Way> ways(End client, Url url, Candidate one, boolean nothingElse) {
        GatewayRoute route = one.route();
        List<Step> taken = new ArrayList<>();
        taken.add(new Step.Resolved(
                Text.of("listener %s of %s", one.listener(), one.gateway().ref()),
                one.gateway().at(one.listener().path())));
        String condition = one.match().condition().isEmpty()
                ? ""
                : ", if it has " + one.match().condition();
        taken.add(new Step.Resolved(
                Text.of("%s takes %s%s", route.ref(), url, condition),
                route.at(one.match().path())));
        List<PodSet> pods = pods(one.gateway());
        List<Way> ways;
        if (pods.isEmpty()) {
            Text text = Text.of(
                    "the pods that serve %s are not in the input; collect kubectl get gatewayclasses,gateways,deployments,daemonsets,pods,services -A -o yaml",
                    one.gateway().ref());
            ways = List.of(ProxyPath.missing(client, ROLE, text, one.gateway().at("spec.gatewayClassName"), taken));
        } else {
            ways = proxyPath.through(client, ROLE, pods, url.port(), taken, onward(one));
        }
        if (one.taken().kind() != Match.Kind.YES) {
            Reach open = one.taken().kind() == Match.Kind.DEPENDS ? Reach.DEPENDS : Reach.UNKNOWN;
            return judged(ways, open, one.taken().reason());
        }
        return nothingElse
                ? judged(
                        ways,
                        Reach.DEPENDS,
                        Text.of("only requests with %s are taken", one.match().condition()))
                : ways;
    }

    private static List<Way> judged(List<Way> ways, Reach reach, Text why) {
        return ways.stream()
                .map(way -> way.after(walk -> walk.judge(reach, why)))
                .toList();
    }

    /**
     * Those that are labelled with the Gateway's name, and those behind the Services that have its addresses. An address
     * of a Service without a selector, as Cilium makes them, leads to none.
     */
    private List<PodSet> pods(Gateway gateway) {
        Set<PodSet> pods = new LinkedHashSet<>();
        for (PodSet set : network.podSets()) {
            boolean own = gateway.name().equals(set.labels().get(GATEWAY_NAME))
                    && gateway.namespace().equals(set.namespace());
            boolean envoy = gateway.name().equals(set.labels().get(OWNING_NAME))
                    && gateway.namespace().equals(set.labels().get(OWNING_NAMESPACE));
            if ((own || envoy) && !set.scaledToZero()) {
                pods.add(set);
            }
        }
        if (pods.isEmpty()) {
            Map<Ref, List<PodSet>> selected = network.selected();
            for (Resource resource : network.resources()) {
                if (resource instanceof Service service
                        && gateway.addresses().stream().anyMatch(address -> has(service, address))) {
                    pods.addAll(selected.getOrDefault(service.ref(), List.of()));
                }
            }
        }
        return List.copyOf(pods);
    }

    private static boolean has(Service service, String address) {
        return service.traffic().addresses().contains(address)
                || service.traffic().hostnames().contains(address)
                || service.traffic().externalIPs().contains(address);
    }

    private List<ProxyPath.Onward> onward(Candidate one) {
        GatewayRoute route = one.route();
        if (one.rule().redirects()) {
            return List.of(ProxyPath.Onward.answered(
                    Text.of("the gateway answers with a redirect"),
                    route.at(one.rule().path())));
        }
        List<ProxyPath.Onward> onward = new ArrayList<>();
        for (GatewayRoute.Backend backend : one.rule().backends()) {
            if (backend.weight() > 0) {
                onward.add(to(route, backend));
            }
        }
        return onward.isEmpty()
                ? List.of(ProxyPath.Onward.lost(
                        Text.of("the rule has no backend: the gateway answers with status 500"),
                        route.at(one.rule().path())))
                : onward;
    }

    private ProxyPath.Onward to(GatewayRoute route, GatewayRoute.Backend backend) {
        Ref ref = backend.ref();
        if (!ref.kind().equals(Kind.SERVICE)) {
            return ProxyPath.Onward.unknown(Text.of("where %s leads is not followed", ref), route.at(backend.path()));
        }
        if (!ref.namespace().equals(route.namespace())
                && grants.stream().noneMatch(grant -> grant.lets(route.ref().kind(), route.namespace(), ref))) {
            return network.ledger().complete(ReferenceGrant.KIND, ref.namespace())
                    ? ProxyPath.Onward.lost(
                            Text.of(
                                    "no ReferenceGrant in namespace %s lets %s refer to %s",
                                    ref.namespace(), route.ref(), ref),
                            route.at(backend.path()))
                    : ProxyPath.Onward.unknown(
                            Text.of(
                                    "whether a ReferenceGrant lets %s refer to %s is not in the input; collect kubectl get referencegrants -n %s -o yaml",
                                    route.ref(), ref, ref.namespace()),
                            route.at(backend.path()));
        }
        Service service = servicePath.service(ref);
        if (service == null) {
            return ProxyPath.Onward.absent(ref, route.at(backend.path()));
        }
        for (ServicePort port : service.ports()) {
            if (port.port() == backend.port()) {
                return ProxyPath.Onward.to(ROLE, service, port, route.at(backend.path()));
            }
        }
        return ProxyPath.Onward.lost(
                Text.of("%s has no port %s, only %s", service.ref(), backend.port(), service.portList()),
                route.at(backend.path()));
    }

    private static Match no(String format, String word) {
        return new Match(Match.Kind.NO, Text.of(format, word));
    }
}
