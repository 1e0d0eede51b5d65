package dev.sealane.map;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Network;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Verdict;
import dev.sealane.select.Selection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** The part of a map that is asked for. */
public final class View {

    /**
     * What is possible between two peers in one protocol.
     *
     * @param ports ascending; neighbours are joined
     * @param verdict never DENIED
     */
    public record Line(Protocol protocol, List<PortRange> ports, Verdict verdict) {
        public Line {
            ports = List.copyOf(ports);
        }
    }

    private final Connectivity map;
    private final List<Peer> from;
    private final List<Peer> to;
    private final Protocol protocol;
    private final int port;
    private final Map<Integer, List<Line>> lines = new HashMap<>();

    /**
     * @param from null for everybody
     * @param to null for everybody
     * @param protocol null for all
     * @param port 0 for all
     */
    public static View of(Network network, Selection from, Selection to, Protocol protocol, int port) {
        Connectivity map = Connectivity.of(
                network,
                Stream.of(from, to)
                        .filter(Objects::nonNull)
                        .flatMap(selection -> selection.ranges().stream())
                        .toList());
        return new View(map, from, to, protocol, port);
    }

    private View(Connectivity map, Selection from, Selection to, Protocol protocol, int port) {
        this.map = map;
        this.from = chosen(map.peers(), from);
        this.to = chosen(map.peers(), to);
        this.protocol = protocol;
        this.port = port;
    }

    private static List<Peer> chosen(List<Peer> peers, Selection selection) {
        if (selection == null) {
            return peers;
        }
        Set<Object> meant = new HashSet<>();
        selection.members().forEach(member -> meant.add(member.set()));
        selection.nodes().forEach(node -> meant.add(node.ref()));
        return peers.stream()
                .filter(peer -> {
                    if (peer.set() != null) {
                        return meant.contains(peer.set());
                    }
                    if (peer.ref() != null) {
                        return meant.contains(peer.ref());
                    }
                    return selection.internet()
                            || peer.cidr() != null
                                    && selection.ranges().stream().anyMatch(range -> range.contains(peer.cidr()));
                })
                .toList();
    }

    public Connectivity map() {
        return map;
    }

    public List<Peer> from() {
        return from;
    }

    public List<Peer> to() {
        return to;
    }

    /** The peers that are asked for by their group. */
    public static Map<Group, List<Peer>> byGroup(Collection<Peer> peers) {
        Map<Group, List<Peer>> groups = new LinkedHashMap<>();
        peers.forEach(peer -> groups.computeIfAbsent(peer.group(), unseen -> new ArrayList<>())
                .add(peer));
        return groups;
    }

    /** Equal numbers stand for equal {@link #lines}. */
    public int number(Peer one, Peer other) {
        return map.number(one, other);
    }

    public int number(Group one, Group other) {
        return map.number(one, other);
    }

    /** What is possible; empty if all is denied. */
    public List<Line> lines(int number) {
        return lines.computeIfAbsent(number, unseen -> lines(map.connections(number)));
    }

    private List<Line> lines(Connections connections) {
        record Key(Protocol protocol, Verdict verdict) {}
        Map<Key, List<PortRange>> found = new LinkedHashMap<>();
        for (Connections.Range range : connections.ranges()) {
            Verdict verdict = range.decision().verdict();
            boolean asked = (protocol == null || protocol == range.protocol())
                    && (port == 0 || range.ports().contains(port));
            if (asked && verdict != Verdict.DENIED) {
                List<PortRange> ports =
                        found.computeIfAbsent(new Key(range.protocol(), verdict), unseen -> new ArrayList<>());
                PortRange added = port == 0 ? range.ports() : PortRange.of(port);
                if (!ports.isEmpty() && ports.getLast().last() + 1 == added.first()) {
                    added = new PortRange(ports.removeLast().first(), added.last());
                }
                ports.add(added);
            }
        }
        List<Line> result = new ArrayList<>();
        found.forEach((key, ports) -> result.add(new Line(key.protocol(), ports, key.verdict())));
        return List.copyOf(result);
    }
}
