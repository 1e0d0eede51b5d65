package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.DnsAccess;
import dev.sealane.facts.DnsServerAccess;
import dev.sealane.facts.Unanswered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsTest {
    private static final String WEB = deployment("web", "app: web", "");
    private static final String DENY = policy("deny", "podSelector: {}, policyTypes: [Egress]");

    /** A DNS Service on 53, before pods that listen on 5353. */
    private static final String SERVICE =
            "apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system}, spec: {clusterIP: "
                    + "10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP, "
                    + "targetPort: dns}, {name: dns-tcp, port: 53, targetPort: 5353}, {name: metrics, port: 9153}]}";

    private static final String SERVER =
            "apiVersion: apps/v1, kind: Deployment, metadata: {name: coredns, namespace: kube-system}, spec: {template: "
                    + "{metadata: {labels: {k8s-app: kube-dns}}, spec: {dnsPolicy: Default, containers: [{name: c, "
                    + "ports: [{name: dns, containerPort: 5353, protocol: UDP}]}]}}}";

    private static final String TO_DNS =
            "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}, "
                    + "podSelector: {matchLabels: {k8s-app: kube-dns}}}";
    private static final String BOTH = "{port: 53, protocol: UDP}, {port: 53}";

    private static String egress(String rules) {
        return policy("p", "podSelector: {}, policyTypes: [Egress], egress: [" + rules + "]");
    }

    private static String to(String peers, String ports) {
        return "{to: [" + peers + "], ports: [" + ports + "]}";
    }

    private static List<DnsAccess> accesses(String... objects) {
        return Linked.manifests(objects).all(DnsAccess.class);
    }

    private static DnsAccess access(String... objects) {
        return Linked.manifests(objects).one(DnsAccess.class);
    }

    /** What still gets through with the assumed set-up: {@code UDP}, {@code TCP}, both or nothing. */
    private static String through(String... objects) {
        List<DnsAccess> accesses = accesses(objects);
        if (accesses.isEmpty()) {
            return "UDP TCP";
        }
        DnsAccess access = accesses.getFirst();
        assertEquals(1, accesses.size());
        return access.blocked() ? "" : access.only().toString();
    }

    private static String admin(String action, String to) {
        return "apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: admin}, spec: "
                + "{priority: 5, subject: {namespaces: {}}, egress: [{action: " + action + ", to: [{" + to + "}]}]}";
    }

    @Test
    void anAdminPolicyMayLetThroughWhatANetworkPolicyDoesNot() {
        String kubeSystem = "namespaces: {matchLabels: {kubernetes.io/metadata.name: kube-system}}";
        assertEquals(List.of(), accesses(WEB, DENY, SERVICE, SERVER, admin("Allow", kubeSystem)));
        assertEquals(List.of(), accesses(DENY, SERVICE, SERVER, admin("Allow", kubeSystem)), "for pods unseen, too");
        assertEquals(
                1,
                accesses(WEB, DENY, SERVICE, SERVER, admin("Pass", kubeSystem)).size());
    }

    @Test
    void whatAnAdminPolicyAloneKeepsAwayIsNotTheNetworkPolicys() {
        String open = egress("{}");
        assertEquals(List.of(), accesses(WEB, open, SERVICE, SERVER, admin("Deny", "namespaces: {}")));
        assertEquals(
                1,
                accesses(WEB, DENY, SERVICE, SERVER, admin("Deny", "namespaces: {}"))
                        .size());
    }

    @Test
    void policiesThatAreNotReadLeaveItUndecided() {
        String antrea = "apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {name: a, namespace: shop}";
        Linked linked = Linked.manifests(WEB, DENY, SERVICE, SERVER, antrea);
        assertEquals(List.of(), linked.all(DnsAccess.class));
        assertTrue(linked.all(Unanswered.class).stream()
                .anyMatch(unanswered -> unanswered.question().equals("policies")));
    }

    @Test
    void denyAllBlocksDns() {
        DnsAccess access = access(WEB, DENY);
        assertTrue(access.blocked());
        assertEquals("NetworkPolicy shop/deny", access.policy().toString());
        assertEquals("Deployment shop/web", access.clients());
        assertEquals(1, access.pods().size());
        assertEquals(Certainty.CERTAIN, access.certainty());
        assertEquals(
                "spec.template.metadata.labels",
                access.evidence().getFirst().place().path());
        assertEquals(
                "the cluster's DNS, taken to be the pods k8s-app=kube-dns in kube-system, port 53, since the input has "
                        + "no DNS Service",
                access.server().toString());
    }

    /** The Amazon VPC CNI looks at a packet before the Service's port is translated to that of the pods. */
    @Test
    void theServicesPortCountsWhereEgressIsJudgedByIt() {
        String amazon = Linked.daemonSet(
                "kube-system", "aws-node", "containers: [{name: c, args: " + "[--enable-network-policy=true]}]");
        String policy = egress(to(TO_DNS, BOTH));
        assertEquals("", through(WEB, SERVICE, SERVER, policy));
        assertEquals("UDP TCP", through(WEB, SERVICE, SERVER, policy, amazon));
        assertEquals("", through(WEB, SERVICE, SERVER, egress(to(TO_DNS, "{port: 80}")), amazon));
    }

    @Test
    void podsThatNoEgressPolicySelectsAreNotConcerned() {
        assertEquals(List.of(), accesses(WEB));
        assertEquals(List.of(), accesses(WEB, policy("p", "podSelector: {}, policyTypes: [Ingress]")));
        assertEquals(
                List.of(), accesses(WEB, policy("p", "podSelector: {matchLabels: {app: db}}, policyTypes: [Egress]")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"dnsPolicy: Default", "dnsPolicy: None", "hostNetwork: true"})
    void podsThatDoNotAskTheClusterAreNotConcerned(String spec) {
        assertEquals(List.of(), accesses(deployment("web", "app: web", spec), DENY));
    }

    @Test
    void aWorkloadWithoutPodsIsNotConcerned() {
        assertEquals(List.of(), accesses(WEB.replace("spec: {template", "spec: {replicas: 0, template"), DENY));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 53, protocol: UDP}, {port: 53}             | UDP TCP",
                "{port: 53, protocol: UDP}                         | UDP",
                "{port: 53}                                        | TCP",
                "{protocol: UDP}, {port: 53}                       | UDP TCP",
                "{port: 50, endPort: 60, protocol: UDP}, {}        | UDP TCP",
                "{port: dns, protocol: UDP}, {port: dns-tcp}       | UDP TCP",
                "{port: dns, protocol: UDP}                        | UDP",
                "{port: 8053, protocol: UDP}, {port: 8053}         | UDP TCP",
                "{port: 80}, {port: 443}                           | ''",
                "''                                                | UDP TCP",
            })
    void portsThatAreAllowed(String ports, String through) {
        assertEquals(through, through(WEB, egress(to(TO_DNS, ports.replace("''", "")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                                                       | UDP TCP",
                "{namespaceSelector: {}}                                                                  | UDP TCP",
                "{podSelector: {}}                                                                        | ''",
                "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}           | UDP TCP",
                "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: other}}}                 | ''",
                "{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}                 | UDP TCP",
                "{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: coredns}}}                  | ''",
                "{namespaceSelector: {matchLabels: {name: kube-system}}}                                  | UDP TCP",
                "{ipBlock: {cidr: 0.0.0.0/0}}                                                             | UDP TCP",
                "{ipBlock: {cidr: 10.96.0.10/32}}                                                         | UDP TCP",
                "{ipBlock: {cidr: 203.0.113.0/24}}                                                        | ''",
                "{ipBlock: {cidr: 169.254.20.10/32}}                                                      | UDP TCP",
                "{ipBlock: {cidr: 169.254.169.253/32}}                                                    | UDP TCP",
                "{ipBlock: {cidr: 169.255.0.0/32}}                                                        | ''",
                "{ipBlock: {cidr: '0.0.0.0/0', except: [10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 100.64.0.0/10]}} | ''",
            })
    void peersThatAreAllowed(String peers, String through) {
        assertEquals(through, through(WEB, egress(to(peers.replace("''", ""), BOTH))));
    }

    @Test
    void aLinkLocalAddressOnOtherPortsIsNoDns() {
        assertEquals("", through(WEB, egress(to("{ipBlock: {cidr: 169.254.169.254/32}}", "{port: 80}"))));
        String metadata = "{ipBlock: {cidr: 169.254.169.254/32}}";
        assertEquals("UDP", through(WEB, egress(to(metadata, "{port: 53, protocol: UDP}"))));
    }

    @Test
    void openShiftsServersCountAsLongAsNothingIsKnown() {
        String openShift = "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}";
        assertEquals("UDP TCP", through(WEB, egress(to(openShift, "{port: 5353, protocol: UDP}, {port: 5353}"))));
        assertEquals("", through(WEB, egress(to(openShift, BOTH))));
    }

    @Test
    @DisplayName("A26 policies only add")
    void union() {
        assertEquals("UDP TCP", through(WEB, DENY, egress(to(TO_DNS, BOTH))));
        assertEquals(
                "UDP TCP",
                through(
                        WEB,
                        policy("udp", "policyTypes: [Egress], egress: [" + to(TO_DNS, "{protocol: UDP}") + "]"),
                        policy("tcp", "policyTypes: [Egress], egress: [" + to(TO_DNS, "{port: 53}") + "]")));
    }

    @Test
    void thePolicyWithTheFewestRulesAndTheWidestSelectorIsNamed() {
        String none = policy("z-none", "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress]");
        String one = policy("a-one", "podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 80}]}]");
        assertEquals("z-none", access(WEB, one, none).policy().name());
        assertEquals(
                "a-all",
                access(WEB, none, none.replace("z-none", "b-none"), DENY.replace("deny", "a-all"))
                        .policy()
                        .name());
        assertEquals(
                "z-all",
                access(WEB, none.replace("z-none", "a-none"), DENY.replace("deny", "z-all"))
                        .policy()
                        .name());
        assertEquals(
                "b-none",
                access(WEB, none, none.replace("z-none", "b-none")).policy().name());
    }

    @Test
    void podsOfOnePolicyAreOneFact() {
        String[] objects = {
            deployment("a", "app: a", ""),
            deployment("b", "app: b", ""),
            deployment("c", "app: c", ""),
            deployment("d", "app: d", ""),
            DENY
        };
        DnsAccess four = access(objects);
        assertEquals("Deployment shop/a, Deployment shop/b, Deployment shop/c and 1 more", four.clients());
        assertEquals(4, four.pods().size());
        assertEquals(3, four.evidence().size());
        objects[3] = policy("other", "podSelector: {matchLabels: {app: none}}");
        assertEquals(
                "Deployment shop/a, Deployment shop/b, Deployment shop/c",
                access(objects).clients());
    }

    @Test
    void thePortsAreThoseOfTheServersContainers() {
        String both = "{port: 5353, protocol: UDP}, {port: 5353}";
        assertEquals("UDP TCP", through(WEB, SERVICE, SERVER, egress(to(TO_DNS, both))));
        assertEquals("", through(WEB, SERVICE, SERVER, egress(to(TO_DNS, BOTH))));
        assertEquals(
                "UDP", through(WEB, SERVICE, SERVER, egress(to(TO_DNS, "{port: dns, protocol: UDP}, {port: dns}"))));
        assertEquals("UDP TCP", through(WEB, SERVICE, SERVER, egress(to("{ipBlock: {cidr: 10.96.0.0/12}}", BOTH))));
        DnsAccess access = access(WEB, SERVICE, SERVER, DENY);
        assertEquals(
                "Service kube-system/kube-dns (pods k8s-app=kube-dns, port 5353)",
                access.server().toString());
        assertEquals(2, access.evidence().size());
        assertEquals("the DNS Service", access.evidence().getLast().message().toString());
        assertEquals("spec.ports", access.evidence().getLast().place().path());
    }

    @Test
    void aDnsServiceOfOneProtocol() {
        String udp = SERVICE.replace("{name: dns-tcp, port: 53, targetPort: 5353}, ", "");
        String both = "{port: 5353, protocol: UDP}, {port: 5353}";
        assertEquals("UDP", through(WEB, udp, SERVER, egress(to(TO_DNS, both))));
        assertEquals(
                "UDP TCP", through(WEB, udp, SERVER, egress(to(TO_DNS, "{port: 5353, protocol: UDP}, {port: 53}"))));
    }

    @Test
    void aDnsServiceWhosePodsAreNotInTheInput() {
        String service = SERVICE.replace("5353", "53");
        assertEquals("UDP TCP", through(WEB, service, egress(to(TO_DNS, BOTH))));
        assertEquals("", through(WEB, service, egress(to(TO_DNS, "{port: 5353, protocol: UDP}, {port: 5353}"))));
    }

    @ParameterizedTest
    @CsvSource({
        "'name: kube-dns, namespace: kube-system',                             true",
        "'name: coredns, namespace: kube-system',                              true",
        "'name: dns-default, namespace: openshift-dns',                        true",
        "'name: kube-dns, namespace: shop',                                    false",
        "'name: dns, namespace: kube-system',                                  false",
        "'name: dns, namespace: infra, labels: {k8s-app: kube-dns}',           true",
    })
    void whatADnsServiceIs(String metadata, boolean dns) {
        String service = SERVICE.replace("name: kube-dns, namespace: kube-system", metadata);
        String server = access(WEB, service, DENY).server().toString();
        assertEquals(!dns, server.startsWith("the cluster's DNS, taken to be"), server);
    }

    @Test
    void aServiceThatDoesNotSelectOrListensElsewhereIsNoDnsService() {
        String external = SERVICE.replace("spec: {", "spec: {type: ExternalName, externalName: dns.example, ");
        assertTrue(access(WEB, external, DENY).server().toString().startsWith("the cluster's DNS, taken to be"));
        String elsewhere = SERVICE.replace("port: 53,", "port: 54,");
        assertTrue(access(WEB, elsewhere, DENY).server().toString().startsWith("the cluster's DNS, taken to be"));
    }

    private static final String NODE_LOCAL = Linked.daemonSet("kube-system", "node-local-dns", "hostNetwork: true");

    @Test
    @DisplayName("E70 with NodeLocal DNSCache, pods ask an address of their node")
    void nodeLocal() {
        assertEquals("", through(WEB, NODE_LOCAL, egress(to(TO_DNS, BOTH))));
        assertEquals(
                Certainty.LIKELY,
                access(WEB, NODE_LOCAL, egress(to(TO_DNS, BOTH))).certainty());
        assertEquals(Certainty.CERTAIN, access(WEB, NODE_LOCAL, DENY).certainty());
        assertEquals("UDP TCP", through(WEB, NODE_LOCAL, egress(to("{ipBlock: {cidr: 169.254.20.10/32}}", BOTH))));
        assertEquals(
                "UDP",
                through(
                        WEB,
                        NODE_LOCAL,
                        egress(to("{ipBlock: {cidr: 169.254.20.10/32}}", "{port: 53, protocol: UDP}"))));
        assertEquals("UDP TCP", through(WEB, NODE_LOCAL, egress("{ports: [" + BOTH + "]}")));
        String labelled = NODE_LOCAL
                .replace("labels: {name: node-local-dns}", "labels: {k8s-app: node-local-dns}")
                .replace("name: node-local-dns,", "name: cache,");
        assertEquals("", through(WEB, labelled, egress(to(TO_DNS, BOTH))));
    }

    private static String withNameservers(String... nameservers) {
        return deployment(
                "web",
                "app: web",
                "dnsPolicy: None, dnsConfig: {nameservers: [" + String.join(", ", nameservers) + "]}");
    }

    @Test
    void nameserversOfItsOwn() {
        String web = withNameservers("192.0.2.53");
        DnsAccess denied = access(web, DENY);
        assertTrue(denied.blocked());
        assertEquals("nameserver 192.0.2.53", denied.server().toString());
        assertTrue(access(web, egress(to(TO_DNS, BOTH))).blocked());
        assertEquals("UDP TCP", through(web, egress(to("{ipBlock: {cidr: 192.0.2.0/24}}", BOTH))));
        assertEquals("UDP", through(web, egress(to("{ipBlock: {cidr: 192.0.2.0/24}}", "{port: 53, protocol: UDP}"))));
        assertTrue(access(web, egress(to("{ipBlock: {cidr: 169.254.20.10/32}}", BOTH)))
                .blocked());
        assertTrue(access(web, NODE_LOCAL, egress(to("{ipBlock: {cidr: 169.254.20.10/32}}", BOTH)))
                .blocked());
        String two = withNameservers("192.0.2.53", "198.51.100.53");
        assertEquals(
                "nameserver 192.0.2.53, 198.51.100.53",
                access(two, DENY).server().toString());
        assertEquals("UDP TCP", through(two, egress(to("{ipBlock: {cidr: 198.51.100.53/32}}", BOTH))));
    }

    @Test
    void nameserversThatMayBeInsideTheClusterAreNotJudged() {
        assertEquals(List.of(), accesses(withNameservers("10.96.0.10"), DENY));
        assertEquals(List.of(), accesses(withNameservers("not-an-address"), DENY));
    }

    @Test
    void podsWithOtherNameserversAreAFactOfTheirOwn() {
        assertEquals(
                2,
                accesses(withNameservers("192.0.2.53"), deployment("api", "app: api", ""), DENY)
                        .size());
    }

    @Test
    void podsThatTheInputDoesNotHave() {
        String tier = policy("deny", "podSelector: {matchLabels: {tier: front}}, policyTypes: [Egress]");
        DnsAccess access = access(tier);
        assertTrue(access.blocked());
        assertEquals(Certainty.LIKELY, access.certainty());
        assertEquals("every pod of namespace shop that tier=front selects", access.clients());
        assertEquals(List.of(), access.pods());
        assertEquals(List.of(), accesses(tier, egress(to(TO_DNS, BOTH))));
        assertEquals(List.of(), accesses(tier, egress(to(TO_DNS, "{protocol: UDP}"))));
        assertEquals(List.of(), accesses(tier, WEB));
        assertEquals(List.of(), accesses(policy("p", "podSelector: {}, policyTypes: [Ingress]")));
        assertEquals(
                2,
                accesses(tier, tier.replace("namespace: shop", "namespace: test"))
                        .size());
    }

    private static List<DnsServerAccess> servers(String ingress, String... more) {
        String policy = policy("guard", ingress).replace("namespace: shop", "namespace: kube-system");
        List<String> objects = new ArrayList<>(List.of(policy, SERVICE, SERVER, WEB));
        objects.addAll(Arrays.asList(more));
        return Linked.manifests(objects.toArray(String[]::new)).all(DnsServerAccess.class);
    }

    @Test
    void serversThatKeepPodsOut() {
        List<DnsServerAccess> facts = servers("podSelector: {matchLabels: {k8s-app: kube-dns}}");
        assertEquals(1, facts.size());
        assertEquals(
                "NetworkPolicy kube-system/guard", facts.getFirst().policy().toString());
        assertEquals("Deployment shop/web", facts.getFirst().clients());
        assertEquals("UDP 5353 and TCP 5353", facts.getFirst().ports());
        assertEquals(
                "Deployment kube-system/coredns, a DNS server",
                facts.getFirst().evidence().getFirst().message().toString());
    }

    @Test
    void serversThatLetPodsIn() {
        String all = "{from: [{namespaceSelector: {}}], ports: [{port: 5353, protocol: UDP}, {port: 5353}]}";
        assertEquals(List.of(), servers("ingress: [" + all + "]"));
        assertEquals(List.of(), servers("podSelector: {matchLabels: {k8s-app: other}}"));
        assertEquals(List.of(), servers("policyTypes: [Egress]"));
        List<DnsServerAccess> udp = servers("ingress: [" + all.replace(", {port: 5353}", "") + "]");
        assertEquals("TCP 5353", udp.getFirst().ports());
        assertEquals(List.of(), servers("ingress: [{from: [{namespaceSelector: {matchLabels: {team: a}}}]}]"));
    }

    @Test
    void clientsAreGroupedByWhatIsClosed() {
        String own = "ingress: [{from: [{podSelector: {}}]}, {from: [{namespaceSelector: {matchLabels: "
                + "{kubernetes.io/metadata.name: shop}}}], ports: [{port: 5353}]}]";
        String inside = deployment("inside", "app: x", "").replace("namespace: shop", "namespace: kube-system");
        String test = deployment("outside", "app: x", "").replace("namespace: shop", "namespace: test");
        String zero = deployment("zero", "app: x", "").replace("spec: {template", "spec: {replicas: 0, template");
        List<DnsServerAccess> facts =
                servers(own, inside, test, zero, deployment("host", "app: h", "hostNetwork: true"));
        assertEquals(
                List.of("UDP 5353: Deployment shop/web", "UDP 5353 and TCP 5353: Deployment test/outside"),
                facts.stream().map(fact -> fact.ports() + ": " + fact.clients()).toList());
    }

    @Test
    void serversThatAreNotInTheInputAreNotJudged() {
        String policy = policy("guard", "podSelector: {}").replace("namespace: shop", "namespace: kube-system");
        assertEquals(List.of(), Linked.manifests(policy, SERVICE, WEB).all(DnsServerAccess.class));
        assertFalse(servers("podSelector: {}").isEmpty());
    }
}
