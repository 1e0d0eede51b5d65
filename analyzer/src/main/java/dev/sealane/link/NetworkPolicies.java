package dev.sealane.link;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Applies;
import dev.sealane.facts.Certainty;
import dev.sealane.facts.Cidr;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PolicyPeer;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Rejection;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Text;
import dev.sealane.facts.Unanswered;
import dev.sealane.policy.Match;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** NetworkPolicies to the pods that they select and the peers that they name. Many threads may ask. */
final class NetworkPolicies {
    private final PodIndex index;
    private final Ledger ledger;
    private final Map<String, Tenant> tenants;
    private final Map<Selector, List<String>> matchingNamespaces = new ConcurrentHashMap<>();
    /** By a peer's two selectors: many policies name the same peers. */
    private final Map<List<Selector>, Answer> peerMatches = new HashMap<>();

    private final Map<NetworkPolicy, List<PodSet>> selected = new IdentityHashMap<>();
    private final Set<String> namespaceLabels = new HashSet<>();
    private final List<Applies> applies = new ArrayList<>();
    private final List<Object> facts = new ArrayList<>();

    NetworkPolicies(List<NetworkPolicy> policies, PodIndex index, Ledger ledger, Map<String, Tenant> tenants) {
        this.index = index;
        this.ledger = ledger;
        this.tenants = tenants;
        tenants.values()
                .forEach(tenant -> namespaceLabels.addAll(tenant.labels().keys()));
        policies.forEach(this::link);
        if (facts.stream().anyMatch(fact -> fact instanceof PolicyPeer peer && peer.matches() == Answer.UNKNOWN)) {
            facts.add(new Unanswered(
                    "peers",
                    "the input does not have every pod that policies may name as peers",
                    "kubectl get namespaces,pods -A -o yaml > cluster.yaml"));
        }
    }

    /** The namespaces of the input by name: those with an object of their own, and those that objects are in. */
    static Map<String, Tenant> tenants(List<Resource> resources, Ledger ledger) {
        Map<String, Tenant> tenants = new TreeMap<>();
        ledger.namespaces().forEach(name -> tenants.put(name, Tenant.named(name)));
        for (Resource resource : resources) {
            if (resource instanceof Namespace namespace) {
                tenants.put(namespace.name(), Tenant.of(namespace));
            }
        }
        return tenants;
    }

    List<Applies> applies() {
        return applies;
    }

    /** Peers and rejections. */
    List<Object> facts() {
        return facts;
    }

    private void link(NetworkPolicy policy) {
        List<PodSet> selects = index.select(policy.namespace(), policy.podSelector());
        selected.put(policy, selects);
        for (PodSet pods : selects) {
            applies.add(new Applies(policy.ref(), pods));
        }
        reject(policy, "spec.podSelector", policy.podSelector());
        for (int i = 0; i < policy.policyTypes().size(); i++) {
            String type = policy.policyTypes().get(i);
            if (!type.equals("Ingress") && !type.equals("Egress")) {
                reject(policy, "spec.policyTypes[" + i + "]", "%s is neither Ingress nor Egress", type);
            }
        }
        for (Direction direction : Direction.values()) {
            for (NetworkPolicy.Rule rule : policy.rules(direction)) {
                rule.ports().forEach(port -> reject(policy, port));
                for (Peer peer : rule.peers()) {
                    reject(policy, peer);
                    if (peer.ipBlock() == null) {
                        link(policy, peer);
                    }
                }
            }
        }
    }

    private void link(NetworkPolicy policy, Peer peer) {
        Selector pods = peer.podSelector() == null ? Selector.EVERYTHING : peer.podSelector();
        if (peer.namespaceSelector() == null) {
            if (peer.podSelector() != null) {
                Answer matches = answer(index.selectsAny(policy.namespace(), pods), covered(policy.namespace()));
                boolean everyPod = pods.isEmpty();
                facts.add(new PolicyPeer(policy.ref(), peer, everyPod ? Answer.YES : matches, null));
            }
            return;
        }
        Selector namespaces = peer.namespaceSelector();
        List<String> candidates = matchingNamespaces.computeIfAbsent(namespaces, this::matching);
        Answer matches =
                peerMatches.computeIfAbsent(List.of(namespaces, pods), unseen -> matches(namespaces, candidates, pods));
        facts.add(new PolicyPeer(policy.ref(), peer, matches, candidates.isEmpty() ? unknown(namespaces) : null));
    }

    private Answer matches(Selector namespaces, List<String> candidates, Selector pods) {
        boolean some = pods.isEmpty()
                ? !candidates.isEmpty()
                : candidates.stream().anyMatch(name -> index.selectsAny(name, pods));
        return some ? Answer.YES : certain(namespaces, candidates) ? Answer.NO : Answer.UNKNOWN;
    }

    private boolean certain(Selector namespaces, List<String> candidates) {
        boolean allNamespacesSeen = ledger.proved(Kind.NAMESPACE, "") || pinned(namespaces) && !candidates.isEmpty();
        return allNamespacesSeen
                && candidates.stream()
                        .allMatch(name -> covered(name)
                                && tenants.get(name).matches(namespaces).kind() != Match.Kind.UNKNOWN);
    }

    /** The pods that a policy selects, or null if some may be missing from the input. */
    List<PodSet> selected(NetworkPolicy policy) {
        return covered(policy.namespace()) ? selected.get(policy) : null;
    }

    /** The pods that a peer means, or null if some may be missing from the input, or if it is an {@code ipBlock}. */
    Stream<PodSet> pods(NetworkPolicy policy, Peer peer) {
        if (peer.ipBlock() != null || peer.unread() != null) {
            return null;
        }
        Selector pods = peer.podSelector() == null ? Selector.EVERYTHING : peer.podSelector();
        Selector namespaces = peer.namespaceSelector();
        if (namespaces == null) {
            return covered(policy.namespace()) ? index.select(policy.namespace(), pods).stream() : null;
        }
        List<String> candidates = matchingNamespaces.computeIfAbsent(namespaces, this::matching);
        return certain(namespaces, candidates)
                ? candidates.stream().flatMap(name -> index.select(name, pods).stream())
                : null;
    }

    private static Answer answer(boolean found, boolean covered) {
        return found ? Answer.YES : covered ? Answer.NO : Answer.UNKNOWN;
    }

    private boolean covered(String namespace) {
        return ledger.complete(Kind.POD, namespace) && ledger.certainty(Kind.POD, namespace) == Certainty.CERTAIN;
    }

    /** The namespaces that a selector matches for certain, or may match for all that the input tells. */
    private List<String> matching(Selector selector) {
        String named = selector.matchLabels().get(Namespace.NAME_LABEL);
        Collection<Tenant> candidates = tenants.values();
        if (named != null) {
            candidates = tenants.containsKey(named) ? List.of(tenants.get(named)) : List.of();
        }
        return candidates.stream()
                .filter(tenant -> tenant.matches(selector).possible())
                .map(Tenant::name)
                .toList();
    }

    /** Whether a selector names its namespaces, so that none outside the input's can be meant besides. */
    private static boolean pinned(Selector selector) {
        return selector.matchLabels().containsKey(Namespace.NAME_LABEL)
                || selector.matchExpressions().stream()
                        .anyMatch(requirement -> requirement.key().equals(Namespace.NAME_LABEL)
                                && requirement.operator() == Operator.IN);
    }

    /**
     * A label that the selector requires and no namespace of the input has, if all are in the input. Among manifests the
     * Namespaces of others are missing, so there it must be a name under a label of one's own making.
     */
    private String unknown(Selector selector) {
        if (!ledger.complete(Kind.NAMESPACE, "") || !tenants.values().stream().allMatch(Tenant::known)) {
            return null;
        }
        boolean all = ledger.proved(Kind.NAMESPACE, "");
        for (var label : selector.matchLabels().entrySet()) {
            if (unknown(label.getKey()) && (all || tenants.containsKey(label.getValue()))) {
                return label.getKey();
            }
        }
        for (Selector.Requirement requirement : selector.matchExpressions()) {
            if (unknown(requirement.key())
                    && !requirement.matches(Labels.NONE)
                    && (all || requirement.values().stream().anyMatch(tenants::containsKey))) {
                return requirement.key();
            }
        }
        return null;
    }

    private boolean unknown(String label) {
        return !namespaceLabels.contains(label);
    }

    private void reject(NetworkPolicy policy, Peer peer) {
        String place = peer.place();
        boolean selecting = peer.podSelector() != null || peer.namespaceSelector() != null;
        if (peer.ipBlock() == null && !selecting) {
            reject(policy, place, "a peer needs a podSelector, a namespaceSelector or an ipBlock");
        }
        if (peer.ipBlock() != null && selecting) {
            reject(policy, place, "ipBlock stands alone: it cannot be combined with selectors");
        }
        if (peer.podSelector() != null) {
            reject(policy, place + ".podSelector", peer.podSelector());
        }
        if (peer.namespaceSelector() != null) {
            reject(policy, place + ".namespaceSelector", peer.namespaceSelector());
        }
        if (peer.ipBlock() != null) {
            reject(policy, place + ".ipBlock", peer.ipBlock());
        }
    }

    private void reject(NetworkPolicy policy, String place, Selector selector) {
        for (int i = 0; i < selector.matchExpressions().size(); i++) {
            String problem = selector.matchExpressions().get(i).problem();
            if (problem != null) {
                reject(policy, place + ".matchExpressions[" + i + "]", "%s", problem);
            }
        }
    }

    private void reject(NetworkPolicy policy, String place, IpBlock block) {
        Cidr cidr = range(policy, place + ".cidr", block.cidr());
        if (cidr == null) {
            return;
        }
        for (int i = 0; i < block.except().size(); i++) {
            String text = block.except().get(i);
            String path = place + ".except[" + i + "]";
            Cidr except = range(policy, path, text);
            if (except != null && (!cidr.contains(except) || cidr.equals(except))) {
                reject(policy, path, "%s is not a part of %s, from which it should be excepted", text, block.cidr());
            }
        }
    }

    /** Null, and rejected, unless the text is an address with a prefix length. */
    private Cidr range(NetworkPolicy policy, String path, String text) {
        Cidr range = text.indexOf('/') < 0 ? null : Cidr.tryParse(text).orElse(null);
        // In what the API server gave, it is a word that stands for an address, by whoever collected it.
        if (range == null && !policy.meta().captured()) {
            reject(policy, path, "\"%s\" is not a CIDR, such as 10.0.0.0/8", text);
        }
        return range;
    }

    private void reject(NetworkPolicy policy, Port port) {
        String place = port.place();
        if (port.port() == null) {
            if (port.endPort() != 0) {
                reject(policy, place + ".endPort", "endPort needs a port to start from");
            }
            return;
        }
        String problem = port.port().problem();
        if (problem != null) {
            reject(policy, place + ".port", "%s", problem);
        }
        if (port.endPort() != 0) {
            if (port.port().isName()) {
                reject(policy, place + ".endPort", "endPort needs a port number, not the name %s", port.port());
            } else if (!PortRange.valid(port.endPort())) {
                reject(policy, place + ".endPort", "%s is not between 1 and 65535", port.endPort());
            } else if (port.endPort() < port.port().number()) {
                reject(policy, place + ".endPort", "endPort %s is below port %s", port.endPort(), port.port());
            }
        }
    }

    private void reject(NetworkPolicy policy, String path, String format, Object... arguments) {
        facts.add(new Rejection(policy.ref(), policy.at(path), Text.of(format, arguments)));
    }
}
