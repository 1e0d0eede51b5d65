package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The way to where names are looked up. */
final class DnsPath {
    private final Network network;
    private final Names names;
    private final PolicyDecisions decisions;
    private final ServicePath servicePath;

    DnsPath(Network network, Names names, PolicyDecisions decisions, ServicePath servicePath) {
        this.network = network;
        this.names = names;
        this.decisions = decisions;
        this.servicePath = servicePath;
    }

    /** @throws UsageError if the client is no pod */
    List<Aim> aims(End client, Targets targets) {
        if (!client.isPod()) {
            throw new UsageError("dns is traced from pods: what nodes and others ask is not in the input");
        }
        Names.Resolver resolver = names.resolver(client.set());
        Step step = new Step.Resolved(resolver.text(), resolver.place());
        List<Aim> aims = new ArrayList<>();
        if (!resolver.cluster()) {
            if (resolver.nameservers().isEmpty()) {
                Text text = Text.of("its node's DNS servers are not in the input");
                return List.of(new Aim("", List.of(step), one -> List.of(Way.unknown(one, "DNS", text, null))));
            }
            for (String nameserver : resolver.nameservers()) {
                for (Protocol protocol : List.of(Protocol.UDP, Protocol.TCP)) {
                    Flow flow = new Flow("", nameserver, nameserver, "53", protocol);
                    aims.addAll(targets.address(flow, nameserver, List.of(step)));
                }
            }
            return aims;
        }
        PodSet cache = names.cache();
        if (cache != null) {
            aims.add(new Aim("cache", List.of(step), one -> List.of(toCache(one, cache))));
            return aims;
        }
        if (names.servers().isEmpty()) {
            Text text =
                    Text.of("the input has no DNS Service; collect kubectl get services,pods -n kube-system -o yaml");
            return List.of(new Aim("", List.of(step), one -> List.of(Way.unknown(one, "DNS", text, null))));
        }
        for (Service service : names.servers()) {
            for (ServicePort port : service.ports()) {
                if (port.port() == 53) {
                    aims.add(new Aim(port.toString(), List.of(step), one -> servicePath.clusterIp(one, service, port)));
                }
            }
        }
        return aims;
    }

    /** How far a pod's questions come; null if it does not ask the cluster's DNS, or nobody could tell. */
    Traces lookUp(End client, Names.Resolver resolver, Targets targets) {
        // Manifests of an application do not have the DNS, which is there all the same; policies may close it.
        boolean judged = !names.servers().isEmpty()
                || !network.policies()
                        .chain(network.endpoint(client.set()), Direction.EGRESS)
                        .isEmpty();
        if (!resolver.cluster() || !judged) {
            return null;
        }
        List<Trace> traces = traces(client, aims(client, targets));
        return traces.isEmpty() ? null : Traces.of("", "", traces);
    }

    /** NodeLocal DNSCache answers on the client's own node; policies see an address of the node, not the DNS pods. */
    private Way toCache(End client, PodSet cache) {
        Cidr address = Cidr.parse("169.254.20.10");
        Decision asAddress =
                decisions.egress(client, new Endpoint.Addresses(address, true, ""), null, Protocol.UDP, 53);
        Decision asPod = decisions.egress(client, network.endpoint(cache), cache, Protocol.UDP, 53);
        Decision decision = asAddress.verdict() == Verdict.ALLOWED ? asAddress : asPod;
        return new Way(
                client,
                List.of("cache", decision),
                List.of(),
                List.of(cache.owner().name()),
                (walk, endpoints) -> {
                    if (!walk.filter("egress", decision, PolicyDecisions.reach(decision, client))) {
                        return;
                    }
                    walk.hop(cache.owner().toString());
                    walk.step(new Step.Delivered(
                            Text.of(
                                    "NodeLocal DNSCache of the node answers on %s, and on the DNS Service's address",
                                    "169.254.20.10"),
                            cache.at(""),
                            new Tuple(client.source(), "169.254.20.10", 53, Protocol.UDP)));
                });
    }

    /** What becomes of a target if the name may not be found. */
    static Aim without(Aim aim, Traces lookup) {
        Text why = Text.of(
                "the name may not be found, since DNS is %s: %s",
                lookup.verdict().word(), lookup.reason());
        return new Aim(
                aim.name(),
                aim.steps(),
                client -> aim.target().apply(client).stream()
                        .map(way -> way.after(walk -> {
                            if (lookup.verdict() == Reach.UNREACHABLE) {
                                walk.lost(new Step.Lost(why, null, false));
                            } else {
                                walk.judge(lookup.verdict(), why);
                            }
                        }))
                        .toList());
    }

    private static List<Trace> traces(End client, List<Aim> aims) {
        List<Trace> traces = new ArrayList<>();
        for (Aim aim : aims) {
            for (Way way : aim.target().apply(client)) {
                Walk walk = new Walk();
                walk.hop(client.at());
                way.write().accept(walk, way.endpoints());
                traces.add(walk.end(1));
            }
        }
        return traces;
    }
}
