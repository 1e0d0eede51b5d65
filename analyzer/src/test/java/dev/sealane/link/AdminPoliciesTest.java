package dev.sealane.link;

import static dev.sealane.link.Linked.daemonSet;
import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.policy;
import static dev.sealane.policy.Verdict.ALLOWED;
import static dev.sealane.policy.Verdict.DENIED;
import static dev.sealane.policy.Verdict.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Protocol;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** AdminNetworkPolicy, BaselineAdminNetworkPolicy and ClusterNetworkPolicy. */
class AdminPoliciesTest {
    private static final String SHOP = "namespaces: {matchLabels: {env: prod}}";
    private static final String EVERY_POD = "namespaces: {}";

    private static String admin(String name, int priority, String subject, String rules) {
        return "apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: " + name
                + "}, spec: {priority: " + priority + ", subject: {" + subject + "}, " + rules + "}";
    }

    private static String baseline(String rules) {
        return "apiVersion: policy.networking.k8s.io/v1alpha1, kind: BaselineAdminNetworkPolicy, "
                + "metadata: {name: default}, spec: {subject: {namespaces: {}}, " + rules + "}";
    }

    private static String cluster(String tier, int priority, String rules) {
        return "apiVersion: policy.networking.k8s.io/v1alpha2, kind: ClusterNetworkPolicy, metadata: {name: c"
                + priority + "}, spec: {tier: " + tier + ", priority: " + priority + ", subject: {namespaces: {}}, "
                + rules + "}";
    }

    /** An ingress rule of an AdminNetworkPolicy on everything. */
    private static Reach ingress(String rule) {
        return Reach.with(admin("p", 10, EVERY_POD, "ingress: [{" + rule + "}]"));
    }

    private static Reach egress(String rule) {
        return Reach.with(cluster("Admin", 10, "egress: [{" + rule + "}]"));
    }

    @Test
    void selectingIsNoIsolating() {
        Reach reach = Reach.with(admin("p", 10, SHOP, "ingress: [{action: Allow, from: [{" + SHOP + "}]}]"));
        assertEquals(ALLOWED, reach.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void aSubjectIsNamespacesOrPods() {
        String deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        Reach namespaces = Reach.with(admin("p", 10, SHOP, deny));
        assertEquals(DENIED, namespaces.tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, namespaces.tcp("shop/db", "ops/tool", 80));
        Reach pods = Reach.with(admin(
                "p",
                10,
                "pods: {namespaceSelector: {matchLabels: {env: prod}}, podSelector: {matchLabels: {app: db}}}",
                deny));
        assertEquals(DENIED, pods.tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, pods.tcp("ops/tool", "shop/web", 80));
    }

    @Test
    void theFirstRuleThatMatchesDecides() {
        Reach reach = Reach.with(admin(
                "p",
                10,
                EVERY_POD,
                "ingress: [{action: Allow, from: [{" + SHOP + "}]}, {action: Deny, from: [{namespaces: {}}]}]"));
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void theLowerPriorityNumberDecides() {
        String deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        String allow = "ingress: [{action: Allow, from: [{namespaces: {}}]}]";
        assertEquals(
                ALLOWED,
                Reach.with(admin("z", 9, EVERY_POD, allow), admin("a", 10, EVERY_POD, deny))
                        .tcp("ops/tool", "shop/db", 80));
        assertEquals(
                DENIED,
                Reach.with(admin("z", 9, EVERY_POD, deny), admin("a", 10, EVERY_POD, allow))
                        .tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void adminGoesBeforeNetworkPolicyAndThatBeforeBaseline() {
        String closed = policy("closed", "podSelector: {}, policyTypes: [Ingress]");
        String open = policy("open", "podSelector: {}, ingress: [{}]");
        String allow = "ingress: [{action: Allow, from: [{namespaces: {}}]}]";
        String deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        assertEquals(
                ALLOWED, Reach.with(admin("p", 10, EVERY_POD, allow), closed).tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, Reach.with(admin("p", 10, EVERY_POD, deny), open).tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(baseline(deny), open).tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, Reach.with(baseline(allow), closed).tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, Reach.with(baseline(deny)).tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void passSkipsTheRestOfTheTier() {
        String pass = admin("p", 1, EVERY_POD, "ingress: [{action: Pass, from: [{" + SHOP + "}]}]");
        String deny = admin("q", 2, EVERY_POD, "ingress: [{action: Deny, from: [{namespaces: {}}]}]");
        Reach reach = Reach.with(
                pass,
                deny,
                baseline("ingress: [{action: Deny, from: [{" + SHOP
                        + "}], ports: [{portNumber: {protocol: TCP, port: 22}}]}]"));
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 22));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void portsAreNumbersRangesAndNames() {
        Reach reach =
                ingress("action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {protocol: UDP, port: 53}}, "
                        + "{portRange: {protocol: TCP, start: 8000, end: 8010}}, {namedPort: http}]");
        assertEquals(DENIED, reach.udp("ops/tool", "shop/db", 53));
        assertEquals(ALLOWED, reach.tcp("ops/tool", "shop/db", 53));
        assertEquals(ALLOWED, reach.tcp("ops/tool", "shop/db", 7999));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 8000));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 8010));
        assertEquals(ALLOWED, reach.tcp("ops/tool", "shop/db", 8011));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 8080));
        assertEquals(ALLOWED, reach.icmp("ops/tool", "shop/db"));
    }

    @Test
    void withoutPortsARuleIsAboutEveryProtocol() {
        assertEquals(DENIED, ingress("action: Deny, from: [{namespaces: {}}]").icmp("ops/tool", "shop/db"));
    }

    @Test
    void podsOnTheHostNetworkAreTheirNode() {
        String deny = cluster("Admin", 10, "egress: [{action: Deny, to: [{nodes: {matchLabels: {disk: ssd}}}]}]");
        String agent = pod("agent", "app: agent", "hostNetwork: true, nodeName: one", "phase: Running");
        assertEquals(DENIED, Reach.with(deny, agent, node("one", "disk: ssd")).tcp("shop/web", "shop/agent", 80));
        assertEquals(ALLOWED, Reach.with(deny, agent, node("one", "disk: hdd")).tcp("shop/web", "shop/agent", 80));
        assertEquals(UNKNOWN, Reach.with(deny, agent, node("two", "disk: ssd")).tcp("shop/web", "shop/agent", 80));
        String first = hostPod("first", "one");
        String second = hostPod("second", "two");
        String set = daemonSet("shop", "cache", "hostNetwork: true");
        Reach both = Reach.with(deny, set, first, second, node("one", "disk: ssd"), node("two", "disk: hdd"));
        assertEquals(UNKNOWN, both.tcp("shop/web", "shop/cache", 80));
        Reach alike = Reach.with(deny, set, first, second, node("one", "disk: ssd"), node("two", "disk: ssd"));
        assertEquals(DENIED, alike.tcp("shop/web", "shop/cache", 80));
    }

    private static String node(String name, String labels) {
        return "apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {" + labels + "}}";
    }

    /** Of the DaemonSet cache. */
    private static String hostPod(String name, String node) {
        return pod(name, "name: cache", "DaemonSet", "cache", "phase: Running")
                .replace("spec: {}", "spec: {hostNetwork: true, nodeName: " + node + "}");
    }

    @Test
    void protocolsOfClusterNetworkPolicy() {
        Reach reach = Reach.with(cluster(
                "Admin",
                10,
                "ingress: [{action: Deny, from: [{namespaces: {}}], protocols: [{tcp: {destinationPort: {number: 80}}}, "
                        + "{udp: {destinationPort: {range: {start: 10, end: 20}}}}, {destinationNamedPort: http}]}]"));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, reach.udp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, reach.udp("ops/tool", "shop/db", 20));
        assertEquals(ALLOWED, reach.udp("ops/tool", "shop/db", 21));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 8080));
    }

    @Test
    void tiersOfClusterNetworkPolicy() {
        String open = policy("open", "podSelector: {}, ingress: [{}]");
        String deny = "ingress: [{action: Deny, from: [{namespaces: {}}]}]";
        assertEquals(DENIED, Reach.with(cluster("Admin", 1, deny), open).tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(cluster("Baseline", 1, deny), open).tcp("ops/tool", "shop/db", 80));
        String accept = "ingress: [{action: Accept, from: [{namespaces: {}}]}]";
        assertEquals(
                ALLOWED,
                Reach.with(cluster("Baseline", 1, accept), cluster("Baseline", 2, deny))
                        .tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void networksMeanPodsToo() {
        Reach reach = egress("action: Deny, to: [{networks: [0.0.0.0/0]}]");
        assertEquals(DENIED, reach.tcp("shop/web", "203.0.113.9", 443));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 443));
        assertEquals(ALLOWED, reach.tcp("shop/web", "2001:db8::1", 443));
        assertEquals(
                DENIED, egress("action: Deny, to: [{networks: [192.0.2.0/24]}]").tcp("shop/web", "node n1", 443));
    }

    @Test
    void nodesAreMeantByTheirLabels() {
        Reach reach = egress("action: Deny, to: [{nodes: {matchLabels: {kubernetes.io/hostname: n1}}}]");
        assertEquals(DENIED, reach.tcp("shop/web", "node n1", 443));
        assertEquals(ALLOWED, reach.tcp("shop/web", "node n2", 443));
        assertEquals(ALLOWED, reach.tcp("shop/web", "192.0.2.7", 443));
    }

    @ParameterizedTest
    @CsvSource({
        "www.example.com=203.0.113.9, ALLOWED",
        "a.b.example.com=203.0.113.9, ALLOWED",
        "example.com=203.0.113.9, DENIED",
        "other.org=203.0.113.9, DENIED",
        "203.0.113.9, UNKNOWN",
        "shop/db, DENIED"
    })
    void domainNames(String to, Verdict verdict) {
        Reach reach = Reach.with(cluster(
                "Admin",
                10,
                "egress: [{action: Accept, to: [{domainNames: ['*.example.com']}]}, "
                        + "{action: Deny, to: [{networks: [0.0.0.0/0]}]}]"));
        assertEquals(verdict, reach.tcp("shop/web", to, 443));
    }

    @Test
    void aPeerThatIsNotKnownIsNobodyToAllowAndEverybodyToDeny() {
        String closed = policy("closed", "podSelector: {}, policyTypes: [Ingress]");
        String from = "from: [{serviceAccounts: {}}]";
        assertEquals(
                DENIED,
                Reach.with(admin("p", 1, EVERY_POD, "ingress: [{action: Allow, " + from + "}]"), closed)
                        .tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, ingress("action: Deny, " + from).tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, ingress("action: Pass, " + from).tcp("shop/web", "shop/db", 80));
        assertEquals(
                DENIED,
                Reach.with(
                                admin("p", 1, EVERY_POD, "ingress: [{action: Allow, from: [{networks: [0.0.0.0/0]}]}]"),
                                closed)
                        .tcp("203.0.113.9", "shop/db", 80),
                "the API has no networks in from");
        assertEquals(
                DENIED,
                Reach.with(
                                admin(
                                        "p",
                                        1,
                                        EVERY_POD,
                                        "ingress: [{action: Allow, from: [{namespaces: {}, nodes: {}}]}]"),
                                closed)
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void aPortThatIsNotKnownIsNoneToAllowAndAllToDeny() {
        String closed = policy("closed", "podSelector: {}, policyTypes: [Ingress]");
        String rule = "from: [{namespaces: {}}], ports: [{portSet: web}, {portNumber: {protocol: TCP, port: 80}}]";
        Reach allowing = Reach.with(admin("p", 1, EVERY_POD, "ingress: [{action: Allow, " + rule + "}]"), closed);
        assertEquals(ALLOWED, allowing.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, allowing.tcp("shop/web", "shop/db", 81));
        assertEquals(DENIED, ingress("action: Deny, " + rule).tcp("shop/web", "shop/db", 81));
        String only = "from: [{namespaces: {}}], ports: [{portSet: web}]";
        assertEquals(
                DENIED,
                Reach.with(admin("p", 1, EVERY_POD, "ingress: [{action: Allow, " + only + "}]"), closed)
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void aFieldThatIsNotKnownMakesTheRuleAllowNothing() {
        String closed = policy("closed", "podSelector: {}, policyTypes: [Ingress]");
        String rule = "from: [{namespaces: {}}], schedule: nights";
        assertEquals(
                DENIED,
                Reach.with(admin("p", 1, EVERY_POD, "ingress: [{action: Allow, " + rule + "}]"), closed)
                        .tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, ingress("action: Deny, " + rule).tcp("203.0.113.9", "shop/db", 80));
    }

    @Test
    void aSubjectThatIsNotKnownMayBeAnybody() {
        Reach reach = Reach.with(admin("p", 1, "machines: {}", "ingress: [{action: Deny, from: [{namespaces: {}}]}]"));
        assertEquals(UNKNOWN, reach.tcp("shop/web", "shop/db", 80));
    }

    @Test
    void theCauseIsTheRule() {
        Decision decision = Reach.with(admin(
                        "p",
                        1,
                        EVERY_POD,
                        "ingress: [{action: Allow, from: [{namespaces: {matchLabels: {env: test}}}]}, "
                                + "{action: Deny, from: [{namespaces: {}}]}]"))
                .at("shop/web", "shop/db", Protocol.TCP, 80);
        assertEquals(
                "AdminNetworkPolicy p", decision.causes().getFirst().policy().toString());
        assertEquals("spec.ingress[1]", decision.causes().getFirst().place().path());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "priority: 1001 | spec.priority must be 0 to 1000, is 1001",
                "priority: -1 | spec.priority must be 0 to 1000, is -1",
                "x: 1 | spec.priority is missing",
                "priority: 1, ingress: [{action: Reject, from: [{namespaces: {}}]}] "
                        + "| spec.ingress[0].action must be Allow, Deny or Pass",
            })
    void theApiServerRejects(String spec, String message) {
        String object = "apiVersion: policy.networking.k8s.io/v1alpha1, kind: AdminNetworkPolicy, metadata: {name: p}, "
                + "spec: {subject: {namespaces: {}}, " + spec + "}";
        assertEquals(
                message,
                Linked.brokenInput(Linked.manifestsText(object))
                        .findings()
                        .getFirst()
                        .message()
                        .toString());
    }

    @Test
    void theApiServerTakesSoManyRules() {
        String rule = "{action: Deny, from: [{namespaces: {}}]}";
        String rules =
                "egress: [" + "%s, ".formatted(rule.replace("from", "to")).repeat(25);
        String message = "spec.egress must have at most 25 rules, has 26";
        Reach.with(cluster("Admin", 1, rules + "]"));
        String tooMany = Linked.manifestsText(cluster("Admin", 1, rules + rule.replace("from", "to") + "]"));
        assertEquals(
                message,
                Linked.brokenInput(tooMany).findings().getFirst().message().toString());
    }

    @Test
    void anUnknownFieldNeverWidensANetworkPolicy() {
        assertEquals(DENIED, networkPolicy("ingress: [{from: [{podSelector: {}, fqdn: x}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{from: [{podSelector: {}}], http: {}}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{ports: [{protocol: TCP, icmpType: 8}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{sources: [{podSelector: {}}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{from: [{podSelector: {matchCells: {}}}]}]"));
        assertEquals(ALLOWED, networkPolicy("ingress: [{from: [{podSelector: {}}]}]"));
    }

    @Test
    void aValueOfTheWrongTypeNeverWidensANetworkPolicy() {
        assertEquals(DENIED, networkPolicy("ingress: [{from: everybody}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{ports: [http]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{ports: [{port: [80]}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{ports: [{protocol: ICMP}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{ports: {port: 80}}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{from: [{podSelector: all}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [{from: [{podSelector: {matchExpressions: all}}]}]"));
        assertEquals(DENIED, networkPolicy("ingress: [everybody]"));
    }

    private static Verdict networkPolicy(String spec) {
        return Reach.withBroken(policy("p", "podSelector: {}, " + spec)).tcp("shop/web", "shop/db", 80);
    }
}
