package dev.sealane.link;

import static dev.sealane.link.Linked.capture;
import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.manifests;
import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.ClusterRangeBlock;
import dev.sealane.facts.SeparatePeers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyPeersTest {
    private static String node(String name, String range, String address) {
        return "apiVersion: v1, kind: Node, metadata: {name: " + name + "}, spec: {podCIDRs: [" + range
                + "]}, status: {addresses: [{type: InternalIP, address: " + address + "}]}";
    }

    private static final String ONE = node("one", "10.244.1.0/24", "192.0.2.1");
    private static final String TWO = node("two", "10.244.2.0/24", "192.0.2.2");
    private static final String POD =
            pod("web", "app: web", "nodeName: one", "podIP: 10.244.1.7, podIPs: [{ip: 10.244.1.7}]");
    private static final String SERVICE =
            Linked.service("web", "app: web").replace("spec: {", "spec: {clusterIP: 10.96.0.9, ");

    private static String out(String block) {
        return policy("p", "podSelector: {}, policyTypes: [Egress], egress: [{to: [{ipBlock: {" + block + "}}]}]");
    }

    private static List<String> ranges(String... objects) {
        return capture(objects).all(ClusterRangeBlock.class).stream()
                .map(fact -> fact.range().toString())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cidr: 10.96.0.9/32                                    | 10.96.0.9/32 is the address of Service shop/web",
                "cidr: 10.96.0.8/32                                    | ''",
                "cidr: 10.96.0.0/16                                    | ''",
                "cidr: 10.244.1.7/32                                   | 10.244.1.7/32 is the address of Pod shop/web",
                "cidr: 10.244.1.8/32                                   | 10.244.1.8/32 has the addresses of pods",
                "cidr: 10.244.2.0/24                                   | 10.244.2.0/24 has the addresses of pods",
                "cidr: 10.244.3.0/24                                   | ''",
                "cidr: 10.244.0.0/16                                   | 10.244.0.0/16 has the addresses of pods",
                "'cidr: 10.244.0.0/16, except: [10.244.1.0/24]'        | ''",
                "cidr: 10.0.0.0/8                                      | ''",
                "cidr: 0.0.0.0/0                                       | ''",
                "cidr: 203.0.113.0/24                                  | ''",
            })
    void blocks(String block, String range) {
        assertEquals(range.isEmpty() ? List.of() : List.of(range), ranges(ONE, TWO, POD, SERVICE, out(block)));
    }

    @Test
    void aNetworkWithNodesInItIsMoreThanPods() {
        String inside = node("three", "10.244.3.0/24", "10.244.200.1");
        assertEquals(List.of(), ranges(ONE, inside, out("cidr: 10.244.0.0/16")));
    }

    @Test
    void aServiceIsNoSource() {
        String in = policy("p", "podSelector: {}, ingress: [{from: [{ipBlock: {cidr: 10.96.0.9/32}}]}]");
        assertEquals(List.of(), ranges(SERVICE, in));
    }

    @Test
    void aCniThatMatchesPodsMakesRangesRight() {
        String calico = Linked.daemonSet("kube-system", "calico-node", "containers: [{name: c}]");
        assertEquals(List.of(), ranges(ONE, TWO, calico, out("cidr: 10.244.0.0/16")));
        assertEquals(
                1, ranges(ONE, TWO, POD, calico, out("cidr: 10.244.1.7/32")).size());
        String cilium = Linked.daemonSet("kube-system", "cilium", "containers: [{name: c}]");
        ClusterRangeBlock block =
                capture(ONE, TWO, cilium, out("cidr: 10.244.0.0/16")).one(ClusterRangeBlock.class);
        assertEquals("Cilium matches no pod by its address", block.effect());
    }

    @Test
    void peersSideBySide() {
        String web = deployment("web", "app: web", "");
        String prometheus =
                deployment("prometheus", "app: prometheus", "").replace("namespace: shop", "namespace: mon");
        String apart = policy(
                "p",
                "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: "
                        + "mon}}}, {podSelector: {matchLabels: {app: prometheus}}}]}]");
        SeparatePeers fact = manifests(web, prometheus, apart).one(SeparatePeers.class);
        assertEquals("spec.ingress[0].from[1]", fact.place().path());
        String here = prometheus.replace("namespace: mon", "namespace: shop");
        assertEquals(List.of(), manifests(web, prometheus, here, apart).all(SeparatePeers.class));
        assertEquals(List.of(), manifests(web, apart).all(SeparatePeers.class), "no such pod is known");
        assertEquals(List.of(), manifests(prometheus, apart).all(SeparatePeers.class), "shop may have one");
        String other = prometheus.replace("app: prometheus", "app: grafana");
        assertEquals(List.of(), manifests(web, other, apart).all(SeparatePeers.class));
    }
}
