package dev.sealane.trace;

import dev.sealane.facts.Text;
import java.util.List;

/**
 * One way that a packet can take, to one endpoint or to endpoints that nothing tells apart.
 *
 * @param ways how many pairs of client and endpoint it stands for
 */
public record Trace(Reach verdict, Text reason, List<Hop> hops, int ways) {
    public Trace {
        hops = List.copyOf(hops);
    }

    public <S extends Step> List<S> steps(Class<S> type) {
        return hops.stream()
                .flatMap(hop -> hop.steps().stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }
}
