package dev.sealane.facts;

import java.util.Map;

/** A ConfigMap. Only the values of those in which a table of Sealane looks something up are kept; others are empty. */
public record ConfigMap(Meta meta, Map<String, String> data) implements Resource {
    public ConfigMap {
        data = Map.copyOf(data);
    }
}
