package dev.sealane.link;

import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Tenant;
import dev.sealane.policy.Verdict;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What policies deny for certain. Many threads may ask. */
final class Denials {
    /** Istio's ambient mode carries all connections between pods over this port (HBONE), so one that is open will do. */
    private static final int TUNNEL = 15008;

    private final Policies policies;
    private final Map<String, Tenant> tenants;
    private final UnreadPolicies unread;
    private final Map<PodSet, Endpoint.Pods> endpoints = new ConcurrentHashMap<>();

    Denials(Policies policies, Map<String, Tenant> tenants, UnreadPolicies unread) {
        this.policies = policies;
        this.tenants = tenants;
        this.unread = unread;
    }

    /** Null if the connection is let through, or may be. */
    Decision between(PodSet from, PodSet to, Protocol protocol, int port) {
        Connections connections = policies.between(endpoint(from), endpoint(to));
        Decision denial = connections.at(protocol, port);
        return denied(denial) && denied(connections.at(Protocol.TCP, TUNNEL)) ? denial : null;
    }

    /** Whether a denial stands. */
    boolean denied(Decision decision) {
        return decision.verdict() == Verdict.DENIED && unread.none(decision);
    }

    Endpoint.Pods endpoint(PodSet set) {
        return endpoints.computeIfAbsent(set, unseen -> Endpoint.Pods.of(tenants.get(set.namespace()), set));
    }
}
