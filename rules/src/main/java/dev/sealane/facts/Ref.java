package dev.sealane.facts;

/**
 * The identity of an object. The API version is not part of it.
 *
 * @param namespace empty for a cluster-scoped object
 */
public record Ref(Kind kind, String namespace, String name) {

    /** {@code namespace/name}, or the name alone of a cluster-scoped object. */
    public String path() {
        return namespace.isEmpty() ? name : namespace + "/" + name;
    }

    @Override
    public String toString() {
        return kind.name() + " " + path();
    }
}
