package dev.sealane.trace;

import static dev.sealane.trace.Reach.DEPENDS;
import static dev.sealane.trace.Reach.REACHABLE;
import static dev.sealane.trace.Reach.UNREACHABLE;
import static dev.sealane.trace.TracerTest.deny;
import static dev.sealane.trace.TracerTest.dump;
import static dev.sealane.trace.TracerTest.node;
import static dev.sealane.trace.TracerTest.pod;
import static dev.sealane.trace.TracerTest.policy;
import static dev.sealane.trace.TracerTest.service;
import static dev.sealane.trace.TracerTest.slice;
import static dev.sealane.trace.TracerTest.steps;
import static dev.sealane.trace.TracerTest.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The cases of policies on the way through Services, E69 to E74, and of the policies of administrators, F75 to F82. */
class PolicySemanticsTest {
    private static final String A = node("a", "10.1.0.1", "10.42.0.0/24", "z1");
    private static final String B = node("b", "10.1.0.2", "10.42.1.0/24", "z1");
    private static final String WEB = pod("web", "a", "10.42.0.2", "");
    private static final String API = pod("api", "b", "10.42.1.2", "ports: [{containerPort: 8080}]");
    private static final String SLICE =
            slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
    private static final String CLUSTER_IP =
            service("api", "clusterIP: 10.96.0.9, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]");
    private static final String NODE_PORT = service(
            "api", "type: NodePort, selector: {app: api}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]");
    private static final String CALICO = "apiVersion: apps/v1, kind: DaemonSet, metadata: {name: calico-node, "
            + "namespace: kube-system}, spec: {template: {metadata: {labels: {k8s-app: calico-node}}, "
            + "spec: {hostNetwork: true, containers: [{name: calico-node, image: 'quay.io/calico/node:v3.30.0'}]}}}";
    private static final String SHOP = "apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}";

    private static String egress(String rules) {
        return policy("out", "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [" + rules + "]");
    }

    private static String ingress(String rules) {
        return policy("in", "podSelector: {matchLabels: {app: api}}, ingress: [" + rules + "]");
    }

    @Test
    @DisplayName("E69 a policy for DNS needs the pod's port, which may be another than 53")
    void podPorts() {
        String dns = service("api", "selector: {app: api}, ports: [{port: 53, protocol: UDP, targetPort: 5353}]");
        String slice = SLICE.replace("port: 8080", "port: 5353, protocol: UDP");
        String[] objects = {dns, slice, WEB, API, A, B};
        String service = "shop/service/api:53/UDP";
        String onService = egress("{ports: [{port: 53, protocol: UDP}]}");
        String onPod = egress("{ports: [{port: 5353, protocol: UDP}]}");
        assertEquals(
                UNREACHABLE, dump("shop/web", service, with(onService, objects)).verdict());
        assertEquals(REACHABLE, dump("shop/web", service, with(onPod, objects)).verdict());
    }

    @Test
    @DisplayName(
            "E70 a block with the pod behind a ClusterIP counts where blocks mean pods; one with the ClusterIP may")
    void clusterIps() {
        String[] objects = {CLUSTER_IP, SLICE, WEB, API, A, B};
        String pods = egress("{to: [{ipBlock: {cidr: 10.42.1.0/24}}]}");
        String clusterIps = egress("{to: [{ipBlock: {cidr: 10.96.0.0/16}}]}");
        String neither = egress("{to: [{ipBlock: {cidr: 10.42.7.0/24}}]}");
        assertEquals(
                REACHABLE,
                dump("shop/web", "shop/service/api", with(CALICO, with(pods, objects)))
                        .verdict());
        assertEquals(
                DEPENDS,
                dump("shop/web", "shop/service/api", with(pods, objects)).verdict());
        assertEquals(
                DEPENDS,
                dump("shop/web", "shop/service/api", with(clusterIps, objects)).verdict());
        assertEquals(
                UNREACHABLE,
                dump("shop/web", "shop/service/api", with(neither, objects)).verdict());
        assertEquals(
                DEPENDS,
                dump("shop/web", "10.96.0.9:80", with(clusterIps, objects)).verdict());
    }

    @Test
    @DisplayName("E71 a block with the nodes lets in clients whose address the node has hidden")
    void hiddenClients() {
        String nodes = ingress("{from: [{ipBlock: {cidr: 10.1.0.0/24}}]}");
        String clients = ingress("{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}");
        String[] objects = {CALICO, NODE_PORT, SLICE, API, A, B};
        assertEquals(
                REACHABLE, dump("203.0.113.5", "a:30080", with(nodes, objects)).verdict());
        assertEquals(
                UNREACHABLE,
                dump("203.0.113.5", "a:30080", with(clients, objects)).verdict());
    }

    @Test
    @DisplayName("E72 externalTrafficPolicy: Local loses packets on nodes without endpoint, whatever policies say")
    void localTraffic() {
        String local = NODE_PORT.replace("type: NodePort", "type: NodePort, externalTrafficPolicy: Local");
        Traces traces = dump("203.0.113.5", "a:30080", local, SLICE, API, A, B, ingress("{}"));
        assertEquals(UNREACHABLE, traces.verdict());
        assertEquals(
                "spec.externalTrafficPolicy",
                steps(traces, Step.Lost.class).getFirst().decidedBy().path());
        assertEquals(
                REACHABLE,
                dump("203.0.113.5", "b:30080", local, SLICE, API, A, B, ingress("{}"))
                        .verdict());
    }

    @Test
    @DisplayName("E73 endpoints written by hand are matched as addresses")
    void manualEndpoints() {
        String[] objects = {
            service("erp", "ports: [{port: 443}]"),
            slice("erp", "{addresses: [192.0.2.7]}").replace("port: 8080", "port: 443"),
            WEB,
            A
        };
        String there = egress("{to: [{ipBlock: {cidr: 192.0.2.0/24}}]}");
        String elsewhere = egress("{to: [{ipBlock: {cidr: 198.51.100.0/24}}]}");
        String pods = egress("{to: [{namespaceSelector: {}}]}");
        assertEquals(
                REACHABLE, dump("shop/web", "shop/erp", with(there, objects)).verdict());
        assertEquals(
                UNREACHABLE,
                dump("shop/web", "shop/erp", with(elsewhere, objects)).verdict());
        assertEquals(
                UNREACHABLE, dump("shop/web", "shop/erp", with(pods, objects)).verdict());
    }

    @Test
    @DisplayName("E74 no policy holds for a pod on the host network, reached through a node port or at its own port")
    void hostNetwork() {
        String host =
                API.replace("nodeName: b", "nodeName: b, hostNetwork: true").replace("10.42.1.2", "10.1.0.2");
        String slice = SLICE.replace("10.42.1.2", "10.1.0.2");
        String[] objects = {NODE_PORT, slice, host, A, B, deny("closed", "api")};
        assertEquals(REACHABLE, dump("203.0.113.5", "a:30080", objects).verdict());
        assertEquals(
                REACHABLE,
                dump("shop/web", "shop/pod/api:8080", with(WEB, objects)).verdict());
    }

    // ---- policies of administrators

    private static String cluster(String name, String tier, int priority, String rules) {
        return "apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: " + name
                + "}, spec: {tier: " + tier + ", priority: " + priority
                + ", subject: {namespaces: {matchLabels: {team: a}}}, " + rules + "}";
    }

    private static String in(String action, String... ports) {
        String only = ports.length == 0 ? "" : ", protocols: [{tcp: {destinationPort: {number: " + ports[0] + "}}}]";
        return "{action: " + action + ", from: [{namespaces: {}}]" + only + "}";
    }

    private static String admin(String name, int priority, String... rules) {
        return cluster(name, "Admin", priority, "ingress: [" + String.join(", ", rules) + "]");
    }

    private static String baseline(String... rules) {
        return cluster("default", "Baseline", 10, "ingress: [" + String.join(", ", rules) + "]");
    }

    /** From one pod to another, with policies. */
    private static Traces reach(String... policies) {
        String[] all = policies;
        for (String object : new String[] {SHOP, WEB, API, A, B}) {
            all = with(object, all);
        }
        return dump("shop/web", "shop/pod/api:8080", all);
    }

    private static String place(Traces traces) {
        return steps(traces, Step.Filtered.class).getLast().decidedBy().path();
    }

    @Test
    @DisplayName("F75 a policy with nothing but Accept rules closes nothing")
    void noIsolation() {
        assertEquals(REACHABLE, reach(admin("a", 1, in("Accept", "443"))).verdict());
        assertEquals(REACHABLE, reach(baseline(in("Accept", "443"))).verdict());
    }

    @Test
    @DisplayName("F76 the first rule decides, then the lower priority; of equal priorities that is not said")
    void order() {
        Traces first = reach(admin("a", 1, in("Accept", "443"), in("Deny"), in("Accept")));
        assertEquals(UNREACHABLE, first.verdict());
        assertEquals("spec.ingress[1]", place(first));
        assertEquals(
                REACHABLE,
                reach(admin("z", 1, in("Accept")), admin("a", 2, in("Deny"))).verdict());
        assertEquals(
                UNREACHABLE,
                reach(admin("z", 1, in("Deny")), admin("a", 2, in("Accept"))).verdict());
        Traces tied = reach(admin("z", 1, in("Deny")), admin("a", 1, in("Accept")));
        assertEquals(DEPENDS, tied.verdict());
        assertTrue(
                tied.reason().toString().contains("ClusterNetworkPolicy a, ClusterNetworkPolicy z is asked first"),
                tied.reason().toString());
        assertEquals(
                UNREACHABLE,
                reach(admin("z", 1, in("Deny")), admin("a", 1, in("Deny"))).verdict());
    }

    @Test
    @DisplayName("F77 Pass skips the tier; then NetworkPolicies are final, and the Baseline is for pods without any")
    void tiers() {
        String pass = admin("a", 1, in("Pass"));
        String late = admin("b", 2, in("Deny"));
        String closed = deny("closed", "api");
        String open = ingress("{}");
        String outOnly = policy("out", "podSelector: {}, policyTypes: [Egress], egress: [{}]");
        assertEquals(REACHABLE, reach(pass, late).verdict());
        assertEquals(
                UNREACHABLE, reach(pass, late, closed, baseline(in("Accept"))).verdict());
        assertEquals(REACHABLE, reach(pass, late, open, baseline(in("Deny"))).verdict());
        assertEquals(UNREACHABLE, reach(pass, late, baseline(in("Deny"))).verdict());
        assertEquals(
                UNREACHABLE, reach(pass, late, outOnly, baseline(in("Deny"))).verdict());
        assertEquals(
                REACHABLE,
                reach(admin("a", 1, in("Accept")), closed, baseline(in("Deny"))).verdict());
    }

    @Test
    @DisplayName("F78 Allow of AdminNetworkPolicy is Accept of ClusterNetworkPolicy")
    void formerVersion() {
        String closed = deny("closed", "api");
        String former = admin("a", 1, in("Allow"))
                .replace("v1alpha2", "v1alpha1")
                .replace("ClusterNetworkPolicy", "AdminNetworkPolicy")
                .replace("tier: Admin, ", "");
        assertEquals(REACHABLE, reach(former, closed).verdict());
        assertEquals(REACHABLE, reach(admin("a", 1, in("Accept")), closed).verdict());
    }

    @Test
    @DisplayName("F79 networks mean pods and nodes of the cluster too")
    void networks() {
        String deny = cluster("a", "Admin", 1, "egress: [{action: Deny, to: [{networks: [10.42.1.0/24]}]}]");
        assertEquals(UNREACHABLE, reach(deny).verdict());
        String other = cluster("a", "Admin", 1, "egress: [{action: Deny, to: [{networks: [10.42.7.0/24]}]}]");
        assertEquals(REACHABLE, reach(other).verdict());
        String nodes = cluster("a", "Admin", 1, "egress: [{action: Deny, to: [{networks: [10.1.0.2/32]}]}]");
        assertEquals(
                UNREACHABLE,
                dump("shop/web", "node/b:10250", SHOP, WEB, A, B, nodes).verdict());
    }

    @Test
    @DisplayName("F80 a peer that is not known is nobody to Accept, and everybody to Deny and Pass")
    void failClosed() {
        String closed = deny("closed", "api");
        String peer = "from: [{serviceAccounts: {matchLabels: {team: a}}}]";
        String sameLabels = "from: [{namespaces: {sameLabels: [team]}}]";
        for (String from : List.of(peer, sameLabels)) {
            String allow = admin("a", 1, "{action: Accept, " + from + "}");
            assertEquals(UNREACHABLE, reach(allow, closed).verdict());
            for (String action : List.of("Deny", "Pass")) {
                String rule = admin("a", 1, "{action: " + action + ", " + from + "}");
                assertEquals(UNREACHABLE, reach(rule).verdict());
            }
        }
    }

    private static Input input(String... objects) {
        String text = String.join(
                "---\n", Stream.of(objects).map(object -> "{" + object + "}\n").toList());
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        return new Loader("default", in, "text.yaml").load(List.of("-"));
    }

    @Test
    @DisplayName("F81 the API takes one BaselineAdminNetworkPolicy, so many rules and peers, and priorities to 1000")
    void limits() {
        String rule = "{action: Allow, from: [{namespaces: {}}]}";
        String baseline = "apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, "
                + "metadata: {name: default}, spec: {subject: {namespaces: {}}, ingress: [" + rule + "]}";
        assertEquals(List.of(), messages(baseline));
        assertEquals(
                List.of("metadata.name must be default, is other"),
                messages(baseline.replace("name: default", "name: other")));
        assertEquals(
                List.of("spec.ingress[0].action must be Allow or Deny"),
                messages(baseline.replace("action: Allow", "action: Pass")));
        assertEquals(List.of(), messages(baseline.replace(rule, repeated(rule, 100))));
        assertEquals(
                List.of("spec.ingress must have at most 100 rules, has 101"),
                messages(baseline.replace(rule, repeated(rule, 101))));
        assertEquals(List.of(), messages(admin("a", 1000, peers(25))));
        assertEquals(
                List.of("spec.ingress[0].from must have at most 25 peers, has 26"),
                messages(admin("a", 1000, peers(26))));
        assertEquals(List.of("spec.priority must be 0 to 1000, is 1001"), messages(admin("a", 1001, in("Accept"))));
    }

    private static String repeated(String text, int times) {
        return String.join(", ", Collections.nCopies(times, text));
    }

    private static String peers(int count) {
        return "{action: Accept, from: [" + repeated("{namespaces: {}}", count) + "]}";
    }

    private static List<String> messages(String object) {
        return input(object).findings().stream()
                .map(finding -> finding.message().toString())
                .toList();
    }

    @Test
    @DisplayName("F82 *. stands for one or more labels of a domain name")
    void domainNames() {
        String accept = cluster(
                "a",
                "Admin",
                1,
                "egress: [{action: Accept, to: [{domainNames: ['*.example.com']}]}, {action: Deny, to: [{networks: [0.0.0.0/0]}]}]");
        String web = WEB.replace("nodeName: a", "nodeName: a, dnsPolicy: Default");
        String[] objects = {SHOP, web, A, accept};
        assertEquals(REACHABLE, dump("shop/web", "www.example.com:443", objects).verdict());
        assertEquals(REACHABLE, dump("shop/web", "a.b.example.com:443", objects).verdict());
        assertEquals(UNREACHABLE, dump("shop/web", "example.com:443", objects).verdict());
        assertEquals(
                UNREACHABLE, dump("shop/web", "www.example.org:443", objects).verdict());
    }
}
