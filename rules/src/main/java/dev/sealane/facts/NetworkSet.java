package dev.sealane.facts;

import java.util.List;

/** A NetworkSet or GlobalNetworkSet of Calico: addresses that its selectors find by the labels of the set. */
public record NetworkSet(Meta meta, List<String> nets) implements Resource {
    public NetworkSet {
        nets = List.copyOf(nets);
    }
}
