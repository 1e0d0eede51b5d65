package dev.sealane.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.PodSet;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Loader;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectivityTest {
    private static final List<String> CIDRS =
            List.of("0.0.0.0/0", "10.0.0.0/8", "10.0.1.0/24", "192.168.0.0/16", "203.0.113.0/24", "::/0", "fd00::/8");

    static Network network(String text) {
        Loader loader =
                new Loader("default", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text.yaml");
        return Linker.link(loader.load(List.of("-")), false);
    }

    /** What does not fit in a group shows as a difference between the map and the engine asked pair by pair. */
    @Property(tries = 300)
    void agreesWithTheEngineAskedForEachPair(@ForAll long seed) {
        Network network = network(cluster(new Random(seed)));
        Connectivity map = Connectivity.of(network);
        for (Peer from : map.peers()) {
            for (Peer to : map.peers()) {
                if (Connectivity.policed(from, to)) {
                    Connections expected = network.policies().between(from.endpoint(), to.endpoint());
                    Connections actual = map.between(from, to);
                    assertEquals(expected.ranges(), actual.ranges(), () -> from + " to " + to);
                    assertEquals(expected.other(), actual.other(), () -> from + " to " + to);
                }
            }
        }
    }

    /** The clusters of these numbers have sources that one rule may let in, each for a reason of its own. */
    @ParameterizedTest
    @ValueSource(longs = {-63245986L, -2951760130L})
    void eachPeerHasItsOwnReason(long seed) {
        agreesWithTheEngineAskedForEachPair(seed);
    }

    /** Every pod is in one set; what is certain of the set holds for each of its pods. */
    @Property(tries = 200)
    void whatIsCertainOfASetHoldsForItsPods(@ForAll long seed) {
        Network network = network(cluster(new Random(seed)));
        Connectivity map = Connectivity.of(network);
        for (Peer from : map.peers()) {
            for (Peer to : map.peers()) {
                if (from.set() == null || to.set() == null) {
                    continue;
                }
                List<Connections.Range> ranges = map.between(from, to).ranges();
                for (Endpoint one : pods(network, from.set())) {
                    for (Endpoint other : pods(network, to.set())) {
                        Connections between = network.policies().between(one, other);
                        for (Connections.Range range : ranges) {
                            Verdict verdict = range.decision().verdict();
                            if (verdict == Verdict.ALLOWED || verdict == Verdict.DENIED) {
                                assertEquals(
                                        verdict,
                                        between.at(
                                                        range.protocol(),
                                                        range.ports().first())
                                                .verdict(),
                                        () -> from + " to " + to);
                            }
                        }
                    }
                }
            }
        }
    }

    private static List<Endpoint> pods(Network network, PodSet set) {
        return set.pods().stream()
                .map(pod -> (Endpoint) Endpoint.Pods.of(network.tenants().get(set.namespace()), set, List.of(pod)))
                .toList();
    }

    @Property(tries = 100)
    void theRangesAreAPartitionOfAllAddresses(@ForAll long seed) {
        Connectivity map = Connectivity.of(network(cluster(new Random(seed))));
        List<Cidr> ranges = map.peers().stream()
                .filter(peer -> peer.cidr() != null)
                .map(Peer::cidr)
                .toList();
        for (Cidr one : ranges) {
            assertEquals(1, ranges.stream().filter(one::overlaps).count(), one::toString);
        }
        for (int bits : new int[] {32, 128}) {
            double space = ranges.stream()
                    .filter(range -> range.bits() == bits)
                    .mapToDouble(range -> Math.pow(2, -range.prefix()))
                    .sum();
            assertEquals(1.0, space);
        }
    }

    @Test
    void podsThatNoPolicyTellsApartAreOneGroup() {
        Connectivity map = Connectivity.of(network(String.join(
                "---\n",
                deployment("a", "app: a"),
                deployment("b", "app: b"),
                deployment("c", "app: c"),
                policy("c", "ingress: [{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 80}]}]"))));
        assertEquals(
                List.of(
                        "[Deployment shop/a]",
                        "[Deployment shop/b]",
                        "[Deployment shop/c]",
                        "[0.0.0.0/0]",
                        "[0:0:0:0:0:0:0:0/0]"),
                map.groups().stream().map(group -> group.peers().toString()).toList());
    }

    @Test
    void policiesThatTellNothingApartMakeNoGroups() {
        StringBuilder text = new StringBuilder(policy("a", "ingress: []"));
        for (int i = 0; i < 50; i++) {
            text.append("---\n").append(deployment("a" + i, "app: a, number: \"" + i + "\""));
            text.append("---\n").append(deployment("b" + i, "app: b, number: \"" + i + "\""));
        }
        Connectivity map = Connectivity.of(network(text.toString()));
        assertEquals(
                List.of(50, 50, 1, 1),
                map.groups().stream().map(group -> group.peers().size()).toList());
    }

    @Test
    void rangesAreMergedBackToTheFewest() {
        Connectivity map = Connectivity.of(
                network(
                        String.join(
                                "---\n",
                                deployment("a", "app: a"),
                                policy(
                                        "a",
                                        "ingress: [{from: [{ipBlock: {cidr: 198.51.100.0/25}}, {ipBlock: {cidr: 198.51.100.128/25}}]}]"))));
        List<String> allowed = map.peers().stream()
                .filter(peer -> peer.cidr() != null
                        && map.between(peer, map.peers().getFirst())
                                        .ranges()
                                        .getFirst()
                                        .decision()
                                        .verdict()
                                == Verdict.ALLOWED)
                .map(Peer::id)
                .toList();
        assertEquals(List.of("198.51.100.0/25", "198.51.100.128/25"), allowed);
        assertTrue(Connectivity.cidrs(map.network()).contains(Cidr.parse("198.51.100.0/25")));
    }

    /** Although policies tell no difference: what is on one side of a boundary is another peer than what is beyond. */
    @Test
    void boundariesDivide() {
        Network network = network(deployment("a", "app: a"));
        Connectivity map = Connectivity.of(network, List.of(Cidr.parse("128.0.0.0/2")));
        List<String> ipv4 = map.peers().stream()
                .filter(peer -> peer.cidr() != null && !peer.cidr().isIpv6())
                .map(Peer::id)
                .sorted()
                .toList();
        assertEquals(List.of("0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/2"), ipv4);
    }

    private static String deployment(String name, String labels) {
        return "{apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name
                + ", namespace: shop}, spec: {selector: {matchLabels: {" + labels
                + "}}, template: {metadata: {labels: {"
                + labels + "}}, spec: {containers: [{name: c, image: i}]}}}}\n";
    }

    private static String policy(String app, String rules) {
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p-" + app
                + ", namespace: shop}, spec: {podSelector: {matchLabels: {app: " + app + "}}, policyTypes: [Ingress], "
                + rules + "}}\n";
    }

    /** A cluster of all that matters: namespaces known and not, nodes, pods on their network, addresses, templates. */
    private static String cluster(Random random) {
        List<String> objects = new ArrayList<>();
        for (String namespace : List.of("a", "b")) {
            objects.add("{apiVersion: v1, kind: Namespace, metadata: {name: " + namespace + ", labels: {env: "
                    + pick(random, "x", "y") + "}}}");
        }
        for (String node : List.of("n1", "n2")) {
            objects.add("{apiVersion: v1, kind: Node, metadata: {name: " + node + ", labels: {role: "
                    + pick(random, "x", "y") + "}}, status: {addresses: [{type: InternalIP, address: 192.168.0."
                    + node.charAt(1) + "}]}}");
        }
        for (int i = 0; i < 6; i++) {
            String labels = "{app: " + pick(random, "x", "y", "z") + ", tier: " + pick(random, "x", "y") + "}";
            String namespace = pick(random, "a", "b", "unknown");
            String spec = "hostNetwork: " + (random.nextInt(4) == 0) + ", containers: [{name: c, image: i, ports: "
                    + "[{name: web, containerPort: " + pick(random, "80", "8080") + "}]}]";
            if (random.nextInt(3) == 0) {
                objects.add("{apiVersion: apps/v1, kind: Deployment, metadata: {name: d" + i + ", namespace: "
                        + namespace + "}, spec: {selector: {matchLabels: " + labels
                        + "}, template: {metadata: {labels: "
                        + labels + "}, spec: {" + spec + "}}}}");
            } else {
                for (int pod = 0; pod <= random.nextInt(3); pod++) {
                    objects.add("{apiVersion: v1, kind: Pod, metadata: {name: p" + i + "-" + pod + ", namespace: "
                            + namespace + ", labels: " + labels
                            + ", ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: p" + i
                            + ", uid: u, controller: true}]}, spec: {nodeName: " + pick(random, "n1", "n2", "n3") + ", "
                            + spec + "}, status: {phase: Running, podIPs: [{ip: 10.0." + random.nextInt(2) + "."
                            + (i * 10 + pod + 1) + "}]}}");
                }
            }
        }
        int policies = random.nextInt(5);
        for (int i = 0; i < policies; i++) {
            objects.add("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: np" + i
                    + ", namespace: " + pick(random, "a", "b", "unknown") + "}, spec: {podSelector: " + selector(random)
                    + ", policyTypes: [" + pick(random, "Ingress", "Egress", "Ingress, Egress") + "], ingress: "
                    + rules(random, "from") + ", egress: " + rules(random, "to") + "}}");
        }
        if (random.nextBoolean()) {
            objects.add(
                    "{apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: anp},"
                            + " spec: {priority: 5, subject: {namespaces: " + namespaces(random)
                            + "}, ingress: [{action: "
                            + pick(random, "Allow", "Deny", "Pass") + ", from: [{namespaces: " + namespaces(random)
                            + "}]}], egress: [{action: " + pick(random, "Allow", "Deny", "Pass")
                            + ", to: [{nodes: {matchLabels: {role: x}}}, {networks: [203.0.113.0/25]}]}]}}");
        }
        return String.join("\n---\n", objects);
    }

    private static String rules(Random random, String direction) {
        List<String> rules = new ArrayList<>();
        int count = random.nextInt(3);
        for (int i = 0; i < count; i++) {
            List<String> peers = new ArrayList<>();
            int size = random.nextInt(3);
            for (int j = 0; j < size; j++) {
                peers.add(
                        switch (random.nextInt(4)) {
                            case 0 -> "{podSelector: " + selector(random) + "}";
                            case 1 -> "{namespaceSelector: " + namespaces(random) + "}";
                            case 2 ->
                                "{namespaceSelector: " + namespaces(random) + ", podSelector: " + selector(random)
                                        + "}";
                            default -> "{ipBlock: {cidr: \"" + CIDRS.get(random.nextInt(CIDRS.size())) + "\"}}";
                        });
            }
            String ports = pick(
                    random,
                    "",
                    ", ports: [{port: web}]",
                    ", ports: [{port: 80}]",
                    ", ports: [{port: 8000, endPort: 9000}, {port: 53, protocol: UDP}]");
            rules.add("{" + direction + ": [" + String.join(", ", peers) + "]" + ports + "}");
        }
        return rules.stream().collect(Collectors.joining(", ", "[", "]"));
    }

    private static String selector(Random random) {
        return pick(
                random,
                "{}",
                "{matchLabels: {app: x}}",
                "{matchLabels: {app: y, tier: x}}",
                "{matchExpressions: [{key: tier, operator: NotIn, values: [x]}]}");
    }

    private static String namespaces(Random random) {
        return pick(random, "{}", "{matchLabels: {env: x}}", "{matchLabels: {kubernetes.io/metadata.name: a}}");
    }

    private static String pick(Random random, String... options) {
        return options[random.nextInt(options.length)];
    }
}
