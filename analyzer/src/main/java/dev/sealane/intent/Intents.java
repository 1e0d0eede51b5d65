package dev.sealane.intent;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
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
import dev.sealane.trace.End;
import dev.sealane.trace.Tracer;
import dev.sealane.trace.Traces;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Compares assertions with what the policies of a network allow. */
public final class Intents {
    /** Enough to see a pattern. */
    private static final int EXAMPLES = 3;

    /**
     * Those at one end that are asked about together.
     *
     * @param pods those meant of the set; null unless it is pods
     * @param node null unless it is one
     * @param peer null for some pods of a set
     * @param services through which they were named
     */
    private record Party(
            String name, Endpoint endpoint, Selection.Member pods, Node node, Peer peer, List<Service> services) {
        private PodSpec spec() {
            return endpoint instanceof Endpoint.Pods of ? of.spec() : null;
        }

        /** What pairs have in common that are decided alike. */
        private Object alike() {
            boolean onNode = endpoint instanceof Endpoint.Host || spec() != null && spec().hostNetwork();
            return peer == null || onNode ? this : peer.group();
        }

        /** One of them, another one than that if there is, and one that runs if one does. */
        private End one(End other) {
            if (node != null) {
                return End.of(node);
            }
            if (pods == null) {
                return End.outside(peer.cidr());
            }
            Pod best = pods.pods().stream()
                    .filter(pod -> other == null || pod != other.pod())
                    .max(Comparator.comparingInt(pod -> pod.observed() && !pod.ready() ? 0 : 1))
                    .orElse(pods.pods().isEmpty() ? null : pods.pods().getFirst());
            return End.of(pods.set(), best);
        }
    }

    /** What is decided about two that were asked about. */
    private record Pair(Party from, Party to, Ports.Range ports, Decision decision) {
        private Example example() {
            return new Example(from.name(), to.name(), ports, decision);
        }

        /** A port that a container declares, if one does. */
        private int port() {
            return Stream.ofNullable(to.spec())
                    .flatMap(spec -> spec.ports().stream())
                    .filter(port -> port.protocol() == ports.protocol())
                    .map(ContainerPort::number)
                    .filter(ports.ports()::contains)
                    .findFirst()
                    .orElse(ports.ports().first());
        }
    }

    private final Network network;
    private final Connectivity connectivity;
    private final Map<PodSet, Peer> peers = new HashMap<>();
    private final Map<Ref, Peer> hosts = new HashMap<>();
    /** Null until an assertion fails. */
    private Tracer tracer;

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
        List<Party> to = ends(right);
        List<Party> from = assertion.kind() == Kind.ONLY ? others(left) : ends(left);
        Map<Object, List<Party>> sources = alike(from);
        Map<Object, List<Party>> targets = alike(to);
        List<Pair> contrary = new ArrayList<>();
        List<Pair> open = new ArrayList<>();
        int pairs = 0;
        boolean named = false;
        for (List<Party> some : targets.values()) {
            for (Map.Entry<Set<Ports.Range>, Party> target :
                    byPorts(assertion, some).entrySet()) {
                named |= !target.getKey().isEmpty();
                for (List<Party> same : sources.values()) {
                    Party source = other(same, target.getValue());
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
        List<Example> examples = (contrary.isEmpty() ? open : contrary)
                .stream().limit(EXAMPLES).map(Pair::example).toList();
        return new Outcome(assertion, result, pairs, examples, contrary.isEmpty() ? null : follow(contrary.getFirst()));
    }

    private Traces follow(Pair pair) {
        tracer = tracer == null ? new Tracer(network) : tracer;
        End from = pair.from().one(null);
        return tracer.trace(from, pair.to().one(from), pair.port(), pair.ports().protocol());
    }

    /** Those that no policy tells apart need to be asked about once. */
    private static Map<Object, List<Party>> alike(List<Party> ends) {
        Map<Object, List<Party>> alike = new LinkedHashMap<>();
        ends.forEach(end ->
                alike.computeIfAbsent(end.alike(), unseen -> new ArrayList<>()).add(end));
        return alike;
    }

    /** One end for each set of ports that the assertion means on some. */
    private static Map<Set<Ports.Range>, Party> byPorts(Assertion assertion, List<Party> ends) {
        boolean every = assertion.kind() != Kind.ALLOW;
        Map<Set<Ports.Range>, Party> byPorts = new LinkedHashMap<>();
        for (Party end : ends) {
            Set<Ports.Range> ports = end.spec() == null
                    ? new LinkedHashSet<>(assertion.ports().elsewhere())
                    : assertion.ports().on(end.spec(), end.services(), every);
            byPorts.putIfAbsent(ports, end);
        }
        return byPorts;
    }

    /** One that is not the target itself, or the target if it is several pods; null if there is none. */
    private static Party other(List<Party> same, Party target) {
        for (Party end : same) {
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
            Assertion assertion, Party from, Party to, Set<Ports.Range> ports, List<Pair> contrary, List<Pair> open) {
        Connections connections = from.peer() != null && to.peer() != null
                ? connectivity.between(from.peer(), to.peer())
                : network.policies().between(from.endpoint(), to.endpoint());
        Verdict wanted = assertion.kind() == Kind.ALLOW ? Verdict.ALLOWED : Verdict.DENIED;
        Verdict unwanted = wanted == Verdict.ALLOWED ? Verdict.DENIED : Verdict.ALLOWED;
        Pair against = null;
        Pair unsure = null;
        for (Connections.Range range : connections.ranges()) {
            for (Ports.Range asked : ports) {
                PortRange both = range.ports().and(asked.ports());
                if (range.protocol() != asked.protocol() || both == null) {
                    continue;
                }
                Decision decision = range.decision();
                Pair pair = new Pair(from, to, new Ports.Range(range.protocol(), both), decision);
                if (decision.verdict() == unwanted) {
                    against = against == null ? pair : against;
                } else if (decision.verdict() != wanted) {
                    unsure = unsure == null ? pair : unsure;
                }
            }
        }
        if (against != null) {
            contrary.add(against);
        } else if (unsure != null) {
            open.add(unsure);
        }
    }

    private List<Party> ends(Selection selection) {
        List<Party> ends = new ArrayList<>();
        for (Selection.Member member : selection.members()) {
            PodSet set = member.set();
            Peer peer = peers.get(set);
            if (member.pods().size() == set.pods().size()) {
                ends.add(new Party(peer.id(), peer.endpoint(), member, null, peer, selection.services()));
            } else {
                String names = member.pods().size() == 1
                        ? member.pods().getFirst().ref().toString()
                        : member.pods().size() + " pods of " + peer.id();
                Endpoint some = Endpoint.Pods.of(network.tenants().get(set.namespace()), set, member.pods());
                ends.add(new Party(names, some, member, null, null, selection.services()));
            }
        }
        for (Node node : selection.nodes()) {
            Peer peer = hosts.get(node.ref());
            ends.add(new Party(peer.id(), peer.endpoint(), null, node, peer, List.of()));
        }
        for (Peer peer : connectivity.peers()) {
            if (peer.cidr() != null && selection.means(peer.cidr())) {
                ends.add(party(peer));
            }
        }
        return ends;
    }

    /**
     * All pods and addresses that the selection does not mean. Nodes, and pods on their network, are left out: they reach
     * the pods on them whatever policies say.
     */
    private List<Party> others(Selection left) {
        Set<PodSet> meant = new HashSet<>();
        left.members().forEach(member -> meant.add(member.set()));
        List<Party> others = new ArrayList<>();
        for (Peer peer : connectivity.peers()) {
            boolean pods = peer.set() != null && !peer.set().spec().hostNetwork() && !meant.contains(peer.set());
            boolean addresses = peer.cidr() != null && !left.means(peer.cidr());
            if (pods || addresses) {
                others.add(party(peer));
            }
        }
        return others;
    }

    /** All pods of a set, or addresses. */
    private static Party party(Peer peer) {
        Selection.Member pods = peer.set() == null
                ? null
                : new Selection.Member(peer.set(), peer.set().pods());
        return new Party(peer.id(), peer.endpoint(), pods, null, peer, List.of());
    }
}
