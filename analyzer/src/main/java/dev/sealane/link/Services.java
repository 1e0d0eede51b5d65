package dev.sealane.link;

import dev.sealane.facts.Autoscaler;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Idle;
import dev.sealane.facts.Kind;
import dev.sealane.facts.MissingEndpoints;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Readiness;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.RoutesTo;
import dev.sealane.facts.Selects;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Services to the pods behind them. */
final class Services {
    /** A rollout, or a controller that catches up, is given this long before its state counts. */
    private static final Duration SETTLED = Duration.ofMinutes(2);

    private final PodIndex index;
    private final NearMisses nearMisses;
    private final Map<Ref, List<EndpointSlice>> slices = new HashMap<>();
    private final Set<Ref> autoscaled = new HashSet<>();
    private final Times times;
    private final Skew skew;
    private final List<Object> facts = new ArrayList<>();

    private Services(List<Resource> resources, PodIndex index, Ledger ledger, Times times) {
        this.times = times;
        this.skew = new Skew(times);
        this.index = index;
        this.nearMisses = new NearMisses(index, ledger);
        for (Resource resource : resources) {
            if (resource instanceof EndpointSlice slice && slice.service() != null) {
                slices.computeIfAbsent(slice.service(), unseen -> new ArrayList<>())
                        .add(slice);
            }
            if (resource instanceof Autoscaler autoscaler) {
                autoscaled.add(autoscaler.target());
            }
        }
    }

    /** The facts of all Services. */
    static List<Object> link(List<Resource> resources, PodIndex index, Ledger ledger, Times times) {
        Services services = new Services(resources, index, ledger, times);
        for (Resource resource : resources) {
            if (resource instanceof Service service) {
                services.link(service);
            }
        }
        return services.facts;
    }

    private void link(Service service) {
        facts.addAll(service.ports());
        if (!service.selecting()) {
            return;
        }
        List<PodSet> selected = index.select(service.namespace(), service.selector());
        if (selected.isEmpty()) {
            nearMisses
                    .of(service)
                    .map(miss -> miss.doubted(skew.withoutPods(service, slices(service))))
                    .ifPresent(facts::add);
        }
        Text doubt = skew.otherPods(
                service, selected.stream().flatMap(set -> set.pods().stream()).toList());
        for (int i = 0; i < selected.size(); i++) {
            PodSet pods = selected.get(i);
            facts.add(new Selects(service.ref(), pods));
            for (ServicePort port : service.ports()) {
                facts.add(route(port, pods, i, doubt));
            }
        }
        linkIdle(service, selected);
        linkObserved(service, selected);
    }

    /** Workloads that a controller or an autoscaler keeps at nothing until they are needed are not idle. */
    private void linkIdle(Service service, List<PodSet> selected) {
        if (selected.stream().allMatch(PodSet::scaledToZero)) {
            selected.stream()
                    .filter(set -> set.source().meta().owner() == null)
                    .map(PodSet::owner)
                    .filter(workload -> !workload.kind().equals(Kind.JOB) && !autoscaled.contains(workload))
                    .findFirst()
                    .ifPresent(workload -> facts.add(new Idle(service.ref(), workload)));
        }
    }

    private static RoutesTo route(ServicePort port, PodSet pods, int order, Text doubt) {
        int number = pods.spec().resolve(port.targetPort(), port.protocol());
        boolean declared = number != 0 && pods.spec().declares(number, port.protocol());
        boolean silent = pods.spec().ports().isEmpty();
        return new RoutesTo(port.service(), port.index(), pods, order, number, declared, silent, doubt);
    }

    private void linkObserved(Service service, List<PodSet> selected) {
        List<Pod> pods = selected.stream()
                .flatMap(set -> set.pods().stream())
                .filter(Pod::observed)
                .toList();
        if (pods.isEmpty()) {
            return;
        }
        List<Pod> unready = pods.stream().filter(pod -> !pod.ready()).toList();
        int ready = pods.size() - unready.size();
        facts.add(new Readiness(
                service.ref(),
                pods.size(),
                ready,
                pods.stream().allMatch(this::settled) && !slicesDisagree(service, ready),
                unready.isEmpty() ? Text.of("") : cause(unready),
                unready.stream().limit(3).map(Services::evidence).toList()));
        // The endpoint slice controller has not seen one that is only written yet.
        if (service.meta().captured()) {
            linkMissing(service, selected);
        }
    }

    /** Whether the slices have a ready endpoint although no pod is ready: the two were not captured together. */
    private boolean slicesDisagree(Service service, int ready) {
        return ready == 0 && slices(service).stream().anyMatch(EndpointSlice::hasReadyEndpoint);
    }

    private List<EndpointSlice> slices(Service service) {
        return slices.getOrDefault(service.ref(), List.of());
    }

    private boolean settled(Pod pod) {
        return !pod.meta().terminating() && old(pod.meta().created(), pod);
    }

    /** Whether it was long ago when the pod was collected, which may be long before other things were. */
    private boolean old(Instant time, Pod pod) {
        if (time == null) {
            return false;
        }
        Instant collected = times.collected(Kind.POD, pod.namespace());
        Instant observed = collected != null && collected.isBefore(times.newest()) ? collected : times.newest();
        return time.plus(SETTLED).isBefore(observed);
    }

    /** The most frequent reason, with a pod that shows it. */
    private static Text cause(List<Pod> unready) {
        Map<String, Integer> counts = new HashMap<>();
        Pod example = unready.getFirst();
        for (Pod pod : unready) {
            int count = counts.merge(reason(pod), 1, Integer::sum);
            example = count > counts.get(reason(example)) ? pod : example;
        }
        return Text.of("%s in pod %s", reason(example), example.name());
    }

    private static String reason(Pod pod) {
        if (!pod.unreadyReason().isEmpty()) {
            return pod.unreadyReason();
        }
        return pod.phase().equals("Running") ? "not ready" : pod.phase();
    }

    private static Evidence evidence(Pod pod) {
        return new Evidence(Text.of("Pod %s: %s", pod.name(), reason(pod)), pod.at("status"));
    }

    private void linkMissing(Service service, List<PodSet> selected) {
        List<EndpointSlice> own = slices(service);
        Set<String> addresses = new HashSet<>();
        own.forEach(slice -> slice.endpoints().forEach(endpoint -> addresses.addAll(endpoint.addresses())));
        List<Pod> missing = new ArrayList<>();
        List<Pod> doubtful = new ArrayList<>();
        Text why = Skew.NONE;
        for (PodSet set : selected) {
            if (!portsResolve(service, set)) {
                continue;
            }
            for (Pod pod : set.pods()) {
                boolean due = pod.ready()
                        && settled(pod)
                        && old(pod.readySince(), pod)
                        && !pod.podIPs().isEmpty();
                if (due && pod.podIPs().stream().noneMatch(addresses::contains)) {
                    Text doubt = skew.withoutSlice(service, pod, own, SETTLED);
                    (doubt == Skew.NONE ? missing : doubtful).add(pod);
                    why = doubt == Skew.NONE ? why : doubt;
                }
            }
        }
        if (!missing.isEmpty()) {
            facts.add(new MissingEndpoints(service.ref(), missing, Skew.NONE));
        } else if (!doubtful.isEmpty()) {
            facts.add(new MissingEndpoints(service.ref(), doubtful, why));
        }
    }

    /** The endpoint slice controller leaves out a pod that lacks a named target port which another pod has. */
    private static boolean portsResolve(Service service, PodSet set) {
        return service.ports().stream().allMatch(port -> set.spec().resolve(port.targetPort(), port.protocol()) != 0);
    }
}
