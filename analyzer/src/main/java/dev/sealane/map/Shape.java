package dev.sealane.map;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Connections without what decided them: far fewer differ.
 *
 * @param stretches all ports of all protocols, in order; neighbours differ
 */
record Shape(List<Stretch> stretches) {
    record Stretch(Protocol protocol, PortRange ports, Verdict verdict) {}

    Shape {
        stretches = List.copyOf(stretches);
    }

    static Shape of(Connections connections) {
        List<Stretch> joined = new ArrayList<>();
        for (Connections.Range range : connections.ranges()) {
            add(joined, range.protocol(), range.ports(), range.decision().verdict());
        }
        return new Shape(joined);
    }

    private static void add(List<Stretch> stretches, Protocol protocol, PortRange ports, Verdict verdict) {
        PortRange added = ports;
        if (!stretches.isEmpty()
                && stretches.getLast().protocol() == protocol
                && stretches.getLast().verdict() == verdict) {
            added = new PortRange(stretches.removeLast().ports().first(), ports.last());
        }
        stretches.add(new Stretch(protocol, added, verdict));
    }

    /** Both ends must let it through, as {@link Connections#and} has it. */
    Shape and(Shape other) {
        List<Stretch> both = new ArrayList<>();
        for (Stretch one : stretches) {
            for (Stretch two : other.stretches) {
                PortRange ports = one.ports.and(two.ports);
                if (one.protocol == two.protocol && ports != null) {
                    add(both, one.protocol, ports, one.verdict.and(two.verdict));
                }
            }
        }
        return new Shape(both);
    }

    /** What is possible; empty if all is denied. */
    List<Line> lines() {
        record Key(Protocol protocol, Verdict verdict) {}
        Map<Key, List<PortRange>> found = new LinkedHashMap<>();
        for (Stretch stretch : stretches) {
            if (stretch.verdict != Verdict.DENIED) {
                found.computeIfAbsent(new Key(stretch.protocol, stretch.verdict), unseen -> new ArrayList<>())
                        .add(stretch.ports);
            }
        }
        List<Line> lines = new ArrayList<>();
        found.forEach((key, ports) -> lines.add(new Line(key.protocol(), ports, key.verdict())));
        return List.copyOf(lines);
    }
}
