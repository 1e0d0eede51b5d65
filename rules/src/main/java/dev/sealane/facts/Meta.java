package dev.sealane.facts;

import java.time.Instant;
import java.util.Map;

/**
 * What every object has.
 *
 * @param apiVersion as written
 * @param annotations only those that a rule, a table or Sealane itself reads
 * @param owner the controlling {@code ownerReferences} entry, or null
 * @param uid set by the API server, empty in a manifest
 * @param resourceVersion set by the API server, empty in a manifest
 * @param created {@code creationTimestamp}, or null
 * @param terminating whether {@code deletionTimestamp} is set
 */
public record Meta(
        Ref ref,
        Origin origin,
        String apiVersion,
        Labels labels,
        Map<String, String> annotations,
        Ref owner,
        String uid,
        String resourceVersion,
        Instant created,
        boolean terminating) {

    public Meta {
        annotations = Map.copyOf(annotations);
    }

    /** Whether an API server printed the object, as opposed to somebody writing it. */
    public boolean captured() {
        return !uid.isEmpty() && !resourceVersion.isEmpty();
    }

    public String annotation(String key) {
        return annotations.getOrDefault(key, "");
    }
}
