package dev.sealane.facts;

import java.util.List;

/**
 * Ready pods that a Service selects and none of the Service's EndpointSlices contains, although the endpoint slice
 * controller had time to add them and their ports resolve.
 *
 * @param pods at least one
 * @param doubt a clause about pods and slices that were collected apart, so that both may be right; else empty
 */
public record MissingEndpoints(Ref service, List<Pod> pods, Text doubt) implements Explained {
    public MissingEndpoints {
        pods = List.copyOf(pods);
    }

    public Certainty certainty() {
        return doubt.certainty();
    }

    /** Names one, and how many more there are. */
    public String names() {
        return pods.get(0).ref() + (pods.size() == 1 ? "" : " and " + (pods.size() - 1) + " more");
    }

    @Override
    public List<Evidence> evidence() {
        return pods.stream()
                .map(pod -> new Evidence(Text.of("%s", pod.ref()), pod.at("metadata.name")))
                .toList();
    }
}
