package dev.sealane.facts;

import java.util.List;

/**
 * What networking needs of a container.
 *
 * @param arguments {@code command} and {@code args}, in this order
 */
public record Container(String name, String image, List<String> arguments, List<ContainerPort> ports) {
    public Container {
        arguments = List.copyOf(arguments);
        ports = List.copyOf(ports);
    }
}
