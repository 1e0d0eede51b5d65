package dev.sealane.facts;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a Service's port leads on pods that the Service selects.
 *
 * @param index of the port in {@code spec.ports}
 * @param order of these pods among those that the Service selects
 * @param number the container port, 0 if {@code targetPort} is a name that these pods do not have for the protocol
 * @param declared whether a container declares that port
 * @param silent whether the pods declare no port at all, which says nothing about what they serve
 * @param doubt a clause about Services and pods that were collected apart, so that both may be right; else empty
 */
public record RoutesTo(
        Ref service, int index, PodSet pods, int order, int number, boolean declared, boolean silent, Text doubt)
        implements Explained {
    public boolean resolved() {
        return number != 0;
    }

    public Certainty certainty() {
        return doubt.certainty();
    }

    @Override
    public List<Evidence> evidence() {
        String declares =
                pods.spec().ports().stream().map(ContainerPort::toString).collect(Collectors.joining(", "));
        return List.of(new Evidence(
                Text.of("%s declares %s", pods, declares.isEmpty() ? "no port" : declares),
                pods.at("spec.containers")));
    }
}
