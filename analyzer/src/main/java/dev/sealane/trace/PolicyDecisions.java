package dev.sealane.trace;

import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Node;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Network;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What policies decide about the two directions of a connection. */
final class PolicyDecisions {
    private final Network network;
    private final Backends backends;
    private final Map<List<Object>, Connections> decided = new HashMap<>();

    PolicyDecisions(Network network, Backends backends) {
        this.network = network;
        this.backends = backends;
    }

    /** Null unless the client is a pod. */
    Decision egress(End client, Endpoint peer, PodSet peerSet, Protocol protocol, int port) {
        if (!client.isPod()) {
            return null;
        }
        return decide(Direction.EGRESS, client.set(), endpoint(client), peerSet, peer, protocol, port);
    }

    Decision ingress(Backend backend, Endpoint peer, PodSet peerSet, Protocol protocol) {
        return decide(Direction.INGRESS, backend.set(), endpoint(backend), peerSet, peer, protocol, backend.port());
    }

    /** What holds for two whole sets holds for each pair of their pods; where it is open, the pair is looked at. */
    private Decision decide(
            Direction direction,
            PodSet set,
            Endpoint subject,
            PodSet peerSet,
            Endpoint peer,
            Protocol protocol,
            int port) {
        Object other = peerSet == null ? peer : peerSet;
        Endpoint wholePeer = peerSet == null ? peer : network.endpoint(peerSet);
        Decision whole = decided.computeIfAbsent(
                        List.of(direction, set, other),
                        unseen -> network.policies().enforced(direction, network.endpoint(set), wholePeer))
                .at(protocol, Math.max(1, port));
        return whole.verdict() == Verdict.ALLOWED || whole.verdict() == Verdict.DENIED
                ? whole
                : network.policies()
                        .enforced(direction, (Endpoint.Pods) subject, peer)
                        .at(protocol, Math.max(1, port));
    }

    static Reach reach(Decision decision, End client) {
        return switch (decision.verdict()) {
            case ALLOWED -> Reach.REACHABLE;
            case DENIED -> Reach.UNREACHABLE;
            case DEPENDS -> Reach.DEPENDS;
            // Some of the internet may be in a range that a policy allows, and some not.
            case UNKNOWN -> client.internet() ? Reach.DEPENDS : Reach.UNKNOWN;
        };
    }

    static Endpoint.Host host(Node node, String name) {
        return node == null ? new Endpoint.Host(name, null, List.of()) : Endpoint.Host.of(node);
    }

    Endpoint endpoint(End client) {
        if (client.node() != null) {
            return host(client.node(), client.nodeName());
        }
        if (client.isOutside()) {
            return new Endpoint.Addresses(client.address(), !backends.podRange(client.address()), "");
        }
        return client.pod() == null
                ? network.endpoint(client.set())
                : Endpoint.Pods.of(
                        network.tenants().get(client.set().namespace()), client.set(), List.of(client.pod()));
    }

    Endpoint.Pods endpoint(Backend backend) {
        return backend.pod() == null
                ? network.endpoint(backend.set())
                : Endpoint.Pods.of(
                        network.tenants().get(backend.set().namespace()), backend.set(), List.of(backend.pod()));
    }
}
