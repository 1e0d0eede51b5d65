package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SelectorTest {
    private static final Labels WEB = Labels.of(Map.of("app", "web", "tier", "front"));

    private static boolean matches(String key, Operator operator, List<String> values, Labels labels) {
        return new Selector(Map.of(), List.of(new Requirement(key, operator, values))).matches(labels);
    }

    @Test
    @DisplayName("A1 the empty selector matches every pod, with labels or without")
    void empty() {
        assertTrue(Selector.EVERYTHING.matches(WEB));
        assertTrue(Selector.EVERYTHING.matches(Labels.NONE));
        assertTrue(Selector.EVERYTHING.isEmpty());
        assertEquals("{}", Selector.EVERYTHING.toString());
    }

    @Test
    void matchLabelsAreEqualities() {
        assertTrue(Selector.of(Map.of("app", "web")).matches(WEB));
        assertFalse(Selector.of(Map.of("app", "wbe")).matches(WEB));
        assertFalse(Selector.of(Map.of("release", "web")).matches(WEB));
        assertTrue(Selector.of(Map.of("app", "web", "tier", "front")).matches(WEB));
        assertFalse(Selector.of(Map.of("app", "web", "tier", "back")).matches(WEB));
        assertFalse(Selector.of(Map.of("app", "")).matches(WEB));
    }

    @Test
    void anEmptyValueIsAValue() {
        Labels marked = Labels.of(Map.of("canary", ""));
        assertTrue(Selector.of(Map.of("canary", "")).matches(marked));
        assertFalse(Selector.of(Map.of("canary", "")).matches(Labels.NONE));
        assertTrue(matches("canary", Operator.IN, List.of(""), marked));
        assertFalse(matches("canary", Operator.NOT_IN, List.of(""), marked));
        assertTrue(matches("canary", Operator.EXISTS, List.of(), marked));
    }

    @Test
    @DisplayName("A6 matchLabels and matchExpressions are ANDed")
    void and() {
        Requirement front = new Requirement("tier", Operator.IN, List.of("front", "edge"));
        Requirement noCanary = new Requirement("canary", Operator.DOES_NOT_EXIST, List.of());
        assertTrue(new Selector(Map.of("app", "web"), List.of(front, noCanary)).matches(WEB));
        assertFalse(new Selector(Map.of("app", "shop"), List.of(front, noCanary)).matches(WEB));
        Labels canary = Labels.of(Map.of("app", "web", "tier", "front", "canary", "yes"));
        assertFalse(new Selector(Map.of("app", "web"), List.of(front, noCanary)).matches(canary));
        Labels back = Labels.of(Map.of("app", "web", "tier", "back"));
        assertFalse(new Selector(Map.of("app", "web"), List.of(front, noCanary)).matches(back));
    }

    @Test
    @DisplayName("A7 In on an absent key does not match")
    void in() {
        assertFalse(matches("release", Operator.IN, List.of("a", "b"), WEB));
        assertTrue(matches("app", Operator.IN, List.of("api", "web"), WEB));
        assertFalse(matches("app", Operator.IN, List.of("api", "db"), WEB));
    }

    @Test
    @DisplayName("A8 NotIn on an absent key matches")
    void notIn() {
        assertTrue(matches("release", Operator.NOT_IN, List.of("a", "b"), WEB));
        assertTrue(matches("release", Operator.NOT_IN, List.of("a"), Labels.NONE));
        assertFalse(matches("app", Operator.NOT_IN, List.of("api", "web"), WEB));
        assertTrue(matches("app", Operator.NOT_IN, List.of("api", "db"), WEB));
    }

    @Test
    @DisplayName("A9 Exists and DoesNotExist look at the key alone")
    void exists() {
        assertTrue(matches("app", Operator.EXISTS, List.of(), WEB));
        assertFalse(matches("release", Operator.EXISTS, List.of(), WEB));
        assertFalse(matches("app", Operator.DOES_NOT_EXIST, List.of(), WEB));
        assertTrue(matches("release", Operator.DOES_NOT_EXIST, List.of(), WEB));
    }

    @Test
    @DisplayName("A10 In and NotIn need values, Exists and DoesNotExist take none")
    void invalid() {
        assertEquals("operator In needs values", new Requirement("a", Operator.IN, List.of()).problem());
        assertEquals("operator NotIn needs values", new Requirement("a", Operator.NOT_IN, List.of()).problem());
        assertEquals("operator Exists takes no values", new Requirement("a", Operator.EXISTS, List.of("x")).problem());
        assertEquals(
                "operator DoesNotExist takes no values",
                new Requirement("a", Operator.DOES_NOT_EXIST, List.of("x")).problem());
        assertNull(new Requirement("a", Operator.IN, List.of("x")).problem());
        assertNull(new Requirement("a", Operator.NOT_IN, List.of("x")).problem());
        assertNull(new Requirement("a", Operator.EXISTS, List.of()).problem());
        assertNull(new Requirement("a", Operator.DOES_NOT_EXIST, List.of()).problem());
    }

    @Test
    void anUnknownOperatorMatchesNothing() {
        Requirement greater = new Requirement("app", Operator.of("Gt"), List.of("1"));
        assertNull(greater.operator());
        assertEquals("operator must be In, NotIn, Exists or DoesNotExist", greater.problem());
        assertFalse(greater.matches(WEB));
        assertFalse(greater.matches(Labels.NONE));
        assertEquals("app ?", greater.toString());
    }

    @Test
    void operatorsAreSpelledAsTheApiDoes() {
        assertEquals(Operator.IN, Operator.of("In"));
        assertEquals(Operator.NOT_IN, Operator.of("NotIn"));
        assertEquals(Operator.EXISTS, Operator.of("Exists"));
        assertEquals(Operator.DOES_NOT_EXIST, Operator.of("DoesNotExist"));
        assertNull(Operator.of("in"));
        assertNull(Operator.of("NOT_IN"));
        assertNull(Operator.of(null));
    }

    @Test
    void printsAsKubectlDoes() {
        Map<String, String> unordered = new LinkedHashMap<>();
        unordered.put("tier", "front");
        unordered.put("app", "web");
        Selector selector = new Selector(
                unordered,
                List.of(
                        new Requirement("zone", Operator.IN, List.of("b", "a")),
                        new Requirement("env", Operator.NOT_IN, List.of("dev", "test")),
                        new Requirement("owner", Operator.EXISTS, List.of()),
                        new Requirement("canary", Operator.DOES_NOT_EXIST, List.of())));
        assertEquals("app=web,tier=front,zone in (b,a),env notin (dev,test),owner,!canary", selector.toString());
        assertEquals(Set.of("app", "tier", "zone", "env", "owner", "canary"), selector.keys());
    }

    @Test
    void isEmptyOnlyWithoutAnyRequirement() {
        assertFalse(Selector.of(Map.of("app", "web")).isEmpty());
        assertFalse(new Selector(Map.of(), List.of(new Requirement("a", Operator.EXISTS, List.of()))).isEmpty());
    }

    @Test
    void doesNotChangeWithWhatItWasMadeOf() {
        Map<String, String> labels = new HashMap<>(Map.of("app", "web"));
        Selector selector = Selector.of(labels);
        labels.put("tier", "back");
        assertTrue(selector.matches(WEB));
        assertThrows(
                UnsupportedOperationException.class,
                () -> selector.matchLabels().put("a", "b"));
    }

    @Property
    void agreesWithANaiveEvaluator(@ForAll("selectors") Selector selector, @ForAll("labels") Labels labels) {
        assertEquals(naive(selector, labels), selector.matches(labels));
    }

    @Property
    void looksOnlyAtItsKeys(@ForAll("selectors") Selector selector, @ForAll("labels") Labels labels) {
        assertEquals(selector.matches(labels), selector.matches(labels.keeping(selector.keys()::contains)));
    }

    /** Over the set of all {@code key=value} pairs, without any lookup by key. */
    private static boolean naive(Selector selector, Labels labels) {
        Set<String> pairs = new HashSet<>();
        labels.asMap().forEach((key, value) -> pairs.add(key + "=" + value));
        boolean all = true;
        for (Map.Entry<String, String> wanted : selector.matchLabels().entrySet()) {
            all &= pairs.contains(wanted.getKey() + "=" + wanted.getValue());
        }
        for (Requirement requirement : selector.matchExpressions()) {
            boolean present = pairs.stream().anyMatch(pair -> pair.startsWith(requirement.key() + "="));
            boolean listed =
                    requirement.values().stream().anyMatch(value -> pairs.contains(requirement.key() + "=" + value));
            all &= Map.of("In", listed, "NotIn", !listed, "Exists", present, "DoesNotExist", !present)
                    .get(requirement.operator().toString());
        }
        return all;
    }

    @Provide
    Arbitrary<Labels> labels() {
        return pairs().map(Labels::of);
    }

    @Provide
    Arbitrary<Selector> selectors() {
        Arbitrary<Requirement> requirements = Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d"),
                        Arbitraries.of(Operator.class),
                        Arbitraries.of("", "x", "y").list().ofMaxSize(3))
                .as(Requirement::new);
        return Combinators.combine(pairs(), requirements.list().ofMaxSize(3)).as(Selector::new);
    }

    private static Arbitrary<Map<String, String>> pairs() {
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), Arbitraries.of("", "x", "y"))
                .ofMaxSize(3);
    }
}
