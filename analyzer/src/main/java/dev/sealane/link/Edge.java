package dev.sealane.link;

/** A relation between two objects, as an edge of the graph. Edges are compared by identity. */
public final class Edge {
    private final String label;

    public Edge(String label) {
        this.label = label;
    }

    /** What the first object does to the second: {@code selects}, {@code routes to}, {@code applies to}. */
    public String label() {
        return label;
    }

    @Override
    public String toString() {
        return label;
    }
}
