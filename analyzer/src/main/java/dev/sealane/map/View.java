package dev.sealane.map;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Network;
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

    private final Connectivity map;
    private final List<Peer> from;
    private final List<Peer> to;
    private final Protocol protocol;
    private final int port;
    private final Map<List<Line>, List<Line>> lines = new HashMap<>();

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
                        .flatMap(selection -> selection.boundaries().stream())
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
                    return peer.cidr() == null ? selection.internet() : selection.means(peer.cidr());
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

    /** What is possible, as far as it is asked for; empty if all is denied. */
    public List<Line> lines(Peer one, Peer other) {
        return asked(map.lines(one, other));
    }

    /** The same for groups, as {@link Connectivity#between(Group, Group)}. */
    public List<Line> lines(Group one, Group other) {
        return asked(map.lines(one, other));
    }

    private List<Line> asked(List<Line> all) {
        return port == 0 || all.isEmpty() ? all : lines.computeIfAbsent(all, this::withPort);
    }

    private List<Line> withPort(List<Line> all) {
        return all.stream()
                .filter(line -> (protocol == null || protocol == line.protocol())
                        && line.ports().stream().anyMatch(range -> range.contains(port)))
                .map(line -> new Line(line.protocol(), List.of(PortRange.of(port)), line.verdict()))
                .toList();
    }
}
