package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalicoSelectorTest {
    private static final Labels WEB = Labels.of(Map.of("app", "web", "example.com/tier", "front-end"));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "all()",
                "all( )",
                "app == 'web'",
                "app==\"web\"",
                "\tapp\t==\t'web'",
                "app != 'db'",
                "absent != 'db'",
                "app in {'web', 'db'}",
                "app in { \"web\" , }",
                "app not in {'db'}",
                "app not in {}",
                "absent not in {'db'}",
                "has(app)",
                "has( app )",
                "!has(absent)",
                "! ! has(app)",
                "!app == 'db'",
                "app contains 'e'",
                "app contains ''",
                "app starts with 'we'",
                "app ends with 'eb'",
                "app startswith 'w'",
                "example.com/tier == 'front-end'",
                "app == 'web' && has(example.com/tier)",
                "app == 'db' || app == 'web'",
                "app == 'web' || app == 'db' && has(absent)",
                "(app == 'db' || app == 'web') && has(app)",
                "!(app == 'db')",
                "!(app == 'db' && has(app))",
                "!(global())"
            })
    void matches(String selector) {
        assertTrue(CalicoSelector.parse(selector).matches(WEB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "!all()",
                "global()",
                "app == 'WEB'",
                "app == 'web '",
                "absent == 'web'",
                "app != 'web'",
                "app in {'db'}",
                "app in {}",
                "absent in {'web'}",
                "app not in {'web'}",
                "has(absent)",
                "!has(app)",
                "!app == 'web'",
                "app contains 'x'",
                "absent contains ''",
                "absent starts with ''",
                "absent ends with ''",
                "app starts with 'eb'",
                "app ends with 'we'",
                "(app == 'web' || app == 'db') && has(absent)",
                "app == 'web' && !has(app)",
                "!(app == 'web' || has(absent))"
            })
    void doesNotMatch(String selector) {
        assertFalse(CalicoSelector.parse(selector).matches(WEB));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "app",
                "app = 'web'",
                "app == web",
                "app == 'web",
                "== 'web'",
                "app == 'web' &&",
                "app == 'web' & has(app)",
                "app == 'web' has(app)",
                "(app == 'web'",
                "app == 'web')",
                "has(app",
                "has()",
                "all(",
                "app in 'web'",
                "app in {'web'",
                "app in {'web' 'db'}",
                "app not {'web'}",
                "app starts 'w'",
                "app is 'web'",
                "app ==\n'web'",
                "{{ .Values.selector }}",
                "app == 'web' || || has(app)"
            })
    void isRejected(String selector) {
        assertThrows(IllegalArgumentException.class, () -> CalicoSelector.parse(selector));
    }

    @Test
    void theReasonNamesThePlace() {
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> CalicoSelector.parse("app == web"));
        assertEquals("a quoted string is missing at character 8", error.getMessage());
    }

    @Test
    void bracketsInsideEachOtherEnd() {
        assertThrows(IllegalArgumentException.class, () -> CalicoSelector.parse("(".repeat(100_000)));
        assertTrue(CalicoSelector.parse("(".repeat(90) + "has(app)" + ")".repeat(90))
                .matches(WEB));
    }

    @Test
    void longExpressionsAreReadInOneGo() {
        String many = "app == 'db'" + " || app == 'db'".repeat(50_000) + " || app == 'web'";
        assertTrue(CalicoSelector.parse(many).matches(WEB));
    }

    @Test
    void keysAreThoseLookedAt() {
        assertEquals(
                Set.of("a", "b", "c", "d/e"),
                CalicoSelector.parse("has(a) && !(b == 'x' || c in {'y'}) || d/e contains 'z'")
                        .keys());
        assertEquals(Set.of(), CalicoSelector.parse("all()").keys());
    }

    @Test
    void globalIsWhatIsInNoNamespace() {
        Labels shop = Labels.of(Map.of(Namespace.NAME_LABEL, "shop"));
        assertTrue(CalicoSelector.parseNamespaces("global()").matches(CalicoSelector.NO_NAMESPACE));
        assertFalse(CalicoSelector.parseNamespaces("global()").matches(shop));
        assertFalse(CalicoSelector.parseNamespaces("all()").matches(CalicoSelector.NO_NAMESPACE));
        assertTrue(CalicoSelector.parseNamespaces("all()").matches(shop));
        assertTrue(CalicoSelector.parseNamespaces("global() || env == 'prod'").matches(CalicoSelector.NO_NAMESPACE));
    }

    @Test
    void namespacesHaveCalicosNameForTheirName() {
        Labels shop = Labels.of(Map.of(Namespace.NAME_LABEL, "shop"));
        CalicoSelector selector = CalicoSelector.parseNamespaces("projectcalico.org/name == 'shop'");
        assertTrue(selector.matches(shop));
        assertEquals(Set.of(Namespace.NAME_LABEL), selector.keys());
        assertFalse(CalicoSelector.parse("projectcalico.org/name == 'shop'").matches(shop));
    }

    @Test
    void selectorsAreEqualByTheirText() {
        assertEquals(CalicoSelector.parse("has(a)"), CalicoSelector.parse("has(a)"));
        assertFalse(CalicoSelector.parse("has(a)").equals(CalicoSelector.parse("has(b)")));
        assertEquals("has(a)", CalicoSelector.parse("has(a)").toString());
    }
}
