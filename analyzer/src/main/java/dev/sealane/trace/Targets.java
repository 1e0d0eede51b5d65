package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.select.Selection;
import dev.sealane.select.Selectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is meant by TO: Services, pods, nodes and addresses, also by their names in DNS. */
final class Targets {
    private final Selectors selectors;
    private final Backends backends;
    private final ServiceProxy proxy;
    private final Names names;
    private final PodPath podPath;
    private final AddressPath addressPath;
    private final ServicePath servicePath;
    private final DnsPath dnsPath;
    private final Entrances entrances;
    private final Map<String, Service> byAddress = new HashMap<>();
    private final Map<String, Service> outward = new HashMap<>();
    private final Map<String, Service> byHostname = new HashMap<>();
    private final Map<Integer, Service> byNodePort = new HashMap<>();

    Targets(
            Network network,
            Selectors selectors,
            Backends backends,
            ServiceProxy proxy,
            PolicyDecisions decisions,
            PodPath podPath,
            AddressPath addressPath) {
        this.selectors = selectors;
        this.backends = backends;
        this.proxy = proxy;
        this.podPath = podPath;
        this.addressPath = addressPath;
        names = new Names(network);
        servicePath = new ServicePath(names, backends, proxy, podPath, addressPath);
        dnsPath = new DnsPath(network, names, decisions, servicePath);
        entrances = new Entrances(network, new ProxyPath(network, podPath, servicePath), servicePath);
        for (Resource resource : network.resources()) {
            if (resource instanceof Service service) {
                enter(service);
            }
        }
    }

    private void enter(Service service) {
        if (!service.headless()) {
            service.clusterIPs().forEach(address -> byAddress.put(address, service));
        }
        service.traffic().externalIPs().forEach(address -> outward.put(address, service));
        service.traffic().addresses().forEach(address -> outward.put(address, service));
        service.traffic().hostnames().forEach(name -> byHostname.put(name, service));
        service.ports().stream()
                .filter(port -> port.nodePort() != 0)
                .forEach(port -> byNodePort.put(port.nodePort(), service));
    }

    /** @throws UsageError if nothing in the input is meant, or no port is */
    List<Aim> aims(Flow flow, End client) {
        String target = flow.target();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return entrances.aims(target);
        }
        if (target.equals("dns")) {
            return dnsPath.aims(client, this);
        }
        if (target.equals("internet")) {
            return List.of(outside(flow, End.ANY, ""));
        }
        if (Cidr.isAddress(target)) {
            return address(flow, target, List.of());
        }
        String node = target.startsWith("node/") || target.startsWith("node ") ? target.substring(5) : target;
        if (backends.node(node) != null) {
            return List.of(node(flow, backends.node(node), "", List.of()));
        }
        if (target.indexOf('/') >= 0 || target.indexOf('*') >= 0) {
            return selected(flow);
        }
        return name(flow, client);
    }

    private List<Aim> selected(Flow flow) {
        Selection selection = selectors.select(flow.target());
        List<Aim> aims = new ArrayList<>();
        boolean byKind = flow.target().split("/").length == 3;
        for (Service service : selection.services()) {
            List<ServicePort> ports = ports(service, flow);
            if (!ports.isEmpty() || byKind || selection.members().isEmpty()) {
                aims.addAll(service(flow, service, List.of()));
            }
        }
        if (!aims.isEmpty()) {
            return aims;
        }
        for (Selection.Member member : selection.members()) {
            aims.addAll(pods(flow, member.set(), member.pods(), List.of()));
        }
        selection.nodes().forEach(node -> aims.add(node(flow, node, "", List.of())));
        if (!selection.internet()) {
            selection.ranges().forEach(range -> aims.add(outside(flow, range, "")));
        }
        return aims;
    }

    private static List<ServicePort> ports(Service service, Flow flow) {
        return service.ports().stream()
                .filter(port -> flow.protocol() == null || port.protocol() == flow.protocol())
                .filter(port ->
                        flow.port().isEmpty() || port.name().equals(flow.port()) || port.port() == flow.number())
                .toList();
    }

    private List<Aim> service(Flow flow, Service service, List<Step> steps) {
        if (service.type().equals("ExternalName")) {
            return List.of(external(flow, service, steps, 0));
        }
        if (service.headless()) {
            return headless(flow, service, steps);
        }
        List<ServicePort> ports = ports(service, flow);
        if (ports.isEmpty()) {
            return List.of(noPort(flow, service, steps));
        }
        List<Aim> aims = new ArrayList<>();
        for (ServicePort port : ports) {
            aims.add(new Aim(
                    port.toString(),
                    steps,
                    client -> client.isOutside()
                            ? servicePath.fromOutside(client, service, port)
                            : servicePath.clusterIp(client, service, port)));
        }
        return aims;
    }

    private Aim noPort(Flow flow, Service service, List<Step> steps) {
        int number = flow.number();
        boolean forwards = !proxy.mode().equals("nftables");
        Text text = Text.of(
                "%s has no port %s%s, only %s",
                service.ref(), flow.port(), flow.protocol() == null ? "" : "/" + flow.protocol(), service.portList());
        return new Aim(
                "",
                steps,
                client -> List.of(Way.lost(
                        client, service.ref().toString(), text, service.at("spec.ports"), number > 0 && !forwards)));
    }

    /** The name is looked up outside, or again inside. */
    private Aim external(Flow flow, Service service, List<Step> before, int depth) {
        List<Step> steps = new ArrayList<>(before);
        steps.add(new Step.Resolved(
                Text.of("%s is another name of %s", service.ref(), service.externalName()),
                service.at("spec.externalName")));
        if (depth > 8) {
            Text loop = Text.of("names lead in a circle");
            return new Aim(
                    "",
                    steps,
                    client -> List.of(
                            Way.lost(client, service.ref().toString(), loop, service.at("spec.externalName"), true)));
        }
        Names.Answer answer = names.absolute(service.externalName());
        if (answer.service() != null && answer.service().type().equals("ExternalName")) {
            return external(flow, answer.service(), steps, depth + 1);
        }
        List<Aim> aims = found(flow, answer, steps);
        return aims.getFirst();
    }

    private List<Aim> headless(Flow flow, Service service, List<Step> before) {
        List<Step> steps = new ArrayList<>(before);
        steps.add(new Step.Resolved(
                Text.of("%s is headless: clients get the addresses of its pods, and use their ports", service.ref()),
                service.at("spec.clusterIP")));
        List<ServicePort> ports = ports(service, flow);
        ServicePort any = ports.isEmpty()
                ? service.ports().isEmpty() ? null : service.ports().getFirst()
                : ports.getFirst();
        if (any == null) {
            List<Aim> aims = new ArrayList<>();
            backends.selected(service).forEach(set -> aims.addAll(pods(flow, set, set.pods(), steps)));
            return aims;
        }
        Protocol protocol = flow.protocol() == null ? any.protocol() : flow.protocol();
        return List.of(new Aim("", steps, client -> {
            Backends.Found found = backends.of(service, any);
            List<Way> ways = new ArrayList<>();
            for (Backend one : found.all()) {
                if (one.ready() || service.publishNotReadyAddresses()) {
                    int number = flow.number() > 0 ? flow.number() : one.port();
                    Backend at = new Backend(
                            one.set(),
                            one.pod(),
                            one.address(),
                            number,
                            one.nodeName(),
                            true,
                            false,
                            List.of(),
                            List.of(),
                            one.place());
                    ways.add(podPath.toBackend(
                            client,
                            new Translation(null, null, "", client.nodeName(), at, protocol, Text.of("")),
                            client));
                }
            }
            if (ways.isEmpty()) {
                ways.add(ServicePath.nothing(client, service, found));
            }
            return ways;
        }));
    }

    private List<Aim> pods(Flow flow, PodSet set, List<Pod> pods, List<Step> steps) {
        List<ContainerPort> ports = set.spec().ports().stream()
                .filter(port -> flow.protocol() == null || port.protocol() == flow.protocol())
                .filter(port ->
                        flow.port().isEmpty() || port.name().equals(flow.port()) || port.number() == flow.number())
                .toList();
        if (ports.isEmpty() && flow.number() > 0) {
            ports = List.of(
                    new ContainerPort("", flow.number(), flow.protocol() == null ? Protocol.TCP : flow.protocol()));
        }
        if (ports.isEmpty()) {
            throw new UsageError(
                    flow.port().isEmpty()
                            ? set.owner() + " declares no port: name one, as in " + flow.to() + ":80"
                            : set.owner() + " has no port called " + flow.port());
        }
        List<Aim> aims = new ArrayList<>();
        for (ContainerPort port : ports) {
            aims.add(new Aim(port.toString(), steps, client -> {
                List<Way> ways = new ArrayList<>();
                if (pods.isEmpty()) {
                    ways.add(podPath.direct(client, Backends.of(set, null, port.number()), port.protocol()));
                }
                pods.forEach(
                        pod -> ways.add(podPath.direct(client, Backends.of(set, pod, port.number()), port.protocol())));
                return ways;
            }));
        }
        return aims;
    }

    private Aim outside(Flow flow, Cidr range, String domainName) {
        return outside(flow, range, domainName, List.of());
    }

    private Aim outside(Flow flow, Cidr range, String domainName, List<Step> steps) {
        int port = flow.number() > 0 ? flow.number() : 443;
        Protocol protocol = flow.protocol() == null ? Protocol.TCP : flow.protocol();
        String shown = !domainName.isEmpty() ? domainName : range.equals(End.ANY) ? "the internet" : End.text(range);
        return new Aim(
                shown,
                steps,
                client -> List.of(addressPath.toAddress(client, range, domainName, shown, port, protocol)));
    }

    List<Aim> address(Flow flow, String address, List<Step> steps) {
        Service service = byAddress.get(address);
        if (service != null) {
            return inside(flow, service, steps);
        }
        Service behind = outward.get(address);
        if (behind != null) {
            List<Aim> aims = new ArrayList<>();
            for (ServicePort port : ports(behind, flow)) {
                aims.add(
                        new Aim(port.toString(), steps, client -> servicePath.external(client, behind, port, address)));
            }
            return aims.isEmpty() ? List.of(noPort(flow, behind, steps)) : aims;
        }
        if (backends.nodeAt(address) != null) {
            return List.of(node(flow, backends.nodeAt(address), address, steps));
        }
        Pod pod = backends.podAt(address);
        return pod == null
                ? List.of(outside(flow, Cidr.parse(address), "", steps))
                : pods(flow, backends.setOf(pod), List.of(pod), steps);
    }

    private List<Aim> inside(Flow flow, Service service, List<Step> steps) {
        List<ServicePort> ports = ports(service, flow);
        if (ports.isEmpty()) {
            return List.of(noPort(flow, service, steps));
        }
        return ports.stream()
                .map(port -> new Aim(port.toString(), steps, client -> servicePath.clusterIp(client, service, port)))
                .toList();
    }

    /** @param address of the node; empty for any */
    private Aim node(Flow flow, Node node, String address, List<Step> steps) {
        int number = flow.number();
        Service service = byNodePort.get(number);
        if (service != null) {
            ServicePort port = service.ports().stream()
                    .filter(one -> one.nodePort() == number)
                    .filter(one -> flow.protocol() == null || one.protocol() == flow.protocol())
                    .findFirst()
                    .orElse(null);
            if (port != null) {
                return new Aim(
                        port.toString(), steps, client -> servicePath.nodePort(client, service, port, node, address));
            }
        }
        if (number == 0) {
            throw new UsageError(flow.to() + " needs a port, as in " + node.name() + ":10250");
        }
        Protocol protocol = flow.protocol() == null ? Protocol.TCP : flow.protocol();
        return new Aim("", steps, client -> List.of(addressPath.toNode(client, node, number, protocol)));
    }

    private List<Aim> name(Flow flow, End client) {
        String target = flow.target();
        if (byHostname.containsKey(target)) {
            Service service = byHostname.get(target);
            Step step = new Step.Resolved(
                    Text.of("%s is the load balancer of %s", target, service.ref()), service.at("status.loadBalancer"));
            List<Aim> aims = new ArrayList<>();
            for (ServicePort port : ports(service, flow)) {
                aims.add(new Aim(
                        port.toString(), List.of(step), one -> servicePath.external(one, service, port, target)));
            }
            return aims;
        }
        if (target.indexOf('.') < 0 && !client.isPod()) {
            Selection selection = selectors.select(target);
            throw new UsageError('"' + selection.text() + "\" is no target; name its namespace");
        }
        List<Step> steps = new ArrayList<>();
        if (!client.isPod()) {
            Text text = client.isOutside()
                    ? Text.of("%s is looked up outside of the cluster, where names of Services are not known", target)
                    : Text.of(
                            "%s is looked up at the DNS servers of the node, which know no names of Services", target);
            steps.add(new Step.Resolved(text, null));
            if (names.inCluster(target)) {
                return List.of(new Aim("", steps, one -> List.of(Way.lost(one, "DNS", text, null, true))));
            }
            return List.of(outside(flow, End.ANY, target, steps));
        }
        Names.Resolver resolver = names.resolver(client.set());
        steps.add(new Step.Resolved(resolver.text(), resolver.place()));
        Names.Answer answer = names.lookUp(target, resolver, client.set().namespace());
        steps.addAll(answer.steps());
        Traces lookup = dnsPath.lookUp(client, resolver, this);
        if (lookup != null) {
            steps.add(
                    new Step.Resolved(Text.of("DNS is %s: %s", lookup.verdict().word(), lookup.reason()), null));
        }
        List<Aim> aims = found(flow, answer, steps);
        if (lookup != null && lookup.verdict() != Reach.REACHABLE) {
            return aims.stream().map(aim -> DnsPath.without(aim, lookup)).toList();
        }
        return aims;
    }

    private List<Aim> found(Flow flow, Names.Answer answer, List<Step> steps) {
        if (answer.service() != null && !answer.pod().isEmpty()) {
            Service service = answer.service();
            Pod pod = backends.pod(service.namespace(), answer.pod());
            if (pod != null) {
                return pods(flow, backends.setOf(pod), List.of(pod), steps);
            }
            List<Aim> aims = new ArrayList<>();
            backends.selected(service).forEach(set -> aims.addAll(pods(flow, set, List.of(), steps)));
            return aims;
        }
        if (answer.service() != null) {
            return service(flow, answer.service(), steps);
        }
        if (!answer.address().isEmpty()) {
            return address(flow, answer.address(), steps);
        }
        if (!answer.domainName().isEmpty()) {
            return List.of(outside(flow, End.ANY, answer.domainName(), steps));
        }
        return List.of(new Aim(
                "",
                steps,
                client -> List.of(
                        answer.unknown()
                                ? Way.unknown(client, "DNS", answer.why(), null)
                                : Way.lost(client, "DNS", answer.why(), null, true))));
    }
}
