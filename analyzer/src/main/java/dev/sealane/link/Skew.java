package dev.sealane.link;

import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Doubt about what rests on two kinds that were collected apart: whatever happened in between shows in one of them only,
 * and they disagree although nothing is wrong.
 *
 * <p>Doubt is a clause to put behind a message, empty if there is none.
 */
final class Skew {
    static final Text NONE = Text.of("");

    private final Times times;

    Skew(Times times) {
        this.times = times;
    }

    /** About what is absent of a kind: the object that wants it was created after that kind was collected. */
    Text createdAfter(Resource wanting, Kind absent) {
        Instant collected = times.collected(absent, absent.namespaced() ? wanting.namespace() : "");
        Instant created = wanting.meta().created();
        return isAfter(created, collected)
                ? Text.of(
                        "; but %s was created at %s, after %s had been collected at %s",
                        wanting.ref(), created, absent.plural(), collected)
                : NONE;
    }

    /** About a Service without pods: the Service came, or its pods went, in between. */
    Text withoutPods(Service service, List<EndpointSlice> slices) {
        Text created = createdAfter(service, Kind.POD);
        if (created != NONE) {
            return created;
        }
        for (EndpointSlice slice : slices) {
            if (betweenServicesAndPods(slice.triggered(), service.namespace())) {
                return changedBetween("its pods changed", slice.triggered(), service.namespace());
            }
        }
        return NONE;
    }

    /** About the pods' ports: pods that the Service was written for may have come, or these may have, in between. */
    Text otherPods(Service service, List<Pod> pods) {
        Text created = createdAfter(service, Kind.POD);
        if (created != NONE) {
            return created;
        }
        for (Pod pod : pods) {
            if (betweenServicesAndPods(pod.meta().created(), service.namespace())) {
                return changedBetween(pod.ref() + " was created", pod.meta().created(), service.namespace());
            }
        }
        return NONE;
    }

    private boolean betweenServicesAndPods(Instant change, String namespace) {
        Instant pods = times.collected(Kind.POD, namespace);
        return isAfter(change, times.collected(Kind.SERVICE, namespace)) && pods != null && !change.isAfter(pods);
    }

    private Text changedBetween(String what, Instant change, String namespace) {
        return Text.of(
                "; but %s at %s, after services had been collected at %s",
                what, change, times.collected(Kind.SERVICE, namespace));
    }

    /**
     * About a ready pod that no slice of its Service has.
     *
     * @param grace how long the endpoint slice controller may take to add it
     */
    Text withoutSlice(Service service, Pod pod, List<EndpointSlice> slices, Duration grace) {
        Text created = createdAfter(service, Kind.ENDPOINT_SLICE);
        if (created != NONE) {
            return created;
        }
        String namespace = service.namespace();
        Instant slicesCollected = times.collected(Kind.ENDPOINT_SLICE, namespace);
        if (slicesCollected == null) {
            Instant seen = times.newestBeside(
                    Kind.ENDPOINT_SLICE, namespace, pod.meta().origin().file());
            return isAfter(pod.readySince(), seen)
                    ? Text.of(
                            "; but %s is ready since %s, and endpointslices may have been collected before: nothing in"
                                    + " their file is newer than %s",
                            pod.ref(), pod.readySince(), seen)
                    : NONE;
        }
        if (isAfter(pod.readySince().plus(grace), slicesCollected)) {
            return Text.of(
                    "; but %s is ready since %s, and endpointslices were collected at %s",
                    pod.ref(), pod.readySince(), slicesCollected);
        }
        Instant podsCollected = times.collected(Kind.POD, namespace);
        for (EndpointSlice slice : slices) {
            if (isAfter(slice.triggered(), podsCollected)) {
                return Text.of(
                        "; but %s followed a change at %s, after pods had been collected at %s",
                        slice.ref(), slice.triggered(), podsCollected);
            }
        }
        return NONE;
    }

    private static boolean isAfter(Instant change, Instant collected) {
        return change != null && collected != null && change.isAfter(collected);
    }
}
