package dev.sealane.facts;

import java.util.List;

/**
 * Pods that the ingress policies of the DNS servers keep out.
 *
 * @param policy the isolating policy that it is put down to
 * @param clients names some of those kept out
 * @param ports protocol and port that they cannot reach, such as {@code UDP 53}
 */
public record DnsServerAccess(Ref policy, String clients, String ports, List<Evidence> evidence) implements Explained {
    public DnsServerAccess {
        evidence = List.copyOf(evidence);
    }
}
