package dev.sealane.link;

import static dev.sealane.link.Linked.policy;
import static dev.sealane.policy.Verdict.ALLOWED;
import static dev.sealane.policy.Verdict.DENIED;
import static dev.sealane.policy.Verdict.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Protocol;
import dev.sealane.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calico's NetworkPolicy and GlobalNetworkPolicy. */
class CalicoPoliciesTest {
    private static final String OPEN = policy("open", "podSelector: {}, ingress: [{}]");

    private static String calico(String name, String spec) {
        return "apiVersion: projectcalico.org/v3, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}";
    }

    private static String global(String name, String spec) {
        return "apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkPolicy, metadata: {name: " + name
                + "}, spec: {" + spec + "}";
    }

    private static String tier(String name, String spec) {
        return "apiVersion: crd.projectcalico.org/v1, kind: Tier, metadata: {name: " + name + "}, spec: {" + spec + "}";
    }

    /** A policy that allows to every pod of shop by one rule. */
    private static Reach allowing(String rule) {
        return Reach.with(calico("p", "selector: all(), ingress: [{action: Allow, " + rule + "}]"));
    }

    /** A policy of every pod of shop with one egress rule that denies, and one that allows the rest. */
    private static Reach denyingEgress(String rule) {
        return Reach.with(calico("p", "selector: all(), egress: [{action: Deny, " + rule + "}, {action: Allow}]"));
    }

    @Test
    void aPolicyIsolatesWhatItSelectsInItsNamespace() {
        Reach reach = Reach.with(calico("p", "selector: app == 'db', types: [Ingress]"));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, reach.tcp("shop/db", "shop/web", 80));
        assertEquals(DENIED, reach.icmp("shop/web", "shop/db"));
        assertEquals(ALLOWED, Reach.with(calico("p", "types: [Ingress]")).tcp("shop/db", "ops/tool", 80));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                           | DENIED  | ALLOWED",
                "'ingress: [{action: Allow}]'                                 | ALLOWED | ALLOWED",
                "'egress: [{action: Deny}]'                                   | ALLOWED | DENIED",
                "'ingress: [{action: Deny}], egress: [{action: Deny}]'        | DENIED  | DENIED",
                "'types: [Egress], ingress: [{action: Allow}]'                | ALLOWED | DENIED",
                "'types: [Ingress], egress: [{action: Deny}]'                 | DENIED  | ALLOWED"
            })
    void typesFollowFromTheRules(String rules, Verdict in, Verdict out) {
        Reach reach = Reach.with(calico("p", "selector: app == 'db'" + (rules.isEmpty() ? "" : ", " + rules)));
        assertEquals(in, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(out, reach.tcp("shop/db", "shop/web", 80));
    }

    @Test
    void aGlobalPolicyAppliesInAllNamespacesOrInSome() {
        assertEquals(DENIED, Reach.with(global("p", "types: [Ingress]")).tcp("shop/db", "ops/tool", 80));
        Reach test = Reach.with(global("p", "namespaceSelector: env == 'test', types: [Ingress]"));
        assertEquals(DENIED, test.tcp("shop/db", "ops/tool", 80));
        assertEquals(ALLOWED, test.tcp("ops/tool", "shop/db", 80));
        Reach named = Reach.with(global("p", "namespaceSelector: projectcalico.org/name == 'shop', types: [Ingress]"));
        assertEquals(DENIED, named.tcp("ops/tool", "shop/db", 80));
        Reach label = Reach.with(global("p", "selector: projectcalico.org/namespace == 'ops', types: [Ingress]"));
        assertEquals(DENIED, label.tcp("shop/db", "ops/tool", 80));
        assertEquals(ALLOWED, label.tcp("ops/tool", "shop/db", 80));
        Reach inherited = Reach.with(global("p", "selector: pcns.env == 'test', types: [Ingress]"));
        assertEquals(DENIED, inherited.tcp("shop/db", "ops/tool", 80));
        assertEquals(ALLOWED, inherited.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void theFirstRuleThatMatchesDecidesAndLogGoesOn() {
        Reach reach = Reach.with(calico(
                "p", "ingress: [{action: Log}, {action: Deny, source: {selector: app == 'web'}}, {action: Allow}]"));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, reach.tcp("shop/api", "shop/db", 80));
    }

    @Test
    void orderIsAmongNetworkPoliciesToo() {
        String deny = "ingress: [{action: Deny}]";
        assertEquals(
                DENIED, Reach.with(OPEN, calico("p", "order: 999.5, " + deny)).tcp("shop/web", "shop/db", 80));
        assertEquals(
                ALLOWED, Reach.with(OPEN, calico("p", "order: 1001, " + deny)).tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(OPEN, calico("p", deny)).tcp("shop/web", "shop/db", 80), "none is the last");
        assertEquals(
                ALLOWED,
                Reach.with(calico("z", "order: 1, ingress: [{action: Allow}]"), calico("a", "order: 2, " + deny))
                        .tcp("shop/web", "shop/db", 80));
        assertEquals(
                DENIED,
                Reach.with(calico("z", "ingress: [{action: Allow}]"), calico("a", deny))
                        .tcp("shop/web", "shop/db", 80),
                "the name decides between those of the same order");
    }

    @Test
    void tiersGoByTheirOrderAndDenyAtTheirEnd() {
        String first = tier("security", "order: 100");
        String inFirst =
                global("security.p", "tier: security, ingress: [{action: Allow, source: {selector: app == 'web'}}]");
        Reach reach = Reach.with(OPEN, first, inFirst);
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/api", "shop/db", 80), "the end of a tier denies");
        Reach passing = Reach.with(OPEN, tier("security", "order: 100, defaultAction: Pass"), inFirst);
        assertEquals(ALLOWED, passing.tcp("shop/api", "shop/db", 80));
        Reach last = Reach.with(OPEN, tier("security", "order: 2000000"), inFirst);
        assertEquals(ALLOWED, last.tcp("shop/api", "shop/db", 80), "NetworkPolicies decided before");
        Reach elsewhere = Reach.with(
                first, global("security.p", "tier: security, selector: app == 'api', ingress: [{action: Deny}]"));
        assertEquals(ALLOWED, elsewhere.tcp("shop/web", "shop/db", 80), "no policy of the tier applies");
    }

    @Test
    void passGoesOnToTheNextTier() {
        String pass = global("security.p", "tier: security, ingress: [{action: Pass}, {action: Deny}]");
        Reach reach = Reach.with(tier("security", "order: 100"), pass, policy("closed", "podSelector: {}"));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(tier("security", "order: 100"), pass).tcp("ops/tool", "shop/db", 80));
        assertEquals(
                ALLOWED,
                Reach.with(
                                global("p", "tier: kube-admin, ingress: [{action: Allow}]"),
                                policy("closed", "podSelector: {}"))
                        .tcp("ops/tool", "shop/db", 80),
                "kube-admin is before NetworkPolicies");
    }

    @Test
    void selectorsOfANamespacedPolicyMeanItsNamespace() {
        Reach reach = allowing("source: {selector: has(app)}");
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("203.0.113.9", "shop/db", 80));
        Reach everywhere = allowing("source: {selector: has(app), namespaceSelector: all()}");
        assertEquals(ALLOWED, everywhere.tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, everywhere.tcp("203.0.113.9", "shop/db", 80));
        Reach test = allowing("source: {namespaceSelector: env == 'test'}");
        assertEquals(ALLOWED, test.tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, test.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, allowing("source: {namespaceSelector: global()}").tcp("shop/web", "shop/db", 80));
        assertEquals(
                ALLOWED,
                Reach.with(global("p", "ingress: [{action: Allow, source: {selector: app == 'tool'}}]"))
                        .tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void notSelectorMeansWhatIsNoPodToo() {
        Reach global = Reach.with(global("p", "ingress: [{action: Allow, source: {notSelector: app == 'web'}}]"));
        assertEquals(DENIED, global.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, global.tcp("shop/api", "shop/db", 80));
        assertEquals(ALLOWED, global.tcp("203.0.113.9", "shop/db", 80));
        Reach namespaced = allowing("source: {notSelector: app == 'web'}");
        assertEquals(DENIED, namespaced.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, namespaced.tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, namespaced.tcp("ops/tool", "shop/db", 80), "limited to its namespace by any selector");
        assertEquals(DENIED, namespaced.tcp("203.0.113.9", "shop/db", 80));
    }

    @Test
    void netsAndNotNetsAreBothAsked() {
        Reach reach = denyingEgress("destination: {nets: [203.0.113.0/24], notNets: [203.0.113.8/29]}");
        assertEquals(DENIED, reach.tcp("shop/web", "203.0.113.7", 80));
        assertEquals(ALLOWED, reach.tcp("shop/web", "203.0.113.9", 80));
        assertEquals(ALLOWED, reach.tcp("shop/web", "198.51.100.1", 80));
        assertEquals(
                DENIED, denyingEgress("destination: {nets: [192.0.2.0/24]}").tcp("shop/web", "node n1", 80));
        assertEquals(ALLOWED, denyingEgress("ipVersion: 6").tcp("shop/web", "203.0.113.7", 80));
        assertEquals(DENIED, denyingEgress("ipVersion: 6").tcp("shop/web", "2001:db8::1", 80));
    }

    @Test
    void protocolsAreNumbersAndNames() {
        assertEquals(DENIED, denyingEgress("protocol: UDP").udp("shop/web", "shop/db", 53));
        assertEquals(ALLOWED, denyingEgress("protocol: UDP").tcp("shop/web", "shop/db", 53));
        assertEquals(DENIED, denyingEgress("protocol: 17").udp("shop/web", "shop/db", 53));
        assertEquals(ALLOWED, denyingEgress("notProtocol: UDP").udp("shop/web", "shop/db", 53));
        assertEquals(DENIED, denyingEgress("notProtocol: UDP").tcp("shop/web", "shop/db", 53));
        assertEquals(UNKNOWN, denyingEgress("protocol: ICMP, icmp: {type: 8}").icmp("shop/web", "shop/db"));
        assertEquals(ALLOWED, denyingEgress("protocol: ICMP").tcp("shop/web", "shop/db", 53));
        assertEquals(DENIED, denyingEgress("metadata: {annotations: {a: b}}").icmp("shop/web", "shop/db"));
    }

    @ParameterizedTest
    @CsvSource({
        "79, ALLOWED",
        "80, DENIED",
        "89, ALLOWED",
        "90, DENIED",
        "95, ALLOWED",
        "100, DENIED",
        "101, ALLOWED",
        "8080, DENIED"
    })
    void ports(int port, Verdict verdict) {
        Reach reach = denyingEgress("protocol: TCP, destination: {ports: [80, '90:94', '96:100', http]}");
        assertEquals(verdict, reach.tcp("shop/web", "shop/db", port));
        assertEquals(ALLOWED, reach.udp("shop/web", "shop/db", port));
    }

    @ParameterizedTest
    @CsvSource({
        "1, DENIED",
        "79, DENIED",
        "80, ALLOWED",
        "81, DENIED",
        "90, ALLOWED",
        "100, ALLOWED",
        "101, DENIED",
        "65535, DENIED"
    })
    void notPorts(int port, Verdict verdict) {
        Reach reach = denyingEgress("protocol: TCP, destination: {notPorts: [80, '90:100']}");
        assertEquals(verdict, reach.tcp("shop/web", "shop/db", port));
    }

    @Test
    void whatIsNotLookedAtNarrows() {
        assertEquals(
                UNKNOWN,
                allowing("source: {serviceAccounts: {selector: role == 'web'}}").tcp("shop/web", "shop/db", 80));
        assertEquals(
                DENIED,
                allowing("source: {serviceAccounts: {selector: role == 'web'}}").tcp("ops/tool", "shop/db", 80));
        assertEquals(UNKNOWN, allowing("protocol: TCP, source: {ports: [1024]}").tcp("shop/web", "shop/db", 80));
        assertEquals(UNKNOWN, allowing("destination: {selector: app == 'db'}").tcp("shop/web", "shop/db", 80));
        assertEquals(
                UNKNOWN,
                Reach.with(calico("p", "serviceAccountSelector: role == 'db', types: [Ingress]"))
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void serviceAccountsAreMeantByTheirNames() {
        Reach reach = allowing("source: {serviceAccounts: {names: [default, other]}}");
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80), "of its own namespace");
        assertEquals(
                DENIED, allowing("source: {serviceAccounts: {names: [web]}}").tcp("shop/web", "shop/db", 80));
        assertEquals(
                DENIED,
                allowing("source: {selector: projectcalico.org/serviceaccount == 'web'}")
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void httpIsAFilterBehind() {
        Reach reach = allowing("http: {methods: [GET]}");
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertTrue(reach.at("shop/web", "shop/db", Protocol.TCP, 80).filtered());
        assertEquals(DENIED, reach.udp("shop/web", "shop/db", 80));
    }

    @Test
    void servicesAreTheirPodsAndPorts() {
        String service = Linked.service("db", "app: db").replace("port: 80", "port: 80, targetPort: http");
        String rule = "egress: [{action: Allow, destination: {services: {name: db, namespace: shop}}}]";
        Reach reach = Reach.with(service, calico("p", "selector: app == 'web', " + rule));
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 8080));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/api", 8080));
        assertEquals(
                UNKNOWN,
                Reach.with(calico("p", "selector: app == 'web', " + rule)).tcp("shop/web", "shop/db", 8080));
    }

    @Test
    void networkSetsAreFoundByTheirLabels() {
        String set = "apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkSet, metadata: {name: s, labels: "
                + "{role: partner}}, spec: {nets: [203.0.113.0/24]}";
        String rule = "ingress: [{action: Allow, source: {selector: role == 'partner'}}]";
        assertEquals(ALLOWED, Reach.with(set, global("p", rule)).tcp("203.0.113.9", "shop/db", 80));
        assertEquals(DENIED, Reach.with(set, global("p", rule)).tcp("198.51.100.1", "shop/db", 80));
        assertEquals(DENIED, Reach.with(set, calico("p", rule)).tcp("203.0.113.9", "shop/db", 80));
        String inGlobal =
                "ingress: [{action: Allow, source: {selector: role == 'partner', namespaceSelector: global()}}]";
        assertEquals(ALLOWED, Reach.with(set, calico("p", inGlobal)).tcp("203.0.113.9", "shop/db", 80));
        String own = "apiVersion: projectcalico.org/v3, kind: NetworkSet, metadata: {name: s, namespace: shop, labels: "
                + "{role: partner}}, spec: {nets: [203.0.113.0/24]}";
        assertEquals(ALLOWED, Reach.with(own, calico("p", rule)).tcp("203.0.113.9", "shop/db", 80));
        assertEquals(DENIED, Reach.with(own, calico("p", inGlobal)).tcp("203.0.113.9", "shop/db", 80));
        String not = "egress: [{action: Allow, destination: {notSelector: role == 'partner'}}]";
        assertEquals(DENIED, Reach.with(set, global("p", not)).tcp("shop/web", "203.0.113.9", 80));
        assertEquals(ALLOWED, Reach.with(set, global("p", not)).tcp("shop/web", "198.51.100.1", 80));
    }

    @Test
    void storedNetworkSetsHaveTheirLabelsInAnAnnotation() {
        String set = "apiVersion: crd.projectcalico.org/v1, kind: GlobalNetworkSet, metadata: {name: s, annotations: "
                + "{projectcalico.org/metadata: '{\"labels\":{\"role\":\"partner\"}}'}}, spec: {nets: [203.0.113.9]}";
        String rule = "ingress: [{action: Allow, source: {selector: role == 'partner'}}]";
        assertEquals(ALLOWED, Reach.with(set, global("p", rule)).tcp("203.0.113.9", "shop/db", 80));
    }

    @Test
    void stagedPoliciesAndThoseOfHostsDoNothing() {
        String staged = calico("p", "types: [Ingress]").replace("kind: ", "kind: Staged");
        assertEquals(ALLOWED, Reach.with(staged).tcp("shop/web", "shop/db", 80));
        for (String field : new String[] {"doNotTrack", "preDNAT"}) {
            Reach reach = Reach.with(global("p", field + ": true, applyOnForward: true, types: [Ingress]"));
            assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        }
        assertEquals(
                DENIED,
                Reach.with(global("p", "applyOnForward: true, types: [Ingress]"))
                        .tcp("shop/web", "shop/db", 80),
                "such a policy goes for pods as well");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "source: {domains: [x]}",
                "'source: {selector: app = x}'",
                "source: {nets: [many]}",
                "source: {notNets: [many]}",
                "schedule: nights",
                "'protocol: TCP, destination: {ports: [''90:80'']}'",
                "'destination: {ports: [80]}'",
                "'protocol: TCP, destination: {ports: {a: 80}}'",
            })
    void whatCannotBeReadNeverWidens(String rule) {
        for (String action : new String[] {"Allow", "Deny", "Pass"}) {
            Reach reach = Reach.withBroken(
                    calico("p", "order: 1, ingress: [{action: " + action + ", " + rule + "}]"),
                    OPEN.replace("ingress: [{}]", "ingress: []"));
            assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80), action);
        }
        Reach deny = Reach.withBroken(calico("p", "order: 1, ingress: [{action: Deny, " + rule + "}]"), OPEN);
        assertEquals(DENIED, deny.tcp("shop/web", "shop/db", 80));
    }
}
