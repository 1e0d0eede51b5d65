package dev.sealane.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sealane.facts.Protocol;
import dev.sealane.link.Network;
import dev.sealane.policy.PacketOracle.Block;
import dev.sealane.policy.PacketOracle.End;
import dev.sealane.policy.PacketOracle.Expression;
import dev.sealane.policy.PacketOracle.NamedPort;
import dev.sealane.policy.PacketOracle.Namespace;
import dev.sealane.policy.PacketOracle.Opinion;
import dev.sealane.policy.PacketOracle.Pod;
import dev.sealane.policy.PacketOracle.Policy;
import dev.sealane.policy.PacketOracle.Selector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The policies that {@code fixtures/conformance/combinations.yaml} describes. Of each, the engine must say what
 * {@link PacketOracle} says, and what follows from the meanings that the file has for each part.
 */
class ConformanceCombinationsTest {
    private static final Path FILE = Path.of("fixtures/conformance/combinations.yaml");

    private static final int[] PORTS = {53, 79, 80, 81, 84, 85, 7981};

    private static final List<Pod> PODS = new ArrayList<>();
    private static final List<Namespace> NAMESPACES = new ArrayList<>();
    private static final List<End> ENDS = new ArrayList<>();

    static {
        for (String name : List.of("xx", "yy", "zz")) {
            Namespace namespace = new Namespace(name, Map.of("kubernetes.io/metadata.name", name, "ns", name));
            NAMESPACES.add(namespace);
            for (String pod : List.of("a", "b", "c")) {
                List<NamedPort> ports = new ArrayList<>();
                for (int number : new int[] {80, 81}) {
                    for (Protocol protocol : Protocol.values()) {
                        String word = protocol.name().toLowerCase(java.util.Locale.ROOT);
                        ports.add(new NamedPort("serve-" + number + "-" + word, protocol.name(), number));
                    }
                }
                String address = "10.244." + NAMESPACES.size() + "." + (PODS.size() % 3 + 1);
                PODS.add(new Pod(namespace, pod, Map.of("pod", pod), List.of(address), false, "worker", ports));
                ENDS.add(new End(PODS.getLast(), null, address));
            }
        }
        ENDS.add(new End(null, null, "203.0.113.9"));
    }

    /** A part that somebody wrote, with its meaning. */
    private record Peer(PacketOracle.Peer written, String means, String depends) {}

    private record Port(PacketOracle.Port written, String means) {}

    private record Rule(List<Peer> peers, List<Port> ports) {
        PacketOracle.Rule written() {
            return new PacketOracle.Rule(
                    peers.stream().map(Peer::written).toList(),
                    ports.stream().map(Port::written).toList());
        }

        Opinion allows(End peer, String packet) {
            boolean port = ports.isEmpty() || ports.stream().anyMatch(one -> among(one.means(), packet));
            String name = name(peer);
            Opinion opinion = Opinion.of(peers.isEmpty());
            for (Peer one : peers) {
                opinion = opinion.or(Opinion.of(ConformanceTest.matches(one.means(), name)))
                        .or(ConformanceTest.matches(one.depends(), name) ? Opinion.OPEN : Opinion.NO);
            }
            return port ? opinion : Opinion.NO;
        }

        private static boolean among(String ports, String packet) {
            return !ports.isEmpty()
                    && ConformanceTest.ports(ports).stream()
                            .anyMatch(port -> packet.equals(port.number() + "/" + port.protocol()));
        }
    }

    private record Target(String namespace, Selector selector, String selects) {}

    /** @param ingress, egress null if the policy is not about that direction */
    private record Written(Target target, List<Rule> ingress, List<Rule> egress) {
        Policy policy(int number) {
            List<String> types = new ArrayList<>();
            if (ingress != null) {
                types.add("Ingress");
            }
            if (egress != null) {
                types.add("Egress");
            }
            return new Policy(
                    target.namespace(), "policy-" + number, target.selector(), types, rules(ingress), rules(egress));
        }

        private static List<PacketOracle.Rule> rules(List<Rule> rules) {
            return rules == null ? null : rules.stream().map(Rule::written).toList();
        }

        List<Rule> rules(boolean isIngress) {
            return isIngress ? ingress : egress;
        }

        /** With other rules in one direction. */
        Written with(boolean isIngress, List<Rule> rules) {
            return new Written(target, isIngress ? rules : ingress, isIngress ? egress : rules);
        }

        /** With other peers or ports in the first rule of one direction; null for those it has. */
        Written with(boolean isIngress, List<Peer> peers, List<Port> ports) {
            List<Rule> rules = new ArrayList<>(rules(isIngress));
            Rule first = rules.getFirst();
            rules.set(0, new Rule(peers == null ? first.peers() : peers, ports == null ? first.ports() : ports));
            return with(isIngress, rules);
        }
    }

    private final Map<String, List<Written>> cases = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    ConformanceCombinationsTest() throws IOException {
        Fields file =
                new Fields((Map<?, ?>) new Load(LoadSettings.builder().build()).loadFromString(Files.readString(FILE)));
        Fields from = file.fields("base");
        Written base = new Written(target(from), rules(from.list("ingress")), rules(from.list("egress")));
        file.list("targets")
                .forEach(target -> add("targets", new Written(target(target), base.ingress(), base.egress())));
        List<Peer> peers = file.list("peers").stream()
                .map(ConformanceCombinationsTest::peer)
                .toList();
        List<Port> ports = file.list("ports").stream()
                .map(ConformanceCombinationsTest::port)
                .toList();
        List<List<Port>> pairs = file.lists("portPairs").stream()
                .map(pair ->
                        pair.stream().map(ConformanceCombinationsTest::port).toList())
                .toList();
        for (boolean ingress : new boolean[] {true, false}) {
            file.lists("rules").forEach(rules -> add("rules", base.with(ingress, rules(rules))));
            add("peers", base.with(ingress, List.of(), null));
            for (int i = 0; i < peers.size(); i++) {
                add("peers", base.with(ingress, List.of(peers.get(i)), null));
                for (int j = 0; j < i; j++) {
                    add("peers", base.with(ingress, List.of(peers.get(j), peers.get(i)), null));
                }
            }
            add("ports", base.with(ingress, null, List.of()));
            ports.forEach(port -> add("ports", base.with(ingress, null, List.of(port))));
            pairs.forEach(pair -> add("ports", base.with(ingress, null, pair)));
            file.list("namespaces").forEach(peer -> add("namespaces", base.with(ingress, List.of(peer(peer)), null)));
        }
        Fields named = file.fields("conflictRules");
        for (List<Fields> conflict : file.lists("conflicts")) {
            add(
                    "conflicts",
                    conflict.stream()
                            .map(policy -> {
                                String[] of = policy.text("of").split("/");
                                Target target = new Target(
                                        of[0], new Selector(Map.of("pod", of[1]), List.of()), policy.text("of"));
                                return new Written(
                                        target,
                                        policy.has("ingress") ? rules(named.list(policy.text("ingress"))) : null,
                                        policy.has("egress") ? rules(named.list(policy.text("egress"))) : null);
                            })
                            .toArray(Written[]::new));
        }
    }

    private void add(String kind, Written... policies) {
        int number = counts.merge(kind, 1, Integer::sum);
        cases.put(kind + " " + number, List.of(policies));
    }

    /** With the other 20 of cyclonus: 13 are of the upstream suite, 7 are in {@code fixtures/conformance/changes}. */
    @Test
    void noCombinationIsLeftOut() {
        assertEquals(
                Map.of("targets", 6, "rules", 4, "peers", 112, "ports", 70, "namespaces", 2, "conflicts", 16), counts);
    }

    @TestFactory
    Stream<DynamicTest> combinations() {
        return cases.entrySet().stream()
                .map(one -> dynamicTest(one.getKey(), () -> compare(one.getKey(), one.getValue())));
    }

    private static void compare(String name, List<Written> written) {
        List<Policy> policies = new ArrayList<>();
        written.forEach(policy -> policies.add(policy.policy(policies.size())));
        String manifests = PacketOracle.manifests(NAMESPACES, PODS, policies);
        Network network = ConformanceTest.network(manifests);
        PacketOracle oracle = new PacketOracle(policies);
        Map<String, Endpoint> endpoints = ConformanceTest.ends(network, List.of("203.0.113.9"));
        List<String> differences = new ArrayList<>();
        for (End from : ENDS) {
            for (End to : ENDS) {
                if (from == to) {
                    continue;
                }
                Connections engine = network.policies().between(endpoints.get(name(from)), endpoints.get(name(to)));
                for (Protocol protocol : Protocol.values()) {
                    for (int port : PORTS) {
                        Opinion expected = expected(written, from, to, port + "/" + protocol);
                        Opinion second = oracle.arrives(from, to, protocol.name(), port);
                        Opinion actual = PacketOracleTest.opinion(
                                engine.at(protocol, port).verdict());
                        if (actual != expected || actual != second) {
                            differences.add("%d/%s %s -> %s: expected %s, by the oracle %s, was %s"
                                    .formatted(port, protocol, name(from), name(to), expected, second, actual));
                        }
                    }
                }
            }
        }
        assertEquals(List.of(), differences, () -> name + "\n" + manifests);
    }

    private static Opinion expected(List<Written> policies, End from, End to, String packet) {
        return expected(policies, false, from, to, packet).and(expected(policies, true, to, from, packet));
    }

    private static Opinion expected(List<Written> policies, boolean ingress, End subject, End peer, String packet) {
        Opinion opinion = null;
        for (Written policy : policies) {
            List<Rule> rules = policy.rules(ingress);
            if (rules != null && ConformanceTest.matches(policy.target().selects(), name(subject))) {
                opinion = opinion == null ? Opinion.NO : opinion;
                for (Rule rule : rules) {
                    opinion = opinion.or(rule.allows(peer, packet));
                }
            }
        }
        return opinion == null ? Opinion.YES : opinion;
    }

    private static String name(End end) {
        return end.pod() == null
                ? "outside/" + end.address()
                : end.pod().namespace().name() + "/" + end.pod().name();
    }

    /** A mapping of the file. */
    private record Fields(Map<?, ?> map) {
        boolean has(String field) {
            return map.containsKey(field);
        }

        /** Empty if there is none. */
        String text(String field) {
            return has(field) ? String.valueOf(map.get(field)) : "";
        }

        Fields fields(String field) {
            return new Fields((Map<?, ?>) map.get(field));
        }

        List<Fields> list(String field) {
            return has(field) ? list((List<?>) map.get(field)) : List.of();
        }

        List<List<Fields>> lists(String field) {
            return ((List<?>) map.get(field))
                    .stream().map(one -> list((List<?>) one)).toList();
        }

        private static List<Fields> list(List<?> values) {
            return values.stream().map(one -> new Fields((Map<?, ?>) one)).toList();
        }

        List<String> texts(String field) {
            return has(field)
                    ? ((List<?>) map.get(field)).stream().map(String::valueOf).toList()
                    : List.of();
        }
    }

    private static Target target(Fields of) {
        return new Target(of.text("namespace"), selector(of, "podSelector"), of.text("selects"));
    }

    private static List<Rule> rules(List<Fields> rules) {
        return rules.stream()
                .map(rule -> new Rule(
                        rule.list("peers").stream()
                                .map(ConformanceCombinationsTest::peer)
                                .toList(),
                        rule.list("ports").stream()
                                .map(ConformanceCombinationsTest::port)
                                .toList()))
                .toList();
    }

    private static Peer peer(Fields of) {
        Block block = of.has("ipBlock")
                ? new Block(
                        of.fields("ipBlock").text("cidr"), of.fields("ipBlock").texts("except"))
                : null;
        PacketOracle.Peer written =
                new PacketOracle.Peer(selector(of, "podSelector"), selector(of, "namespaceSelector"), block);
        return new Peer(written, of.text("means"), of.text("depends"));
    }

    private static Port port(Fields of) {
        PacketOracle.Port written = new PacketOracle.Port(
                of.has("protocol") ? of.text("protocol") : null,
                of.has("port") ? of.text("port") : null,
                of.has("endPort") ? Integer.parseInt(of.text("endPort")) : 0);
        return new Port(written, of.text("means"));
    }

    /** Null if there is none. */
    private static Selector selector(Fields of, String field) {
        if (!of.has(field)) {
            return null;
        }
        Fields selector = of.fields(field);
        Map<String, String> labels = new LinkedHashMap<>();
        if (selector.has("matchLabels")) {
            selector.fields("matchLabels").map().forEach((key, value) -> labels.put((String) key, (String) value));
        }
        List<Expression> expressions = selector.list("matchExpressions").stream()
                .map(one -> new Expression(one.text("key"), one.text("operator"), one.texts("values")))
                .toList();
        return new Selector(labels, expressions);
    }
}
