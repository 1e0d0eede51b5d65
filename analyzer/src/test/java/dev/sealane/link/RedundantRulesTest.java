package dev.sealane.link;

import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.RedundantRule;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedundantRulesTest {
    private static final String WEB = "podSelector: {matchLabels: {app: web}}, ";

    private static List<String> redundant(String... policies) {
        return Linked.manifests(policies).all(RedundantRule.class).stream()
                .map(fact -> fact.policy().name() + " " + fact.place().path() + " by "
                        + fact.by().name() + " " + fact.covering().path())
                .toList();
    }

    /** Two rules of one policy; which of them the other covers, by number. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                                            | {from: [{podSelector: {}}], ports: [{port: 1}]}     | 1",
                "{ports: [{port: 80}]}                         | {ports: [{port: 80}]}                               | 1",
                "{ports: [{port: 80}]}                         | {ports: [{port: 80}, {port: 81}]}                   | 0",
                "{ports: [{port: 80, endPort: 89}]}            | {ports: [{port: 85}]}                               | 1",
                "{ports: [{protocol: TCP}]}                    | {ports: [{port: http}]}                             | 1",
                "{ports: [{protocol: UDP}]}                    | {ports: [{port: 80}]}                               | -",
                "{ports: [{port: http}]}                       | {ports: [{port: 80}]}                               | -",
                "{from: [{namespaceSelector: {}}]}             | {from: [{podSelector: {}}]}                         | 1",
                "{from: [{podSelector: {}}]}                   | {from: [{podSelector: {matchLabels: {a: b}}}]}      | 1",
                "{from: [{podSelector: {}}]}                   | {from: [{namespaceSelector: {}}]}                   | 0",
                "{from: [{podSelector: {matchLabels: {a: b}}}]} | {from: [{podSelector: {matchLabels: {a: c}}}]}     | -",
                "{from: [{ipBlock: {cidr: 192.0.2.0/24}}]}     | {from: [{ipBlock: {cidr: 192.0.2.8/30}}]}           | 1",
                "{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}        | {from: [{ipBlock: {cidr: '::/0'}}]}                 | -",
                "{from: [{ipBlock: {cidr: 0.0.0.0/0}}]}        | {from: [{podSelector: {}}]}                         | -",
                "{from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.8/32]}}]} | {from: [{ipBlock: {cidr: 192.0.2.8/30}}]} | -",
                "{from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.8/32]}}]} | {from: [{ipBlock: {cidr: 192.0.2.8/30, except: [192.0.2.8/31]}}]} | 1",
                "{from: [{ipBlock: {cidr: 192.0.2.0/24, except: [192.0.2.8/32]}}]} | {from: [{ipBlock: {cidr: 192.0.2.16/30}}]} | 1",
            })
    void rulesOfOnePolicy(String first, String second, String redundant) {
        List<String> expected = redundant.equals("-")
                ? List.of()
                : List.of("p spec.ingress[" + redundant + "] by p spec.ingress[" + (1 - Integer.parseInt(redundant))
                        + "]");
        assertEquals(expected, redundant(policy("p", WEB + "ingress: [" + first + ", " + second + "]")));
    }

    @Test
    void rulesOfOtherPolicies() {
        String open = "ingress: [{from: [{podSelector: {}}]}]";
        String one = policy("one", WEB + open);
        String two = policy("two", WEB + open);
        String all = policy("all", "podSelector: {}, " + open);
        String other = policy("other", "podSelector: {matchLabels: {app: db}}, " + open);
        assertEquals(List.of("two spec.ingress[0] by one spec.ingress[0]"), redundant(one, two));
        assertEquals(List.of("two spec.ingress[0] by one spec.ingress[0]"), redundant(two, one), "whatever the order");
        assertEquals(List.of("one spec.ingress[0] by all spec.ingress[0]"), redundant(one, all));
        assertEquals(List.of(), redundant(one, other));
        assertEquals(List.of(), redundant(one, all.replace("namespace: shop", "namespace: dev")));
    }

    @Test
    void aDirectionThatIsNotIsolatedHasNoRules() {
        assertEquals(List.of(), redundant(policy("p", WEB + "policyTypes: [Egress], ingress: [{}, {}]")));
        assertEquals(List.of(), redundant(policy("p", WEB + "ingress: [{}], egress: [{}]")));
    }
}
