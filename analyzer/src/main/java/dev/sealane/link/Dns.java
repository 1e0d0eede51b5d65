package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Cidr;
import dev.sealane.facts.DnsAccess;
import dev.sealane.facts.DnsServerAccess;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Text;
import dev.sealane.facts.Unanswered;
import dev.sealane.link.DnsServers.Server;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Policies.Chain;
import dev.sealane.policy.Tenant;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The way from pods to their DNS servers, as NetworkPolicies leave it. */
final class Dns {
    private static final List<Protocol> PROTOCOLS = List.of(Protocol.UDP, Protocol.TCP);
    private static final Cidr NODE_LOCAL = Cidr.parse("169.254.20.10");
    private static final Cidr LINK_LOCAL = Cidr.parse("169.254.0.0/16");

    /**
     * The policies that apply to some pods, and where those pods ask.
     *
     * @param pods any of them
     */
    private record Situation(Endpoint.Pods pods, Chain chain, List<String> nameservers) {
        private String namespace() {
            return pods.namespace().name();
        }

        private List<NetworkPolicy> isolating() {
            return networkPolicies(chain);
        }
    }

    /** What those pods share whose situation is the same. */
    private record Shared(Chain chain, List<String> nameservers) {}

    /** What gets through, and whether that is certain. */
    private record Access(boolean udp, boolean tcp, Certainty certainty) {}

    private final Policies policies;
    private final DnsServers dns;
    private final Map<String, Tenant> tenants;
    private final Ledger ledger;
    private final UnreadPolicies unread;
    private final boolean egressSeesServicePorts;
    private final Set<String> asked = new HashSet<>();
    private final List<Unanswered> undecided = new ArrayList<>();

    /** @param egressSeesServicePorts whether a CNI judges egress by the Service's port, not the pods' */
    Dns(
            UnreadPolicies unread,
            Policies policies,
            DnsServers dns,
            Map<String, Tenant> tenants,
            Ledger ledger,
            boolean egressSeesServicePorts) {
        this.egressSeesServicePorts = egressSeesServicePorts;
        this.unread = unread;
        this.policies = policies;
        this.dns = dns;
        this.tenants = tenants;
        this.ledger = ledger;
    }

    /** Pods whose egress policies keep them from their DNS servers. */
    List<DnsAccess> egress(List<PodSet> podSets, List<NetworkPolicy> all) {
        Map<Shared, List<PodSet>> situations = new LinkedHashMap<>();
        for (PodSet pods : podSets) {
            List<String> nameservers = nameservers(pods.spec());
            Chain chain = policies.chain(endpoint(pods), Direction.EGRESS);
            boolean asks = pods.spec().usesClusterDns()
                    || !pods.spec().ownNameservers().isEmpty();
            if (asks && !networkPolicies(chain).isEmpty() && !pods.scaledToZero()) {
                situations
                        .computeIfAbsent(new Shared(chain, nameservers), unseen -> new ArrayList<>())
                        .add(pods);
            }
        }
        record Group(Ref policy, Access access, List<String> nameservers) {}
        Map<Group, List<PodSet>> groups = new LinkedHashMap<>();
        situations.forEach((shared, pods) -> {
            Situation situation = new Situation(endpoint(pods.getFirst()), shared.chain(), shared.nameservers());
            Access access = withoutOthers(situation, access(situation));
            if ((!access.udp() || !access.tcp()) && decided(situation.namespace())) {
                Group group = new Group(
                        responsible(situation.isolating(), Direction.EGRESS).ref(), access, situation.nameservers());
                groups.computeIfAbsent(group, unseen -> new ArrayList<>()).addAll(pods);
            }
        });
        List<DnsAccess> facts = new ArrayList<>();
        groups.forEach((group, pods) -> facts.add(fact(
                group.policy(),
                group.access(),
                pods,
                Names.of(pods),
                group.nameservers().isEmpty()
                        ? dns.description()
                        : Text.of("nameserver %s", String.join(", ", group.nameservers())))));
        facts.addAll(unseenPods(all, facts));
        return facts;
    }

    /**
     * What NetworkPolicies keep away: policies of other APIs may let it through, and may keep away more, which is not the
     * NetworkPolicies' fault.
     */
    private Access withoutOthers(Situation situation, Access access) {
        List<NetworkPolicy> own = situation.isolating();
        if (situation.chain().policies().size() == own.size()) {
            return access;
        }
        Chain chain = Policies.chainOf(own, Direction.EGRESS);
        Access alone = access(new Situation(situation.pods(), chain, situation.nameservers()));
        return new Access(access.udp() || alone.udp(), access.tcp() || alone.tcp(), access.certainty());
    }

    /**
     * Policies that isolate pods which the input does not have. Other policies may let those pods through, so a policy
     * counts only if none of its namespace lets any pod ask for names.
     */
    private List<DnsAccess> unseenPods(List<NetworkPolicy> all, List<DnsAccess> seen) {
        Map<String, List<NetworkPolicy>> isolating = new TreeMap<>();
        for (NetworkPolicy policy : all) {
            if (policy.isolates(Direction.EGRESS) && !ledger.complete(Kind.POD, policy.namespace())) {
                isolating
                        .computeIfAbsent(policy.namespace(), unseen -> new ArrayList<>())
                        .add(policy);
            }
        }
        List<DnsAccess> facts = new ArrayList<>();
        isolating.forEach((namespace, own) -> {
            Endpoint.Pods anyPods = new Endpoint.Pods(
                    tenants.getOrDefault(namespace, Tenant.named(namespace)),
                    Labels.NONE,
                    PodSpec.EMPTY,
                    List.of(),
                    Set.of());
            Chain chain = Policies.chainOf(own, Direction.EGRESS);
            Access access = access(new Situation(anyPods, chain, List.of()));
            NetworkPolicy policy = responsible(own, Direction.EGRESS);
            boolean known = seen.stream().anyMatch(fact -> fact.policy().equals(policy.ref()));
            if (!access.udp()
                    && !access.tcp()
                    && !known
                    && policies.areNetworkPolicies(namespace)
                    && decided(namespace)) {
                String clients = "every pod of namespace " + namespace
                        + (policy.podSelector().isEmpty() ? "" : " that " + policy.podSelector() + " selects");
                Access likely = new Access(false, false, Certainty.LIKELY);
                facts.add(fact(policy.ref(), likely, List.of(), clients, dns.description()));
            }
        });
        return facts;
    }

    /** Nameservers of the pods' own, if they are others than the cluster's. */
    private List<String> nameservers(PodSpec spec) {
        boolean clusters = spec.ownNameservers().stream()
                .allMatch(nameserver -> Cidr.tryParse(nameserver)
                        .filter(dns.addresses()::contains)
                        .isPresent());
        return clusters ? List.of() : spec.ownNameservers();
    }

    /**
     * Whether NetworkPolicies alone decide about the pods of a namespace. Those of other APIs (Cilium's, Calico's,
     * AdminNetworkPolicy) may allow what these deny; they are not read.
     */
    private boolean decided(String namespace) {
        Ref other = unread.in(namespace);
        if (other != null && asked.add(namespace)) {
            undecided.add(new Unanswered(
                    "policies",
                    "whether names can be looked up in namespace " + namespace + " also depends on " + other
                            + ", which Sealane does not read",
                    "kubectl get " + other.kind().plural() + "." + other.kind().group() + " -A -o yaml"));
        }
        return other == null;
    }

    /** The policies of other APIs that kept from judging. */
    List<Unanswered> undecided() {
        return undecided;
    }

    private DnsAccess fact(Ref policy, Access access, List<PodSet> pods, String clients, Text server) {
        List<Evidence> evidence = new ArrayList<>();
        pods.stream()
                .limit(3)
                .forEach(set -> evidence.add(new Evidence(Text.of("%s", set), set.at("metadata.labels"))));
        evidence.addAll(dns.evidence());
        return new DnsAccess(policy, access.udp(), access.tcp(), pods, clients, server, access.certainty(), evidence);
    }

    private Access access(Situation situation) {
        Map<Protocol, Verdict> verdicts = new HashMap<>();
        boolean podsAllowed = false;
        for (Protocol protocol : PROTOCOLS) {
            Verdict toPods = Verdict.DENIED;
            Verdict toAddresses = Verdict.DENIED;
            if (situation.nameservers().isEmpty()) {
                for (Server server : dns.servers()) {
                    toPods = or(toPods, toServer(situation, server, protocol));
                }
                toAddresses = toClusterAddresses(situation, protocol);
                for (Server cache : dns.nodeLocal()) {
                    toAddresses = or(toAddresses, toServer(situation, cache, protocol));
                }
            } else {
                toAddresses = toNameservers(situation, protocol);
            }
            boolean bypassed =
                    !dns.nodeLocal().isEmpty() && situation.nameservers().isEmpty();
            podsAllowed |= bypassed && toPods == Verdict.ALLOWED && toAddresses == Verdict.DENIED;
            verdicts.put(protocol, bypassed ? toAddresses : or(toPods, toAddresses));
        }
        return new Access(
                verdicts.get(Protocol.UDP) != Verdict.DENIED,
                verdicts.get(Protocol.TCP) != Verdict.DENIED,
                podsAllowed || assumedWrongly(situation) ? Certainty.LIKELY : Certainty.CERTAIN);
    }

    /** Whether the policies let DNS through to pods beside the servers that are only assumed: with other labels. */
    private boolean assumedWrongly(Situation situation) {
        return dns.assumed()
                && situation.nameservers().isEmpty()
                && situation.isolating().stream()
                        .flatMap(policy -> policy.egress().stream())
                        .filter(rule -> !rule.ports().isEmpty())
                        .anyMatch(rule -> dns.servers().stream().anyMatch(server -> opens(rule, server)));
    }

    /** Whether a rule has a DNS port, and a peer in a DNS server's namespace. */
    private static boolean opens(NetworkPolicy.Rule rule, Server server) {
        boolean port = rule.ports().stream()
                .anyMatch(allowed -> allowed.port() != null
                        && (allowed.port().isName()
                                ? allowed.port().name().startsWith("dns")
                                : server.ports()
                                        .get(Protocol.UDP)
                                        .contains(allowed.port().number())));
        return port
                && rule.peers().stream()
                        .anyMatch(peer -> peer.namespaceSelector() != null
                                && server.peer()
                                        .namespace()
                                        .matches(peer.namespaceSelector())
                                        .possible());
    }

    private Verdict toServer(Situation situation, Server server, Protocol protocol) {
        Connections connections = policies.decide(situation.chain(), situation.pods(), server.peer());
        Verdict verdict = Verdict.DENIED;
        for (int port : server.ports().get(protocol)) {
            verdict = or(verdict, connections.at(protocol, port).verdict());
        }
        return egressSeesServicePorts
                ? or(verdict, connections.at(protocol, DnsServers.SERVICE_PORT).verdict())
                : verdict;
    }

    /** Of two ways of which one is enough. */
    private static Verdict or(Verdict one, Verdict other) {
        if (one == Verdict.DENIED || other == Verdict.ALLOWED) {
            return other;
        }
        return one;
    }

    /** The Service's addresses, and the link-local ones that node-local and cloud DNS listen on. */
    private Verdict toClusterAddresses(Situation situation, Protocol protocol) {
        Verdict verdict = Verdict.DENIED;
        for (Cidr address : dns.addresses()) {
            verdict = or(verdict, toAddress(situation, new Endpoint.Addresses(address, false, ""), protocol));
        }
        if (!dns.nodeLocal().isEmpty()) {
            verdict = or(verdict, toAddress(situation, new Endpoint.Addresses(NODE_LOCAL, true, ""), protocol));
        }
        for (Cidr block : linkLocalBlocks(situation.isolating())) {
            verdict = or(verdict, toAddress(situation, new Endpoint.Addresses(block, false, ""), protocol));
        }
        return verdict;
    }

    private static List<Cidr> linkLocalBlocks(List<NetworkPolicy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.egress().stream())
                .flatMap(rule -> rule.peers().stream())
                .filter(peer -> peer.ipBlock() != null)
                .flatMap(peer -> Cidr.tryParse(peer.ipBlock().cidr()).stream())
                .filter(LINK_LOCAL::contains)
                .toList();
    }

    /** Nameservers of a pod's own; those that may be inside the cluster are not judged. */
    private Verdict toNameservers(Situation situation, Protocol protocol) {
        Verdict verdict = Verdict.DENIED;
        for (String nameserver : situation.nameservers()) {
            Cidr address = Cidr.tryParse(nameserver).orElse(null);
            verdict = or(
                    verdict,
                    address == null || Policies.maybeInCluster(address)
                            ? Verdict.DEPENDS
                            : toAddress(situation, new Endpoint.Addresses(address, true, ""), protocol));
        }
        return verdict;
    }

    private Verdict toAddress(Situation situation, Endpoint.Addresses address, Protocol protocol) {
        return policies.decide(situation.chain(), situation.pods(), address)
                .at(protocol, DnsServers.SERVICE_PORT)
                .verdict();
    }

    /** The policy that most plainly isolates: fewest rules, widest selector. */
    private static NetworkPolicy responsible(List<NetworkPolicy> isolating, Direction direction) {
        return isolating.stream()
                .min(Comparator.comparingInt((NetworkPolicy policy) ->
                                policy.rules(direction).size())
                        .thenComparing(policy -> !policy.podSelector().isEmpty())
                        .thenComparing(NetworkPolicy::name))
                .orElseThrow();
    }

    /** Pods that the ingress policies of the DNS servers keep out. */
    List<DnsServerAccess> ingress(List<PodSet> podSets) {
        List<DnsServerAccess> facts = new ArrayList<>();
        for (Server server : dns.servers()) {
            if (server.pods() == null) {
                continue;
            }
            Chain chain = policies.chain(server.peer(), Direction.INGRESS);
            List<NetworkPolicy> isolating = networkPolicies(chain);
            if (isolating.isEmpty() || !decided(server.pods().namespace())) {
                continue;
            }
            // Denied by policies of other APIs as well as by these.
            Chain own = Policies.chainOf(isolating, Direction.INGRESS);
            Map<String, List<PodSet>> kept = new TreeMap<>();
            for (PodSet client : podSets) {
                if (client.spec().usesClusterDns() && client != server.pods() && !client.scaledToZero()) {
                    String ports = closed(server, List.of(chain, own), client);
                    if (!ports.isEmpty()) {
                        kept.computeIfAbsent(ports, unseen -> new ArrayList<>()).add(client);
                    }
                }
            }
            NetworkPolicy policy = responsible(isolating, Direction.INGRESS);
            kept.forEach((ports, clients) -> facts.add(new DnsServerAccess(
                    policy.ref(),
                    Names.of(clients),
                    ports,
                    List.of(new Evidence(
                            Text.of("%s, a DNS server", server.pods()),
                            server.pods().at("metadata.labels"))))));
        }
        return facts;
    }

    private String closed(Server server, List<Chain> chains, PodSet client) {
        List<Connections> all = chains.stream()
                .distinct()
                .map(chain -> policies.decide(chain, server.peer(), endpoint(client)))
                .toList();
        return PROTOCOLS.stream()
                .flatMap(protocol -> server.ports().get(protocol).stream()
                        .filter(port -> all.stream()
                                .allMatch(connections ->
                                        connections.at(protocol, port).verdict() == Verdict.DENIED))
                        .map(port -> protocol + " " + port))
                .collect(Collectors.joining(" and "));
    }

    private Endpoint.Pods endpoint(PodSet pods) {
        return Endpoint.Pods.of(tenants.get(pods.namespace()), pods);
    }

    private static List<NetworkPolicy> networkPolicies(Chain chain) {
        return chain.policies().stream()
                .filter(NetworkPolicy.class::isInstance)
                .map(NetworkPolicy.class::cast)
                .toList();
    }
}
