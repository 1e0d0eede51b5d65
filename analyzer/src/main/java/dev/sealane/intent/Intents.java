package dev.sealane.intent;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Service;
import dev.sealane.intent.Assertion.Kind;
import dev.sealane.intent.Outcome.Example;
import dev.sealane.intent.Outcome.Result;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.map.Connectivity;
import dev.sealane.map.Peer;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import dev.sealane.select.Selection;
import dev.sealane.select.Selectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares assertions with what the policies of a network allow. */
public final class Intents {
    /** Enough to see a pattern. */
    private static final int EXAMPLES = 3;

    /**
     * One end.
     *
     * @param peer null for some pods of a set
     * @param services through which it was named
     */
    private record End(String name, Endpoint endpoint, Peer peer, List<Service> services) {
        private PodSpec spec() {
            return endpoint instanceof Endpoint.Pods pods ? pods.spec() : null;
        }

        /** What pairs have in common that are decided alike. */
        private Object alike() {
            boolean onNode = endpoint instanceof Endpoint.Host || spec() != null && spec().hostNetwork();
            return peer == null || onNode ? this : peer.group();
        }
    }

    private final Network network;
    private final Connectivity connectivity;
    private final Map<PodSet, Peer> peers = new HashMap<>();
    private final Map<Ref, Peer> hosts = new HashMap<>();

    private Intents(Network network, List<Selection> selections) {
        this.network = network;
        Set<Cidr> boundaries = new LinkedHashSet<>();
        selections.forEach(selection -> boundaries.addAll(selection.boundaries()));
        connectivity = Connectivity.of(network, boundaries);
        for (Peer peer : connectivity.peers()) {
            if (peer.set() != null) {
                peers.put(peer.set(), peer);
            } else if (peer.ref() != null) {
                hosts.put(peer.ref(), peer);
            }
        }
    }

    /**
     * One outcome for each assertion.
     *
     * @param file the assertions' own, for messages
     * @throws UsageError if a selector matches nothing
     */
    public static List<Outcome> check(Network network, List<Assertion> assertions, String file) {
        Selectors selectors = new Selectors(network);
        List<Selection> selections = new ArrayList<>();
        for (Assertion assertion : assertions) {
            for (String text : List.of(assertion.from(), assertion.to())) {
                try {
                    selections.add(selectors.select(text));
                } catch (UsageError nothing) {
                    throw new UsageError(file + ":" + assertion.line() + ": " + nothing.getMessage());
                }
            }
        }
        Intents intents = new Intents(network, selections);
        List<Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < assertions.size(); i++) {
            outcomes.add(intents.check(assertions.get(i), selections.get(2 * i), selections.get(2 * i + 1), file));
        }
        return outcomes;
    }

    private Outcome check(Assertion assertion, Selection left, Selection right, String file) {
        List<End> to = ends(right);
        List<End> from = assertion.kind() == Kind.ONLY ? others(left) : ends(left);
        Map<Object, List<End>> sources = alike(from);
        Map<Object, List<End>> targets = alike(to);
        List<Example> contrary = new ArrayList<>();
        List<Example> open = new ArrayList<>();
        int pairs = 0;
        boolean named = false;
        for (List<End> some : targets.values()) {
            for (Map.Entry<Set<Ports.Range>, End> target :
                    byPorts(assertion, some).entrySet()) {
                named |= !target.getKey().isEmpty();
                for (List<End> same : sources.values()) {
                    End source = other(same, target.getValue());
                    if (source == null) {
                        continue;
                    }
                    pairs++;
                    ask(assertion, source, target.getValue(), target.getKey(), contrary, open);
                }
            }
        }
        if (!named) {
            throw new UsageError(file + ":" + assertion.line() + ": nothing that \"" + assertion.to()
                    + "\" means has a port called " + assertion.ports().name());
        }
        Result result = !contrary.isEmpty() ? Result.FAILS : open.isEmpty() ? Result.HOLDS : Result.UNKNOWN;
        List<Example> examples = contrary.isEmpty() ? open : contrary;
        return new Outcome(assertion, result, pairs, examples.subList(0, Math.min(EXAMPLES, examples.size())));
    }

    /** Those that no policy tells apart need to be asked about once. */
    private static Map<Object, List<End>> alike(List<End> ends) {
        Map<Object, List<End>> alike = new LinkedHashMap<>();
        ends.forEach(end ->
                alike.computeIfAbsent(end.alike(), unseen -> new ArrayList<>()).add(end));
        return alike;
    }

    /** One end for each set of ports that the assertion means on some. */
    private static Map<Set<Ports.Range>, End> byPorts(Assertion assertion, List<End> ends) {
        boolean every = assertion.kind() != Kind.ALLOW;
        Map<Set<Ports.Range>, End> byPorts = new LinkedHashMap<>();
        for (End end : ends) {
            Set<Ports.Range> ports = end.spec() == null
                    ? new LinkedHashSet<>(assertion.ports().elsewhere())
                    : assertion.ports().on(end.spec(), end.services(), every);
            byPorts.putIfAbsent(ports, end);
        }
        return byPorts;
    }

    /** One that is not the target itself, or the target if it is several pods; null if there is none. */
    private static End other(List<End> same, End target) {
        for (End end : same) {
            boolean itself = end.endpoint().equals(target.endpoint());
            if (!itself
                    || end.endpoint() instanceof Endpoint.Pods pods
                            && pods.addresses().size() != 1) {
                return end;
            }
        }
        return null;
    }

    private void ask(
            Assertion assertion, End from, End to, Set<Ports.Range> ports, List<Example> contrary, List<Example> open) {
        Connections connections = from.peer() != null && to.peer() != null
                ? connectivity.between(from.peer(), to.peer())
                : network.policies().between(from.endpoint(), to.endpoint());
        Verdict wanted = assertion.kind() == Kind.ALLOW ? Verdict.ALLOWED : Verdict.DENIED;
        Verdict unwanted = wanted == Verdict.ALLOWED ? Verdict.DENIED : Verdict.ALLOWED;
        Example against = null;
        Example unsure = null;
        for (Connections.Range range : connections.ranges()) {
            for (Ports.Range asked : ports) {
                PortRange both = range.ports().and(asked.ports());
                if (range.protocol() != asked.protocol() || both == null) {
                    continue;
                }
                Decision decision = range.decision();
                Example example =
                        new Example(from.name(), to.name(), new Ports.Range(range.protocol(), both), decision);
                if (decision.verdict() == unwanted) {
                    against = against == null ? example : against;
                } else if (decision.verdict() != wanted) {
                    unsure = unsure == null ? example : unsure;
                }
            }
        }
        if (against != null) {
            contrary.add(against);
        } else if (unsure != null) {
            open.add(unsure);
        }
    }

    private List<End> ends(Selection selection) {
        List<End> ends = new ArrayList<>();
        for (Selection.Member member : selection.members()) {
            PodSet set = member.set();
            Peer peer = peers.get(set);
            if (member.pods().size() == set.pods().size()) {
                ends.add(new End(peer.id(), peer.endpoint(), peer, selection.services()));
            } else {
                String names = member.pods().size() == 1
                        ? member.pods().getFirst().ref().toString()
                        : member.pods().size() + " pods of " + peer.id();
                Endpoint some = Endpoint.Pods.of(network.tenants().get(set.namespace()), set, member.pods());
                ends.add(new End(names, some, null, selection.services()));
            }
        }
        selection.nodes().forEach(node -> ends.add(end(hosts.get(node.ref()))));
        for (Peer peer : connectivity.peers()) {
            if (peer.cidr() != null && selection.means(peer.cidr())) {
                ends.add(end(peer));
            }
        }
        return ends;
    }

    /**
     * All pods and addresses that the selection does not mean. Nodes, and pods on their network, are left out: they reach
     * the pods on them whatever policies say.
     */
    private List<End> others(Selection left) {
        Set<PodSet> meant = new HashSet<>();
        left.members().forEach(member -> meant.add(member.set()));
        List<End> others = new ArrayList<>();
        for (Peer peer : connectivity.peers()) {
            boolean pods = peer.set() != null && !peer.set().spec().hostNetwork() && !meant.contains(peer.set());
            boolean addresses = peer.cidr() != null && !left.means(peer.cidr());
            if (pods || addresses) {
                others.add(end(peer));
            }
        }
        return others;
    }

    private static End end(Peer peer) {
        return new End(peer.id(), peer.endpoint(), peer, List.of());
    }
}
