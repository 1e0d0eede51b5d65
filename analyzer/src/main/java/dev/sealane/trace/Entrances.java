package dev.sealane.trace;

import dev.sealane.facts.Other;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What takes the request for a URL: Ingresses, routes of the Gateway API, Routes of OpenShift. */
final class Entrances {
    /** Kinds of other APIs that lead requests to Services. */
    private static final Set<String> OTHERS = Set.of("VirtualService", "IngressRoute", "HTTPProxy");

    private final List<Ref> others;
    private final IngressEntrance ingresses;
    private final GatewayEntrance gateways;
    private final OpenShiftEntrance openShift;

    Entrances(Network network, ProxyPath proxyPath, ServicePath servicePath) {
        others = network.resources().stream()
                .filter(resource -> resource instanceof Other
                        && OTHERS.contains(resource.ref().kind().name()))
                .map(resource -> resource.ref())
                .toList();
        ingresses = new IngressEntrance(network, servicePath, proxyPath);
        gateways = new GatewayEntrance(network, servicePath, proxyPath);
        openShift = new OpenShiftEntrance(network, servicePath, proxyPath);
    }

    /** @throws UsageError if this is no URL or nothing takes it */
    List<Aim> aims(String text) {
        Url url = Url.parse(text);
        List<Aim> aims = new ArrayList<>(ingresses.aims(url));
        aims.addAll(gateways.aims(url));
        aims.addAll(openShift.aims(url));
        if (!aims.isEmpty()) {
            return aims;
        }
        if (!others.isEmpty()) {
            Text open = Text.of("no Ingress and no route takes it; whether %s does is not followed", others.getFirst());
            return List.of(new Aim("", List.of(), client -> List.of(Way.unknown(client, "routes", open, null))));
        }
        Set<String> hosts = new TreeSet<>(ingresses.hosts());
        hosts.addAll(gateways.hosts());
        hosts.addAll(openShift.hosts());
        throw new UsageError("no Ingress and no route in the input takes " + url.host() + url.path()
                + (hosts.isEmpty() ? ": there is none" : "; there are hosts " + String.join(", ", hosts)));
    }
}
