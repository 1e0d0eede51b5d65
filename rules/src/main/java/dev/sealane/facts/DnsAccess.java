package dev.sealane.facts;

import java.util.List;

/**
 * What the egress policies of some pods, all together, leave of the way to their DNS servers. There is none where
 * both protocols get through.
 *
 * @param policy the isolating policy that it is put down to
 * @param pods the pods that it concerns
 * @param server where they ask, such as {@code Service kube-system/kube-dns (pods k8s-app=kube-dns, port 5353)}
 */
public record DnsAccess(
        Ref policy,
        boolean udp,
        boolean tcp,
        List<PodSet> pods,
        String clients,
        Text server,
        Certainty certainty,
        List<Evidence> evidence)
        implements Explained {
    public DnsAccess {
        pods = List.copyOf(pods);
        evidence = List.copyOf(evidence);
    }

    public boolean blocked() {
        return !udp && !tcp;
    }

    /** The protocol that gets through, if just one does. */
    public Protocol only() {
        return udp ? Protocol.UDP : Protocol.TCP;
    }

    /** What comes of it, if just one protocol gets through. */
    public String effect() {
        return udp
                ? "so answers that are too long for one UDP packet fail"
                : "so lookups fail: resolvers ask over UDP first";
    }

    public Protocol missing() {
        return udp ? Protocol.TCP : Protocol.UDP;
    }
}
