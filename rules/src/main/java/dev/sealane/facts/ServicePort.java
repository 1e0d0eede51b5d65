package dev.sealane.facts;

/**
 * A port of a Service, also a fact of its own.
 *
 * @param index in {@code spec.ports}
 * @param name empty if it has none
 * @param targetPort the field, or the port where it is absent
 * @param targetPath the place of what {@code targetPort} came from, relative to the Service
 */
public record ServicePort(
        Ref service, int index, String name, int port, Protocol protocol, IntOrString targetPort, String targetPath) {}
