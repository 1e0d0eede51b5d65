package dev.sealane.map;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Ingress;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.link.Network;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** How pods are open or shut as a whole. */
public final class Exposure {

    /**
     * A way from the outside to pods.
     *
     * @param how such as {@code NodePort}, {@code Ingress}, {@code hostNetwork}
     * @param through the Service or Ingress; the workload itself if nothing stands before it
     * @param port of the pods
     * @param from the outside addresses that policies let through, for certain or perhaps; empty for an Ingress, whose
     *     controller connects
     * @param verdict ALLOWED, or the best of what is possible
     */
    public record Way(
            Peer pods, String how, Ref through, Protocol protocol, int port, List<Cidr> from, Verdict verdict) {
        public Way {
            from = List.copyOf(from);
        }
    }

    /** @param direction in which nothing is possible, or no policy applies */
    public record Side(Peer pods, Direction direction) {}

    private Exposure() {}

    /** What the outside can reach, and through what; what policies deny from everywhere outside is left out. */
    public static List<Way> exposed(Connectivity map) {
        Network network = map.network();
        Map<PodSet, Peer> peers = new HashMap<>();
        map.peers().stream().filter(peer -> peer.set() != null).forEach(peer -> peers.put(peer.set(), peer));
        Map<Ref, List<Peer>> behind = new HashMap<>();
        network.selected()
                .forEach((service, pods) ->
                        behind.put(service, pods.stream().map(peers::get).toList()));
        Map<Ref, Service> services = new HashMap<>();
        List<Way> ways = new ArrayList<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof Service service) {
                services.put(service.ref(), service);
                String how = how(service);
                if (!how.isEmpty()) {
                    for (Peer pods : behind.getOrDefault(service.ref(), List.of())) {
                        for (ServicePort port : service.ports()) {
                            int number = pods.set().spec().resolve(port.targetPort(), port.protocol());
                            way(map, pods, how, service.ref(), port.protocol(), number)
                                    .ifPresent(ways::add);
                        }
                    }
                }
            }
        }
        for (Peer pods : peers(map)) {
            if (pods.set().spec().hostNetwork()) {
                for (ContainerPort port : pods.set().spec().ports()) {
                    way(map, pods, "hostNetwork", pods.ref(), port.protocol(), port.number())
                            .ifPresent(ways::add);
                }
            }
        }
        for (Resource resource : network.resources()) {
            if (resource instanceof Ingress ingress) {
                ingress.backends().stream()
                        .filter(backend -> backend.service() != null && services.containsKey(backend.service()))
                        .forEach(backend -> services.get(backend.service()).ports().stream()
                                .filter(port -> backend.port() == null
                                        || (backend.port().isName()
                                                ? backend.port().name().equals(port.name())
                                                : backend.port().number() == port.port()))
                                .forEach(port -> behind.getOrDefault(backend.service(), List.of())
                                        .forEach(pods -> ways.add(new Way(
                                                pods,
                                                "Ingress",
                                                ingress.ref(),
                                                port.protocol(),
                                                pods.set().spec().resolve(port.targetPort(), port.protocol()),
                                                List.of(),
                                                Verdict.DEPENDS)))));
            }
        }
        return ways.stream().distinct().toList();
    }

    /** Empty for a Service that the outside does not reach. */
    private static String how(Service service) {
        if (service.type().equals("NodePort") || service.type().equals("LoadBalancer")) {
            return service.type();
        }
        return service.traffic().externalIPs().isEmpty() ? "" : "externalIPs";
    }

    private static Optional<Way> way(
            Connectivity map, Peer pods, String how, Ref through, Protocol protocol, int port) {
        if (!PortRange.valid(port)) {
            return Optional.empty();
        }
        List<Cidr> from = new ArrayList<>();
        Set<Verdict> verdicts = EnumSet.noneOf(Verdict.class);
        for (Peer outside : map.peers()) {
            if (outside.cidr() != null) {
                Verdict verdict = map.between(outside, pods).at(protocol, port).verdict();
                if (verdict != Verdict.DENIED) {
                    from.add(outside.cidr());
                    verdicts.add(verdict);
                }
            }
        }
        return from.isEmpty()
                ? Optional.empty()
                : Optional.of(new Way(
                        pods,
                        how,
                        through,
                        protocol,
                        port,
                        from,
                        verdicts.iterator().next()));
    }

    /** What nothing else can reach for certain (INGRESS), and what can reach nothing else (EGRESS). */
    public static List<Side> isolated(Connectivity map) {
        Map<Group, Set<Direction>> shut = new HashMap<>();
        for (Group group : map.groups()) {
            if (group.pods()) {
                Set<Direction> directions = EnumSet.allOf(Direction.class);
                for (Group other : map.groups()) {
                    boolean itself = other == group && group.peers().size() == 1;
                    if (!itself && !map.lines(other, group).isEmpty()) {
                        directions.remove(Direction.INGRESS);
                    }
                    if (!itself && !map.lines(group, other).isEmpty()) {
                        directions.remove(Direction.EGRESS);
                    }
                }
                shut.put(group, directions);
            }
        }
        return sides(map, shut);
    }

    /** Pods to which no policy applies. */
    public static List<Side> unprotected(Connectivity map) {
        Map<Group, Set<Direction>> open = new HashMap<>();
        for (Group group : map.groups()) {
            if (group.pods()) {
                Set<Direction> directions = EnumSet.noneOf(Direction.class);
                if (group.ingress == null) {
                    directions.add(Direction.INGRESS);
                }
                if (group.egress == null) {
                    directions.add(Direction.EGRESS);
                }
                open.put(group, directions);
            }
        }
        return sides(map, open);
    }

    private static List<Side> sides(Connectivity map, Map<Group, Set<Direction>> which) {
        List<Side> sides = new ArrayList<>();
        for (Peer pods : peers(map)) {
            which.get(pods.group()).forEach(direction -> sides.add(new Side(pods, direction)));
        }
        return sides;
    }

    private static List<Peer> peers(Connectivity map) {
        return map.peers().stream().filter(peer -> peer.set() != null).toList();
    }
}
