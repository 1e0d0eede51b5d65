package dev.sealane.facts;

/** A Namespace. Its labels include {@code kubernetes.io/metadata.name}, which the API server always sets. */
public record Namespace(Meta meta) implements Resource {
    public static final String NAME_LABEL = "kubernetes.io/metadata.name";
}
