package dev.sealane.policy;

import static dev.sealane.facts.NetworkPolicy.Direction.EGRESS;
import static dev.sealane.facts.NetworkPolicy.Direction.INGRESS;
import static dev.sealane.facts.Protocol.SCTP;
import static dev.sealane.facts.Protocol.TCP;
import static dev.sealane.facts.Protocol.UDP;
import static dev.sealane.policy.Verdict.ALLOWED;
import static dev.sealane.policy.Verdict.DENIED;
import static dev.sealane.policy.Verdict.DEPENDS;
import static dev.sealane.policy.Verdict.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Container;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.NetworkPolicy.Rule;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Selector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The cases are numbered as in the list of edge cases of NetworkPolicy semantics, A to D. */
class PoliciesTest {
    private static final Rule ANYTHING = rule(List.of(), List.of());
    private static final PodSpec SILENT = spec();
    private static final Endpoint.Pods CLIENT = pods("shop", "app=client");
    private static final Endpoint.Addresses INTERNET = address("8.8.8.8");

    @Nested
    class Isolating {
        private List<String> isolating(PodSet pods, Direction direction, NetworkPolicy... policies) {
            Endpoint.Pods endpoint = Endpoint.Pods.of(Tenant.named(pods.namespace()), pods);
            return new Policies(List.of(policies), Enforcers.UNKNOWN)
                    .chain(endpoint, direction).policies().stream()
                            .map(Resource::name)
                            .toList();
        }

        @Test
        @DisplayName("A1 an empty podSelector selects every pod of the policy's namespace, and of no other")
        void everyPodOfItsNamespace() {
            NetworkPolicy policy = policy("all", "shop", "", List.of("Ingress"), List.of(), List.of());
            assertEquals(List.of("all"), isolating(set("shop", "app=web"), INGRESS, policy));
            assertEquals(List.of("all"), isolating(set("shop", ""), INGRESS, policy));
            assertEquals(List.of(), isolating(set("test", "app=web"), INGRESS, policy));
        }

        @Test
        @DisplayName("A5 pods of one owner with different labels are selected each by its own")
        void variants() {
            NetworkPolicy policy = policy("web", "shop", "app=web", List.of("Ingress"), List.of(), List.of());
            assertEquals(List.of("web"), isolating(set("shop", "app=web,tier=front"), INGRESS, policy));
            assertEquals(List.of(), isolating(set("shop", "app=api"), INGRESS, policy));
        }

        @Test
        @DisplayName("A25 and A27 isolation is per direction; a pod that no policy selects stays open")
        void perDirection() {
            NetworkPolicy in = policy("in", "shop", "app=web", List.of("Ingress"), List.of(), List.of());
            NetworkPolicy out = policy("out", "shop", "app=web", List.of("Egress"), List.of(), List.of());
            PodSet web = set("shop", "app=web");
            assertEquals(List.of("in"), isolating(web, INGRESS, in, out));
            assertEquals(List.of("out"), isolating(web, EGRESS, in, out));
            assertEquals(List.of(), isolating(set("shop", "app=db"), EGRESS, in, out));
        }

        @Test
        @DisplayName("A12 `egress: []` without policyTypes does not isolate egress, an egress rule does")
        void defaultedTypes() {
            NetworkPolicy none = policy("none", "shop", "", List.of(), List.of(), List.of());
            NetworkPolicy some = policy("some", "shop", "", List.of(), List.of(), List.of(ANYTHING));
            PodSet web = set("shop", "app=web");
            assertEquals(List.of("some"), isolating(web, EGRESS, none, some));
            assertEquals(List.of("none", "some"), isolating(web, INGRESS, none, some));
        }

        @Test
        @DisplayName("D65 a pod on the host network is never isolated")
        void hostNetwork() {
            NetworkPolicy policy = policy("all", "shop", "", List.of("Ingress"), List.of(), List.of());
            PodSpec host = new PodSpec(List.of(), true, "ClusterFirst", List.of());
            assertEquals(List.of(), isolating(set("shop", "app=web", host), INGRESS, policy));
        }
    }

    @Nested
    class Rules {
        @Test
        @DisplayName("A15 without rules nothing is allowed, A27 without policies everything is")
        void none() {
            NetworkPolicy deny = ingress();
            assertEquals(DENIED, verdict(CLIENT, TCP, 80, deny));
            assertEquals(DENIED, verdict(INTERNET, TCP, 80, deny));
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 80));
            assertEquals(ALLOWED, verdict(INTERNET, SCTP, 9));
        }

        @Test
        @DisplayName("A16 to A18 a rule without peers and ports allows everybody, every port and protocol")
        void anything() {
            NetworkPolicy policy = ingress(ANYTHING);
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 80, policy));
            assertEquals(ALLOWED, verdict(pods("test", ""), UDP, 53, policy));
            assertEquals(ALLOWED, verdict(INTERNET, SCTP, 65535, policy));
        }

        @Test
        @DisplayName("A13 rules of the other direction do not count")
        void otherDirection() {
            NetworkPolicy policy = policy("p", "shop", "", List.of("Ingress"), List.of(), List.of(ANYTHING));
            assertEquals(DENIED, verdict(CLIENT, TCP, 80, policy));
            NetworkPolicy out = policy("p", "shop", "", List.of("Egress"), List.of(), List.of(ANYTHING));
            assertEquals(ALLOWED, decided(List.of(out), EGRESS, CLIENT, SILENT, TCP, 80));
            assertEquals(DENIED, decided(List.of(out), INGRESS, CLIENT, SILENT, TCP, 80));
        }

        @Test
        @DisplayName("A26 rules and policies only add, in any order")
        void union() {
            NetworkPolicy http = ingress(ports(port(TCP, 80)));
            NetworkPolicy dns = ingress(ports(port(TCP, 443)), ports(port(UDP, 53)));
            NetworkPolicy deny = ingress();
            for (List<NetworkPolicy> order : List.of(List.of(deny, http, dns), List.of(dns, http, deny))) {
                NetworkPolicy[] policies = order.toArray(NetworkPolicy[]::new);
                assertEquals(ALLOWED, verdict(CLIENT, TCP, 80, policies));
                assertEquals(ALLOWED, verdict(CLIENT, TCP, 443, policies));
                assertEquals(ALLOWED, verdict(CLIENT, UDP, 53, policies));
                assertEquals(DENIED, verdict(CLIENT, UDP, 80, policies));
            }
        }

        @Test
        void aRuleNeedsBothItsPeerAndItsPort() {
            Rule client = rule(List.of(podSelector("app=client")), List.of(port(TCP, 80)));
            Rule other = rule(List.of(podSelector("app=other")), List.of(port(TCP, 443)));
            NetworkPolicy policy = ingress(client, other);
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 80, policy));
            assertEquals(DENIED, verdict(CLIENT, TCP, 443, policy));
            assertEquals(DENIED, verdict(pods("shop", "app=other"), TCP, 80, policy));
            assertEquals(ALLOWED, verdict(pods("shop", "app=other"), TCP, 443, policy));
        }
    }

    @Nested
    class Ports {
        @Test
        @DisplayName("A19 and A21 a protocol alone is all of its ports, and no other protocol")
        void protocolAlone() {
            NetworkPolicy policy = ingress(ports(new Port(TCP, null, 0, "")));
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 1, policy));
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 65535, policy));
            assertEquals(DENIED, verdict(CLIENT, UDP, 80, policy));
            assertEquals(DENIED, verdict(CLIENT, SCTP, 80, policy));
        }

        @Test
        @DisplayName("A22 entries of ports are alternatives, never mixed")
        void alternatives() {
            NetworkPolicy policy = ingress(ports(port(TCP, 80), port(UDP, 53)));
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 80, policy));
            assertEquals(ALLOWED, verdict(CLIENT, UDP, 53, policy));
            assertEquals(DENIED, verdict(CLIENT, TCP, 53, policy));
            assertEquals(DENIED, verdict(CLIENT, UDP, 80, policy));
        }

        @Test
        @DisplayName("A20 one number is that port alone")
        void number() {
            NetworkPolicy policy = ingress(ports(port(TCP, 80)));
            assertEquals(DENIED, verdict(CLIENT, TCP, 79, policy));
            assertEquals(ALLOWED, verdict(CLIENT, TCP, 80, policy));
            assertEquals(DENIED, verdict(CLIENT, TCP, 81, policy));
        }

        @ParameterizedTest
        @DisplayName("A23 a range includes both its ends")
        @CsvSource({"52, DENIED", "53, ALLOWED", "70, ALLOWED", "80, ALLOWED", "81, DENIED"})
        void range(int port, Verdict verdict) {
            NetworkPolicy policy = ingress(ports(new Port(TCP, IntOrString.of(53), 80, "")));
            assertEquals(verdict, verdict(CLIENT, TCP, port, policy));
            assertEquals(DENIED, verdict(CLIENT, UDP, port, policy));
        }

        @Test
        @DisplayName("B31 a name stands for what the destination calls so")
        void name() {
            NetworkPolicy policy = ingress(ports(new Port(TCP, IntOrString.of("http"), 0, "")));
            PodSpec web = spec(new ContainerPort("http", 8080, TCP));
            PodSpec api = spec(new ContainerPort("http", 3000, TCP));
            assertEquals(ALLOWED, named(policy, web, TCP, 8080));
            assertEquals(DENIED, named(policy, web, TCP, 3000));
            assertEquals(ALLOWED, named(policy, api, TCP, 3000));
            assertEquals(DENIED, named(policy, api, TCP, 8080));
        }

        @Test
        @DisplayName("B32 name and protocol must both match the container port")
        void nameAndProtocol() {
            NetworkPolicy tcp = ingress(ports(new Port(TCP, IntOrString.of("dns"), 0, "")));
            NetworkPolicy udp = ingress(ports(new Port(UDP, IntOrString.of("dns"), 0, "")));
            PodSpec dns = spec(new ContainerPort("dns", 53, UDP));
            assertEquals(DENIED, named(tcp, dns, TCP, 53));
            assertEquals(DENIED, named(tcp, dns, UDP, 53));
            assertEquals(ALLOWED, named(udp, dns, UDP, 53));
            assertEquals(DENIED, named(udp, dns, TCP, 53));
        }

        @Test
        @DisplayName("B33 a name that the destination lacks allows nothing, and the pod stays isolated")
        void unknownName() {
            NetworkPolicy policy = ingress(ports(new Port(TCP, IntOrString.of("web"), 0, "")));
            assertEquals(DENIED, named(policy, spec(new ContainerPort("http", 80, TCP)), TCP, 80));
            assertEquals(DENIED, named(policy, SILENT, TCP, 80));
        }

        @Test
        @DisplayName("B34 a name never matches at an address outside")
        void nameOutside() {
            Rule rule = ports(new Port(TCP, IntOrString.of("http"), 0, ""));
            NetworkPolicy policy = policy("p", "shop", "", List.of("Egress"), List.of(), List.of(rule));
            assertEquals(DENIED, decided(List.of(policy), EGRESS, INTERNET, null, TCP, 80));
        }

        @Test
        @DisplayName("B36 a name that a pod has twice stands for both ports")
        void nameTwice() {
            NetworkPolicy policy = ingress(ports(new Port(TCP, IntOrString.of("http"), 0, "")));
            PodSpec twice = spec(new ContainerPort("http", 80, TCP), new ContainerPort("http", 81, TCP));
            assertEquals(ALLOWED, named(policy, twice, TCP, 80));
            assertEquals(ALLOWED, named(policy, twice, TCP, 81));
            assertEquals(DENIED, named(policy, twice, TCP, 82));
        }

        @Test
        @DisplayName("B37 an undeclared port can be allowed by its number")
        void undeclared() {
            NetworkPolicy policy = ingress(ports(port(TCP, 9090)));
            assertEquals(ALLOWED, named(policy, spec(new ContainerPort("http", 80, TCP)), TCP, 9090));
        }

        @Test
        @DisplayName("B38 to B40 protocols are separate, and a rule for one still isolates the others")
        void protocols() {
            assertEquals(DENIED, verdict(CLIENT, TCP, 10053, ingress(ports(port(UDP, 10053)))));
            assertEquals(DENIED, verdict(CLIENT, TCP, 80, ingress(ports(port(SCTP, 80)))));
            assertEquals(ALLOWED, verdict(CLIENT, SCTP, 80, ingress(ports(port(SCTP, 80)))));
        }

        private Verdict named(NetworkPolicy policy, PodSpec destination, Protocol protocol, int port) {
            return decided(List.of(policy), INGRESS, CLIENT, destination, protocol, port);
        }
    }

    @Nested
    class Peers {
        private Verdict from(Endpoint peer, NetworkPolicy.Peer... allowed) {
            return verdict(peer, TCP, 80, ingress(rule(List.of(allowed), List.of())));
        }

        @Test
        @DisplayName("C42 two selectors of one entry must both match, two entries are alternatives")
        void andOr() {
            NetworkPolicy.Peer both = selectors("team=a", "app=web");
            assertEquals(ALLOWED, from(pods(known("x", "team=a"), "app=web"), both));
            assertEquals(DENIED, from(pods(known("x", "team=a"), "app=db"), both));
            assertEquals(DENIED, from(pods(known("x", "team=b"), "app=web"), both));
            NetworkPolicy.Peer namespace = selectors("team=a", null);
            NetworkPolicy.Peer pod = podSelector("app=web");
            assertEquals(ALLOWED, from(pods(known("x", "team=a"), "app=db"), namespace, pod));
            assertEquals(ALLOWED, from(pods(known("shop", "team=b"), "app=web"), namespace, pod));
            assertEquals(DENIED, from(pods(known("x", "team=b"), "app=web"), namespace, pod));
        }

        @Test
        @DisplayName("C43 and C46 a podSelector alone, even an empty one, means pods of the policy's own namespace")
        void podSelectorAlone() {
            assertEquals(ALLOWED, from(pods("shop", "app=web"), podSelector("app=web")));
            assertEquals(DENIED, from(pods("shop", "app=db"), podSelector("app=web")));
            assertEquals(DENIED, from(pods("test", "app=web"), podSelector("app=web")));
            assertEquals(ALLOWED, from(pods("shop", ""), podSelector("")));
            assertEquals(DENIED, from(pods("test", ""), podSelector("")));
        }

        @Test
        @DisplayName("C44 a namespaceSelector alone means all pods there, of the own namespace too if it matches")
        void namespaceSelectorAlone() {
            NetworkPolicy.Peer teamA = selectors("team=a", null);
            assertEquals(ALLOWED, from(pods(known("x", "team=a"), "app=db"), teamA));
            assertEquals(ALLOWED, from(pods(known("shop", "team=a"), ""), teamA));
            assertEquals(DENIED, from(pods(known("shop", "team=b"), ""), teamA));
            assertEquals(DENIED, from(pods(known("x", ""), ""), teamA));
        }

        @Test
        @DisplayName("C45 an empty namespaceSelector means all namespaces, an absent one the own")
        void emptyOrAbsent() {
            assertEquals(ALLOWED, from(pods(known("x", "team=b"), "app=web"), selectors("", "app=web")));
            assertEquals(ALLOWED, from(pods("x", "app=web"), selectors("", "app=web")));
            assertEquals(DENIED, from(pods(known("x", "team=b"), "app=web"), selectors(null, "app=web")));
        }

        @Test
        @DisplayName("C47 a peer without any field matches nothing")
        void noField() {
            assertEquals(DENIED, from(CLIENT, new NetworkPolicy.Peer(null, null, null, "")));
            assertEquals(DENIED, from(INTERNET, new NetworkPolicy.Peer(null, null, null, "")));
        }

        @Test
        @DisplayName("C49 and C50 every namespace has its name as label, also one that is not in the input")
        void nameLabel() {
            NetworkPolicy.Peer named = selectors("kubernetes.io/metadata.name=x", null);
            assertEquals(ALLOWED, from(pods("x", ""), named));
            assertEquals(DENIED, from(pods("y", ""), named));
        }

        @Test
        void otherLabelsOfANamespaceThatIsNotInTheInputAreNotKnown() {
            assertEquals(UNKNOWN, from(pods("x", "app=web"), selectors("team=a", null)));
            assertEquals(UNKNOWN, from(pods("x", "app=web"), selectors("team=a", "app=web")));
            assertEquals(DENIED, from(pods("x", "app=web"), selectors("team=a", "app=db")));
            assertEquals(DENIED, from(pods("x", ""), selectors("team=a,kubernetes.io/metadata.name=y", null)));
            assertEquals(UNKNOWN, from(pods("x", ""), selectors("team=a,kubernetes.io/metadata.name=x", null)));
        }

        @Test
        @DisplayName("C51 selectors never match addresses")
        void addresses() {
            assertEquals(DENIED, from(INTERNET, podSelector("")));
            assertEquals(DENIED, from(INTERNET, selectors("", null)));
            assertEquals(DENIED, from(new Endpoint.Addresses(Cidr.parse("10.0.0.1"), false, ""), selectors("", "")));
        }

        @Test
        @DisplayName("D66 whether selectors match a peer on the host network is up to the CNI")
        void hostNetwork() {
            PodSpec host = new PodSpec(List.of(), true, "ClusterFirst", List.of());
            Endpoint.Pods agent =
                    new Endpoint.Pods(known("shop", ""), labels("app=agent"), host, List.of(), Set.of("node-2"));
            assertEquals(DEPENDS, from(agent, podSelector("app=agent")));
            assertEquals(DENIED, from(agent, podSelector("app=web")));
            assertEquals(ALLOWED, from(agent));
        }
    }

    @Nested
    class Blocks {
        private Verdict from(Endpoint peer, NetworkPolicy.Peer... allowed) {
            return verdict(peer, TCP, 80, ingress(rule(List.of(allowed), List.of())));
        }

        @Test
        void outside() {
            assertEquals(ALLOWED, from(address("203.0.113.7"), block("203.0.113.0/24")));
            assertEquals(DENIED, from(address("203.0.114.7"), block("203.0.113.0/24")));
            assertEquals(ALLOWED, from(INTERNET, block("0.0.0.0/0")));
        }

        @Test
        @DisplayName("C53 an exception is carved out")
        void except() {
            NetworkPolicy.Peer block = block("203.0.113.0/24", "203.0.113.0/28", "203.0.113.64/32");
            assertEquals(DENIED, from(address("203.0.113.7"), block));
            assertEquals(DENIED, from(address("203.0.113.64"), block));
            assertEquals(ALLOWED, from(address("203.0.113.65"), block));
        }

        @Test
        @DisplayName("C54 another peer that allows the excepted address wins")
        void exceptAndAllowed() {
            NetworkPolicy.Peer carved = block("203.0.113.0/24", "203.0.113.0/28");
            assertEquals(ALLOWED, from(address("203.0.113.7"), carved, block("203.0.113.7/32")));
        }

        @Test
        @DisplayName("C55 a block of one family covers nothing of the other")
        void families() {
            assertEquals(DENIED, from(address("2001:db8::1"), block("0.0.0.0/0")));
            assertEquals(DENIED, from(address("203.0.113.7"), block("::/0")));
            assertEquals(ALLOWED, from(address("2001:db8::1"), block("::/0")));
        }

        @Test
        @DisplayName("C57 a block with host bits means its network")
        void hostBits() {
            assertEquals(ALLOWED, from(address("203.0.113.200"), block("203.0.113.7/24")));
        }

        @Test
        void aBlockThatIsNoCidrMatchesNothing() {
            assertEquals(DENIED, from(address("203.0.113.7"), block("203.0.113.0/33")));
            assertEquals(DENIED, from(pods("shop", ""), block("everything")));
        }

        @Test
        @DisplayName("C52 whether a block means pods is up to the CNI")
        void podAddresses() {
            Endpoint.Pods pod = pods("shop", "app=web", "10.244.1.5");
            assertEquals(DEPENDS, from(pod, block("10.244.0.0/16")));
            assertEquals(DEPENDS, from(pod, block("0.0.0.0/0")));
            assertEquals(DENIED, from(pod, block("10.96.0.0/12")));
            assertEquals(DENIED, from(pod, block("10.244.0.0/16", "10.244.1.0/24")));
            assertEquals(ALLOWED, from(pod, block("10.244.0.0/16"), podSelector("app=web")));
        }

        @Test
        @DisplayName("C56 one address of a dual-stack pod is enough")
        void dualStack() {
            Endpoint.Pods pod = pods("shop", "app=web", "10.244.1.5", "fd00:10::5");
            assertEquals(UNKNOWN, from(pod, block("fd00:10::/64")));
            assertEquals(UNKNOWN, from(pod, block("10.244.0.0/16")));
            assertEquals(UNKNOWN, from(pod, block("::/0", "10.244.1.5/32")));
            assertEquals(DENIED, from(pod, block("fd00:11::/64")));
        }

        @ParameterizedTest
        @CsvSource({
            "10.0.0.0/8, UNKNOWN", "10.32.0.0/24, UNKNOWN", "172.20.0.0/16, UNKNOWN", "192.168.1.0/24, UNKNOWN",
            "100.64.0.0/10, UNKNOWN", "fd00::/8, UNKNOWN", "0.0.0.0/0, DEPENDS", "::/0, UNKNOWN",
            "203.0.113.0/24, DENIED", "172.32.0.0/16, DENIED", "169.254.0.0/16, DENIED", "2001:db8::/32, DENIED",
        })
        void podsOfUnknownAddressMayBeWhereClustersHaveTheirPods(String cidr, Verdict verdict) {
            assertEquals(verdict, from(pods("shop", "app=web"), block(cidr)));
        }

        @Test
        void anExceptionForAllPrivateRangesLeavesNoPod() {
            NetworkPolicy.Peer internet =
                    block("0.0.0.0/0", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");
            assertEquals(DENIED, from(pods("shop", "app=web"), internet));
            assertEquals(UNKNOWN, from(pods("shop", "app=web"), block("0.0.0.0/0", "10.0.0.0/8")));
        }

        @Test
        @DisplayName("E70 whether a block means a Service's address is up to the CNI")
        void serviceAddresses() {
            Endpoint.Addresses service = new Endpoint.Addresses(Cidr.parse("10.96.0.10"), false, "");
            assertEquals(DEPENDS, from(service, block("10.96.0.0/12")));
            assertEquals(DENIED, from(service, block("10.244.0.0/16")));
        }

        @Test
        void rangesOfClusters() {
            assertTrue(Policies.maybeInCluster(Cidr.parse("10.96.0.10")));
            assertTrue(Policies.maybeInCluster(Cidr.parse("fd00::a")));
            assertFalse(Policies.maybeInCluster(Cidr.parse("8.8.8.8")));
            assertFalse(Policies.maybeInCluster(Cidr.parse("172.32.0.1")));
        }
    }

    @Test
    void peersTakeTheAddressesOfTheirPodsThatAreAddresses() {
        Pod pod = new Pod(
                meta(Kind.POD, "shop", "web-1"),
                SILENT,
                "node-1",
                List.of("10.244.1.5", "not an address", "fd00::5"),
                "Running",
                null,
                true,
                "");
        PodSet set = new PodSet(pod.ref(), pod, "", labels("app=web"), SILENT, 1, List.of(pod));
        Tenant shop = Tenant.named("shop");
        assertEquals(
                new Endpoint.Pods(
                        shop,
                        labels("app=web"),
                        SILENT,
                        List.of(Cidr.parse("10.244.1.5"), Cidr.parse("fd00::5")),
                        Set.of("node-1")),
                Endpoint.Pods.of(shop, set));
    }

    @Property
    void agreesWithANaiveEvaluator(
            @ForAll("policies") List<NetworkPolicy> policies,
            @ForAll("clients") Endpoint.Pods client,
            @ForAll("protocols") Protocol protocol,
            @ForAll("numbers") int port) {
        boolean expected = policies.isEmpty();
        for (NetworkPolicy policy : policies) {
            for (Rule rule : policy.ingress()) {
                boolean portAllowed = rule.ports().isEmpty();
                for (Port allowed : rule.ports()) {
                    portAllowed |=
                            protocol == allowed.protocol() && numbers(allowed).contains(port);
                }
                boolean peerAllowed = rule.peers().isEmpty();
                for (NetworkPolicy.Peer peer : rule.peers()) {
                    boolean namespace = peer.namespaceSelector() == null
                            ? client.namespace().name().equals("shop")
                            : peer.namespaceSelector()
                                    .matches(client.namespace().labels());
                    boolean pod =
                            peer.podSelector() == null || peer.podSelector().matches(client.labels());
                    peerAllowed |= namespace && pod;
                }
                expected |= portAllowed && peerAllowed;
            }
        }
        assertEquals(expected ? ALLOWED : DENIED, decided(policies, INGRESS, client, SILENT, protocol, port));
    }

    @Property
    void onePolicyMoreNeverTakesAnythingAway(
            @ForAll("policies") List<NetworkPolicy> policies,
            @ForAll("policies") List<NetworkPolicy> more,
            @ForAll("clients") Endpoint.Pods client,
            @ForAll("numbers") int port) {
        List<NetworkPolicy> all = new ArrayList<>(policies);
        all.addAll(more);
        Verdict before = decided(policies, INGRESS, client, SILENT, TCP, port);
        Verdict after = decided(all, INGRESS, client, SILENT, TCP, port);
        if (!policies.isEmpty() && before == ALLOWED) {
            assertNotEquals(DENIED, after);
        }
        Collections.reverse(all);
        assertEquals(after, decided(all, INGRESS, client, SILENT, TCP, port));
    }

    private static List<Integer> numbers(Port port) {
        List<Integer> numbers = new ArrayList<>();
        int first = port.port() == null ? 79 : port.port().number();
        int last = port.port() == null ? 83 : port.endPort() == 0 ? first : port.endPort();
        for (int number = first; number <= last; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    @Provide
    Arbitrary<List<NetworkPolicy>> policies() {
        Arbitrary<String> selectors = Arbitraries.of("", "app=a", "app=b", "app=a,tier=x");
        Arbitrary<NetworkPolicy.Peer> peers = Arbitraries.oneOf(
                selectors.map(PoliciesTest::podSelector),
                Combinators.combine(Arbitraries.of("", "team=a", "team=b"), selectors.injectNull(0.5))
                        .as(PoliciesTest::selectors));
        Arbitrary<Port> ports = Combinators.combine(
                        protocols(), numbers().injectNull(0.2), Arbitraries.of(0, 0, 82, 83))
                .as((protocol, number, end) -> new Port(
                        protocol, number == null ? null : IntOrString.of(number), number == null ? 0 : end, ""))
                .filter(port ->
                        port.endPort() == 0 || port.endPort() >= port.port().number());
        Arbitrary<Rule> rules = Combinators.combine(
                        peers.list().ofMaxSize(2), ports.list().ofMaxSize(2))
                .as(PoliciesTest::rule);
        return rules.list()
                .ofMaxSize(2)
                .map(list -> ingress(list.toArray(Rule[]::new)))
                .list()
                .ofMaxSize(2);
    }

    @Provide
    Arbitrary<Endpoint.Pods> clients() {
        return Combinators.combine(
                        Arbitraries.of("shop", "test"),
                        Arbitraries.of("", "team=a", "team=b"),
                        Arbitraries.of("", "app=a", "app=b", "app=a,tier=x"))
                .as((name, team, pod) -> pods(known(name, team), pod));
    }

    @Provide
    Arbitrary<Protocol> protocols() {
        return Arbitraries.of(TCP, UDP);
    }

    @Provide
    Arbitrary<Integer> numbers() {
        return Arbitraries.integers().between(79, 83);
    }

    /** @param destination the pods that the port is on; null if it is no pod's */
    private static Verdict decided(
            List<NetworkPolicy> isolating,
            Direction direction,
            Endpoint peer,
            PodSpec destination,
            Protocol protocol,
            int port) {
        PodSpec own = direction == INGRESS ? destination : SILENT;
        Endpoint.Pods subject =
                new Endpoint.Pods(Tenant.named("shop"), labels("app=subject"), own, List.of(), Set.of("node-1"));
        return new Policies(isolating, Enforcers.UNKNOWN)
                .decide(Policies.chainOf(isolating, direction), subject, peer)
                .at(protocol, port)
                .verdict();
    }

    private static Verdict verdict(Endpoint peer, Protocol protocol, int port, NetworkPolicy... isolating) {
        return decided(List.of(isolating), INGRESS, peer, SILENT, protocol, port);
    }

    private static NetworkPolicy ingress(Rule... rules) {
        return policy("p", "shop", "", List.of("Ingress"), List.of(rules), List.of());
    }

    private static NetworkPolicy policy(
            String name, String namespace, String pods, List<String> types, List<Rule> ingress, List<Rule> egress) {
        return new NetworkPolicy(meta(Kind.NETWORK_POLICY, namespace, name), selector(pods), types, ingress, egress);
    }

    private static Rule ports(Port... ports) {
        return rule(List.of(), List.of(ports));
    }

    private static Rule rule(List<NetworkPolicy.Peer> peers, List<Port> ports) {
        return new Rule(peers, ports, "");
    }

    private static Port port(Protocol protocol, int number) {
        return new Port(protocol, IntOrString.of(number), 0, "");
    }

    private static NetworkPolicy.Peer podSelector(String labels) {
        return new NetworkPolicy.Peer(selector(labels), null, null, "");
    }

    /** Null for an absent selector. */
    private static NetworkPolicy.Peer selectors(String namespace, String pods) {
        return new NetworkPolicy.Peer(
                pods == null ? null : selector(pods), namespace == null ? null : selector(namespace), null, "");
    }

    private static NetworkPolicy.Peer block(String cidr, String... except) {
        return new NetworkPolicy.Peer(null, null, new IpBlock(cidr, List.of(except)), "");
    }

    private static Endpoint.Addresses address(String text) {
        return new Endpoint.Addresses(Cidr.parse(text), true, "");
    }

    private static Endpoint.Pods pods(String namespace, String labels, String... addresses) {
        List<Cidr> ranges = List.of(addresses).stream().map(Cidr::parse).toList();
        return new Endpoint.Pods(Tenant.named(namespace), labels(labels), SILENT, ranges, Set.of());
    }

    private static Endpoint.Pods pods(Tenant namespace, String labels) {
        return new Endpoint.Pods(namespace, labels(labels), SILENT, List.of(), Set.of());
    }

    /** A namespace of the input, with these labels and no others but its name. */
    private static Tenant known(String name, String labels) {
        String all = Namespace.NAME_LABEL + "=" + name + (labels.isEmpty() ? "" : "," + labels);
        Ref ref = new Ref(Kind.NAMESPACE, "", name);
        return Tenant.of(new Namespace(new Meta(ref, ORIGIN, "v1", labels(all), Map.of(), null, "", "", null, false)));
    }

    private static PodSet set(String namespace, String labels) {
        return set(namespace, labels, SILENT);
    }

    private static PodSet set(String namespace, String labels, PodSpec spec) {
        Pod pod = new Pod(meta(Kind.POD, namespace, "web-1"), spec, "", List.of(), "", null, false, "");
        return new PodSet(pod.ref(), pod, "", labels(labels), spec, 1, List.of());
    }

    private static PodSpec spec(ContainerPort... ports) {
        return new PodSpec(
                List.of(new Container("main", "", List.of(), List.of(ports))), false, "ClusterFirst", List.of());
    }

    private static final Origin ORIGIN = new Origin("policies.yaml", 1, 0, 0, "");

    private static Meta meta(Kind kind, String namespace, String name) {
        Ref ref = new Ref(kind, namespace, name);
        return new Meta(ref, ORIGIN, "v1", Labels.NONE, Map.of(), null, "", "", null, false);
    }

    private static Selector selector(String labels) {
        return Selector.of(labels(labels).asMap());
    }

    /** Of {@code a=b,c=d}. */
    private static Labels labels(String text) {
        Map<String, String> map = new java.util.TreeMap<>();
        for (String pair : text.split(",")) {
            if (!pair.isEmpty()) {
                map.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));
            }
        }
        return Labels.of(map);
    }
}
