package dev.sealane.trace;

import dev.sealane.facts.Text;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Every way from one end to the other, and what they come to. */
public record Traces(String from, String to, Reach verdict, Text reason, List<Trace> traces) {
    public Traces {
        traces = List.copyOf(traces);
    }

    static Traces of(String from, String to, List<Trace> traces) {
        Set<Reach> verdicts = new HashSet<>();
        int ways = 0;
        int reachable = 0;
        for (Trace trace : traces) {
            verdicts.add(trace.verdict());
            ways += trace.ways();
            reachable += trace.verdict() == Reach.REACHABLE ? trace.ways() : 0;
        }
        if (verdicts.size() == 1) {
            return new Traces(
                    from, to, traces.getFirst().verdict(), traces.getFirst().reason(), traces);
        }
        boolean split = verdicts.contains(Reach.DEPENDS) || verdicts.contains(Reach.UNREACHABLE) && reachable > 0;
        Trace telling = traces.stream()
                .filter(trace -> trace.verdict() != Reach.REACHABLE)
                .findFirst()
                .orElseThrow();
        return new Traces(
                from,
                to,
                split ? Reach.DEPENDS : Reach.UNKNOWN,
                Text.of("%s of %s ways lead there; of another, %s", reachable, ways, telling.reason()),
                traces);
    }
}
