package dev.sealane.diff;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Network;
import dev.sealane.map.Connectivity;
import dev.sealane.map.Group;
import dev.sealane.map.Peer;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Compares who can talk to whom. Peers that policies of neither side tell apart are compared once. */
final class ConnectionChanges {

    /** Peers with the same groups on both sides; a group is null where the peers are on one side only. */
    private record Class(Group before, Group after) {}

    /** Compared by identity of the connections, of which a map holds equal ones once. */
    private record Pair(int before, int after) {}

    /** What a port is decided before and after. */
    private record Part(Protocol protocol, PortRange ports, Decision before, Decision after) {}

    private final Connectivity before;
    private final Connectivity after;
    private final Map<Connections, Integer> numbers = new HashMap<>();
    private final Map<Pair, List<Part>> parts = new HashMap<>();

    private ConnectionChanges(Network before, Network after) {
        Set<Cidr> boundaries = new LinkedHashSet<>(Connectivity.cidrs(before));
        boundaries.addAll(Connectivity.cidrs(after));
        this.before = Connectivity.of(before, boundaries);
        this.after = Connectivity.of(after, boundaries);
    }

    static List<ConnectionChange> between(Network before, Network after) {
        return new ConnectionChanges(before, after).compare();
    }

    private List<ConnectionChange> compare() {
        Map<String, Peer> old = byId(before);
        Map<String, Peer> current = byId(after);
        Map<String, Class> classOf = new TreeMap<>();
        old.forEach((id, peer) -> classOf.put(id, new Class(peer.group(), group(current.get(id)))));
        current.forEach((id, peer) -> classOf.putIfAbsent(id, new Class(null, peer.group())));
        Map<Class, List<String>> classes = new LinkedHashMap<>();
        classOf.forEach((id, one) ->
                classes.computeIfAbsent(one, unseen -> new ArrayList<>()).add(id));

        record Row(Class from, Part part) {}
        Map<Row, List<String>> targets = new LinkedHashMap<>();
        for (Class from : classes.keySet()) {
            for (Class to : classes.keySet()) {
                boolean pods = pods(from) || pods(to);
                boolean met =
                        from.before() != null && to.before() != null || from.after() != null && to.after() != null;
                if (!pods || !met || unchanged(from, to)) {
                    continue;
                }
                for (Part part : parts(
                        connections(before, from.before(), to.before()),
                        connections(after, from.after(), to.after()))) {
                    targets.computeIfAbsent(new Row(from, part), unseen -> new ArrayList<>())
                            .addAll(classes.get(to));
                }
            }
        }
        record Merged(Part part, List<String> to) {}
        Map<Merged, List<String>> sources = new LinkedHashMap<>();
        targets.forEach((row, to) -> sources.computeIfAbsent(
                        new Merged(row.part(), to.stream().sorted().toList()), unseen -> new ArrayList<>())
                .addAll(classes.get(row.from())));
        List<ConnectionChange> changes = new ArrayList<>();
        sources.forEach((merged, from) -> {
            Part part = merged.part();
            changes.add(new ConnectionChange(
                    from.stream().sorted().toList(),
                    merged.to(),
                    part.protocol(),
                    part.ports(),
                    part.before(),
                    part.after()));
        });
        changes.sort(Comparator.comparing(ConnectionChange::kind)
                .thenComparing(change -> change.from().getFirst())
                .thenComparing(change -> change.to().getFirst())
                .thenComparing(ConnectionChange::protocol)
                .thenComparing(change -> change.ports().first()));
        return changes;
    }

    private static Map<String, Peer> byId(Connectivity connectivity) {
        Map<String, Peer> byId = new HashMap<>();
        connectivity.peers().forEach(peer -> byId.put(peer.id(), peer));
        return byId;
    }

    private static Group group(Peer peer) {
        return peer == null ? null : peer.group();
    }

    private static boolean pods(Class one) {
        return one.before() != null && one.before().pods()
                || one.after() != null && one.after().pods();
    }

    private boolean unchanged(Class from, Class to) {
        return from.before() != null
                && to.before() != null
                && from.after() != null
                && to.after() != null
                && parts(before.between(from.before(), to.before()), after.between(from.after(), to.after()))
                        .isEmpty();
    }

    private static Connections connections(Connectivity side, Group from, Group to) {
        return from == null || to == null ? null : side.between(from, to);
    }

    private List<Part> parts(Connections old, Connections current) {
        return parts.computeIfAbsent(new Pair(number(old), number(current)), unseen -> compare(old, current));
    }

    private int number(Connections connections) {
        return connections == null ? -1 : numbers.computeIfAbsent(connections, unseen -> numbers.size());
    }

    /**
     * The ports that are decided otherwise. Of peers on one side only, what no policy has a say in is left out: that they
     * come or go is told among the objects.
     */
    private static List<Part> compare(Connections old, Connections current) {
        List<Part> parts = new ArrayList<>();
        if (old == null || current == null) {
            for (Connections.Range range : (old == null ? current : old).ranges()) {
                Decision decision = range.decision();
                if (decision.verdict() != Verdict.DENIED && !decision.causes().isEmpty()) {
                    parts.add(new Part(
                            range.protocol(),
                            range.ports(),
                            old == null ? null : decision,
                            old == null ? decision : null));
                }
            }
            return parts;
        }
        List<Connections.Range> others = current.ranges();
        for (Connections.Range one : old.ranges()) {
            for (Connections.Range other : others) {
                PortRange both = one.ports().and(other.ports());
                boolean differ = one.decision().verdict() != other.decision().verdict();
                if (one.protocol() == other.protocol() && both != null && differ) {
                    parts.add(new Part(one.protocol(), both, one.decision(), other.decision()));
                }
            }
        }
        return parts;
    }
}
