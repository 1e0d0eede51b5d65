package dev.sealane.trace;

import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Selects;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The way through a proxy of layer 7: to its pods, and from them to what it forwards requests to. */
final class ProxyPath {
    /**
     * The way on from a proxy.
     *
     * @param step the proxy's choice, or what it answers itself
     * @param service null if it leads no further
     * @param port null with {@code service}
     * @param end what becomes of a request that it does not forward
     */
    record Onward(Step step, Service service, ServicePort port, Reach end) {
        static Onward to(String role, Service service, ServicePort port, Place place) {
            Text text = Text.of("the %s routes to %s, port %s", role, service.ref(), port);
            return new Onward(new Step.Resolved(text, place), service, port, Reach.REACHABLE);
        }

        /** By the proxy itself. */
        static Onward answered(Text text, Place place) {
            return new Onward(new Step.Resolved(text, place), null, null, Reach.REACHABLE);
        }

        static Onward lost(Text text, Place place) {
            return new Onward(new Step.Lost(text, place, true), null, null, Reach.UNREACHABLE);
        }

        /** To a Service that the input does not have. */
        static Onward absent(Ref service, Place place) {
            return unknown(Text.of("%s, the backend, is not in the input", service), place);
        }

        static Onward unknown(Text text, Place place) {
            return new Onward(new Step.Selected(text, place, List.of()), null, null, Reach.UNKNOWN);
        }
    }

    private final Network network;
    private final PodPath podPath;
    private final ServicePath servicePath;

    ProxyPath(Network network, PodPath podPath, ServicePath servicePath) {
        this.network = network;
        this.podPath = podPath;
        this.servicePath = servicePath;
    }

    /**
     * From a client to the endpoints of Services, through any of the proxy's pods.
     *
     * @param role of the proxy, in words
     * @param proxies its pods, not empty
     * @param steps what is known at the client
     */
    List<Way> through(End client, String role, List<PodSet> proxies, int port, List<Step> steps, List<Onward> onward) {
        List<Way> ways = new ArrayList<>();
        for (PodSet proxy : proxies) {
            List<Way> back = onward.stream()
                    .flatMap(next -> back(end(proxy), next).stream())
                    .toList();
            for (Way front : front(client, role, proxy, port)) {
                back.forEach(way -> ways.add(before(front.then(way.client().at() + ", the " + role, way), steps)));
            }
        }
        return ways;
    }

    /** Its pods are to be seen, but not in this input. */
    static Way missing(End client, String role, Text text, Place place, List<Step> steps) {
        return before(Way.unknown(client, role, text, place), steps);
    }

    static Way before(Way way, List<Step> steps) {
        return way.after(walk -> steps.forEach(walk::step));
    }

    private static End end(PodSet proxy) {
        Pod first = proxy.pods().isEmpty() ? null : proxy.pods().getFirst();
        return End.of(
                proxy, proxy.pods().stream().filter(Pod::ready).findFirst().orElse(first));
    }

    /** To the proxy: through the Services that select it, else to its pods directly. */
    private List<Way> front(End client, String role, PodSet proxy, int port) {
        List<Way> ways = new ArrayList<>();
        for (Object fact : network.facts()) {
            if (fact instanceof Selects selects && selects.pods() == proxy) {
                Service service = servicePath.service(selects.service());
                for (ServicePort one : service.ports()) {
                    boolean open = !client.isOutside()
                            || !service.type().equals("ClusterIP")
                            || !service.traffic().externalIPs().isEmpty();
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
        if (proxy.spec().hostNetwork() || proxy.spec().ports().isEmpty()) {
            return podPath.toPods(client, proxy, port);
        }
        Text text = Text.of("no Service of the input leads from %s to port %s of %s", client.at(), port, proxy.owner());
        return List.of(Way.unknown(client, role, text, proxy.at("")));
    }

    /** Proxies connect to the endpoints themselves, as most do: not to the Service's address. */
    private List<Way> back(End proxy, Onward next) {
        if (next.service() == null) {
            return List.of(new Way(
                    proxy,
                    Arrays.asList(next.end(), next.step().detail().toString()),
                    List.of(),
                    List.of(),
                    (walk, endpoints) -> {
                        walk.step(next.step());
                        walk.judge(next.end(), next.step().detail());
                    }));
        }
        return servicePath.toEndpoints(proxy, next.service(), next.port()).stream()
                .map(way -> before(way, List.of(next.step())))
                .toList();
    }
}
