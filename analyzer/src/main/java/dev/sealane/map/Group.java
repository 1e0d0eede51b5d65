package dev.sealane.map;

import java.util.List;

/** Peers that no policy tells apart, in the order of the map. Compared by identity. */
public final class Group {
    /** What the policies of the peers say of the peers of connections; null if none applies. */
    final Side egress;

    final Side ingress;
    /** What policies of others see. */
    final int seen;

    private List<Peer> peers = List.of();

    Group(Side egress, Side ingress, int seen) {
        this.egress = egress;
        this.ingress = ingress;
        this.seen = seen;
    }

    void add(List<Peer> all) {
        peers = List.copyOf(all);
    }

    public List<Peer> peers() {
        return peers;
    }

    /** Whether these are pods of the input; else they are nodes, addresses or domain names. */
    public boolean pods() {
        return peers.getFirst().set() != null;
    }
}
