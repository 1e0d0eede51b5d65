package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.Endpoints;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** The endpoints of Services, and which of them the service proxy of a node uses. */
final class Backends {
    /**
     * The endpoints of a Service's port.
     *
     * @param missing what is not in the input and would tell more; null if nothing is missing
     * @param doubt of {@code missing}: whether there may be others than these
     * @param source where they come from, in words
     */
    record Found(List<Backend> all, String missing, boolean doubt, String source) {}

    /**
     * Those that a node's proxy uses.
     *
     * @param why in words; empty if all that are ready are
     * @param uncertain whether the input does not tell if it is just these
     */
    record Used(List<Backend> backends, Text why, boolean uncertain) {}

    private static final String ZONE = "topology.kubernetes.io/zone";

    private final Network network;
    private final Map<Ref, List<EndpointSlice>> slices = new HashMap<>();
    private final Map<Ref, Endpoints> endpoints = new HashMap<>();
    private final Map<Ref, List<PodSet>> selected;
    private final Map<Ref, PodSet> setOf = new HashMap<>();
    private final Map<Ref, Pod> pods = new HashMap<>();
    private final Map<String, Pod> byAddress = new HashMap<>();
    private final Map<String, Node> nodes = new HashMap<>();
    private final Map<String, Node> nodesByAddress = new HashMap<>();

    Backends(Network network) {
        selected = network.selected();
        this.network = network;
        for (Resource resource : network.resources()) {
            if (resource instanceof EndpointSlice slice && slice.service() != null) {
                slices.computeIfAbsent(slice.service(), unseen -> new ArrayList<>())
                        .add(slice);
            } else if (resource instanceof Endpoints old) {
                endpoints.put(new Ref(Kind.SERVICE, old.namespace(), old.name()), old);
            } else if (resource instanceof Node node) {
                nodes.put(node.name(), node);
                node.addresses().forEach(address -> nodesByAddress.put(address, node));
            }
        }
        for (PodSet set : network.podSets()) {
            for (Pod pod : set.pods()) {
                setOf.put(pod.ref(), set);
                pods.put(pod.ref(), pod);
                if (!set.spec().hostNetwork()) {
                    pod.podIPs().forEach(address -> byAddress.putIfAbsent(address, pod));
                }
            }
        }
    }

    /** By the address; null if no pod of the input has it for itself. */
    Pod podAt(String address) {
        return byAddress.get(address);
    }

    PodSet setOf(Pod pod) {
        return setOf.get(pod.ref());
    }

    Pod pod(String namespace, String name) {
        return pods.get(new Ref(Kind.POD, namespace, name));
    }

    /** Null if it is not in the input. */
    Node node(String name) {
        return nodes.get(name);
    }

    /** By the address; null if no node of the input has it. */
    Node nodeAt(String address) {
        return nodesByAddress.get(address);
    }

    Map<String, Node> nodes() {
        return nodes;
    }

    List<PodSet> selected(Service service) {
        return selected.getOrDefault(service.ref(), List.of());
    }

    /** A pod, or the pods of a template, that somebody connects to directly. */
    static Backend of(PodSet set, Pod pod, int port) {
        String address =
                pod == null || pod.podIPs().isEmpty() ? "" : pod.podIPs().getFirst();
        String node = pod == null ? "" : pod.nodeName();
        return new Backend(
                set,
                pod,
                address,
                port,
                node,
                true,
                false,
                List.of(),
                List.of(),
                pod == null ? set.source().at("") : pod.at(""));
    }

    Found of(Service service, ServicePort port) {
        List<EndpointSlice> own = slices.getOrDefault(service.ref(), List.of());
        if (!own.isEmpty()) {
            return new Found(fromSlices(service, port, own), null, false, "EndpointSlices");
        }
        boolean listed = network.ledger().proved(Kind.ENDPOINT_SLICE, service.namespace());
        if (listed && service.meta().captured()) {
            return new Found(List.of(), null, false, "EndpointSlices, of which it has none");
        }
        if (!service.selecting()) {
            Endpoints old = endpoints.get(service.ref());
            if (old != null) {
                List<Backend> all = new ArrayList<>();
                old.ready()
                        .forEach(address ->
                                all.add(outside(address, port.targetPort().number(), true, old)));
                old.notReady()
                        .forEach(address ->
                                all.add(outside(address, port.targetPort().number(), false, old)));
                return new Found(all, null, false, "its Endpoints");
            }
            return new Found(
                    List.of(), "kubectl get endpointslices -n " + service.namespace() + " -o yaml", true, "nothing");
        }
        List<Backend> all = new ArrayList<>();
        for (PodSet set : selected(service)) {
            fromPods(service, port, set, all);
        }
        boolean open = !network.ledger().complete(Kind.POD, service.namespace());
        String collect = open ? "kubectl get pods,endpointslices -n " + service.namespace() + " -o yaml" : null;
        return new Found(all, collect, open && all.isEmpty(), "the pods that its selector matches");
    }

    private static Backend outside(String address, int port, boolean ready, Endpoints old) {
        return new Backend(null, null, address, port, "", ready, false, List.of(), List.of(), old.at("subsets"));
    }

    private List<Backend> fromSlices(Service service, ServicePort port, List<EndpointSlice> own) {
        List<Backend> all = new ArrayList<>();
        for (EndpointSlice slice : own) {
            for (EndpointSlice.Port offered : slice.ports()) {
                if (offered.protocol() != port.protocol()
                        || !offered.name().equals(port.name())
                        || offered.number() == 0) {
                    continue;
                }
                for (int i = 0; i < slice.endpoints().size(); i++) {
                    EndpointSlice.Endpoint endpoint = slice.endpoints().get(i);
                    if (!endpoint.addresses().isEmpty() && !slice.addressType().equals("FQDN")) {
                        all.add(fromSlice(service, slice, i, offered.number()));
                    }
                }
            }
        }
        return all;
    }

    private Backend fromSlice(Service service, EndpointSlice slice, int index, int port) {
        EndpointSlice.Endpoint endpoint = slice.endpoints().get(index);
        String address = endpoint.addresses().getFirst();
        Pod pod = endpoint.pod().isEmpty() ? null : pod(service.namespace(), endpoint.pod());
        pod = pod == null ? podAt(address) : pod;
        String node = endpoint.nodeName().isEmpty() && pod != null ? pod.nodeName() : endpoint.nodeName();
        return new Backend(
                pod == null ? null : setOf(pod),
                pod,
                address,
                port,
                node,
                endpoint.ready(),
                endpoint.serving() && endpoint.terminating(),
                endpoint.forZones(),
                endpoint.forNodes(),
                slice.at("endpoints[" + index + "]"));
    }

    private static void fromPods(Service service, ServicePort port, PodSet set, List<Backend> all) {
        int number = set.spec().resolve(port.targetPort(), port.protocol());
        if (set.pods().isEmpty() && !set.scaledToZero()) {
            all.add(of(set, null, number));
        }
        for (Pod pod : set.pods()) {
            if (pod.observed() && pod.podIPs().isEmpty()) {
                continue;
            }
            boolean serving = !pod.observed() || pod.ready();
            boolean leaving = pod.meta().terminating();
            Backend direct = of(set, pod, number);
            all.add(new Backend(
                    set,
                    pod,
                    direct.address(),
                    number,
                    direct.nodeName(),
                    service.publishNotReadyAddresses() || serving && !leaving,
                    serving && leaving,
                    List.of(),
                    List.of(),
                    direct.place()));
        }
    }

    /** Ready ones, or those that drain if no other is left. */
    static List<Backend> usable(List<Backend> all) {
        List<Backend> ready = all.stream().filter(Backend::ready).toList();
        return ready.isEmpty() ? all.stream().filter(Backend::draining).toList() : ready;
    }

    /**
     * What the proxy of a node uses of all.
     *
     * @param local whether the traffic policy wants those of the node alone
     * @param nodeName empty if it is not known
     */
    Used used(List<Backend> all, boolean local, String nodeName) {
        if (local) {
            return local(all, nodeName);
        }
        List<Backend> ready = all.stream().filter(Backend::ready).toList();
        if (ready.isEmpty()) {
            List<Backend> draining = usable(all);
            return new Used(
                    draining,
                    draining.isEmpty() ? Text.of("") : Text.of("none is ready, so those that terminate still serve"),
                    false);
        }
        return hinted(ready, nodeName);
    }

    private static Used local(List<Backend> all, String nodeName) {
        List<Backend> usable = usable(all);
        boolean everywhere = !usable.isEmpty()
                && usable.stream()
                        .allMatch(one ->
                                one.set() != null && one.set().owner().kind().equals(Kind.DAEMON_SET));
        boolean placed = !nodeName.isEmpty()
                && usable.stream().noneMatch(one -> one.nodeName().isEmpty() && one.pod() == null && one.set() != null);
        if (placed) {
            List<Backend> here = usable(
                    all.stream().filter(one -> one.nodeName().equals(nodeName)).toList());
            return new Used(here, Text.of("traffic policy Local: those on node %s", nodeName), false);
        }
        return new Used(
                usable,
                everywhere
                        ? Text.of("traffic policy Local: the one on the same node, where a DaemonSet runs one")
                        : Text.of("traffic policy Local: only those on the same node, which the input does not tell"),
                !everywhere);
    }

    /** Hints count only if each ready endpoint has some and one at least is meant for the node. */
    private Used hinted(List<Backend> ready, String nodeName) {
        if (ready.stream().allMatch(one -> !one.nodes().isEmpty()) && !nodeName.isEmpty()) {
            Used near = those(ready, one -> one.nodes().contains(nodeName), Text.of("hinted for node %s", nodeName));
            if (near != null) {
                return near;
            }
        }
        if (ready.stream().anyMatch(one -> one.zones().isEmpty())) {
            return new Used(ready, Text.of(""), false);
        }
        Node node = nodes.get(nodeName);
        String zone = node == null ? null : node.labels().get(ZONE);
        if (zone == null) {
            return node != null
                    ? new Used(ready, Text.of("hints are not used: node %s has no zone", nodeName), false)
                    : new Used(
                            ready,
                            Text.of("those hinted for the zone of the client's node, which the input does not tell"),
                            true);
        }
        Used near = those(ready, one -> one.zones().contains(zone), Text.of("hinted for zone %s", zone));
        return near == null ? new Used(ready, Text.of("hints are not used: none is for zone %s", zone), false) : near;
    }

    private static Used those(List<Backend> ready, Predicate<Backend> near, Text why) {
        List<Backend> chosen = ready.stream().filter(near).toList();
        return chosen.isEmpty() ? null : new Used(chosen, why, false);
    }

    /** Whether the address is in the ranges that the nodes give their pods, or is a pod's. */
    boolean podRange(Cidr address) {
        return nodes.values().stream()
                .flatMap(node -> node.podCIDRs().stream())
                .flatMap(range -> Cidr.tryParse(range).stream())
                .anyMatch(range -> range.contains(address));
    }
}
