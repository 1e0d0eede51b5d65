package dev.sealane.facts;

/**
 * A port of a Service, also a fact of its own.
 *
 * @param index in {@code spec.ports}
 * @param name empty if it has none
 * @param targetPort the field, or the port where it is absent
 * @param nodePort 0 if it has none, or the API server has not chosen one yet
 * @param targetPath the place of what {@code targetPort} came from, relative to the Service
 */
public record ServicePort(
        Ref service,
        int index,
        String name,
        int port,
        Protocol protocol,
        IntOrString targetPort,
        int nodePort,
        String targetPath) {

    /** The path of one of its fields in the Service. */
    public String path(String field) {
        return "spec.ports[" + index + "]." + field;
    }

    /**
     * The field in which another port of the same Service repeats this one although the API server demands that they
     * differ: {@code port} if number and protocol are the same, {@code name} if only the name is; null if neither.
     */
    public String repeatedBy(ServicePort other) {
        if (port == other.port && protocol == other.protocol) {
            return "port";
        }
        return !name.isEmpty() && name.equals(other.name) ? "name" : null;
    }

    /** As messages show it: {@code http 80/TCP}. */
    @Override
    public String toString() {
        return (name.isEmpty() ? "" : name + " ") + port + "/" + protocol;
    }
}
