package dev.sealane.facts;

import java.util.List;

/**
 * What networking needs of a container.
 *
 * @param arguments {@code command} and {@code args}, in this order
 * @param addresses the hosts that {@code env} names and that may be Services; empty for a captured pod, whose workload
 *     has them as well
 */
public record Container(
        String name, String image, List<String> arguments, List<ContainerPort> ports, List<EnvAddress> addresses) {
    public Container {
        arguments = List.copyOf(arguments);
        ports = List.copyOf(ports);
        addresses = List.copyOf(addresses);
    }

    /** One whose environment names no host. */
    public Container(String name, String image, List<String> arguments, List<ContainerPort> ports) {
        this(name, image, arguments, ports, List.of());
    }
}
