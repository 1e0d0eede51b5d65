package dev.sealane.link;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.Endpoints;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.Workload;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Manifests laid over a cluster, as if they had been applied to it. What they hold replaces the object of the same
 * identity; what they do not hold stays, since applying deletes nothing.
 *
 * @param before the cluster without what controllers would make anew: pods and ReplicaSets of replaced workloads,
 *     endpoints of replaced Services. Compared with {@code after} it shows what the manifests change and nothing else:
 *     in both, pods of a replaced workload are known by its template, if that was captured
 * @param after the same with the manifests; its findings and what was skipped are those of the manifests
 * @param written the objects of the manifests
 * @param replaced how many of these the cluster has
 * @param dropped how many of the cluster's objects controllers would make anew
 */
public record Overlay(Input before, Input after, Set<Ref> written, int replaced, int dropped) {

    /** Neither changes. */
    public static Overlay of(Input cluster, Input manifests) {
        Map<Ref, Resource> written = new HashMap<>();
        manifests.resources().forEach(resource -> written.put(resource.ref(), resource));
        List<Resource> before = new ArrayList<>();
        List<Resource> after = new ArrayList<>();
        Map<Ref, Service> services = new HashMap<>();
        for (Resource resource : cluster.resources()) {
            if (resource instanceof Service service) {
                services.put(service.ref(), service);
            }
        }
        int replaced = 0;
        int dropped = 0;
        Controllers controllers = new Controllers(cluster.resources());
        for (Resource resource : cluster.resources()) {
            if (written.containsKey(resource.ref())) {
                before.add(resource);
                replaced++;
                continue;
            }
            Optional<Ref> workload = workload(resource, controllers, written);
            boolean anew = workload.isPresent() || endpointsChange(resource, services, written);
            dropped += anew ? 1 : 0;
            if (!anew) {
                after.add(resource);
            }
            // Without the template that it was made from, a pod is all that tells of its workload.
            if (!anew || workload.isPresent() && !controllers.isWorkload(workload.get())) {
                before.add(resource);
            }
        }
        for (Resource resource : manifests.resources()) {
            after.add(resource instanceof Service service ? applied(service, services.get(service.ref())) : resource);
        }
        List<Listing> listings = new ArrayList<>(cluster.listings());
        listings.addAll(unasked(cluster, manifests));
        return new Overlay(
                with(cluster, before, cluster.listings(), cluster),
                with(cluster, after, listings, manifests),
                Set.copyOf(written.keySet()),
                replaced,
                dropped);
    }

    /** @param saying whose findings these are */
    private static Input with(Input cluster, List<Resource> resources, List<Listing> listings, Input saying) {
        return new Input(
                List.copyOf(resources),
                List.copyOf(listings),
                saying.findings(),
                saying.skipped(),
                saying.files(),
                cluster.captures());
    }

    /**
     * Manifests by themselves are taken to be complete where they have one object of a kind. Laid over a cluster they
     * are a part of what is there, so in namespaces that it shows, its listings alone prove that something is missing.
     */
    private static List<Listing> unasked(Input cluster, Input manifests) {
        Set<String> shown = new HashSet<>();
        for (Resource resource : cluster.resources()) {
            if (resource.meta().captured()) {
                shown.add(resource.namespace());
                shown.add("");
            }
        }
        Map<String, Set<Kind>> kinds = new TreeMap<>();
        for (Resource resource : manifests.resources()) {
            if (shown.contains(resource.namespace())) {
                Set<Kind> here = kinds.computeIfAbsent(resource.namespace(), unseen -> new HashSet<>());
                here.add(resource.ref().kind());
                if (resource instanceof Workload) {
                    here.add(Kind.POD);
                }
            }
        }
        List<Listing> unasked = new ArrayList<>();
        kinds.forEach((namespace, here) ->
                unasked.add(new Listing(here, Set.of(namespace), false, Coverage.State.NOT_COLLECTED, "", null, "")));
        return unasked;
    }

    /** The workload of the manifests that a pod, or another workload, belongs to. */
    private static Optional<Ref> workload(Resource resource, Controllers controllers, Map<Ref, Resource> written) {
        return resource instanceof Pod || resource instanceof Workload
                ? controllers.of(resource).stream()
                        .filter(ref -> written.get(ref) instanceof Workload)
                        .findFirst()
                : Optional.empty();
    }

    private static boolean endpointsChange(Resource resource, Map<Ref, Service> services, Map<Ref, Resource> written) {
        Ref service = null;
        if (resource instanceof EndpointSlice slice) {
            service = slice.service();
        } else if (resource instanceof Endpoints) {
            service = new Ref(Kind.SERVICE, resource.namespace(), resource.name());
        }
        return service != null
                && written.get(service) instanceof Service applied
                && services.containsKey(service)
                && endpointsChange(services.get(service), applied);
    }

    private static boolean endpointsChange(Service before, Service after) {
        return !before.selector().equals(after.selector())
                || !before.ports().equals(after.ports())
                || before.publishNotReadyAddresses() != after.publishNotReadyAddresses();
    }

    /** No controller has seen it yet, also if it was captured once. It keeps the addresses that it has. */
    private static Service applied(Service service, Service before) {
        Meta meta = service.meta();
        boolean keeps = before != null
                && !before.headless()
                && service.clusterIPs().isEmpty()
                && !service.type().equals("ExternalName");
        return new Service(
                new Meta(
                        meta.ref(),
                        meta.origin(),
                        meta.apiVersion(),
                        meta.labels(),
                        meta.annotations(),
                        meta.owner(),
                        "",
                        "",
                        meta.created(),
                        meta.terminating()),
                service.type(),
                service.selector(),
                service.ports(),
                keeps ? before.clusterIPs() : service.clusterIPs(),
                service.externalName(),
                service.publishNotReadyAddresses(),
                service.traffic());
    }
}
