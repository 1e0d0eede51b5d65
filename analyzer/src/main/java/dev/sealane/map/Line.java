package dev.sealane.map;

import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.policy.Verdict;
import java.util.List;

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
