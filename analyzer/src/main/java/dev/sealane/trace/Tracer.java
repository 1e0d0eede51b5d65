package dev.sealane.trace;

import dev.sealane.facts.Pod;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.select.Selectors;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Follows connections through one cluster. */
public final class Tracer {
    private final Clients clients;
    private final Targets targets;
    private final PodPath podPath;
    private final AddressPath addressPath;

    public Tracer(Network network) {
        Selectors selectors = new Selectors(network);
        Backends backends = new Backends(network);
        ServiceProxy proxy = ServiceProxy.of(network);
        PolicyDecisions decisions = new PolicyDecisions(network, backends);
        addressPath = new AddressPath(backends, decisions);
        podPath = new PodPath(backends, decisions, new ServiceTranslation(backends, proxy), addressPath);
        clients = new Clients(network, selectors, backends);
        targets = new Targets(network, selectors, backends, proxy, decisions, podPath, addressPath);
    }

    /** @throws UsageError if an end is written wrongly or nothing in the input is meant by it */
    public Traces trace(Flow flow) {
        Map<Object, List<Way>> classes = new LinkedHashMap<>();
        Map<Object, List<Aim>> aims = new HashMap<>();
        for (End client : clients.of(flow.from())) {
            Object alike = client.isPod() ? client.set() : "";
            for (Aim aim : aims.computeIfAbsent(alike, unseen -> targets.aims(flow, client))) {
                for (Way way : aim.target().apply(client)) {
                    classes.computeIfAbsent(List.of(aim.name(), way.key()), unseen -> new ArrayList<>())
                            .add(way.behind(aim));
                }
            }
        }
        List<Trace> traces = classes.values().stream().map(Tracer::trace).toList();
        return Traces.of(flow.from(), flow.to(), traces);
    }

    /** Follows a connection to a pod's, a node's or another address of its own, not through a Service. */
    public Traces trace(End from, End to, int port, Protocol protocol) {
        Way way;
        if (to.isPod()) {
            way = podPath.direct(from, Backends.of(to.set(), to.pod(), port), protocol);
        } else if (to.node() != null) {
            way = addressPath.toNode(from, to.node(), port, protocol);
        } else {
            way = addressPath.toAddress(from, to.address(), "", to.at(), port, protocol);
        }
        return Traces.of(
                from.selector(), Tuple.join(to.selector(), port) + "/" + protocol, List.of(trace(List.of(way))));
    }

    private static Trace trace(List<Way> alike) {
        Set<String> endpoints = new LinkedHashSet<>();
        alike.forEach(way -> endpoints.addAll(way.endpoints()));
        Walk walk = new Walk();
        Way first = alike.getFirst();
        walk.hop(first.client().at());
        for (Step step : first.before()) {
            walk.step(step);
        }
        running(walk, first.client());
        if (walk.verdict() != Reach.UNREACHABLE) {
            first.write().accept(walk, List.copyOf(endpoints));
        }
        return walk.end(alike.size());
    }

    private static void running(Walk walk, End client) {
        Pod pod = client.pod();
        if (pod != null && pod.observed() && !pod.phase().equals("Running")) {
            walk.lost(new Step.Lost(
                    Text.of("the client does not run: its phase is %s", pod.phase()), pod.at("status.phase"), true));
        }
    }
}
