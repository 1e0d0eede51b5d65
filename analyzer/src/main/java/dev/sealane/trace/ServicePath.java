package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The way through a Service: its own address, its node ports, its load balancer. */
final class ServicePath {
    private final Names names;
    private final Backends backends;
    private final ServiceProxy proxy;
    private final PodPath podPath;
    private final AddressPath addressPath;

    ServicePath(Names names, Backends backends, ServiceProxy proxy, PodPath podPath, AddressPath addressPath) {
        this.names = names;
        this.backends = backends;
        this.proxy = proxy;
        this.podPath = podPath;
        this.addressPath = addressPath;
    }

    /** Null if it is not in the input. */
    Service service(Ref ref) {
        return names.service(ref);
    }

    /** What somebody outside reaches of a Service: its load balancer, else its node ports. */
    List<Way> fromOutside(End client, Service service, ServicePort port) {
        Service.Traffic traffic = service.traffic();
        if (service.type().equals("LoadBalancer")) {
            return external(
                    client,
                    service,
                    port,
                    traffic.addresses().isEmpty() ? "" : traffic.addresses().getFirst());
        }
        if (!traffic.externalIPs().isEmpty()) {
            return external(client, service, port, traffic.externalIPs().getFirst());
        }
        if (service.type().equals("NodePort")) {
            return nodePort(client, service, port);
        }
        return clusterIp(client, service, port);
    }

    List<Way> clusterIp(End client, Service service, ServicePort port) {
        String vip = service.clusterIPs().isEmpty()
                ? service.name()
                : service.clusterIPs().getFirst();
        if (client.isOutside()) {
            Text text = Text.of(
                    "%s is of type %s: its address means nothing outside of the cluster",
                    service.ref(), service.type());
            return List.of(Way.lost(client, service.ref().toString(), text, service.at("spec.type"), false));
        }
        return proxied(
                client,
                client,
                service,
                port,
                vip,
                client.nodeName(),
                service.traffic().internalLocal(),
                false,
                List.of());
    }

    List<Way> external(End client, Service service, ServicePort port, String address) {
        Service.Traffic traffic = service.traffic();
        if (address.isEmpty() && traffic.hostnames().isEmpty()) {
            Text text = Text.of("%s has no address yet: no load balancer has been made for it", service.ref());
            return List.of(
                    service.meta().captured()
                            ? Way.lost(client, service.ref().toString(), text, service.at("status.loadBalancer"), false)
                            : unknownNode(client, service, port));
        }
        String shown = address.isEmpty() ? traffic.hostnames().getFirst() : address;
        if (client.isOutside() && !traffic.sourceRanges().isEmpty()) {
            boolean inside = traffic.sourceRanges().stream()
                    .flatMap(range -> Cidr.tryParse(range.strip()).stream())
                    .anyMatch(range -> range.contains(client.address()));
            if (!inside) {
                Text text = Text.of("loadBalancerSourceRanges of %s do not have %s", service.ref(), client.at());
                return List.of(Way.lost(
                        client, service.ref().toString(), text, service.at("spec.loadBalancerSourceRanges"), false));
            }
        }
        if (traffic.proxied().contains(shown)) {
            return client.isOutside()
                    ? balanced(Way.at(client), service, port, shown)
                    : balanced(toBalancer(client, shown, port), service, port, shown);
        }
        if (client.isOutside()) {
            return fromBalancer(client, service, port, shown);
        }
        // The proxy of a node knows addresses, not names.
        return Cidr.isAddress(shown)
                ? outward(client, service, port, shown, client.nodeName())
                : balanced(toBalancer(client, shown, port), service, port, shown);
    }

    private Way toBalancer(End client, String shown, ServicePort port) {
        Cidr address = Cidr.tryParse(shown).orElse(End.ANY);
        String name = Cidr.isAddress(shown) ? "" : shown;
        return addressPath.toAddress(client, address, name, shown, port.port(), port.protocol());
    }

    /** Through a load balancer that connects itself. */
    private List<Way> balanced(Way front, Service service, ServicePort port, String shown) {
        return fromBalancer(End.LOAD_BALANCER, service, port, shown).stream()
                .map(way -> front.then("the load balancer of " + service.ref(), way))
                .toList();
    }

    /** Through any of the nodes to which a load balancer sends. */
    private List<Way> fromBalancer(End client, Service service, ServicePort port, String shown) {
        List<Way> ways = new ArrayList<>();
        for (String node : backends.nodes().keySet().stream().sorted().toList()) {
            List<Way> through = outward(client, service, port, shown, node);
            // Load balancers leave out nodes whose health check node port says that they have no endpoint.
            boolean healthy = !service.traffic().externalLocal()
                    || through.stream().noneMatch(way -> way.endpoints().isEmpty());
            if (healthy) {
                ways.addAll(through);
            }
        }
        return ways.isEmpty() ? outward(client, service, port, shown, "") : ways;
    }

    /** Through each node, on an address that serves node ports. */
    private List<Way> nodePort(End client, Service service, ServicePort port) {
        List<Way> ways = new ArrayList<>();
        backends.nodes().values().stream()
                .sorted(Comparator.comparing(Node::name))
                .forEach(node -> ways.addAll(nodePort(client, service, port, node, "")));
        return ways.isEmpty() ? outward(client, service, port, "any node", "") : ways;
    }

    /** @param address of the node; empty for one that serves node ports */
    List<Way> nodePort(End client, Service service, ServicePort port, Node node, String address) {
        List<String> served = proxy.nodePortAddresses(node);
        if (!node.addresses().isEmpty() && (address.isEmpty() ? served.isEmpty() : !served.contains(address))) {
            Text text = Text.of(
                    "kube-proxy serves node ports on %s (nodePortAddresses), which %s is not",
                    proxy.nodePorts(), address.isEmpty() ? "no address of node " + node.name() : address);
            return List.of(Way.lost(client, "Node " + node.name(), text, proxy.place(), true));
        }
        String chosen = !address.isEmpty() ? address : served.isEmpty() ? node.name() : served.getFirst();
        return outward(client, service, port, chosen, node.name());
    }

    /** The ways to pods of a template or of the input, from whoever connects to them directly. */
    List<Way> toEndpoints(End client, Service service, ServicePort port) {
        Backends.Found found = backends.of(service, port);
        List<Backend> usable = Backends.usable(found.all());
        if (usable.isEmpty()) {
            return List.of(nothing(client, service, found));
        }
        return usable.stream()
                .map(one -> one.set() == null
                        ? addressPath.toAddress(
                                client,
                                Cidr.tryParse(one.address()).orElse(End.ANY),
                                "",
                                one.address(),
                                one.port(),
                                port.protocol())
                        : podPath.toBackend(
                                client,
                                new Translation(null, null, "", client.nodeName(), one, port.protocol(), Text.of("")),
                                client))
                .toList();
    }

    /** In manifests a load balancer is taken to be made. */
    private Way unknownNode(End client, Service service, ServicePort port) {
        List<Way> ways = outward(client, service, port, "the load balancer of " + service.name(), "");
        return ways.getFirst();
    }

    /** Through an address that also the outside uses, translated by a node. */
    private List<Way> outward(End client, Service service, ServicePort port, String address, String nodeName) {
        boolean local = service.traffic().externalLocal();
        boolean here = !client.isOutside() && client.nodeName().equals(nodeName) && !nodeName.isEmpty();
        End seen = client;
        List<Step> before = List.of();
        if (!here && client.isPod() && !client.onHost()) {
            // A pod that leaves for another node does so as its own node.
            Node own = backends.node(client.nodeName());
            if (own != null) {
                seen = End.of(own);
                Tuple packet = new Tuple(client.source(), address, port.nodePort(), port.protocol());
                before = List.of(new Step.Translated(
                        Text.of(
                                "SNAT to the address of node %s, as most CNIs do for what leaves the pod network",
                                own.name()),
                        own.at("status.addresses"),
                        true,
                        packet,
                        packet.from(
                                own.addresses().isEmpty()
                                        ? own.name()
                                        : own.addresses().getFirst())));
            }
        }
        boolean all = local && here && proxy.shortCircuits();
        return proxied(client, seen, service, port, address, nodeName, local && !all, true, before);
    }

    /** @param seen the client as the node sees it that translates */
    private List<Way> proxied(
            End client,
            End seen,
            Service service,
            ServicePort port,
            String address,
            String nodeName,
            boolean local,
            boolean outward,
            List<Step> before) {
        Backends.Found found = backends.of(service, port);
        if (Backends.usable(found.all()).isEmpty()) {
            return List.of(nothing(client, service, found));
        }
        Backends.Used used = backends.used(found.all(), local, nodeName);
        if (used.backends().isEmpty() && proxy.mode().equals("ipvs")) {
            used = backends.used(found.all(), false, nodeName);
        }
        if (used.backends().isEmpty()) {
            String field = outward ? "spec.externalTrafficPolicy" : "spec.internalTrafficPolicy";
            Text text = Text.of(
                    "%s has no endpoint on node %s, and its traffic policy is Local: dropped by design",
                    service.ref(), nodeName);
            return List.of(Way.lost(client, service.ref().toString(), text, service.at(field), false));
        }
        List<Way> ways = new ArrayList<>();
        for (Backend backend : used.backends()) {
            ways.add(podPath.toBackend(
                    client,
                    new Translation(
                            service,
                            port,
                            address,
                            nodeName,
                            backend,
                            port.protocol(),
                            used.why(),
                            outward,
                            used.uncertain(),
                            found,
                            before),
                    seen));
        }
        return ways;
    }

    static Way nothing(End client, Service service, Backends.Found found) {
        if (found.doubt()) {
            Text text =
                    Text.of("which endpoints %s has is not in the input; collect %s", service.ref(), found.missing());
            return Way.unknown(
                    client, service.ref().toString(), text, service.at(service.selecting() ? "spec.selector" : ""));
        }
        Text text = found.all().isEmpty()
                ? Text.of("%s has no endpoints (%s): the connection is refused", service.ref(), found.source())
                : Text.of(
                        "none of the %s endpoints of %s is ready: the connection is refused",
                        found.all().size(), service.ref());
        Place place = found.all().isEmpty()
                ? service.at(service.selecting() ? "spec.selector" : "")
                : found.all().getFirst().place();
        return Way.lost(client, service.ref().toString(), text, place, true);
    }
}
