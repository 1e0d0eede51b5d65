package dev.sealane.policy;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/**
 * A decision for every port of every protocol, and one for the protocols that have no ports or that policies do not
 * name, such as ICMP. Immutable.
 */
public final class Connections {
    private static final Protocol[] PROTOCOLS = Protocol.values();
    private static final int[] WHOLE = {1};

    /** Adjoining ports with the same decision. */
    public record Range(Protocol protocol, PortRange ports, Decision decision) {}

    /** For each protocol, the first port of each range, ascending from 1. */
    private final int[][] firsts;

    private final Decision[][] decisions;
    private final Decision other;

    private Connections(int[][] firsts, Decision[][] decisions, Decision other) {
        this.firsts = firsts;
        this.decisions = decisions;
        this.other = other;
    }

    static Connections all(Decision decision) {
        int[][] firsts = new int[PROTOCOLS.length][];
        Decision[][] decisions = new Decision[PROTOCOLS.length][];
        Arrays.fill(firsts, WHOLE);
        Arrays.setAll(decisions, protocol -> new Decision[] {decision});
        return new Connections(firsts, decisions, decision);
    }

    /** @param port 1–65535 */
    public Decision at(Protocol protocol, int port) {
        int[] starts = firsts[protocol.ordinal()];
        int at = Arrays.binarySearch(starts, port);
        return decisions[protocol.ordinal()][at < 0 ? -at - 2 : at];
    }

    /** About protocols other than TCP, UDP and SCTP. */
    public Decision other() {
        return other;
    }

    /** By protocol and port. */
    public List<Range> ranges() {
        List<Range> ranges = new ArrayList<>();
        for (Protocol protocol : PROTOCOLS) {
            int[] starts = firsts[protocol.ordinal()];
            for (int i = 0; i < starts.length; i++) {
                int last = i + 1 < starts.length ? starts[i + 1] - 1 : PortRange.ALL.last();
                ranges.add(new Range(protocol, new PortRange(starts[i], last), decisions[protocol.ordinal()][i]));
            }
        }
        return ranges;
    }

    Connections map(UnaryOperator<Decision> change) {
        Connections result = new Connections(firsts.clone(), new Decision[PROTOCOLS.length][], change.apply(other));
        for (Protocol protocol : PROTOCOLS) {
            int index = protocol.ordinal();
            Decision[] changed = new Decision[decisions[index].length];
            for (int i = 0; i < changed.length; i++) {
                changed[i] = change.apply(decisions[index][i]);
            }
            result.put(index, firsts[index], changed);
        }
        return result;
    }

    /** Both ends must let it through. */
    public Connections and(Connections that) {
        return with(that, Decision::and);
    }

    Connections with(Connections that, BinaryOperator<Decision> combine) {
        Connections result = new Connections(
                new int[PROTOCOLS.length][], new Decision[PROTOCOLS.length][], combine.apply(other, that.other));
        for (Protocol protocol : PROTOCOLS) {
            int index = protocol.ordinal();
            int[] starts = merged(firsts[index], that.firsts[index]);
            Decision[] combined = new Decision[starts.length];
            for (int i = 0; i < starts.length; i++) {
                combined[i] = combine.apply(at(protocol, starts[i]), that.at(protocol, starts[i]));
            }
            result.put(index, starts, combined);
        }
        return result;
    }

    /** With the decisions about some ports changed. */
    Connections change(Protocol protocol, PortRange ports, UnaryOperator<Decision> change) {
        Connections result = new Connections(firsts.clone(), decisions.clone(), other);
        int end = ports.last() + 1;
        int[] bounds = end > PortRange.ALL.last() ? new int[] {ports.first()} : new int[] {ports.first(), end};
        int[] starts = merged(firsts[protocol.ordinal()], bounds);
        Decision[] changed = new Decision[starts.length];
        for (int i = 0; i < starts.length; i++) {
            Decision before = at(protocol, starts[i]);
            changed[i] = ports.contains(starts[i]) ? change.apply(before) : before;
        }
        result.put(protocol.ordinal(), starts, changed);
        return result;
    }

    Connections changeOther(UnaryOperator<Decision> change) {
        return new Connections(firsts, decisions, change.apply(other));
    }

    /** Joins neighbours that are alike. */
    private void put(int protocol, int[] starts, Decision[] values) {
        int count = 0;
        int[] first = new int[starts.length];
        Decision[] kept = new Decision[starts.length];
        for (int i = 0; i < starts.length; i++) {
            if (count == 0 || !kept[count - 1].equals(values[i])) {
                first[count] = starts[i];
                kept[count++] = values[i];
            }
        }
        firsts[protocol] = Arrays.copyOf(first, count);
        decisions[protocol] = Arrays.copyOf(kept, count);
    }

    private static int[] merged(int[] one, int[] other) {
        int[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return Arrays.stream(all).sorted().distinct().toArray();
    }

    @Override
    public boolean equals(Object object) {
        return object instanceof Connections that
                && Arrays.deepEquals(firsts, that.firsts)
                && Arrays.deepEquals(decisions, that.decisions)
                && other.equals(that.other);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(decisions) * 31 + Arrays.deepHashCode(firsts);
    }
}
