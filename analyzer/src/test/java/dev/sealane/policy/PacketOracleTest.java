package dev.sealane.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Loader;
import dev.sealane.policy.PacketOracle.Block;
import dev.sealane.policy.PacketOracle.End;
import dev.sealane.policy.PacketOracle.Expression;
import dev.sealane.policy.PacketOracle.NamedPort;
import dev.sealane.policy.PacketOracle.Namespace;
import dev.sealane.policy.PacketOracle.Opinion;
import dev.sealane.policy.PacketOracle.Peer;
import dev.sealane.policy.PacketOracle.Pod;
import dev.sealane.policy.PacketOracle.Policy;
import dev.sealane.policy.PacketOracle.Port;
import dev.sealane.policy.PacketOracle.Rule;
import dev.sealane.policy.PacketOracle.Selector;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** The engine against the second opinion, packet by packet, in generated clusters. */
class PacketOracleTest {
    private static final List<Namespace> NAMESPACES = List.of(
            new Namespace("shop", Map.of("kubernetes.io/metadata.name", "shop", "env", "prod")),
            new Namespace("test", Map.of("kubernetes.io/metadata.name", "test", "env", "test", "team", "a")),
            new Namespace("plain", Map.of("kubernetes.io/metadata.name", "plain")),
            new Namespace("unseen", null));

    private static final Map<String, List<String>> NODES = Map.of(
            "node-1", List.of("172.18.0.2", "fd00:18::2"),
            "node-2", List.of("172.18.0.3", "fd00:18::3"));

    private static final List<String> OUTSIDE = List.of("8.8.8.8", "203.0.113.7", "203.0.113.200", "2001:db8::7");

    private static final List<String> CIDRS = List.of(
            "0.0.0.0/0",
            "::/0",
            "10.244.0.0/16",
            "10.244.1.0/24",
            "10.244.1.2/32",
            "172.18.0.0/16",
            "172.18.0.2/32",
            "203.0.113.0/24",
            "203.0.113.128/25",
            "fd00:244::/32",
            "fd00:18::2/128",
            "2001:db8::/32",
            "203.0.113.9/24");

    private static final int[] PORTS = {53, 79, 80, 81, 443, 8080, 65535};

    /** A cluster of a few pods with a few policies. */
    private record Generated(List<Pod> pods, List<Policy> policies) {
        String manifests() {
            return PacketOracle.manifests(NAMESPACES, pods, policies);
        }
    }

    private static final class Generator {
        private final Random random;

        Generator(long seed) {
            this.random = new Random(seed);
        }

        Generated cluster() {
            List<Pod> pods = new ArrayList<>();
            int count = 2 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                pods.add(pod(i));
            }
            List<Policy> policies = new ArrayList<>();
            int many = 1 + random.nextInt(4);
            for (int i = 0; i < many; i++) {
                policies.add(policy(i));
            }
            return new Generated(pods, policies);
        }

        private boolean chance(int percent) {
            return random.nextInt(100) < percent;
        }

        private <T> T one(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private Pod pod(int number) {
            boolean host = chance(15);
            String node = chance(50) ? "node-1" : "node-2";
            List<String> addresses = host
                    ? NODES.get(node)
                    : List.of("10.244." + random.nextInt(3) + "." + (number + 1), "fd00:244::" + number);
            if (chance(30)) {
                addresses = addresses.subList(0, 1);
            }
            return new Pod(one(NAMESPACES), "pod-" + number, labels(), addresses, host, node, ports());
        }

        private List<NamedPort> ports() {
            List<NamedPort> ports = new ArrayList<>();
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                NamedPort port = new NamedPort(
                        one(List.of("http", "dns")),
                        one(List.of("TCP", "UDP", "SCTP")),
                        PORTS[random.nextInt(PORTS.length)]);
                ports.add(port);
            }
            return ports;
        }

        private Map<String, String> labels() {
            Map<String, String> labels = new TreeMap<>();
            if (chance(70)) {
                labels.put("app", one(List.of("web", "db", "")));
            }
            if (chance(40)) {
                labels.put("tier", one(List.of("front", "back")));
            }
            return labels;
        }

        private Selector pods() {
            return selector(Map.of("app", List.of("web", "db", ""), "tier", List.of("front", "back")));
        }

        private Selector namespaces() {
            return selector(Map.of(
                    "kubernetes.io/metadata.name", List.of("shop", "test", "unseen"),
                    "env", List.of("prod", "test"),
                    "team", List.of("a", "b")));
        }

        private Selector selector(Map<String, List<String>> vocabulary) {
            List<String> keys = vocabulary.keySet().stream().sorted().toList();
            Map<String, String> matchLabels = new TreeMap<>();
            List<Expression> expressions = new ArrayList<>();
            if (chance(50)) {
                String key = one(keys);
                matchLabels.put(key, one(vocabulary.get(key)));
            }
            if (chance(35)) {
                String key = one(keys);
                String operator = one(List.of("In", "NotIn", "Exists", "DoesNotExist"));
                List<String> values = operator.contains("In")
                        ? vocabulary.get(key).stream()
                                .filter(value -> !value.isEmpty())
                                .limit(1 + random.nextInt(2))
                                .toList()
                        : null;
                expressions.add(new Expression(key, operator, values));
            }
            return new Selector(matchLabels, expressions);
        }

        Policy policy(int number) {
            List<String> types =
                    one(List.of(List.of(), List.of("Ingress"), List.of("Egress"), List.of("Ingress", "Egress")));
            return new Policy(
                    one(NAMESPACES).name(),
                    "policy-" + number,
                    chance(10) ? null : pods(),
                    types.isEmpty() && chance(50) ? null : types,
                    rules(),
                    rules());
        }

        private List<Rule> rules() {
            if (chance(20)) {
                return null;
            }
            List<Rule> rules = new ArrayList<>();
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                rules.add(rule());
            }
            return rules;
        }

        Rule rule() {
            List<Peer> peers = new ArrayList<>();
            int count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                peers.add(peer());
            }
            List<Port> ports = new ArrayList<>();
            count = random.nextInt(3);
            for (int i = 0; i < count; i++) {
                ports.add(port());
            }
            return new Rule(peers.isEmpty() && chance(50) ? null : peers, ports.isEmpty() && chance(50) ? null : ports);
        }

        private Peer peer() {
            return switch (random.nextInt(4)) {
                case 0 -> new Peer(pods(), null, null);
                case 1 -> new Peer(null, namespaces(), null);
                case 2 -> new Peer(pods(), namespaces(), null);
                default -> {
                    String cidr = one(CIDRS);
                    List<String> except = cidr.equals("0.0.0.0/0") && chance(50)
                            ? List.of("10.244.1.0/24", "203.0.113.128/25")
                            : cidr.equals("10.244.0.0/16") && chance(50) ? List.of("10.244.1.0/24") : List.of();
                    yield new Peer(null, null, new Block(cidr, except));
                }
            };
        }

        private Port port() {
            String protocol = one(List.of("TCP", "UDP", "SCTP", ""));
            String none = protocol.isEmpty() ? null : protocol;
            return switch (random.nextInt(4)) {
                case 0 -> new Port(none, null, 0);
                case 1 -> new Port(none, one(List.of("http", "dns", "absent")), 0);
                case 2 -> new Port(none, "79", 79 + random.nextInt(8100));
                default -> new Port(none, "" + PORTS[random.nextInt(PORTS.length)], 0);
            };
        }
    }

    private static Network network(String manifests) {
        Loader loader =
                new Loader("default", new ByteArrayInputStream(manifests.getBytes(StandardCharsets.UTF_8)), "a.yaml");
        return Linker.link(loader.load(List.of("-")), false);
    }

    private static List<End> ends(List<Pod> pods) {
        List<End> ends = new ArrayList<>();
        for (Pod pod : pods) {
            pod.addresses().forEach(address -> ends.add(new End(pod, null, address)));
        }
        NODES.forEach((node, addresses) -> addresses.forEach(address -> ends.add(new End(null, node, address))));
        OUTSIDE.forEach(address -> ends.add(new End(null, null, address)));
        return ends;
    }

    /** As the engine sees an end: with the one address that the packet has. */
    private static Endpoint endpoint(Network network, End end) {
        List<Cidr> address = List.of(Cidr.parse(end.address()));
        if (end.node() != null) {
            return new Endpoint.Host(end.node(), null, address);
        }
        if (end.pod() == null) {
            return new Endpoint.Addresses(address.getFirst(), true, "");
        }
        for (PodSet set : network.podSets()) {
            for (var pod : set.pods()) {
                if (pod.namespace().equals(end.pod().namespace().name())
                        && pod.name().equals(end.pod().name())) {
                    Endpoint.Pods whole = Endpoint.Pods.of(network.tenants().get(pod.namespace()), set, List.of(pod));
                    return new Endpoint.Pods(whole.namespace(), whole.labels(), whole.spec(), address, whole.nodes());
                }
            }
        }
        throw new IllegalStateException(end + " was not loaded");
    }

    static Opinion opinion(Verdict verdict) {
        return switch (verdict) {
            case ALLOWED -> Opinion.YES;
            case DENIED -> Opinion.NO;
            case DEPENDS, UNKNOWN -> Opinion.OPEN;
        };
    }

    /** Every two ends of one family; a pod and itself are not asked about, for no policy is. */
    private static void pairs(List<Pod> pods, BiConsumer<End, End> each) {
        List<End> ends = ends(pods);
        for (End from : ends) {
            for (End to : ends) {
                boolean sameFamily =
                        from.address().contains(":") == to.address().contains(":");
                boolean policed = from.pod() != null || to.pod() != null;
                if (sameFamily && policed && (from.pod() == null || from.pod() != to.pod())) {
                    each.accept(from, to);
                }
            }
        }
    }

    @Property(tries = 400)
    void theEngineAgrees(@ForAll long seed) {
        Generated cluster = new Generator(seed).cluster();
        Network network = network(cluster.manifests());
        PacketOracle oracle = new PacketOracle(cluster.policies());
        pairs(cluster.pods(), (from, to) -> {
            Connections engine = network.policies().between(endpoint(network, from), endpoint(network, to));
            for (Protocol protocol : Protocol.values()) {
                for (int port : PORTS) {
                    Opinion expected = oracle.arrives(from, to, protocol.name(), port);
                    assertEquals(
                            expected,
                            opinion(engine.at(protocol, port).verdict()),
                            () -> "%s -> %s %d/%s\n%s".formatted(from, to, port, protocol, cluster.manifests()));
                }
            }
        });
    }

    private static Connections between(Network network, End from, End to) {
        return network.policies().between(endpoint(network, from), endpoint(network, to));
    }

    private static List<Verdict> verdicts(Connections connections) {
        return Stream.of(Protocol.values())
                .flatMap(protocol -> java.util.stream.IntStream.of(PORTS)
                        .mapToObj(port -> connections.at(protocol, port).verdict()))
                .toList();
    }

    @Property(tries = 100)
    void theOrderOfPoliciesRulesPeersAndPortsIsIrrelevant(@ForAll long seed) {
        Generated cluster = new Generator(seed).cluster();
        Random random = new Random(seed);
        List<Policy> shuffled = new ArrayList<>();
        for (Policy policy : cluster.policies()) {
            shuffled.add(new Policy(
                    policy.namespace(),
                    policy.name(),
                    policy.pods(),
                    policy.types(),
                    shuffled(policy.ingress(), random),
                    shuffled(policy.egress(), random)));
        }
        Collections.shuffle(shuffled, random);
        Network network = network(cluster.manifests());
        Network other = network(new Generated(cluster.pods(), shuffled).manifests());
        pairs(
                cluster.pods(),
                (from, to) -> assertEquals(verdicts(between(network, from, to)), verdicts(between(other, from, to))));
    }

    private static List<Rule> shuffled(List<Rule> rules, Random random) {
        if (rules == null) {
            return null;
        }
        List<Rule> result = new ArrayList<>();
        for (Rule rule : rules) {
            List<Peer> peers = rule.peers() == null ? null : new ArrayList<>(rule.peers());
            List<Port> ports = rule.ports() == null ? null : new ArrayList<>(rule.ports());
            if (peers != null) {
                Collections.shuffle(peers, random);
            }
            if (ports != null) {
                Collections.shuffle(ports, random);
            }
            result.add(new Rule(peers, ports));
        }
        Collections.shuffle(result, random);
        return result;
    }

    @Property(tries = 100)
    void oneRuleMoreNeverTakesAConnectionAway(@ForAll long seed) {
        Generator generator = new Generator(seed);
        Generated cluster = generator.cluster();
        List<Policy> more = new ArrayList<>(cluster.policies());
        Policy first = more.getFirst();
        List<Rule> ingress = new ArrayList<>(first.ingress() == null ? List.of() : first.ingress());
        ingress.add(generator.rule());
        more.set(0, new Policy(first.namespace(), first.name(), first.pods(), first.types(), ingress, first.egress()));
        Network before = network(cluster.manifests());
        Network after = network(new Generated(cluster.pods(), more).manifests());
        pairs(cluster.pods(), (from, to) -> {
            List<Verdict> then = verdicts(between(before, from, to));
            List<Verdict> now = verdicts(between(after, from, to));
            for (int i = 0; i < then.size(); i++) {
                assertTrue(opinion(now.get(i)).compareTo(opinion(then.get(i))) >= 0, cluster::manifests);
            }
        });
    }

    /** A pod that a policy selects is denied everything else by that policy already. */
    @Property(tries = 100)
    void denyAllAndAllowSomethingIsAllowSomething(@ForAll long seed) {
        Generator generator = new Generator(seed);
        List<Pod> pods = generator.cluster().pods();
        List<String> both = List.of("Ingress", "Egress");
        List<Policy> allow = new ArrayList<>();
        List<Policy> together = new ArrayList<>();
        for (Namespace namespace : NAMESPACES) {
            allow.add(new Policy(
                    namespace.name(), "allow", null, both, List.of(generator.rule()), List.of(generator.rule())));
            together.add(new Policy(namespace.name(), "deny", null, both, null, List.of()));
        }
        together.addAll(allow);
        Network alone = network(new Generated(pods, allow).manifests());
        Network with = network(new Generated(pods, together).manifests());
        pairs(pods, (from, to) -> assertEquals(verdicts(between(alone, from, to)), verdicts(between(with, from, to))));
    }

    /** Pods of one template: what is said of them together holds for each, and what each says alike is said of all. */
    @Property(tries = 100)
    void aSetIsWhatItsPodsAre(@ForAll long seed) {
        Generator generator = new Generator(seed);
        Generated cluster = generator.cluster();
        Network network = network(cluster.manifests());
        for (PodSet one : network.podSets()) {
            for (PodSet other : network.podSets()) {
                if (one == other) {
                    continue;
                }
                Connections together = network.policies().between(network.endpoint(one), network.endpoint(other));
                List<Verdict> all = verdicts(together);
                for (var from : one.pods()) {
                    for (var to : other.pods()) {
                        Connections single = network.policies()
                                .between(
                                        Endpoint.Pods.of(network.tenants().get(one.namespace()), one, List.of(from)),
                                        Endpoint.Pods.of(network.tenants().get(other.namespace()), other, List.of(to)));
                        List<Verdict> verdicts = verdicts(single);
                        for (int i = 0; i < all.size(); i++) {
                            if (opinion(all.get(i)) != Opinion.OPEN) {
                                assertEquals(all.get(i), verdicts.get(i), cluster::manifests);
                            }
                        }
                    }
                }
            }
        }
    }

    /** The second opinion itself, where it is easy to be wrong: by hand. */
    @Test
    void addressesAreInARangeBitByBit() {
        assertTrue(PacketOracle.contains("203.0.113.128/25", "203.0.113.200"));
        assertFalse(PacketOracle.contains("203.0.113.128/25", "203.0.113.7"));
        assertTrue(PacketOracle.contains("203.0.113.9/24", "203.0.113.200"));
        assertTrue(PacketOracle.contains("0.0.0.0/0", "8.8.8.8"));
        assertFalse(PacketOracle.contains("0.0.0.0/0", "2001:db8::7"));
        assertFalse(PacketOracle.contains("fd00:18::2/128", "fd00:18::3"));
    }

    /** A comparison of two that never say yes, or never no, would prove nothing. */
    @Test
    void theClustersHaveEveryAnswer() {
        Set<String> seen = new java.util.TreeSet<>();
        for (long seed = 0; seed < 300; seed++) {
            Generated cluster = new Generator(seed).cluster();
            PacketOracle oracle = new PacketOracle(cluster.policies());
            pairs(
                    cluster.pods(),
                    (from, to) -> seen.add(oracle.arrives(from, to, "TCP", 80)
                            + (from.pod() == null
                                    ? from.node() == null ? " from outside" : " from a node"
                                    : " from a pod")));
        }
        assertEquals(
                Set.of(
                        "NO from outside",
                        "YES from outside",
                        "NO from a node",
                        "OPEN from a node",
                        "YES from a node",
                        "NO from a pod",
                        "OPEN from a pod",
                        "YES from a pod"),
                seen);
    }
}
