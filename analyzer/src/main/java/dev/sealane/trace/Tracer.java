package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import dev.sealane.select.Selection;
import dev.sealane.select.Selectors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Follows connections through one cluster. */
public final class Tracer {
    private static final Cidr ANY = Cidr.parse("0.0.0.0/0");

    private final Network network;
    private final Selectors selectors;
    private final Backends backends;
    private final ServiceProxy proxy;
    private final Names names;
    private final Map<String, Service> byAddress = new HashMap<>();
    private final Map<String, Service> outward = new HashMap<>();
    private final Map<String, Service> byHostname = new HashMap<>();
    private final Map<Integer, Service> byNodePort = new HashMap<>();
    private final Map<String, Node> nodeAt = new HashMap<>();
    private final Map<List<Object>, Connections> decided = new HashMap<>();

    public Tracer(Network network) {
        this.network = network;
        this.selectors = new Selectors(network);
        this.backends = new Backends(network);
        this.proxy = ServiceProxy.of(network);
        this.names = new Names(network);
        for (Resource resource : network.resources()) {
            if (resource instanceof Service service) {
                enter(service);
            } else if (resource instanceof Node node) {
                node.addresses().forEach(address -> nodeAt.put(address, node));
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

    /** @throws UsageError if an end is written wrongly or nothing in the input is meant by it */
    public Traces trace(Flow flow) {
        List<End> clients = clients(flow.from());
        Map<Object, List<Way>> classes = new LinkedHashMap<>();
        Map<Object, List<Aim>> aims = new HashMap<>();
        for (End client : clients) {
            Object alike = client.isPod() ? client.set() : "";
            for (Aim aim : aims.computeIfAbsent(alike, unseen -> aims(flow, client))) {
                for (Way way : aim.target().apply(client)) {
                    classes.computeIfAbsent(List.of(aim.name(), way.key()), unseen -> new ArrayList<>())
                            .add(way.behind(aim));
                }
            }
        }
        List<Trace> traces = classes.values().stream().map(Tracer::trace).toList();
        return Traces.of(flow.from(), flow.to(), traces);
    }

    /** Follows a connection to a pod's, a node's or another address of its own, not through a Service. */
    public Traces trace(End from, End to, int port, Protocol protocol) {
        Way way;
        if (to.isPod()) {
            way = direct(from, Backends.of(to.set(), to.pod(), port), protocol);
        } else if (to.node() != null) {
            way = toNode(from, to.node(), port, protocol);
        } else {
            way = toAddress(from, to.address(), "", to.at(), port, protocol);
        }
        return Traces.of(
                from.selector(), Tuple.join(to.selector(), port) + "/" + protocol, List.of(trace(List.of(way))));
    }

    private static Trace trace(List<Way> alike) {
        Set<String> endpoints = new LinkedHashSet<>();
        alike.forEach(way -> endpoints.addAll(way.endpoints()));
        Walk walk = new Walk();
        Way first = alike.getFirst();
        walk.hop(first.client().at());
        for (Step step : first.before()) {
            walk.step(step);
        }
        running(walk, first.client());
        if (walk.verdict() != Reach.UNREACHABLE) {
            first.write().accept(walk, List.copyOf(endpoints));
        }
        return walk.end(alike.size());
    }

    /**
     * One way from a client to an endpoint.
     *
     * @param key equal for those that differ in names alone
     * @param before what happens at the client first
     * @param write writes it down, for all those alike together
     */
    record Way(
            End client, Object key, List<Step> before, List<String> endpoints, BiConsumer<Walk, List<String>> write) {
        Way behind(Aim aim) {
            return new Way(client, key, aim.steps(), endpoints, write);
        }
    }

    /** What is meant by the target, for clients that are alike. */
    record Aim(String name, List<Step> steps, Function<End, List<Way>> target) {}

    private static void running(Walk walk, End client) {
        Pod pod = client.pod();
        if (pod != null && pod.observed() && !pod.phase().equals("Running")) {
            walk.lost(new Step.Lost(
                    Text.of("the client does not run: its phase is %s", pod.phase()), pod.at("status.phase"), true));
        }
    }

    // ---- the ends

    private List<End> clients(String from) {
        String[] parts = from.split("/", 3);
        if (parts.length == 3
                && List.of("serviceaccount", "serviceaccounts", "sa").contains(parts[1])) {
            return serviceAccount(from, parts[0], parts[2]);
        }
        if (from.equals("internet")) {
            return List.of(End.outside(ANY, true));
        }
        if (nodeAt.containsKey(from)) {
            return List.of(End.of(nodeAt.get(from)));
        }
        if (from.indexOf('/') < 0 && backends.node(from) != null) {
            return List.of(End.of(backends.node(from)));
        }
        Selection selection = selectors.select(from);
        List<End> clients = new ArrayList<>();
        for (Selection.Member member : selection.members()) {
            if (member.pods().isEmpty()) {
                clients.add(End.of(member.set(), null));
            }
            member.pods().forEach(pod -> clients.add(End.of(member.set(), pod)));
        }
        selection.nodes().forEach(node -> clients.add(End.of(node)));
        if (selection.internet()) {
            clients.add(End.outside(ANY, true));
        } else {
            selection.ranges().forEach(range -> clients.add(End.outside(range, false)));
        }
        if (clients.isEmpty()) {
            throw new UsageError('"' + from + "\" has no pods in the input that could start a connection");
        }
        return clients;
    }

    private List<End> serviceAccount(String from, String namespace, String name) {
        List<End> clients = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (PodSet set : network.podSets()) {
            if (set.namespace().equals(namespace)) {
                known.add(set.spec().serviceAccount());
            }
            if (set.namespace().equals(namespace) && set.spec().serviceAccount().equals(name)) {
                if (set.pods().isEmpty()) {
                    clients.add(End.of(set, null));
                }
                set.pods().forEach(pod -> clients.add(End.of(set, pod)));
            }
        }
        if (clients.isEmpty()) {
            throw new UsageError('"' + from + "\" matches nothing: no pod of namespace " + namespace
                    + " in the input has that ServiceAccount; there are " + String.join(", ", known));
        }
        return clients;
    }

    private List<Aim> aims(Flow flow, End client) {
        String target = flow.target();
        if (target.startsWith("http://") || target.startsWith("https://")) {
            return new Entrances(network, this).aims(target);
        }
        if (target.equals("dns")) {
            return dns(client);
        }
        if (target.equals("internet")) {
            return List.of(outside(flow, ANY, ""));
        }
        if (Cidr.isAddress(target)) {
            return address(flow, target, List.of());
        }
        String node = target.startsWith("node/") || target.startsWith("node ") ? target.substring(5) : target;
        if (backends.node(node) != null) {
            return List.of(node(flow, backends.node(node), List.of()));
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
        selection.nodes().forEach(node -> aims.add(node(flow, node, List.of())));
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
                            ? fromOutside(client, service, port)
                            : clusterIp(client, service, port)));
        }
        return aims;
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
            return nodePort(client, service, port, null);
        }
        return clusterIp(client, service, port);
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
                client -> List.of(lost(
                        client, service.ref().toString(), text, service.at("spec.ports"), number > 0 && !forwards)));
    }

    static Way lost(End client, String at, Text text, Place place, boolean refused) {
        return new Way(
                client,
                List.of("lost", at, text.toString()),
                List.of(),
                List.of(),
                (walk, endpoints) -> walk.hop(at).lost(new Step.Lost(text, place, refused)));
    }

    static Way unknown(End client, String at, Text text, Place place) {
        return new Way(client, List.of("unknown", at, text.toString()), List.of(), List.of(), (walk, endpoints) -> {
            walk.hop(at).step(new Step.Selected(text, place, List.of()));
            walk.judge(Reach.UNKNOWN, text);
        });
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
                            lost(client, service.ref().toString(), loop, service.at("spec.externalName"), true)));
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
                    ways.add(toBackend(
                            client,
                            new Translation(null, null, "", client.nodeName(), at, protocol, Text.of("")),
                            client));
                }
            }
            if (ways.isEmpty()) {
                ways.add(nothing(client, service, found));
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
                    ways.add(direct(client, Backends.of(set, null, port.number()), port.protocol()));
                }
                pods.forEach(pod -> ways.add(direct(client, Backends.of(set, pod, port.number()), port.protocol())));
                return ways;
            }));
        }
        return aims;
    }

    private Way direct(End client, Backend backend, Protocol protocol) {
        Pod pod = backend.pod();
        if (pod != null && pod.observed() && pod.podIPs().isEmpty()) {
            Text text = Text.of(
                    "%s has no address yet: %s",
                    pod.ref(), pod.unreadyReason().isEmpty() ? pod.phase() : pod.unreadyReason());
            return lost(client, backend.at(), text, pod.at("status"), true);
        }
        if (client.isOutside() && !backend.set().spec().hostNetwork() && client.internet()) {
            return lost(
                    client,
                    backend.at(),
                    Text.of("addresses of pods are not routed outside of the cluster"),
                    null,
                    false);
        }
        return toBackend(
                client, new Translation(null, null, "", client.nodeName(), backend, protocol, Text.of("")), client);
    }

    private Aim outside(Flow flow, Cidr range, String domainName) {
        return outside(flow, range, domainName, List.of());
    }

    private Aim outside(Flow flow, Cidr range, String domainName, List<Step> steps) {
        int port = flow.number() > 0 ? flow.number() : 443;
        Protocol protocol = flow.protocol() == null ? Protocol.TCP : flow.protocol();
        String shown = !domainName.isEmpty() ? domainName : range.equals(ANY) ? "the internet" : End.text(range);
        return new Aim(shown, steps, client -> List.of(toAddress(client, range, domainName, shown, port, protocol)));
    }

    private List<Aim> address(Flow flow, String address, List<Step> steps) {
        Service service = byAddress.get(address);
        if (service != null) {
            return inside(flow, service, steps);
        }
        Service behind = outward.get(address);
        if (behind != null) {
            List<Aim> aims = new ArrayList<>();
            for (ServicePort port : ports(behind, flow)) {
                aims.add(new Aim(port.toString(), steps, client -> external(client, behind, port, address)));
            }
            return aims.isEmpty() ? List.of(noPort(flow, behind, steps)) : aims;
        }
        if (nodeAt.containsKey(address)) {
            return List.of(node(flow, nodeAt.get(address), steps));
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
                .map(port -> new Aim(port.toString(), steps, client -> clusterIp(client, service, port)))
                .toList();
    }

    private Aim node(Flow flow, Node node, List<Step> steps) {
        int number = flow.number();
        Service service = byNodePort.get(number);
        if (service != null) {
            ServicePort port = service.ports().stream()
                    .filter(one -> one.nodePort() == number)
                    .filter(one -> flow.protocol() == null || one.protocol() == flow.protocol())
                    .findFirst()
                    .orElse(null);
            if (port != null) {
                return new Aim(port.toString(), steps, client -> nodePort(client, service, port, node));
            }
        }
        if (number == 0) {
            throw new UsageError(flow.to() + " needs a port, as in " + node.name() + ":10250");
        }
        Protocol protocol = flow.protocol() == null ? Protocol.TCP : flow.protocol();
        return new Aim("", steps, client -> List.of(toNode(client, node, number, protocol)));
    }

    // ---- names

    private List<Aim> name(Flow flow, End client) {
        String target = flow.target();
        if (byHostname.containsKey(target)) {
            Service service = byHostname.get(target);
            Step step = new Step.Resolved(
                    Text.of("%s is the load balancer of %s", target, service.ref()), service.at("status.loadBalancer"));
            List<Aim> aims = new ArrayList<>();
            for (ServicePort port : ports(service, flow)) {
                aims.add(new Aim(port.toString(), List.of(step), one -> external(one, service, port, target)));
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
                return List.of(new Aim("", steps, one -> List.of(lost(one, "DNS", text, null, true))));
            }
            return List.of(outside(flow, ANY, target, steps));
        }
        Names.Resolver resolver = names.resolver(client.set());
        steps.add(new Step.Resolved(resolver.text(), resolver.place()));
        Names.Answer answer = names.lookUp(target, resolver, client.set().namespace());
        steps.addAll(answer.steps());
        // Manifests of an application do not have the DNS, which is there all the same; policies may close it.
        boolean judged = !names.servers().isEmpty()
                || !network.policies()
                        .chain(network.endpoint(client.set()), Direction.EGRESS)
                        .isEmpty();
        Traces lookup = resolver.cluster() && judged ? Traces.of("", "", traces(client, dns(client))) : null;
        if (lookup != null && !lookup.traces().isEmpty()) {
            steps.add(
                    new Step.Resolved(Text.of("DNS is %s: %s", lookup.verdict().word(), lookup.reason()), null));
        }
        List<Aim> aims = found(flow, answer, steps);
        if (lookup != null
                && lookup.verdict() != Reach.REACHABLE
                && !lookup.traces().isEmpty()) {
            return aims.stream().map(aim -> withoutDns(aim, lookup)).toList();
        }
        return aims;
    }

    private static Aim withoutDns(Aim aim, Traces lookup) {
        Text why = Text.of(
                "the name may not be found, since DNS is %s: %s",
                lookup.verdict().word(), lookup.reason());
        return new Aim(
                aim.name(),
                aim.steps(),
                client -> aim.target().apply(client).stream()
                        .map(way ->
                                new Way(way.client(), way.key(), way.before(), way.endpoints(), (walk, endpoints) -> {
                                    if (lookup.verdict() == Reach.UNREACHABLE) {
                                        walk.lost(new Step.Lost(why, null, false));
                                        return;
                                    }
                                    walk.judge(lookup.verdict(), why);
                                    way.write().accept(walk, endpoints);
                                }))
                        .toList());
    }

    private List<Trace> traces(End client, List<Aim> aims) {
        List<Trace> traces = new ArrayList<>();
        for (Aim aim : aims) {
            for (Way way : aim.target().apply(client)) {
                Walk walk = new Walk();
                walk.hop(client.at());
                way.write().accept(walk, way.endpoints());
                traces.add(walk.end(1));
            }
        }
        return traces;
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
            return List.of(outside(flow, ANY, answer.domainName(), steps));
        }
        return List.of(new Aim(
                "",
                steps,
                client -> List.of(
                        answer.unknown()
                                ? unknown(client, "DNS", answer.why(), null)
                                : lost(client, "DNS", answer.why(), null, true))));
    }

    /** The way to where names are looked up. */
    private List<Aim> dns(End client) {
        if (!client.isPod()) {
            throw new UsageError("dns is traced from pods: what nodes and others ask is not in the input");
        }
        Names.Resolver resolver = names.resolver(client.set());
        Step step = new Step.Resolved(resolver.text(), resolver.place());
        List<Aim> aims = new ArrayList<>();
        if (!resolver.cluster()) {
            if (resolver.nameservers().isEmpty()) {
                Text text = Text.of("its node's DNS servers are not in the input");
                return List.of(new Aim("", List.of(step), one -> List.of(unknown(one, "DNS", text, null))));
            }
            for (String nameserver : resolver.nameservers()) {
                for (Protocol protocol : List.of(Protocol.UDP, Protocol.TCP)) {
                    Flow flow = new Flow("", nameserver, nameserver, "53", protocol);
                    aims.addAll(address(flow, nameserver, List.of(step)));
                }
            }
            return aims;
        }
        PodSet cache = names.cache();
        if (cache != null) {
            aims.add(new Aim("cache", List.of(step), one -> List.of(toCache(one, cache))));
            return aims;
        }
        if (names.servers().isEmpty()) {
            Text text =
                    Text.of("the input has no DNS Service; collect kubectl get services,pods -n kube-system -o yaml");
            return List.of(new Aim("", List.of(step), one -> List.of(unknown(one, "DNS", text, null))));
        }
        for (Service service : names.servers()) {
            for (ServicePort port : service.ports()) {
                if (port.port() == 53) {
                    aims.add(new Aim(port.toString(), List.of(step), one -> clusterIp(one, service, port)));
                }
            }
        }
        return aims;
    }

    /** NodeLocal DNSCache answers on the client's own node; policies see an address of the node, not the DNS pods. */
    private Way toCache(End client, PodSet cache) {
        Cidr address = Cidr.parse("169.254.20.10");
        Decision asAddress = egress(client, new Endpoint.Addresses(address, true, ""), null, Protocol.UDP, 53);
        Decision asPod = egress(client, network.endpoint(cache), cache, Protocol.UDP, 53);
        Decision decision = asAddress.verdict() == Verdict.ALLOWED ? asAddress : asPod;
        return new Way(
                client,
                List.of("cache", decision),
                List.of(),
                List.of(cache.owner().name()),
                (walk, endpoints) -> {
                    if (!walk.filter("egress", decision, reach(decision, client))) {
                        return;
                    }
                    walk.hop(cache.owner().toString());
                    walk.step(new Step.Delivered(
                            Text.of(
                                    "NodeLocal DNSCache of the node answers on %s, and on the DNS Service's address",
                                    "169.254.20.10"),
                            cache.at(""),
                            new Tuple(client.source(), "169.254.20.10", 53, Protocol.UDP)));
                });
    }

    // ---- Services

    List<Way> clusterIp(End client, Service service, ServicePort port) {
        String vip = service.clusterIPs().isEmpty()
                ? service.name()
                : service.clusterIPs().getFirst();
        if (client.isOutside()) {
            Text text = Text.of(
                    "%s is of type %s: its address means nothing outside of the cluster",
                    service.ref(), service.type());
            return List.of(lost(client, service.ref().toString(), text, service.at("spec.type"), false));
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
                            ? lost(client, service.ref().toString(), text, service.at("status.loadBalancer"), false)
                            : unknownNode(client, service, port));
        }
        String shown = address.isEmpty() ? traffic.hostnames().getFirst() : address;
        if (client.isOutside() && !traffic.sourceRanges().isEmpty()) {
            boolean inside = traffic.sourceRanges().stream()
                    .flatMap(range -> Cidr.tryParse(range.strip()).stream())
                    .anyMatch(range -> range.contains(client.address()));
            if (!inside) {
                Text text = Text.of("loadBalancerSourceRanges of %s do not have %s", service.ref(), client.at());
                return List.of(lost(
                        client, service.ref().toString(), text, service.at("spec.loadBalancerSourceRanges"), false));
            }
        }
        if (!client.isOutside()) {
            return outward(client, service, port, shown, client.nodeName());
        }
        List<Way> ways = new ArrayList<>();
        for (String node : backends.nodes().keySet().stream().sorted().toList()) {
            List<Way> through = outward(client, service, port, shown, node);
            // Load balancers leave out nodes whose health check node port says that they have no endpoint.
            boolean healthy = !traffic.externalLocal()
                    || through.stream().noneMatch(way -> way.endpoints().isEmpty());
            if (healthy) {
                ways.addAll(through);
            }
        }
        return ways.isEmpty() ? outward(client, service, port, shown, "") : ways;
    }

    /** In manifests a load balancer is taken to be made. */
    private Way unknownNode(End client, Service service, ServicePort port) {
        List<Way> ways = outward(client, service, port, "the load balancer of " + service.name(), "");
        return ways.getFirst();
    }

    private List<Way> nodePort(End client, Service service, ServicePort port, Node node) {
        if (node == null) {
            List<Way> ways = new ArrayList<>();
            backends.nodes().values().stream()
                    .sorted(Comparator.comparing(Node::name))
                    .forEach(one -> ways.addAll(nodePort(client, service, port, one)));
            return ways.isEmpty() ? outward(client, service, port, "any node", "") : ways;
        }
        String address =
                node.addresses().isEmpty() ? node.name() : node.addresses().getFirst();
        return outward(client, service, port, address, node.name());
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
            return List.of(lost(client, service.ref().toString(), text, service.at(field), false));
        }
        List<Way> ways = new ArrayList<>();
        for (Backend backend : used.backends()) {
            ways.add(toBackend(
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

    private static Way nothing(End client, Service service, Backends.Found found) {
        if (found.doubt()) {
            Text text =
                    Text.of("which endpoints %s has is not in the input; collect %s", service.ref(), found.missing());
            return unknown(
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
        return lost(client, service.ref().toString(), text, place, true);
    }

    /**
     * The middle of a way.
     *
     * @param service null if the client knows the endpoint's own address
     * @param nodeName the node that translates
     */
    private record Translation(
            Service service,
            ServicePort servicePort,
            String address,
            String nodeName,
            Backend backend,
            Protocol protocol,
            Text why,
            boolean outward,
            boolean uncertain,
            Backends.Found found,
            List<Step> before) {
        Translation(
                Service service,
                ServicePort port,
                String address,
                String nodeName,
                Backend backend,
                Protocol protocol,
                Text why) {
            this(service, port, address, nodeName, backend, protocol, why, false, false, null, List.of());
        }

        int port() {
            return outward && servicePort.nodePort() != 0 && !service.type().equals("LoadBalancer")
                    ? servicePort.nodePort()
                    : servicePort.port();
        }
    }

    // ---- to the endpoint

    /** The source that the endpoint sees, and why it is not the client's own. */
    private record Source(boolean masqueraded, String why, Node node) {}

    private Source source(End seen, Translation way, boolean hairpin) {
        Node node = backends.node(way.nodeName());
        if (way.service() == null) {
            return new Source(false, "", null);
        }
        if (way.outward()) {
            boolean local = way.service().traffic().externalLocal();
            boolean own = seen.onHost() && seen.nodeName().equals(way.nodeName()) && proxy.masqueradesOwn();
            if (!local) {
                return new Source(
                        true, "externalTrafficPolicy is Cluster, so that the reply comes back to the node", node);
            }
            return own
                    ? new Source(true, "it comes from the node itself", node)
                    : new Source(hairpin, "it goes back to the client", node);
        }
        if (hairpin) {
            return new Source(true, "it goes back to the client", node);
        }
        if (seen.onHost()) {
            return new Source(true, "it comes from a node", node);
        }
        return new Source(proxy.masqueradeAll(), "kube-proxy is told to hide every client", node);
    }

    private Way toBackend(End client, Translation way, End seen) {
        Backend backend = way.backend();
        boolean self = client.pod() != null
                && backend.pod() != null
                && client.pod().ref().equals(backend.pod().ref());
        boolean hairpin = self && way.service() != null;
        Source source = source(seen, way, hairpin);
        String from = way.service() == null ? client.nodeName() : way.nodeName();
        boolean same = !from.isEmpty() && from.equals(backend.nodeName());
        if (backend.set() == null) {
            return toForeign(client, way, source);
        }
        Endpoint target = endpoint(backend);
        boolean elsewhere = !way.before().isEmpty();
        // Where another node translates, the client's own sees the address of that one.
        Decision egress = self && !hairpin
                ? null
                : elsewhere
                        ? egress(
                                client,
                                host(backends.node(way.nodeName()), way.nodeName()),
                                null,
                                way.protocol(),
                                way.port())
                        : egress(client, target, backend.set(), way.protocol(), backend.port());
        Endpoint origin = source.masqueraded() ? host(source.node(), way.nodeName()) : endpoint(seen);
        PodSet originSet = !source.masqueraded() && seen.isPod() ? seen.set() : null;
        Decision ingress = self && !hairpin ? null : ingress(backend, origin, originSet, way.protocol());
        Reach out = egress == null ? Reach.REACHABLE : reach(egress, client);
        Reach in = ingress == null ? Reach.REACHABLE : reach(ingress, client);
        Decision before = out == Reach.UNREACHABLE && way.service() != null && !way.outward()
                ? beforeTranslation(client, way)
                : null;
        if (before != null && before.verdict() != Verdict.DENIED) {
            out = Reach.DEPENDS;
        }
        Reach egressReach = out;
        Object key = Arrays.asList(
                client.isPod() ? client.set() : client.at(),
                backend.set(),
                backend.port(),
                same,
                hairpin || self,
                source.masqueraded(),
                egress,
                ingress,
                way.uncertain(),
                way.service() == null ? "" : way.service().ref());
        return new Way(client, key, List.of(), List.of(backend.name()), (walk, endpoints) -> {
            String origins = client.source();
            if (egress != null) {
                String seenThere = elsewhere
                        ? Tuple.join(way.address(), way.port())
                        : Tuple.join(backend.destination(), backend.port());
                if (!walk.filter(
                        "egress to " + seenThere + "/" + way.protocol(), egress, hairpinned(hairpin, egressReach))) {
                    return;
                }
                if (before != null && before.verdict() != Verdict.DENIED) {
                    walk.step(new Step.Filtered(
                            Text.of("before the address is translated: %s", before.reason()),
                            before.causes().isEmpty()
                                    ? null
                                    : before.causes().getFirst().place()));
                }
            }
            Tuple packet;
            if (way.service() == null) {
                String address = client.onHost() ? ServiceProxy.address(backends.node(client.nodeName()), same) : "";
                packet = new Tuple(
                        address.isEmpty() ? origins : address, backend.destination(), backend.port(), way.protocol());
            } else {
                packet = translate(walk, way, seen, source, same, endpoints, origins);
            }
            route(walk, way, from, backend);
            walk.hop(backend.at());
            if (self && !hairpin) {
                walk.step(new Step.Filtered(Text.of("a pod always reaches itself"), null));
            }
            if (ingress != null) {
                if (!walk.filter("ingress from " + packet.source(), ingress, hairpinned(hairpin, in))) {
                    return;
                }
            }
            if (way.uncertain()) {
                walk.judge(Reach.DEPENDS, way.why());
            }
            arrive(walk, backend, way.protocol(), packet, way.service() == null);
            back(walk, client, source);
        });
    }

    /** What a hairpin through a Service makes of a denial is up to the implementation. */
    private static Reach hairpinned(boolean hairpin, Reach reach) {
        return hairpin && reach == Reach.UNREACHABLE ? Reach.DEPENDS : reach;
    }

    private Decision beforeTranslation(End client, Translation way) {
        return Cidr.tryParse(way.address())
                .map(vip -> egress(client, new Endpoint.Addresses(vip, false, ""), null, way.protocol(), way.port()))
                .orElse(null);
    }

    private Tuple translate(
            Walk walk, Translation way, End seen, Source source, boolean same, List<String> endpoints, String origin) {
        Service service = way.service();
        Backend backend = way.backend();
        for (Step step : way.before()) {
            walk.step(step);
        }
        String where = way.outward() ? (way.nodeName().isEmpty() ? "a node" : "node " + way.nodeName()) + ", for " : "";
        walk.hop(where + service.ref());
        Tuple packet = new Tuple(seen.source(), way.address(), way.port(), way.protocol());
        String affinity = service.traffic().affinity() ? ", the same for a client each time (sessionAffinity)" : "";
        Text choice = way.why().format().isEmpty()
                ? Text.of(
                        "%s of %s, from %s%s",
                        count(endpoints), ready(way.found()), way.found().source(), affinity)
                : Text.of(
                        "%s of %s, from %s: %s%s",
                        count(endpoints), ready(way.found()), way.found().source(), way.why(), affinity);
        walk.step(new Step.Selected(choice, backend.place(), endpoints));
        Tuple after = packet.to(backend.destination(), backend.port());
        walk.step(new Step.Translated(
                Text.of("DNAT %s to %s (port %s)", packet.target(), after.target(), way.servicePort()),
                service.at(way.servicePort().targetPath()),
                false,
                packet,
                after));
        if (!source.masqueraded()) {
            boolean local = way.outward() && seen.onHost();
            return local || !seen.onHost() ? after : after.from(seen.source());
        }
        String address = ServiceProxy.address(source.node(), same);
        String shown = address.isEmpty()
                ? (way.nodeName().isEmpty() ? "a node's address" : "node " + way.nodeName())
                : address;
        Tuple hidden = after.from(shown);
        Place place = way.outward() && !service.traffic().externalLocal()
                ? service.at("spec.externalTrafficPolicy")
                : proxy.place();
        walk.step(new Step.Translated(
                Text.of("SNAT %s to %s: %s", after.source(), shown, source.why()), place, true, after, hidden));
        return hidden;
    }

    private static String count(List<String> endpoints) {
        return endpoints.size() == 1
                ? endpoints.getFirst()
                : endpoints.size() + " endpoints alike (" + some(endpoints) + ")";
    }

    private static String some(List<String> endpoints) {
        return String.join(", ", endpoints.stream().limit(3).toList()) + (endpoints.size() > 3 ? ", …" : "");
    }

    private static String ready(Backends.Found found) {
        long ready = found.all().stream().filter(Backend::ready).count();
        return ready + " ready"
                + (ready < found.all().size() ? " and " + (found.all().size() - ready) + " others" : "");
    }

    private void route(Walk walk, Translation way, String from, Backend backend) {
        if (!from.isEmpty() && !backend.nodeName().isEmpty()) {
            Node node = backends.node(backend.nodeName());
            Text text = from.equals(backend.nodeName())
                    ? Text.of("stays on node %s", from)
                    : Text.of("node %s to node %s", from, backend.nodeName());
            walk.step(new Step.Routed(text, node == null ? null : node.at("spec.podCIDR")));
        }
    }

    private static void arrive(Walk walk, Backend backend, Protocol protocol, Tuple packet, boolean direct) {
        Pod pod = backend.pod();
        if (backend.port() == 0) {
            walk.lost(new Step.Lost(
                    Text.of("no container has a port of the name that targetPort asks for"), backend.place(), true));
            return;
        }
        PodSet set = backend.set();
        boolean declared = set.spec().declares(backend.port(), protocol);
        List<Object> notes = new ArrayList<>();
        if (!declared) {
            notes.add("no container declares it, which does not close it");
        }
        if (set.spec().hostNetwork()) {
            notes.add("on the network of its node, where policies for pods do not apply");
        }
        if (pod != null && pod.observed() && !pod.ready() && direct) {
            notes.add("the pod is not ready" + (pod.unreadyReason().isEmpty() ? "" : ": " + pod.unreadyReason()));
        }
        if (set.scaledToZero()) {
            walk.lost(new Step.Lost(
                    Text.of("%s is scaled to nothing", set.owner()),
                    set.source().at("spec.replicas"),
                    true));
            return;
        }
        String notice = notes.isEmpty()
                ? ""
                : " (" + String.join("; ", notes.stream().map(Object::toString).toList()) + ")";
        walk.step(new Step.Delivered(
                Text.of("port %s/%s%s", backend.port(), protocol, notice),
                set.at(declared ? "spec.containers" : "spec"),
                packet));
    }

    private static void back(Walk walk, End client, Source source) {
        if (walk.verdict() == Reach.UNREACHABLE) {
            return;
        }
        walk.hop(client.at());
        walk.step(new Step.Routed(
                source.masqueraded()
                        ? Text.of(
                                "the reply comes back through the node that translated, which undoes it; no policy holds it up")
                        : Text.of("the reply comes back; no policy holds up the reply to what is allowed"),
                null));
    }

    /** An endpoint that no pod of the input has: written by hand, or of another cluster. */
    private Way toForeign(End client, Translation way, Source source) {
        Backend backend = way.backend();
        Cidr address = Cidr.tryParse(backend.address()).orElse(ANY);
        boolean inside = backends.podRange(address);
        Decision egress = client.isPod()
                ? egress(client, new Endpoint.Addresses(address, !inside, ""), null, way.protocol(), backend.port())
                : null;
        Object key = Arrays.asList(
                client.isPod() ? client.set() : client.at(),
                backend.address(),
                backend.port(),
                egress,
                way.service().ref());
        return new Way(client, key, List.of(), List.of(backend.address()), (walk, endpoints) -> {
            if (egress != null) {
                if (!walk.filter(
                        "egress to " + Tuple.join(backend.address(), backend.port()), egress, reach(egress, client))) {
                    return;
                }
            }
            Tuple packet = translate(walk, way, client, new Source(false, "", null), false, endpoints, client.source());
            packet = leave(walk, client, packet, inside);
            walk.hop(backend.at());
            walk.step(new Step.Delivered(
                    Text.of("port %s/%s; the input has no pod of this address", backend.port(), way.protocol()),
                    backend.place(),
                    packet));
            back(walk, client, source);
        });
    }

    /** What leaves the pod network does so with the node's address. */
    private Tuple leave(Walk walk, End client, Tuple packet, boolean inside) {
        Node own = backends.node(client.nodeName());
        if (inside
                || client.isOutside()
                || own == null
                || own.addresses().isEmpty()
                || packet.source().equals(own.addresses().getFirst())) {
            return packet;
        }
        Tuple hidden = packet.from(own.addresses().getFirst());
        walk.step(new Step.Translated(
                Text.of(
                        "SNAT %s to %s, as most CNIs do for what leaves the pod network",
                        packet.source(), hidden.source()),
                own.at("status.addresses"),
                true,
                packet,
                hidden));
        return hidden;
    }

    private Way toAddress(End client, Cidr range, String domainName, String shown, int port, Protocol protocol) {
        boolean inside = backends.podRange(range);
        Decision egress = client.isPod()
                ? egress(client, new Endpoint.Addresses(range, !inside, domainName), null, protocol, port)
                : null;
        Object key = Arrays.asList(client.isPod() ? client.set() : client.at(), shown, port, egress);
        return new Way(client, key, List.of(), List.of(shown), (walk, endpoints) -> {
            if (egress != null) {
                if (!walk.filter(
                        "egress to " + Tuple.join(shown, port) + "/" + protocol, egress, reach(egress, client))) {
                    return;
                }
            }
            Tuple packet = leave(walk, client, new Tuple(client.source(), shown, port, protocol), inside);
            if (inside) {
                Text text = Text.of("%s is in the range of the pods, and no pod of the input has it", shown);
                walk.hop(shown).step(new Step.Routed(text, null));
                walk.judge(Reach.UNKNOWN, text);
                return;
            }
            walk.hop(shown)
                    .step(new Step.Delivered(
                            Text.of("port %s/%s, outside of what the input shows", port, protocol), null, packet));
            back(walk, client, new Source(false, "", null));
        });
    }

    private Way toNode(End client, Node node, int port, Protocol protocol) {
        Decision egress = client.isPod() && !client.onHost()
                ? egress(client, host(node, node.name()), null, protocol, port)
                : null;
        String address =
                node.addresses().isEmpty() ? node.name() : node.addresses().getFirst();
        Object key = Arrays.asList(client.isPod() ? client.set() : client.at(), node.name(), port, egress);
        return new Way(client, key, List.of(), List.of(node.name()), (walk, endpoints) -> {
            if (egress != null) {
                if (!walk.filter(
                        "egress to " + Tuple.join(address, port) + "/" + protocol, egress, reach(egress, client))) {
                    return;
                }
            }
            Tuple packet = leave(
                    walk,
                    client,
                    new Tuple(client.source(), address, port, protocol),
                    client.nodeName().equals(node.name()));
            walk.hop("Node " + node.name())
                    .step(new Step.Delivered(
                            Text.of(
                                    "port %s/%s of the node itself; what listens there is not in the input",
                                    port, protocol),
                            node.at(""),
                            packet));
            back(walk, client, new Source(false, "", null));
        });
    }

    // ---- policies

    private static Endpoint.Host host(Node node, String name) {
        return node == null ? new Endpoint.Host(name, null, List.of()) : Endpoint.Host.of(node);
    }

    private Endpoint endpoint(End client) {
        if (client.node() != null) {
            return host(client.node(), client.nodeName());
        }
        if (client.isOutside()) {
            return new Endpoint.Addresses(client.address(), !backends.podRange(client.address()), "");
        }
        return client.pod() == null
                ? network.endpoint(client.set())
                : Endpoint.Pods.of(
                        network.tenants().get(client.set().namespace()), client.set(), List.of(client.pod()));
    }

    private Endpoint.Pods endpoint(Backend backend) {
        return backend.pod() == null
                ? network.endpoint(backend.set())
                : Endpoint.Pods.of(
                        network.tenants().get(backend.set().namespace()), backend.set(), List.of(backend.pod()));
    }

    private Decision egress(End client, Endpoint peer, PodSet peerSet, Protocol protocol, int port) {
        if (!client.isPod()) {
            return null;
        }
        return decide(Direction.EGRESS, client.set(), endpoint(client), peerSet, peer, protocol, port);
    }

    private Decision ingress(Backend backend, Endpoint peer, PodSet peerSet, Protocol protocol) {
        return decide(Direction.INGRESS, backend.set(), endpoint(backend), peerSet, peer, protocol, backend.port());
    }

    /** What holds for two whole sets holds for each pair of their pods; where it is open, the pair is looked at. */
    private Decision decide(
            Direction direction,
            PodSet set,
            Endpoint subject,
            PodSet peerSet,
            Endpoint peer,
            Protocol protocol,
            int port) {
        Object other = peerSet == null ? peer : peerSet;
        Endpoint wholePeer = peerSet == null ? peer : network.endpoint(peerSet);
        Decision whole = decided.computeIfAbsent(
                        List.of(direction, set, other),
                        unseen -> network.policies().enforced(direction, network.endpoint(set), wholePeer))
                .at(protocol, Math.max(1, port));
        return whole.verdict() == Verdict.ALLOWED || whole.verdict() == Verdict.DENIED
                ? whole
                : network.policies()
                        .enforced(direction, (Endpoint.Pods) subject, peer)
                        .at(protocol, Math.max(1, port));
    }

    private static Reach reach(Decision decision, End client) {
        return switch (decision.verdict()) {
            case ALLOWED -> Reach.REACHABLE;
            case DENIED -> Reach.UNREACHABLE;
            case DEPENDS -> Reach.DEPENDS;
            // Some of the internet may be in a range that a policy allows, and some not.
            case UNKNOWN -> client.internet() ? Reach.DEPENDS : Reach.UNKNOWN;
        };
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
                        ? toAddress(
                                client,
                                Cidr.tryParse(one.address()).orElse(ANY),
                                "",
                                one.address(),
                                one.port(),
                                port.protocol())
                        : toBackend(
                                client,
                                new Translation(null, null, "", client.nodeName(), one, port.protocol(), Text.of("")),
                                client))
                .toList();
    }

    /** To the pods of a set that somebody reaches on a port of their nodes or on their own. */
    List<Way> toPods(End client, PodSet set, int port) {
        if (set.pods().isEmpty()) {
            return List.of(direct(client, Backends.of(set, null, port), Protocol.TCP));
        }
        return set.pods().stream()
                .map(pod -> direct(client, Backends.of(set, pod, port), Protocol.TCP))
                .toList();
    }

    Service service(Ref ref) {
        return names.service(ref);
    }
}
