package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.PodSet;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PodIndexTest {
    private static final PodIndex INDEX = new PodIndex(Linked.manifests(
                    Linked.deployment("web", "app: web, tier: front", ""),
                    Linked.deployment("api", "app: api, tier: back", ""),
                    Linked.deployment("db", "app: db, tier: back", ""),
                    Linked.deployment("other", "app: web, tier: back", "")
                            .replace("namespace: shop", "namespace: test"))
            .network()
            .podSets());

    private static List<String> names(List<PodSet> sets) {
        return sets.stream().map(set -> set.owner().name()).toList();
    }

    private static List<String> inShop(Map<String, String> labels, Requirement... requirements) {
        return names(INDEX.select("shop", new Selector(labels, List.of(requirements))));
    }

    @Test
    void byLabels() {
        assertEquals(List.of("web"), inShop(Map.of("app", "web")));
        assertEquals(List.of("api", "db"), inShop(Map.of("tier", "back")));
        assertEquals(List.of("db"), inShop(Map.of("tier", "back", "app", "db")));
        assertEquals(List.of(), inShop(Map.of("tier", "front", "app", "db")));
        assertEquals(List.of(), inShop(Map.of("app", "nothing")));
    }

    @Test
    void byExpressions() {
        assertEquals(List.of("web", "db"), inShop(Map.of(), new Requirement("app", Operator.NOT_IN, List.of("api"))));
        assertEquals(
                List.of("db"),
                inShop(Map.of("tier", "back"), new Requirement("app", Operator.IN, List.of("db", "web"))));
        assertEquals(List.of("web", "api", "db"), inShop(Map.of()));
    }

    @Test
    void ofOneNamespaceOrOfAll() {
        assertEquals(List.of("web", "api", "db"), names(INDEX.in("shop")));
        assertEquals(List.of(), INDEX.in("nowhere"));
        assertEquals(List.of(), names(INDEX.select("nowhere", Selector.EVERYTHING)));
        assertEquals(List.of("web", "other"), names(INDEX.selectAnywhere(Selector.of(Map.of("app", "web")))));
        assertEquals(List.of("other"), names(INDEX.selectAnywhere(Selector.of(Map.of("app", "web", "tier", "back")))));
        assertEquals(List.of(), names(INDEX.selectAnywhere(Selector.of(Map.of("app", "web", "tier", "x")))));
    }
}
