package dev.sealane.trace;

import dev.sealane.facts.PodSet;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.select.Selection;
import dev.sealane.select.Selectors;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Who is meant by FROM. */
final class Clients {
    private final Network network;
    private final Selectors selectors;
    private final Backends backends;

    Clients(Network network, Selectors selectors, Backends backends) {
        this.network = network;
        this.selectors = selectors;
        this.backends = backends;
    }

    /** @throws UsageError if nobody in the input is meant */
    List<End> of(String from) {
        String[] parts = from.split("/", 3);
        if (parts.length == 3
                && List.of("serviceaccount", "serviceaccounts", "sa").contains(parts[1])) {
            return serviceAccount(from, parts[0], parts[2]);
        }
        if (from.equals("internet")) {
            return List.of(End.INTERNET);
        }
        if (backends.nodeAt(from) != null) {
            return List.of(End.of(backends.nodeAt(from)));
        }
        if (from.indexOf('/') < 0 && backends.node(from) != null) {
            return List.of(End.of(backends.node(from)));
        }
        Selection selection = selectors.select(from);
        List<End> clients = new ArrayList<>();
        for (Selection.Member member : selection.members()) {
            if (member.pods().isEmpty()) {
                clients.add(End.of(member.set(), null));
            }
            member.pods().forEach(pod -> clients.add(End.of(member.set(), pod)));
        }
        selection.nodes().forEach(node -> clients.add(End.of(node)));
        if (selection.internet()) {
            clients.add(End.INTERNET);
        } else {
            selection.ranges().forEach(range -> clients.add(End.outside(range)));
        }
        if (clients.isEmpty()) {
            throw new UsageError('"' + from + "\" has no pods in the input that could start a connection");
        }
        return clients;
    }

    private List<End> serviceAccount(String from, String namespace, String name) {
        List<End> clients = new ArrayList<>();
        Set<String> known = new LinkedHashSet<>();
        for (PodSet set : network.podSets()) {
            if (set.namespace().equals(namespace)) {
                known.add(set.spec().serviceAccount());
            }
            if (set.namespace().equals(namespace) && set.spec().serviceAccount().equals(name)) {
                if (set.pods().isEmpty()) {
                    clients.add(End.of(set, null));
                }
                set.pods().forEach(pod -> clients.add(End.of(set, pod)));
            }
        }
        if (clients.isEmpty()) {
            throw new UsageError('"' + from + "\" matches nothing: no pod of namespace " + namespace
                    + " in the input has that ServiceAccount; there are " + String.join(", ", known));
        }
        return clients;
    }
}
