package dev.sealane.policy;

import static dev.sealane.policy.Match.Kind.NO;
import static dev.sealane.policy.Match.Kind.UNKNOWN;
import static dev.sealane.policy.Match.Kind.YES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TenantTest {
    private static final String NAME = "kubernetes.io/metadata.name";
    private static final Tenant UNSEEN = Tenant.named("shop");
    private static final Tenant SEEN = Tenant.of(new Namespace(new Meta(
            new Ref(Kind.NAMESPACE, "", "shop"),
            new Origin("ns.yaml", 1, 0, 0, ""),
            "v1",
            Labels.of(Map.of(NAME, "shop", "team", "a")),
            Map.of(),
            null,
            "",
            "",
            null,
            false)));

    private static Selector having(String key, Operator operator, String... values) {
        return new Selector(Map.of(), List.of(new Requirement(key, operator, List.of(values))));
    }

    @Test
    @DisplayName("C49 a namespace that is not in the input has the label of its name")
    void unseen() {
        assertEquals("shop", UNSEEN.name());
        assertEquals(Labels.of(Map.of(NAME, "shop")), UNSEEN.labels());
        assertFalse(UNSEEN.known());
        assertEquals(YES, UNSEEN.matches(Selector.of(Map.of(NAME, "shop"))).kind());
        assertEquals(NO, UNSEEN.matches(Selector.of(Map.of(NAME, "test"))).kind());
        assertEquals(
                YES, UNSEEN.matches(having(NAME, Operator.IN, "shop", "test")).kind());
        assertEquals(NO, UNSEEN.matches(having(NAME, Operator.NOT_IN, "shop")).kind());
        assertEquals(YES, UNSEEN.matches(Selector.EVERYTHING).kind());
    }

    @Test
    void otherLabelsOfAnUnseenNamespaceAreNotKnown() {
        assertEquals(UNKNOWN, UNSEEN.matches(Selector.of(Map.of("team", "a"))).kind());
        assertEquals(
                UNKNOWN, UNSEEN.matches(having("team", Operator.DOES_NOT_EXIST)).kind());
        assertEquals(
                UNKNOWN, UNSEEN.matches(having("team", Operator.NOT_IN, "a")).kind());
        assertEquals(
                NO,
                UNSEEN.matches(Selector.of(Map.of("team", "a", NAME, "test"))).kind());
        assertEquals(
                UNKNOWN,
                UNSEEN.matches(Selector.of(Map.of("team", "a", NAME, "shop"))).kind());
    }

    @Test
    void seen() {
        assertEquals("shop", SEEN.name());
        assertTrue(SEEN.known());
        assertEquals(YES, SEEN.matches(Selector.of(Map.of("team", "a"))).kind());
        assertEquals(NO, SEEN.matches(Selector.of(Map.of("team", "b"))).kind());
        assertEquals(YES, SEEN.matches(having("env", Operator.DOES_NOT_EXIST)).kind());
    }
}
