package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LabelsTest {
    private static Labels of(String... pairs) {
        Map<String, String> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(pairs[i], pairs[i + 1]);
        }
        return Labels.of(map);
    }

    @Test
    void lookUp() {
        Labels labels = of("app", "web", "canary", "");
        assertEquals("web", labels.get("app"));
        assertEquals("", labels.get("canary"));
        assertNull(labels.get("tier"));
        assertTrue(labels.has("canary"));
        assertFalse(labels.has("tier"));
        assertFalse(labels.isEmpty());
        assertTrue(Labels.NONE.isEmpty());
    }

    @Test
    void orderedByKey() {
        Labels labels = of("tier", "front", "app", "web");
        assertEquals("app=web,tier=front", labels.toString());
        assertEquals(List.of("app", "tier"), new ArrayList<>(labels.keys()));
        assertEquals(List.of("web", "front"), new ArrayList<>(labels.asMap().values()));
        assertEquals("", Labels.NONE.toString());
    }

    @Test
    void equalByContent() {
        assertEquals(of("a", "1", "b", "2"), of("b", "2", "a", "1"));
        assertEquals(of("a", "1", "b", "2").hashCode(), of("b", "2", "a", "1").hashCode());
        assertNotEquals(of("a", "1"), of("a", "2"));
        assertNotEquals(of("a", "1"), of("a", "1", "b", "2"));
        assertNotEquals(of("a", "1"), Map.of("a", "1"));
        assertEquals(Labels.NONE, of());
        assertSame(Labels.NONE, of());
    }

    @Test
    void differentLabelsOfOneHashAreNotEqual() {
        // "Aa" and "BB" have the same String.hashCode.
        Labels one = of("app", "Aa");
        Labels other = of("app", "BB");
        assertEquals(one.hashCode(), other.hashCode());
        assertNotEquals(one, other);
    }

    @Test
    void hashesSpread() {
        assertNotEquals(of("a", "1").hashCode(), of("a", "2").hashCode());
    }

    @Test
    void keeping() {
        Labels labels = of("app", "web", "pod-template-hash", "5d4", "tier", "front");
        assertEquals(of("app", "web", "tier", "front"), labels.keeping(key -> !key.equals("pod-template-hash")));
        assertSame(labels, labels.keeping(key -> true));
        assertSame(Labels.NONE, labels.keeping(key -> false));
    }

    @Test
    void neverChanges() {
        Map<String, String> map = new HashMap<>(Map.of("app", "web"));
        Labels labels = Labels.of(map);
        map.put("tier", "front");
        assertFalse(labels.has("tier"));
        assertThrows(UnsupportedOperationException.class, () -> labels.asMap().put("a", "b"));
        assertThrows(UnsupportedOperationException.class, () -> labels.keys().remove("app"));
    }
}
