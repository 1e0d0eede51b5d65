package dev.sealane.link;

import static dev.sealane.link.Linked.policy;
import static dev.sealane.policy.Verdict.ALLOWED;
import static dev.sealane.policy.Verdict.DENIED;
import static dev.sealane.policy.Verdict.UNKNOWN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Protocol;
import dev.sealane.policy.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** CiliumNetworkPolicy and CiliumClusterwideNetworkPolicy. */
class CiliumPoliciesTest {
    private static final String DB = "endpointSelector: {matchLabels: {app: db}}, ";
    private static final String WEB = "endpointSelector: {matchLabels: {app: web}}, ";

    private static String cilium(String name, String spec) {
        return "apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}";
    }

    private static String clusterwide(String name, String spec) {
        return "apiVersion: cilium.io/v2, kind: CiliumClusterwideNetworkPolicy, metadata: {name: " + name + "}, spec: {"
                + spec + "}";
    }

    /** With a policy of shop/db that has just this ingress rule. */
    private static Reach ingress(String rule) {
        return Reach.with(cilium("p", DB + "ingress: [{" + rule + "}]"));
    }

    /** With a policy of shop/web that has just this egress rule. */
    private static Reach egress(String rule) {
        return Reach.with(cilium("p", WEB + "egress: [{" + rule + "}]"));
    }

    @Test
    void aSectionWithRulesIsolatesAndOnlyThat() {
        assertEquals(DENIED, ingress("").tcp("shop/web", "shop/db", 80), "an empty rule allows nothing");
        assertEquals(DENIED, ingress("").icmp("shop/web", "shop/db"));
        assertEquals(ALLOWED, ingress("").tcp("shop/db", "shop/web", 80));
        assertEquals(ALLOWED, Reach.with(cilium("p", DB + "ingress: []")).tcp("shop/web", "shop/db", 80));
        assertEquals(
                ALLOWED, Reach.with(cilium("p", DB + "description: nothing")).tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, egress("").tcp("shop/web", "203.0.113.9", 80));
        assertEquals(ALLOWED, egress("").tcp("shop/api", "shop/web", 80));
    }

    @Test
    void endpointsAreOfTheOwnNamespaceUnlessTheySayOther() {
        Reach own = ingress("fromEndpoints: [{}]");
        assertEquals(ALLOWED, own.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, own.tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, own.tcp("203.0.113.9", "shop/db", 80));
        for (String key : new String[] {
            "io.kubernetes.pod.namespace: ops",
            "'k8s:io.kubernetes.pod.namespace': ops",
            "'any:io.kubernetes.pod.namespace': ops",
            "'k8s:io.cilium.k8s.namespace.labels.env': test",
            "io.cilium.k8s.namespace.labels.env: test"
        }) {
            Reach ops = ingress("fromEndpoints: [{matchLabels: {" + key + "}}]");
            assertEquals(ALLOWED, ops.tcp("ops/tool", "shop/db", 80), key);
            assertEquals(DENIED, ops.tcp("shop/web", "shop/db", 80), key);
        }
        Reach both = ingress("fromEndpoints: [{matchLabels: {'k8s:app': web, io.kubernetes.pod.namespace: ops}}]");
        assertEquals(DENIED, both.tcp("shop/web", "shop/db", 80));
        Reach expression = ingress(
                "fromEndpoints: [{matchExpressions: [{key: 'k8s:io.kubernetes.pod.namespace', operator: Exists}]}]");
        assertEquals(ALLOWED, expression.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void labelsHaveSources() {
        for (String key : new String[] {"app", "'k8s:app'", "'any:app'"}) {
            Reach reach = ingress("fromEndpoints: [{matchLabels: {" + key + ": web}}]");
            assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80), key);
            assertEquals(DENIED, reach.tcp("shop/api", "shop/db", 80), key);
        }
        assertEquals(
                DENIED,
                ingress("fromEndpoints: [{matchLabels: {'container:app': web}}]")
                        .tcp("shop/web", "shop/db", 80));
        Reach cluster = ingress("fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.cluster: east}}]");
        assertEquals(UNKNOWN, cluster.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, cluster.tcp("ops/tool", "shop/db", 80));
        Reach account = ingress("fromEndpoints: [{matchLabels: {io.cilium.k8s.policy.serviceaccount: default}}]");
        assertEquals(ALLOWED, account.tcp("shop/web", "shop/db", 80));
        Reach other = ingress("fromEndpoints: [{matchLabels: {'k8s:io.cilium.k8s.policy.serviceaccount': web}}]");
        assertEquals(DENIED, other.tcp("shop/web", "shop/db", 80));
    }

    @Test
    void reservedLabelsAreEntities() {
        Reach host = ingress("fromEndpoints: [{matchLabels: {'reserved:world': ''}}]");
        assertEquals(ALLOWED, host.tcp("203.0.113.9", "shop/db", 80));
        assertEquals(DENIED, host.tcp("shop/web", "shop/db", 80));
        Reach not = ingress("fromEndpoints: [{matchExpressions: [{key: 'reserved:world', operator: DoesNotExist}]}]");
        assertEquals(DENIED, not.tcp("203.0.113.9", "shop/db", 80));
        assertEquals(ALLOWED, not.tcp("ops/tool", "shop/db", 80));
        String health = clusterwide("p", "endpointSelector: {matchLabels: {'reserved:health': ''}}, ingress: [{}]");
        assertEquals(ALLOWED, Reach.with(health).tcp("shop/web", "shop/db", 80));
    }

    @ParameterizedTest
    @CsvSource({
        "all, ALLOWED, ALLOWED, ALLOWED",
        "world, DENIED, ALLOWED, ALLOWED",
        "world-ipv4, DENIED, ALLOWED, DENIED",
        "world-ipv6, DENIED, DENIED, ALLOWED",
        "cluster, ALLOWED, DENIED, DENIED",
        "host, DENIED, DENIED, DENIED",
        "remote-node, DENIED, DENIED, DENIED",
        "kube-apiserver, DENIED, UNKNOWN, UNKNOWN",
        "none, DENIED, DENIED, DENIED",
        "init, DENIED, DENIED, DENIED",
        "health, DENIED, DENIED, DENIED",
        "ingress, DENIED, DENIED, DENIED"
    })
    void entities(String entity, Verdict pod, Verdict ipv4, Verdict ipv6) {
        Reach reach = egress("toEntities: [" + entity + "]");
        assertEquals(pod, reach.tcp("shop/web", "ops/tool", 80));
        assertEquals(ipv4, reach.tcp("shop/web", "203.0.113.9", 80));
        assertEquals(ipv6, reach.tcp("shop/web", "2001:db8::1", 80));
    }

    @Test
    void nodesAreHostOrRemoteNode() {
        String pod = "apiVersion: v1, kind: Pod, metadata: {name: one, namespace: shop, labels: {app: one}}, "
                + "spec: {nodeName: n1, containers: [{name: c}]}, status: {phase: Running}";
        String spec = "endpointSelector: {matchLabels: {app: one}}, egress: [{toEntities: [%s]}]";
        Reach host = Reach.with(pod, cilium("p", spec.formatted("host")));
        assertEquals(ALLOWED, host.tcp("shop/one", "node n1", 80));
        assertEquals(DENIED, host.tcp("shop/one", "node n2", 80));
        Reach remote = Reach.with(pod, cilium("p", spec.formatted("remote-node")));
        assertEquals(DENIED, remote.tcp("shop/one", "node n1", 80));
        assertEquals(ALLOWED, remote.tcp("shop/one", "node n2", 80));
        Reach cluster = Reach.with(pod, cilium("p", spec.formatted("cluster")));
        assertEquals(ALLOWED, cluster.tcp("shop/one", "node n1", 80));
        assertEquals(ALLOWED, cluster.tcp("shop/one", "node n2", 80));
    }

    @Test
    void cidrsNeverMeanWhatIsInTheCluster() {
        Reach reach = egress("toCIDR: [0.0.0.0/0]");
        assertEquals(ALLOWED, reach.tcp("shop/web", "203.0.113.9", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "2001:db8::1", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "node n1", 80));
        Reach except = egress("toCIDRSet: [{cidr: 203.0.113.0/24, except: [203.0.113.8/29]}]");
        assertEquals(ALLOWED, except.tcp("shop/web", "203.0.113.7", 80));
        assertEquals(DENIED, except.tcp("shop/web", "203.0.113.9", 80));
        Reach group = egress("toCIDRSet: [{cidrGroupRef: partners}]");
        assertEquals(UNKNOWN, group.tcp("shop/web", "203.0.113.9", 80));
        assertEquals(DENIED, group.tcp("shop/web", "shop/db", 80));
    }

    @ParameterizedTest
    @CsvSource({
        "matchName: api.example.com, api.example.com, ALLOWED",
        "matchName: api.example.com, www.example.com, DENIED",
        "matchPattern: '*.example.com', www.example.com, ALLOWED",
        "matchPattern: '*.example.com', a.www.example.com, DENIED",
        "matchPattern: '*.example.com', example.com, DENIED",
        "matchPattern: '**.example.com', a.www.example.com, ALLOWED",
        "matchPattern: 'ap*.example.com', api.example.com, ALLOWED",
        "matchPattern: 'ap*.example.com', www.example.com, DENIED",
        "matchPattern: '*', anything.org, ALLOWED"
    })
    void domainNames(String selector, String name, Verdict verdict) {
        Reach reach = egress("toFQDNs: [{" + selector.replace(": *", ": '*").replace(": **", ": '**") + "}]");
        assertEquals(verdict, reach.tcp("shop/web", name + "=203.0.113.9", 443));
    }

    @Test
    void addressesWithoutANameMayBeOfADomainName() {
        Reach reach = egress("toFQDNs: [{matchName: api.example.com}]");
        assertEquals(UNKNOWN, reach.tcp("shop/web", "203.0.113.9", 443));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 443));
    }

    @Test
    void portsWithoutPeersMeanAnybody() {
        Reach reach = ingress("toPorts: [{ports: [{port: '80', protocol: TCP}]}]");
        assertEquals(ALLOWED, reach.tcp("203.0.113.9", "shop/db", 80));
        assertEquals(ALLOWED, reach.tcp("ops/tool", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 81));
        assertEquals(DENIED, reach.udp("ops/tool", "shop/db", 80));
    }

    @Test
    void anEmptyListOfPeersMeansNobody() {
        for (String empty : new String[] {"fromEndpoints: []", "fromCIDR: []", "fromEntities: []"}) {
            assertEquals(DENIED, ingress(empty).tcp("shop/web", "shop/db", 80));
            Reach ports = ingress(empty + ", toPorts: [{ports: [{port: '80'}]}]");
            assertEquals(DENIED, ports.tcp("shop/web", "shop/db", 80));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'port: ''80''', 80, ALLOWED, ALLOWED",
        "'port: ''80'', protocol: ANY', 80, ALLOWED, ALLOWED",
        "'port: ''80'', protocol: UDP', 80, DENIED, ALLOWED",
        "'port: ''80'', endPort: 90, protocol: TCP', 90, ALLOWED, DENIED",
        "'port: ''80'', endPort: 90, protocol: TCP', 91, DENIED, DENIED",
        "'port: ''0'', protocol: TCP', 7, ALLOWED, DENIED",
        "'port: HTTP', 8080, ALLOWED, DENIED",
        "'port: http, protocol: UDP', 8080, DENIED, DENIED"
    })
    void ports(String port, int number, Verdict tcp, Verdict udp) {
        Reach reach = ingress("fromEntities: [all], toPorts: [{ports: [{" + port + "}]}]");
        assertEquals(tcp, reach.tcp("shop/web", "shop/db", number));
        assertEquals(udp, reach.udp("shop/web", "shop/db", number));
    }

    @Test
    void layer7RulesFilterWhatTheirPortsAllow() {
        Reach reach = ingress("fromEntities: [all], toPorts: [{ports: [{port: '80', protocol: TCP}], "
                + "rules: {http: [{method: GET}]}}, {ports: [{port: '81', protocol: TCP}]}]");
        assertTrue(reach.at("shop/web", "shop/db", Protocol.TCP, 80).filtered());
        assertFalse(reach.at("shop/web", "shop/db", Protocol.TCP, 81).filtered());
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 81));
    }

    @Test
    void icmpIsOneOfTheProtocolsWithoutPorts() {
        Reach reach = ingress("fromEntities: [all], icmps: [{fields: [{type: 8, family: IPv4}]}]");
        assertEquals(UNKNOWN, reach.icmp("shop/web", "shop/db"));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, ingress("fromEntities: [all]").icmp("shop/web", "shop/db"));
    }

    @Test
    void whatIsDeniedGoesBeforeWhatAnyPolicyAllows() {
        String allow = cilium("a", DB + "ingress: [{fromEntities: [all]}]");
        String deny = cilium("z", DB + "ingressDeny: [{fromEndpoints: [{matchLabels: {app: web}}]}]");
        String open = policy("open", "podSelector: {}, ingress: [{}]");
        assertEquals(DENIED, Reach.with(allow, deny).tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(allow, deny).tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, Reach.with(open, deny).tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, Reach.with(open, deny).tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, Reach.with(deny).tcp("shop/api", "shop/db", 80), "denials isolate as well");
        assertEquals(
                ALLOWED,
                Reach.with(cilium("z", DB + "ingressDeny: [{}], enableDefaultDeny: {ingress: false}"))
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void defaultDenyCanBeSwitched() {
        String off = DB + "enableDefaultDeny: {ingress: false}, ";
        Reach denying = Reach.with(cilium("p", off + "ingressDeny: [{fromEndpoints: [{matchLabels: {app: web}}]}]"));
        assertEquals(DENIED, denying.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, denying.tcp("shop/api", "shop/db", 80));
        Reach allowing = Reach.with(cilium("p", off + "ingress: [{}]"), cilium("q", DB + "ingress: [{}]"));
        assertEquals(DENIED, allowing.tcp("shop/api", "shop/db", 80), "one that denies by default is enough");
        assertEquals(
                DENIED,
                Reach.with(cilium("p", DB + "enableDefaultDeny: {ingress: true}"))
                        .tcp("shop/web", "shop/db", 80));
    }

    @Test
    void allowancesJoinThoseOfNetworkPolicies() {
        String web = policy("web", "podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]");
        Reach reach = Reach.with(web, cilium("p", DB + "ingress: [{fromEndpoints: [{matchLabels: {app: api}}]}]"));
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(ALLOWED, reach.tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("ops/tool", "shop/db", 80));
    }

    @Test
    void oneObjectMayHaveSeveralSpecs() {
        String object =
                "apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: p, namespace: shop}, specs: ["
                        + "{" + DB + "ingress: [{fromEndpoints: [{matchLabels: {app: api}}]}]}, {" + WEB
                        + "ingress: [{}]}]";
        Reach reach = Reach.with(object);
        assertEquals(ALLOWED, reach.tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/api", "shop/web", 80));
        assertEquals(
                "spec: specs[0].ingress[0]",
                "spec: "
                        + reach.at("shop/api", "shop/db", Protocol.TCP, 80)
                                .causes()
                                .getFirst()
                                .place()
                                .path());
    }

    @Test
    void aClusterwidePolicySelectsInAllNamespaces() {
        Reach every = Reach.with(clusterwide("p", "endpointSelector: {}, ingress: [{fromEndpoints: [{}]}]"));
        assertEquals(ALLOWED, every.tcp("shop/web", "ops/tool", 80));
        assertEquals(DENIED, every.tcp("203.0.113.9", "ops/tool", 80), "{} means pods");
        Reach some = Reach.with(clusterwide(
                "p",
                "endpointSelector: {matchExpressions: [{key: io.kubernetes.pod.namespace, operator: NotIn, values: [shop]}]}, "
                        + "ingress: [{}]"));
        assertEquals(DENIED, some.tcp("shop/web", "ops/tool", 80));
        assertEquals(ALLOWED, some.tcp("ops/tool", "shop/web", 80));
        Reach nodes = Reach.with(clusterwide("p", "nodeSelector: {}, ingress: [{}]"));
        assertEquals(ALLOWED, nodes.tcp("ops/tool", "shop/web", 80));
    }

    @Test
    void servicesAreThePodsBehindThem() {
        String service = Linked.service("db", "app: db");
        String rule = "toServices: [{k8sService: {serviceName: db, namespace: shop}}]";
        Reach reach = Reach.with(service, cilium("p", WEB + "egress: [{" + rule + "}]"));
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/api", 80));
        assertEquals(UNKNOWN, egress(rule).tcp("shop/web", "shop/db", 80));
        String labelled = service.replace("name: db,", "name: db, labels: {tier: back},");
        String selector =
                "toServices: [{k8sServiceSelector: {selector: {matchLabels: {tier: back}}, namespace: shop}}]";
        Reach selecting = Reach.with(labelled, cilium("p", WEB + "egress: [{" + selector + "}]"));
        assertEquals(ALLOWED, selecting.tcp("shop/web", "shop/db", 80));
    }

    @Test
    void requirementsTakeAwayFromOtherRules() {
        String requires = cilium("p", DB + "ingress: [{fromRequires: [{matchLabels: {app: web}}]}]");
        String allow = cilium("q", DB + "ingress: [{fromEndpoints: [{}]}]");
        Reach reach = Reach.with(requires, allow);
        assertEquals(ALLOWED, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(UNKNOWN, reach.tcp("shop/api", "shop/db", 80));
        assertEquals(DENIED, Reach.with(requires).tcp("shop/web", "shop/db", 80), "it allows nothing itself");
    }

    @Test
    void authenticationNarrows() {
        Reach reach = ingress("fromEntities: [all], authentication: {mode: required}");
        assertEquals(UNKNOWN, reach.tcp("shop/web", "shop/db", 80));
        assertEquals(
                ALLOWED,
                ingress("fromEntities: [all], authentication: {mode: disabled}").tcp("shop/web", "shop/db", 80));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "fromMoons: [{}]",
                "fromEntities: [all], schedule: nights",
                "fromEntities: [moon]",
                "fromEndpoints: all",
                "fromEndpoints: [{matchCells: {}}]",
                "fromCIDR: [many]",
                "fromCIDRSet: [{cidr: 0.0.0.0/0, except: [many]}]",
                "fromEntities: [all], fromCIDR: [0.0.0.0/0]",
                "fromEntities: [all], toPorts: all",
                "fromEntities: [all], toPorts: [{ports: [{port: 80}]}]",
                "fromEntities: [all], toPorts: [{ports: [{port: '80', weight: 1}]}]",
                "fromEntities: [all], toPorts: [{ports: [{port: '80'}], speed: 1}]",
                "fromEntities: [all], toPorts: [{ports: [{port: '80', endPort: 70}]}]"
            })
    void whatCannotBeReadNeverWidens(String rule) {
        Reach allow = Reach.withBroken(cilium("p", DB + "ingress: [{" + rule + "}]"));
        assertEquals(DENIED, allow.tcp("shop/web", "shop/db", 80));
        Reach deny = Reach.withBroken(
                cilium("p", DB + "ingressDeny: [{" + rule + "}]"),
                cilium("q", DB + "ingress: [{fromEntities: [all]}]"));
        assertEquals(DENIED, deny.tcp("shop/web", "shop/db", 80));
    }

    @Test
    void aFieldOfTheSpecThatIsNotKnownMakesItAllowNothing() {
        Reach reach = Reach.with(cilium("p", DB + "moon: full, ingress: [{fromEntities: [all]}]"));
        assertEquals(DENIED, reach.tcp("shop/web", "shop/db", 80));
    }
}
