package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.OneSided;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OtherSidesTest {
    private static final String API = deployment("api", "app: api", "");
    private static final String DB =
            deployment("db", "app: db", "containers: [{name: c, ports: [{name: pg, containerPort: 5432}]}]");
    private static final String DB_2 = deployment("db-2", "app: db, copy: two", "");

    private static String out(String ports) {
        return policy(
                "out",
                "podSelector: {matchLabels: {app: api}}, policyTypes: [Egress], egress: [{to: [{podSelector: "
                        + "{matchLabels: {app: db}}}], ports: [" + ports + "]}]");
    }

    private static String in(String rule) {
        return policy("in", "podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress], ingress: [" + rule + "]");
    }

    private static List<OneSided> facts(String... objects) {
        return Linked.manifests(objects).all(OneSided.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{port: 5432}              | ''                                                    | 1",
                "''                        | ''                                                    | 1",
                "{port: pg}                | ''                                                    | 1",
                "{port: 5432}              | {from: [{podSelector: {matchLabels: {app: web}}}]}    | 1",
                "{port: 5432}              | {ports: [{port: 5433}]}                               | 1",
                "{port: 5432}              | {ports: [{port: 5432, protocol: UDP}]}                | 1",
                "{port: 5432}              | {}                                                    | 0",
                "{port: 5432}              | {from: [{podSelector: {matchLabels: {app: api}}}]}    | 0",
                "{port: 5432}              | {ports: [{port: pg}]}                                 | 0",
                "{port: pg}                | {ports: [{port: 5432}]}                               | 0",
                "''                        | {ports: [{port: 5432}]}                               | 0",
                "{port: 5432}, {port: 1}   | {ports: [{port: 5432}]}                               | 0",
                "{port: 5432}              | {from: [{ipBlock: {cidr: 10.0.0.0/8}}]}               | 0",
            })
    void whatIngressMakesOfEgress(String ports, String rule, int facts) {
        assertEquals(facts, facts(API, DB, out(ports), in(rule)).size());
    }

    @Test
    void whatEgressMakesOfIngress() {
        String in = in("{from: [{podSelector: {matchLabels: {app: api}}}], ports: [{port: 5432}]}");
        String closed = policy("closed", "podSelector: {matchLabels: {app: api}}, policyTypes: [Egress]");
        assertEquals(List.of(), facts(API, DB, in), "no egress policy");
        assertEquals(List.of(), facts(API, DB, in, out("{port: 5432}")));
        OneSided fact = facts(API, DB, in, closed).getFirst();
        assertEquals("spec.ingress[0].from[0]", fact.place().path());
        assertEquals(
                "Deployment shop/db lets in Deployment shop/api, which may not go out to it",
                fact.contradiction().toString());
        assertEquals(
                "no egress rule allows it of NetworkPolicy shop/closed",
                fact.reason().toString());
        assertEquals(
                List.of("NetworkPolicy shop/closed", "Deployment shop/api"),
                fact.evidence().stream()
                        .map(shown -> shown.message().toString())
                        .toList());
    }

    @Test
    void onePairThatGetsThroughIsEnough() {
        String in = in("").replace("app: db}", "copy: two}");
        assertEquals(List.of(), facts(API, DB, DB_2, out("{port: 5432}"), in));
        assertEquals(1, facts(API, DB, DB_2, out("{port: 5432}"), in("")).size());
    }

    @Test
    void aWholeNamespaceIsNoCertainPeer() {
        String out = out("{port: 5432}").replace("{matchLabels: {app: db}}}]", "{}}]");
        assertEquals(List.of(), facts(API, DB, out, in("")));
    }

    @Test
    void policiesThatAreNotReadMayAllowIt() {
        String other = "apiVersion: crd.antrea.io/v1beta1, kind: NetworkPolicy, metadata: {name: a, namespace: shop}, "
                + "spec: {}";
        assertEquals(List.of(), facts(API, DB, other, out("{port: 5432}"), in("")));
    }
}
