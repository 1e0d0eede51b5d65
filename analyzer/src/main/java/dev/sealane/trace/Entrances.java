package dev.sealane.trace;

import dev.sealane.facts.Ingress;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selects;
import dev.sealane.facts.Serves;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way of an HTTP request: to the controller of an Ingress, and from it to the backend. */
final class Entrances {
    private static final Pattern URL = Pattern.compile("(https?)://([^/:\\[\\]]+)(?::([0-9]{1,5}))?(/.*)?");

    /** Kinds of other APIs that lead requests to Services. */
    private static final Set<String> OTHERS =
            Set.of("HTTPRoute", "GRPCRoute", "Route", "VirtualService", "IngressRoute", "HTTPProxy");

    private record Match(Ingress ingress, Ingress.Path path, Ingress.Backend backend) {}

    private final Network network;
    private final Names names;
    private final PodPath podPath;
    private final ServicePath servicePath;

    Entrances(Network network, Names names, PodPath podPath, ServicePath servicePath) {
        this.network = network;
        this.names = names;
        this.podPath = podPath;
        this.servicePath = servicePath;
    }

    /** @throws UsageError if this is no URL or no Ingress has the host */
    List<Aim> aims(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            throw new UsageError('"' + text + "\" is no URL such as http://shop.example.com/cart");
        }
        boolean tls = url.group(1).equals("https");
        int port = url.group(3) != null ? Integer.parseInt(url.group(3)) : tls ? 443 : 80;
        String path = url.group(4) == null ? "/" : url.group(4).replaceFirst("[?#].*", "");
        List<Ref> others = network.resources().stream()
                .filter(resource -> OTHERS.contains(resource.ref().kind().name()))
                .map(Resource::ref)
                .toList();
        List<Match> matches = matches(url.group(2).toLowerCase(Locale.ROOT), path, others.isEmpty());
        List<Aim> aims = new ArrayList<>();
        if (matches.isEmpty()) {
            Text open = Text.of("no Ingress takes it; whether %s does is not followed", others.getFirst());
            return List.of(new Aim("", List.of(), client -> List.of(Way.unknown(client, "routes", open, null))));
        }
        for (Match match : matches) {
            aims.add(new Aim(match.ingress().ref().toString(), List.of(), client -> ways(client, match, text, port)));
        }
        return aims;
    }

    /** The paths that win: the most specific host, then an exact path, then the longest prefix. */
    private List<Match> matches(String host, String path, boolean ingressesOnly) {
        List<Match> all = new ArrayList<>();
        Set<String> hosts = new TreeSet<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof Ingress ingress) {
                for (Ingress.Path one : ingress.paths()) {
                    hosts.add(one.host().isEmpty() ? "*" : one.host());
                    if (host(one.host(), host) > 0 && path(one, path) > 0) {
                        all.add(new Match(ingress, one, one.backend()));
                    }
                }
                if (ingress.defaultBackend() != null) {
                    all.add(new Match(ingress, null, ingress.defaultBackend()));
                }
            }
        }
        if (all.isEmpty() && !ingressesOnly) {
            return List.of();
        }
        if (all.isEmpty()) {
            throw new UsageError("no Ingress in the input takes " + host + path
                    + (hosts.isEmpty() ? ": there is none" : "; there are hosts " + String.join(", ", hosts)));
        }
        Comparator<Match> order = Comparator.comparingInt(match -> rank(match, host, path));
        int best = all.stream().max(order).map(match -> rank(match, host, path)).orElseThrow();
        return all.stream().filter(match -> rank(match, host, path) == best).toList();
    }

    private static int rank(Match match, String host, String path) {
        return match.path() == null ? 0 : host(match.path().host(), host) * 100_000 + path(match.path(), path);
    }

    /** 3 for the host itself, 2 for a wildcard of one label, 1 for any; 0 if it does not match. */
    private static int host(String rule, String host) {
        if (rule.isEmpty()) {
            return 1;
        }
        if (rule.startsWith("*.")) {
            return host.indexOf('.') > 0 && host.substring(host.indexOf('.')).equals(rule.substring(1)) ? 2 : 0;
        }
        return rule.equalsIgnoreCase(host) ? 3 : 0;
    }

    /** By elements, as the API says of Prefix; 0 if it does not match. */
    private static int path(Ingress.Path rule, String path) {
        String wanted = rule.path().isEmpty() ? "/" : rule.path();
        if (rule.pathType().equals("Exact")) {
            return wanted.equals(path) ? 50_000 : 0;
        }
        String prefix = wanted.endsWith("/") ? wanted : wanted + "/";
        return (path + "/").startsWith(prefix) ? 1 + prefix.length() : 0;
    }

    private List<Way> ways(End client, Match match, String url, int port) {
        List<PodSet> controllers = new ArrayList<>();
        for (Object fact : network.facts()) {
            if (fact instanceof Serves serves
                    && serves.ingress().equals(match.ingress().ref())) {
                controllers.add(serves.controller());
            }
        }
        Text rule = Text.of(
                "%s takes %s%s", match.ingress().ref(), url, match.path() == null ? " by its default backend" : "");
        Step resolved = new Step.Resolved(
                rule,
                match.path() == null
                        ? match.ingress().at("spec.defaultBackend")
                        : match.ingress().at(match.path().place()));
        if (controllers.isEmpty()) {
            Text text = Text.of(
                    "the controller of %s is not in the input; collect kubectl get ingressclasses,deployments,daemonsets,pods,services -A -o yaml",
                    match.ingress().ref());
            return List.of(before(
                    Way.unknown(
                            client, "Ingress controller", text, match.ingress().classPlace()),
                    resolved));
        }
        List<Way> ways = new ArrayList<>();
        for (PodSet controller : controllers) {
            for (Way front : front(client, controller, port)) {
                for (Way back : back(controller, match)) {
                    ways.add(join(client, resolved, front, back));
                }
            }
        }
        return ways;
    }

    private static Way before(Way way, Step step) {
        return new Way(way.client(), way.key(), List.of(), way.endpoints(), (walk, endpoints) -> {
            walk.step(step);
            way.write().accept(walk, endpoints);
        });
    }

    /** To the controller: through the Services that select it, else to its pods directly. */
    private List<Way> front(End client, PodSet controller, int port) {
        List<Way> ways = new ArrayList<>();
        for (Object fact : network.facts()) {
            if (fact instanceof Selects selects && selects.pods() == controller) {
                Service service = names.service(selects.service());
                for (ServicePort one : service.ports()) {
                    boolean open = client.isOutside()
                            ? !service.type().equals("ClusterIP")
                                    || !service.traffic().externalIPs().isEmpty()
                            : true;
                    if (one.port() == port && one.protocol() == Protocol.TCP && open && !service.headless()) {
                        ways.addAll(
                                client.isOutside()
                                        ? servicePath.fromOutside(client, service, one)
                                        : servicePath.clusterIp(client, service, one));
                    }
                }
            }
        }
        if (!ways.isEmpty()) {
            return ways;
        }
        if (controller.spec().hostNetwork() || controller.spec().ports().isEmpty()) {
            return podPath.toPods(client, controller, port);
        }
        Text text = Text.of(
                "no Service of the input leads from %s to port %s of %s", client.at(), port, controller.owner());
        return List.of(Way.unknown(client, "Ingress controller", text, controller.at("")));
    }

    /** Controllers connect to the endpoints themselves, as ingress-nginx, Traefik, HAProxy and Contour do. */
    private List<Way> back(PodSet controller, Match match) {
        Ingress.Backend backend = match.backend();
        End client = End.of(
                controller,
                controller.pods().stream()
                        .filter(Pod::ready)
                        .findFirst()
                        .orElse(
                                controller.pods().isEmpty()
                                        ? null
                                        : controller.pods().getFirst()));
        Service service = backend == null || backend.service() == null ? null : names.service(backend.service());
        if (service == null) {
            Text text = backend == null || backend.service() == null
                    ? Text.of("the backend is not a Service")
                    : Text.of("%s, the backend, is not in the input", backend.service());
            return List.of(Way.unknown(
                    client,
                    "backend",
                    text,
                    backend == null ? null : match.ingress().at(backend.path())));
        }
        ServicePort port = service.ports().stream()
                .filter(one -> matches(backend.port(), one))
                .findFirst()
                .orElse(null);
        if (port == null) {
            Text text = Text.of("%s has no port %s, only %s", service.ref(), backend.port(), service.portList());
            return List.of(Way.lost(
                    client, service.ref().toString(), text, match.ingress().at(backend.portPath()), true));
        }
        Step chosen = new Step.Resolved(
                Text.of("the controller routes to %s, port %s", service.ref(), port),
                match.ingress().at(backend.path()));
        return servicePath.toEndpoints(client, service, port).stream()
                .map(way -> before(way, chosen))
                .toList();
    }

    private static boolean matches(IntOrString wanted, ServicePort port) {
        return wanted.isName() ? wanted.name().equals(port.name()) : wanted.number() == port.port();
    }

    private static Way join(End client, Step first, Way front, Way back) {
        List<String> endpoints = back.endpoints();
        return new Way(client, Arrays.asList(front.key(), back.key()), List.of(), endpoints, (walk, alike) -> {
            walk.step(first);
            front.write().accept(walk, front.endpoints());
            if (walk.verdict() == Reach.UNREACHABLE) {
                return;
            }
            walk.hop(back.client().at() + ", the controller");
            back.write().accept(walk, alike);
        });
    }
}
