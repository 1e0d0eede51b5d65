package dev.sealane.link;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Other;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.policy.Cause;
import dev.sealane.policy.Decision;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Policies of APIs that Sealane does not read; they may allow what those that it reads deny. */
final class UnreadPolicies {
    /** One for each namespace that has some; under the empty name, one for all namespaces. */
    private final Map<String, Ref> policies = new HashMap<>();

    private final Ledger ledger;

    UnreadPolicies(List<Resource> resources, Ledger ledger) {
        this.ledger = ledger;
        for (Resource resource : resources) {
            String kind = resource.ref().kind().name();
            boolean policy = resource instanceof Other
                    && kind.endsWith("NetworkPolicy")
                    && !kind.startsWith("Staged")
                    && !kind.startsWith("Baseline");
            if (policy) {
                boolean everywhere = kind.startsWith("Global") || kind.startsWith("Admin") || kind.contains("Cluster");
                policies.putIfAbsent(everywhere ? "" : resource.namespace(), resource.ref());
            }
        }
    }

    /** One that may select pods of the namespace; null if there is none. */
    Ref in(String namespace) {
        return policies.getOrDefault(namespace, policies.get(""));
    }

    /** Whether a denial stands, for no policy that was not read or is not in the input may allow it after all. */
    boolean none(Decision denial) {
        return denial.causes().stream()
                .map(Cause::policy)
                .allMatch(policy -> in(policy.namespace()) == null
                        && (!policy.kind().equals(Kind.NETWORK_POLICY)
                                || ledger.complete(Kind.NETWORK_POLICY, policy.namespace())));
    }
}
