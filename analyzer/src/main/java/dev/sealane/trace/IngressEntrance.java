package dev.sealane.trace;

import dev.sealane.facts.Ingress;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Serves;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The way of a request that an Ingress takes. */
final class IngressEntrance {
    private static final String ROLE = "controller";

    private record Match(Ingress ingress, Ingress.Path path, Ingress.Backend backend) {}

    private final Network network;
    private final ServicePath servicePath;
    private final ProxyPath proxyPath;

    IngressEntrance(Network network, ServicePath servicePath, ProxyPath proxyPath) {
        this.network = network;
        this.servicePath = servicePath;
        this.proxyPath = proxyPath;
    }

    Set<String> hosts() {
        Set<String> hosts = new TreeSet<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof Ingress ingress) {
                ingress.paths().forEach(path -> hosts.add(path.host().isEmpty() ? "*" : path.host()));
            }
        }
        return hosts;
    }

    /** Empty if no Ingress takes it. */
    List<Aim> aims(Url url) {
        List<Aim> aims = new ArrayList<>();
        for (Match match : matches(url)) {
            aims.add(new Aim(match.ingress().ref().toString(), List.of(), client -> ways(client, match, url)));
        }
        return aims;
    }

    /** The paths that win: the most specific host, then an exact path, then the longest prefix. */
    private List<Match> matches(Url url) {
        List<Match> all = new ArrayList<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof Ingress ingress) {
                for (Ingress.Path one : ingress.paths()) {
                    if (host(one.host(), url.host()) > 0 && path(one, url) > 0) {
                        all.add(new Match(ingress, one, one.backend()));
                    }
                }
                if (ingress.defaultBackend() != null) {
                    all.add(new Match(ingress, null, ingress.defaultBackend()));
                }
            }
        }
        Comparator<Match> order = Comparator.comparingInt(match -> rank(match, url));
        int best = all.stream().max(order).map(match -> rank(match, url)).orElse(0);
        return all.stream().filter(match -> rank(match, url) == best).toList();
    }

    private static int rank(Match match, Url url) {
        return match.path() == null ? 0 : host(match.path().host(), url.host()) * 100_000 + path(match.path(), url);
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
    private static int path(Ingress.Path rule, Url url) {
        String wanted = rule.path().isEmpty() ? "/" : rule.path();
        boolean exact = rule.pathType().equals("Exact");
        if (!url.matches(wanted, exact)) {
            return 0;
        }
        return exact ? 50_000 : wanted.endsWith("/") ? 1 + wanted.length() : 2 + wanted.length();
    }

    private List<Way> ways(End client, Match match, Url url) {
        Ingress ingress = match.ingress();
        List<PodSet> controllers = new ArrayList<>();
        for (Object fact : network.facts()) {
            if (fact instanceof Serves serves && serves.ingress().equals(ingress.ref())) {
                controllers.add(serves.controller());
            }
        }
        List<Step> taken = List.of(new Step.Resolved(
                Text.of("%s takes %s%s", ingress.ref(), url, match.path() == null ? " by its default backend" : ""),
                match.path() == null
                        ? ingress.at("spec.defaultBackend")
                        : ingress.at(match.path().place())));
        if (controllers.isEmpty()) {
            Text text = Text.of(
                    "the controller of %s is not in the input; collect kubectl get ingressclasses,deployments,daemonsets,pods,services -A -o yaml",
                    ingress.ref());
            return List.of(ProxyPath.missing(client, ROLE, text, ingress.classPlace(), taken));
        }
        return proxyPath.through(client, ROLE, controllers, url.port(), taken, List.of(onward(match)));
    }

    private ProxyPath.Onward onward(Match match) {
        Ingress ingress = match.ingress();
        Ingress.Backend backend = match.backend();
        if (backend == null || backend.service() == null) {
            return ProxyPath.Onward.unknown(
                    Text.of("the backend is not a Service"), backend == null ? null : ingress.at(backend.path()));
        }
        Service service = servicePath.service(backend.service());
        if (service == null) {
            return ProxyPath.Onward.absent(backend.service(), ingress.at(backend.path()));
        }
        for (ServicePort port : service.ports()) {
            if (matches(backend.port(), port)) {
                return ProxyPath.Onward.to(ROLE, service, port, ingress.at(backend.path()));
            }
        }
        return ProxyPath.Onward.lost(
                Text.of("%s has no port %s, only %s", service.ref(), backend.port(), service.portList()),
                ingress.at(backend.portPath()));
    }

    private static boolean matches(IntOrString wanted, ServicePort port) {
        return wanted.isName() ? wanted.name().equals(port.name()) : wanted.number() == port.port();
    }
}
