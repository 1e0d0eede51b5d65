package dev.sealane.facts;

/**
 * A declared port of a container. Declaring is informational: an undeclared port is reachable all the same.
 *
 * @param name empty if it has none
 */
public record ContainerPort(String name, int number, Protocol protocol) {
    /** As messages show it: {@code http 8080/TCP}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + " ") + number + "/" + protocol;
    }
}
