package dev.sealane.link;

import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PolicyPort;
import dev.sealane.facts.PolicyPort.Mistake;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ports of NetworkPolicies, beside those of the pods that they are about. */
final class PolicyPorts {
    /**
     * A Service's port and where it leads on some pods.
     *
     * @param number 0 if they have no port of the name
     */
    private record Target(Service service, ServicePort port, int number) {}

    private final NetworkPolicies linked;
    private final Ledger ledger;
    private final boolean egressSeesServicePorts;
    private final Map<PodSet, List<Target>> targets = new IdentityHashMap<>();
    /** Service ports that lead to another number somewhere. */
    private final Set<Integer> translated = new HashSet<>();

    private final Map<String, List<NetworkPolicy>> byNamespace = new HashMap<>();
    private final List<PolicyPort> facts = new ArrayList<>();

    /** @param egressSeesServicePorts whether a CNI judges egress by the Service's port, not the pods' */
    PolicyPorts(
            List<NetworkPolicy> policies,
            List<Service> services,
            PodIndex index,
            NetworkPolicies linked,
            Ledger ledger,
            boolean egressSeesServicePorts) {
        this.linked = linked;
        this.ledger = ledger;
        this.egressSeesServicePorts = egressSeesServicePorts;
        for (NetworkPolicy policy : policies) {
            byNamespace
                    .computeIfAbsent(policy.namespace(), unseen -> new ArrayList<>())
                    .add(policy);
        }
        services.stream().filter(Service::selecting).forEach(service -> index(service, index));
        policies.forEach(this::link);
    }

    List<PolicyPort> facts() {
        return facts;
    }

    private void index(Service service, PodIndex index) {
        for (PodSet pods : index.select(service.namespace(), service.selector())) {
            for (ServicePort port : service.ports()) {
                int number = pods.spec().resolve(port.targetPort(), port.protocol());
                targets.computeIfAbsent(pods, unseen -> new ArrayList<>()).add(new Target(service, port, number));
                if (number != port.port()) {
                    translated.add(port.port());
                }
            }
        }
    }

    private void link(NetworkPolicy policy) {
        for (Direction direction : Direction.values()) {
            if (policy.isolates(direction)) {
                for (NetworkPolicy.Rule rule : policy.rules(direction)) {
                    if (rule.ports().stream().anyMatch(port -> named(port) || translated(port))) {
                        link(policy, rule, direction);
                    }
                    if (direction == Direction.INGRESS) {
                        linkUnserved(policy, rule);
                    }
                }
            }
        }
    }

    private static boolean named(Port port) {
        return port.port() != null && port.port().isName() && port.port().problem() == null;
    }

    private boolean translated(Port port) {
        return single(port) && translated.contains(port.port().number());
    }

    private static boolean single(Port port) {
        return port.port() != null && !port.port().isName() && port.endPort() == 0;
    }

    private void link(NetworkPolicy policy, NetworkPolicy.Rule rule, Direction direction) {
        for (Port port : rule.ports()) {
            if (port.unread() != null) {
                continue;
            }
            if (named(port)) {
                linkName(policy, rule, direction, port);
            } else if (translated(port) && !(direction == Direction.EGRESS && egressSeesServicePorts)) {
                linkTranslated(policy, rule, direction, port);
            }
        }
    }

    /**
     * The pods that the ports of a rule are ports of, if the mistake is made with each of them. None if it is not, if
     * they are not all known, or if others than pods are meant as well. A rule may mean all pods of the cluster, and most
     * make no mistake with the first.
     */
    private List<PodSet> ifAll(
            NetworkPolicy policy, NetworkPolicy.Rule rule, Direction direction, Predicate<PodSet> mistaken) {
        if (direction == Direction.INGRESS) {
            List<PodSet> destinations = destinations(policy);
            return destinations.stream().allMatch(mistaken) ? destinations : List.of();
        }
        Set<PodSet> destinations = new LinkedHashSet<>();
        for (Peer peer : rule.peers()) {
            Stream<PodSet> pods = linked.pods(policy, peer);
            if (pods == null) {
                return List.of();
            }
            for (PodSet set : (Iterable<PodSet>) pods.filter(PodSet::policed)::iterator) {
                if (!mistaken.test(set)) {
                    return List.of();
                }
                destinations.add(set);
            }
        }
        return List.copyOf(destinations);
    }

    /** The pods that a policy selects; none if they are not all known. */
    private List<PodSet> destinations(NetworkPolicy policy) {
        List<PodSet> selected = linked.selected(policy);
        return selected == null
                ? List.of()
                : selected.stream().filter(PodSet::policed).toList();
    }

    private void linkName(NetworkPolicy policy, NetworkPolicy.Rule rule, Direction direction, Port port) {
        String name = port.port().name();
        List<PodSet> destinations =
                ifAll(policy, rule, direction, set -> set.spec().portNamed(name, port.protocol()) == 0);
        if (!destinations.isEmpty()) {
            facts.add(new PolicyPort(
                    policy.ref(),
                    policy.at(port.place() + ".port"),
                    Mistake.UNKNOWN_NAME,
                    name + "/" + port.protocol(),
                    Names.of(destinations),
                    declared(destinations),
                    evidence(destinations)));
        }
    }

    private void linkTranslated(NetworkPolicy policy, NetworkPolicy.Rule rule, Direction direction, Port port) {
        int number = port.port().number();
        Protocol protocol = port.protocol();
        List<PodSet> destinations = ifAll(policy, rule, direction, set -> mistaken(set, number, protocol));
        if (destinations.isEmpty()) {
            return;
        }
        Set<Integer> meant = new TreeSet<>();
        Set<Ref> services = new LinkedHashSet<>();
        destinations.stream()
                .flatMap(set -> translations(set, number, protocol))
                .forEach(target -> {
                    meant.add(target.number());
                    services.add(target.service().ref());
                });
        boolean allowed = byNamespace.get(policy.namespace()).stream()
                .filter(other -> other.isolates(direction))
                .flatMap(other -> other.rules(direction).stream())
                .anyMatch(other -> meant.stream()
                        .anyMatch(
                                target -> destinations.stream().anyMatch(set -> allows(other, set, protocol, target))));
        if (!allowed) {
            facts.add(new PolicyPort(
                    policy.ref(),
                    policy.at(port.place() + ".port"),
                    Mistake.SERVICE_PORT,
                    number + " is the port of " + services.iterator().next(),
                    Names.of(destinations),
                    meant.stream().map(target -> protocol + " " + target).collect(Collectors.joining(" and ")),
                    evidence(destinations)));
        }
    }

    /** Where the Services lead that have this port. */
    private Stream<Target> translations(PodSet set, int port, Protocol protocol) {
        return targets.getOrDefault(set, List.of()).stream()
                .filter(target -> target.port().port() == port
                        && target.port().protocol() == protocol
                        && target.number() != 0
                        && !target.service().headless());
    }

    /** Whether a port is a Service's, and none of the pods'. */
    private boolean mistaken(PodSet set, int port, Protocol protocol) {
        return translations(set, port, protocol).findAny().isPresent()
                && !set.spec().declares(port, protocol)
                && targets.get(set).stream()
                        .noneMatch(target ->
                                target.number() == port && target.port().protocol() == protocol);
    }

    private void linkUnserved(NetworkPolicy policy, NetworkPolicy.Rule rule) {
        boolean numbers = !rule.ports().isEmpty()
                && rule.ports().stream()
                        .allMatch(port -> port.unread() == null
                                && port.port() != null
                                && !port.port().isName()
                                && port.port().problem() == null);
        if (!numbers || !ledger.complete(Kind.SERVICE, policy.namespace())) {
            return;
        }
        List<PodSet> destinations = destinations(policy);
        if (destinations.isEmpty()) {
            return;
        }
        if (served(destinations.getFirst()).stream()
                .anyMatch(port -> allows(rule, destinations.getFirst(), port.protocol(), port.number()))) {
            return;
        }
        List<NetworkPolicy.Rule> others = byNamespace.get(policy.namespace()).stream()
                .filter(other -> other.isolates(Direction.INGRESS))
                .flatMap(other -> other.rules(Direction.INGRESS).stream())
                .toList();
        for (PodSet set : destinations) {
            List<ContainerPort> served = served(set);
            if (set.spec().ports().isEmpty()
                    || served.stream()
                            .anyMatch(port -> others.stream()
                                    .anyMatch(other -> allows(other, set, port.protocol(), port.number())))
                    || translatedToServed(set, rule)) {
                return;
            }
        }
        facts.add(new PolicyPort(
                policy.ref(),
                policy.at(rule.ports().getFirst().place() + ".port"),
                Mistake.UNSERVED,
                rule.ports().stream().map(PolicyPorts::text).collect(Collectors.joining(" and ")),
                Names.of(destinations),
                declared(destinations),
                evidence(destinations)));
    }

    /** Whether the rule names a Service's port, which is another mistake. */
    private boolean translatedToServed(PodSet set, NetworkPolicy.Rule rule) {
        return targets.getOrDefault(set, List.of()).stream()
                .anyMatch(target -> target.number() != 0
                        && rule.ports().stream()
                                .anyMatch(port -> port.protocol()
                                                == target.port().protocol()
                                        && range(port).contains(target.port().port())));
    }

    /** What they declare, and where Services lead. */
    private List<ContainerPort> served(PodSet set) {
        return Stream.concat(
                        set.spec().ports().stream(),
                        targets.getOrDefault(set, List.of()).stream()
                                .filter(target -> target.number() != 0)
                                .map(target -> new ContainerPort(
                                        "", target.number(), target.port().protocol())))
                .toList();
    }

    private static boolean allows(NetworkPolicy.Rule rule, PodSet set, Protocol protocol, int number) {
        return rule.ports().isEmpty()
                || rule.ports().stream()
                        .filter(port -> port.protocol() == protocol)
                        .anyMatch(port -> port.port() == null
                                || (port.port().isName()
                                        ? set.spec().portNamed(port.port().name(), protocol) == number
                                        : range(port).contains(number)));
    }

    /** Of a port with a number that is one; an {@code endPort} that is none counts as absent. */
    private static PortRange range(Port port) {
        int first = port.port().number();
        if (!PortRange.valid(first)) {
            return PortRange.ALL;
        }
        boolean valid = PortRange.valid(port.endPort()) && port.endPort() >= first;
        return new PortRange(first, valid ? port.endPort() : first);
    }

    private static String text(Port port) {
        return port.protocol() + " " + range(port);
    }

    private static String declared(List<PodSet> sets) {
        List<String> ports = sets.stream()
                .flatMap(set -> set.spec().ports().stream())
                .map(ContainerPort::toString)
                .distinct()
                .toList();
        String shown = ports.stream().limit(4).collect(Collectors.joining(", "));
        return ports.isEmpty() ? "no port" : ports.size() > 4 ? shown + " and more" : shown;
    }

    private static List<Evidence> evidence(List<PodSet> sets) {
        return sets.stream()
                .limit(3)
                .map(set -> new Evidence(Text.of("%s", set), set.at("spec.containers")))
                .toList();
    }
}
