package dev.sealane.facts;

import static dev.sealane.facts.NetworkPolicy.Direction.EGRESS;
import static dev.sealane.facts.NetworkPolicy.Direction.INGRESS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Rule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class NetworkPolicyTest {
    private static final Rule ANYTHING = new Rule(List.of(), List.of(), "");

    private static NetworkPolicy policy(List<String> types, List<Rule> ingress, List<Rule> egress) {
        return new NetworkPolicy(
                Samples.meta(Kind.NETWORK_POLICY, "shop", "web"), Selector.EVERYTHING, types, ingress, egress);
    }

    @Test
    @DisplayName("A11 without policyTypes: ingress always, egress if there is an egress rule")
    void defaultedTypes() {
        assertTrue(policy(List.of(), List.of(), List.of()).isolates(INGRESS));
        NetworkPolicy withEgress = policy(List.of(), List.of(), List.of(ANYTHING));
        assertTrue(withEgress.isolates(INGRESS));
        assertTrue(withEgress.isolates(EGRESS));
    }

    @Test
    @DisplayName("A12 `egress: []` without policyTypes does not isolate egress")
    void emptyEgress() {
        assertFalse(policy(List.of(), List.of(ANYTHING), List.of()).isolates(EGRESS));
    }

    @Test
    @DisplayName("A13 with the type Ingress alone, egress rules are dead")
    void deadEgressRules() {
        NetworkPolicy policy = policy(List.of("Ingress"), List.of(), List.of(ANYTHING));
        assertTrue(policy.isolates(INGRESS));
        assertFalse(policy.isolates(EGRESS));
        assertEquals(EGRESS, policy.ignoredDirection());
        assertEquals(
                INGRESS,
                policy(List.of("Egress"), List.of(ANYTHING), List.of(ANYTHING)).ignoredDirection());
        assertNull(policy(List.of("Ingress"), List.of(ANYTHING), List.of()).ignoredDirection());
        assertNull(policy(List.of(), List.of(), List.of(ANYTHING)).ignoredDirection());
    }

    @Test
    @DisplayName("A14 with the type Egress alone, ingress stays open")
    void egressAlone() {
        NetworkPolicy policy = policy(List.of("Egress"), List.of(ANYTHING), List.of());
        assertFalse(policy.isolates(INGRESS));
        assertTrue(policy.isolates(EGRESS));
    }

    @Test
    @DisplayName("A15 and A25 without rules it isolates all the same, each direction by itself")
    void denyAll() {
        NetworkPolicy both = policy(List.of("Egress", "Ingress"), List.of(), List.of());
        assertTrue(both.isolates(INGRESS));
        assertTrue(both.isolates(EGRESS));
        NetworkPolicy one = policy(List.of("Ingress"), List.of(), List.of());
        assertTrue(one.isolates(INGRESS));
        assertFalse(one.isolates(EGRESS));
    }

    @Test
    void typesAreSpelledAsTheApiDoes() {
        NetworkPolicy policy = policy(List.of("ingress", "EGRESS"), List.of(), List.of());
        assertFalse(policy.isolates(INGRESS));
        assertFalse(policy.isolates(EGRESS));
        assertEquals("Ingress", INGRESS.type());
        assertEquals("Egress", EGRESS.type());
        assertEquals("ingress", INGRESS.field());
        assertEquals("egress", EGRESS.field());
        assertEquals("ingress", INGRESS.toString());
        assertEquals("egress", EGRESS.toString());
    }

    @Test
    void rulesOfADirection() {
        Rule in = new Rule(List.of(), List.of(), "spec.ingress[0]");
        Rule out = new Rule(List.of(), List.of(), "spec.egress[0]");
        NetworkPolicy policy = policy(List.of(), List.of(in), List.of(out));
        assertEquals(List.of(in), policy.rules(INGRESS));
        assertEquals(List.of(out), policy.rules(EGRESS));
    }

    @Test
    @DisplayName("C43 to C45 a peer says which of its two selectors it has; an empty one is not an absent one")
    void peers() {
        Selector web = Selector.of(Map.of("app", "web"));
        assertEquals("podSelector app=web", selectors(new Peer(web, null, null, "")));
        assertEquals("namespaceSelector {}", selectors(new Peer(null, Selector.EVERYTHING, null, "")));
        assertEquals(
                "namespaceSelector {} with podSelector app=web",
                selectors(new Peer(web, Selector.EVERYTHING, null, "")));
        assertEquals(
                "namespaceSelector team=a with podSelector {}",
                selectors(new Peer(Selector.EVERYTHING, Selector.of(Map.of("team", "a")), null, "")));
    }

    private static String selectors(Peer peer) {
        return new PolicyPeer(new Ref(Kind.NETWORK_POLICY, "shop", "web"), peer, Answer.NO, null).selectors();
    }

    @Test
    void ipBlocksAreEqualByContent() {
        assertEquals(new IpBlock("10.0.0.0/8", List.of()), new IpBlock("10.0.0.0/8", List.of()));
    }
}
