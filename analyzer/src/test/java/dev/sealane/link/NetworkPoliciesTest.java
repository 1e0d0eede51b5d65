package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.namespace;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Applies;
import dev.sealane.facts.PolicyPeer;
import dev.sealane.facts.Rejection;
import dev.sealane.facts.Unanswered;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkPoliciesTest {
    private static final String WEB = deployment("web", "app: web", "");

    private static List<String> applies(String spec, String... others) {
        String[] objects = new String[others.length + 1];
        objects[0] = policy("p", spec);
        System.arraycopy(others, 0, objects, 1, others.length);
        return Linked.manifests(objects).all(Applies.class).stream()
                .map(applies -> applies.pods().toString())
                .toList();
    }

    private static PolicyPeer peer(String peer, String... others) {
        return Linked.manifests(with(peer, others)).one(PolicyPeer.class);
    }

    private static PolicyPeer capturedPeer(String peer, String... others) {
        return Linked.capture(with(peer, others)).one(PolicyPeer.class);
    }

    private static String[] with(String peer, String... others) {
        String[] objects = new String[others.length + 1];
        objects[0] = policy("p", "podSelector: {}, ingress: [{from: [{" + peer + "}]}]");
        System.arraycopy(others, 0, objects, 1, others.length);
        return objects;
    }

    /** Of a policy with this rule: {@code path: reason}. */
    private static List<String> rejections(String spec) {
        return Linked.manifests(policy("p", spec)).all(Rejection.class).stream()
                .map(rejection -> rejection.place().path() + ": " + rejection.reason())
                .toList();
    }

    @Test
    @DisplayName("A1 and A2 an empty or absent podSelector means every pod of the namespace")
    void everyPod() {
        String other = WEB.replace("namespace: shop", "namespace: test");
        assertEquals(List.of("Deployment shop/web"), applies("podSelector: {}", WEB, other));
        assertEquals(List.of("Deployment shop/web"), applies("policyTypes: [Ingress]", WEB, other));
        assertEquals(List.of("Deployment shop/web"), applies("podSelector: null", WEB, other));
    }

    @Test
    @DisplayName("A8 NotIn selects pods without the label")
    void notIn() {
        String spec = "podSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [back]}]}";
        assertEquals(List.of("Deployment shop/web"), applies(spec, WEB, deployment("db", "app: db, tier: back", "")));
    }

    @Test
    void podPeers() {
        assertEquals(
                Answer.YES, peer("podSelector: {matchLabels: {app: web}}", WEB).matches());
        assertEquals(
                Answer.NO, peer("podSelector: {matchLabels: {app: db}}", WEB).matches());
        assertEquals(
                Answer.UNKNOWN, peer("podSelector: {matchLabels: {app: db}}").matches());
        assertEquals(Answer.YES, peer("podSelector: {}").matches());
        assertNull(peer("podSelector: {matchLabels: {app: db}}", WEB).unknownLabel());
    }

    @Test
    void peersThatTheInputMayNotHaveAreLeftUnanswered() {
        String db = "podSelector: {matchLabels: {app: db}}";
        assertEquals(List.of("cni", "peers"), questions(with(db)));
        assertEquals(List.of("cni"), questions(with(db, WEB)));
        assertEquals(List.of("cni"), questions(with("podSelector: {}")));
    }

    private static List<String> questions(String... objects) {
        return Linked.manifests(objects).all(Unanswered.class).stream()
                .map(Unanswered::question)
                .sorted()
                .toList();
    }

    @Test
    void ipBlocksAreNoSelectorPeers() {
        Linked linked = Linked.manifests(with("ipBlock: {cidr: 10.0.0.0/8}", WEB));
        assertEquals(List.of(), linked.all(PolicyPeer.class));
    }

    @Test
    void egressPeersAndEveryRuleCount() {
        Linked linked = Linked.manifests(policy(
                "p",
                "ingress: [{from: [{podSelector: {}}]}, {from: [{podSelector: {}}]}], "
                        + "egress: [{to: [{podSelector: {}}, {namespaceSelector: {}}]}]"));
        assertEquals(
                List.of(
                        "spec.ingress[0].from[0]",
                        "spec.ingress[1].from[0]",
                        "spec.egress[0].to[0]",
                        "spec.egress[0].to[1]"),
                linked.all(PolicyPeer.class).stream()
                        .map(peer -> peer.peer().place())
                        .toList());
    }

    private static final String TEAM_A = "namespaceSelector: {matchLabels: {team: a}}";
    private static final String NAMED_TEST = "namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: test}}";

    @Test
    void namespacePeers() {
        assertEquals(Answer.YES, peer(TEAM_A, namespace("test", "team: a")).matches());
        assertEquals(Answer.UNKNOWN, peer(TEAM_A, namespace("shop", "team: b")).matches());
        assertEquals(
                Answer.NO, capturedPeer(TEAM_A, namespace("shop", "team: b")).matches());
        assertEquals(Answer.YES, peer("namespaceSelector: {}", WEB).matches());
    }

    @Test
    @DisplayName("C50 labels of a namespace whose object is not in the input are not known")
    void namespacesWithoutObject() {
        assertEquals(Answer.YES, peer(TEAM_A, WEB).matches());
        assertEquals(
                Answer.UNKNOWN,
                peer(TEAM_A + ", podSelector: {matchLabels: {app: db}}", WEB).matches());
    }

    @Test
    @DisplayName("C49 a namespace can be named by the label that every namespace has")
    void namedNamespaces() {
        String inTest = WEB.replace("namespace: shop", "namespace: test");
        assertEquals(Answer.YES, peer(NAMED_TEST, inTest).matches());
        assertEquals(
                Answer.YES,
                peer(NAMED_TEST + ", podSelector: {matchLabels: {app: web}}", inTest)
                        .matches());
        assertEquals(
                Answer.NO,
                peer(NAMED_TEST + ", podSelector: {matchLabels: {app: db}}", inTest)
                        .matches());
        assertEquals(Answer.UNKNOWN, peer(NAMED_TEST, WEB).matches());
        assertEquals(Answer.UNKNOWN, peer(NAMED_TEST, namespace("shop", "")).matches());
        assertEquals(Answer.NO, capturedPeer(NAMED_TEST, namespace("shop", "")).matches());
        String listed = "namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: In, "
                + "values: [test]}]}";
        assertEquals(
                Answer.NO,
                peer(listed + ", podSelector: {matchLabels: {app: db}}", inTest).matches());
        assertEquals(Answer.UNKNOWN, peer(listed, namespace("shop", "")).matches());
        String others = listed.replace("operator: In", "operator: NotIn");
        assertEquals(
                Answer.UNKNOWN,
                peer(others + ", podSelector: {matchLabels: {app: db}}", WEB).matches());
    }

    @Test
    void podsInNamespaces() {
        String peer = TEAM_A + ", podSelector: {matchLabels: {app: web}}";
        String teamA = namespace("shop", "team: a");
        String teamB = namespace("shop", "team: b");
        assertEquals(Answer.YES, peer(peer, teamA, WEB).matches());
        assertEquals(Answer.UNKNOWN, peer(peer, teamB, WEB).matches());
        String pod = Linked.pod("web", "app: web", "", "");
        assertEquals(Answer.NO, capturedPeer(peer, teamB, pod).matches());
        String db = peer.replace("app: web", "app: db");
        assertEquals(Answer.UNKNOWN, peer(db, teamA, WEB).matches());
        assertEquals(Answer.NO, capturedPeer(db, teamA, pod).matches());
        assertEquals(Answer.UNKNOWN, capturedPeer(db, teamA).matches());
        assertEquals(
                Answer.UNKNOWN,
                capturedPeer(db, teamA, namespace("test", "team: a"), pod).matches());
    }

    @Test
    void aLabelThatNoNamespaceHas() {
        String teamB = namespace("shop", "env: prod");
        assertEquals("team", capturedPeer(TEAM_A, teamB).unknownLabel());
        assertNull(capturedPeer(TEAM_A, namespace("shop", "team: b")).unknownLabel());
        assertNull(capturedPeer(TEAM_A, namespace("shop", "team: a")).unknownLabel());
        String[] expressions = {
            "{key: team, operator: Exists}", "{key: team, operator: In, values: [a]}",
        };
        for (String expression : expressions) {
            String selector = "namespaceSelector: {matchExpressions: [" + expression + "]}";
            assertEquals("team", capturedPeer(selector, teamB).unknownLabel(), expression);
        }
        String absent = "namespaceSelector: {matchLabels: {env: test}, matchExpressions: [{key: team, operator: "
                + "DoesNotExist}]}";
        assertNull(capturedPeer(absent, teamB).unknownLabel());
    }

    @Test
    void amongManifestsALabelIsUnknownIfItsValueIsTheNameOfANamespace() {
        String shop = namespace("shop", "env: prod");
        String in = "namespaceSelector: {matchExpressions: [{key: name, operator: In, values: [shop]}]}";
        assertEquals(
                "name",
                peer("namespaceSelector: {matchLabels: {name: shop}}", shop).unknownLabel());
        assertEquals("name", peer(in, shop).unknownLabel());
        assertNull(peer("namespaceSelector: {matchLabels: {name: ops}}", shop).unknownLabel());
        assertNull(peer(in.replace("[shop]", "[ops]"), shop).unknownLabel());
        assertNull(peer("namespaceSelector: {matchExpressions: [{key: name, operator: Exists}]}", shop)
                .unknownLabel());
    }

    @Test
    void labelsAreUnknownOnlyIfAllNamespacesAreKnown() {
        assertNull(peer(TEAM_A, namespace("test", "env: prod"), WEB).unknownLabel());
        assertNull(Linked.manifests(
                        with("namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: x, team: a}}", WEB))
                .one(PolicyPeer.class)
                .unknownLabel());
    }

    @Test
    @DisplayName("A10 selectors that the API server rejects")
    void selectors() {
        String wrong = "{matchExpressions: [{key: a, operator: Exists}, {key: b, operator: In}]}";
        assertEquals(
                List.of("spec.podSelector.matchExpressions[1]: operator In needs values"),
                rejections("podSelector: " + wrong));
        assertEquals(
                List.of("spec.ingress[0].from[0].podSelector.matchExpressions[1]: operator In needs values"),
                rejections("ingress: [{from: [{podSelector: " + wrong + "}]}]"));
        assertEquals(
                List.of("spec.egress[0].to[0].namespaceSelector.matchExpressions[1]: operator In needs values"),
                rejections("egress: [{to: [{namespaceSelector: " + wrong + "}]}]"));
    }

    @Test
    void policyTypes() {
        assertEquals(
                List.of("spec.policyTypes[1]: egress is neither Ingress nor Egress"),
                rejections("policyTypes: [Ingress, egress, Egress]"));
    }

    @Test
    @DisplayName("C47 and C48 a peer needs selectors or an ipBlock, not both")
    void peers() {
        assertEquals(
                List.of("spec.ingress[0].from[0]: a peer needs a podSelector, a namespaceSelector or an ipBlock"),
                rejections("ingress: [{from: [{}]}]"));
        String both = "spec.ingress[0].from[0]: ipBlock stands alone: it cannot be combined with selectors";
        assertEquals(List.of(both), rejections("ingress: [{from: [{podSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]"));
        assertEquals(
                List.of(both), rejections("ingress: [{from: [{namespaceSelector: {}, ipBlock: {cidr: 10.0.0.0/8}}]}]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.5", "everything", "10.0.0/8", "fe80::1%eth0/64"})
    void cidrs(String cidr) {
        assertEquals(
                List.of("spec.ingress[0].from[0].ipBlock.cidr: \"" + cidr + "\" is not a CIDR, such as 10.0.0.0/8"),
                rejections("ingress: [{from: [{ipBlock: {cidr: \"" + cidr + "\"}}]}]"));
    }

    @ParameterizedTest
    @DisplayName("C53 and C55 an exception is a CIDR inside its block, smaller, of the same family")
    @CsvSource({
        "10.1.0.0/16,   ''",
        "10.0.0.0/9,    ''",
        "10.0.0.0/8,    '10.0.0.0/8 is not a part of 10.0.0.0/8, from which it should be excepted'",
        "11.0.0.0/16,   '11.0.0.0/16 is not a part of 10.0.0.0/8, from which it should be excepted'",
        "0.0.0.0/0,     '0.0.0.0/0 is not a part of 10.0.0.0/8, from which it should be excepted'",
        "fd00::/64,     'fd00::/64 is not a part of 10.0.0.0/8, from which it should be excepted'",
        "10.0.0.1,      '\"10.0.0.1\" is not a CIDR, such as 10.0.0.0/8'",
        "10.0.0.0/40,   '\"10.0.0.0/40\" is not a CIDR, such as 10.0.0.0/8'",
    })
    void exceptions(String except, String reason) {
        String path = "spec.ingress[0].from[0].ipBlock.except[1]: ";
        assertEquals(
                reason.isEmpty() ? List.of() : List.of(path + reason),
                rejections("ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.2.0.0/16, \"" + except
                        + "\"]}}]}]"));
    }

    @ParameterizedTest
    @DisplayName("A23 and A24 ports and ranges that the API server rejects")
    @CsvSource({
        "'port: 80',                            ''",
        "'port: 80, endPort: 80',               ''",
        "'port: 80, endPort: 90',               ''",
        "'port: http',                          ''",
        "'protocol: UDP',                       ''",
        "'port: 80, endPort: 79',               'endPort: endPort 79 is below port 80'",
        "'port: http, endPort: 90',             'endPort: endPort needs a port number, not the name http'",
        "'endPort: 90',                         'endPort: endPort needs a port to start from'",
        "'port: 80, endPort: 65535',            ''",
        "'port: 80, endPort: 65536',            'endPort: 65536 is not between 1 and 65535'",
        "'port: 65536',                         'port: 65536 is not between 1 and 65535'",
        "'port: -1',                            'port: -1 is not between 1 and 65535'",
        "'port: HTTP',                          'port: \"HTTP\" has other characters than a-z, 0-9 and -'",
    })
    void ports(String port, String reason) {
        assertEquals(
                reason.isEmpty() ? List.of() : List.of("spec.ingress[0].ports[0]." + reason),
                rejections("ingress: [{ports: [{" + port + "}]}]"));
        assertEquals(
                reason.isEmpty() ? List.of() : List.of("spec.egress[0].ports[1]." + reason),
                rejections("egress: [{ports: [{}, {" + port + "}]}]"));
    }
}
