package dev.sealane.facts;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** A set of labels, ordered by key. */
public final class Labels {
    public static final Labels NONE = new Labels(Collections.emptySortedMap());

    private final Map<String, String> map;
    private final int hash;

    private Labels(Map<String, String> map) {
        this.map = map;
        this.hash = map.hashCode();
    }

    public static Labels of(Map<String, String> map) {
        return map.isEmpty() ? NONE : new Labels(Collections.unmodifiableMap(new TreeMap<>(map)));
    }

    /** The value of a label, or null if it is absent. */
    public String get(String key) {
        return map.get(key);
    }

    public boolean has(String key) {
        return map.containsKey(key);
    }

    public boolean isEmpty() {
        return map.isEmpty();
    }

    public Set<String> keys() {
        return map.keySet();
    }

    /** Immutable, ordered by key. */
    public Map<String, String> asMap() {
        return map;
    }

    /** The labels whose keys pass. */
    public Labels keeping(Predicate<String> key) {
        if (map.keySet().stream().allMatch(key)) {
            return this;
        }
        Map<String, String> kept = new TreeMap<>(map);
        kept.keySet().removeIf(key.negate());
        return of(kept);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || other instanceof Labels that && hash == that.hash && map.equals(that.map);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** As kubectl prints labels: {@code app=web,tier=front}. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        map.forEach((key, value) ->
                text.append(text.isEmpty() ? "" : ",").append(key).append('=').append(value));
        return text.toString();
    }
}
