package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Text;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The way to a pod, or to another endpoint of a Service, with the policies of both ends. */
final class PodPath {
    private final Backends backends;
    private final PolicyDecisions decisions;
    private final ServiceTranslation translation;
    private final AddressPath addressPath;

    PodPath(Backends backends, PolicyDecisions decisions, ServiceTranslation translation, AddressPath addressPath) {
        this.backends = backends;
        this.decisions = decisions;
        this.translation = translation;
        this.addressPath = addressPath;
    }

    Way direct(End client, Backend backend, Protocol protocol) {
        Pod pod = backend.pod();
        if (pod != null && pod.observed() && pod.podIPs().isEmpty()) {
            Text text = Text.of(
                    "%s has no address yet: %s",
                    pod.ref(), pod.unreadyReason().isEmpty() ? pod.phase() : pod.unreadyReason());
            return Way.lost(client, backend.at(), text, pod.at("status"), true);
        }
        if (client.isOutside() && !backend.set().spec().hostNetwork() && client.internet()) {
            return Way.lost(
                    client,
                    backend.at(),
                    Text.of("addresses of pods are not routed outside of the cluster"),
                    null,
                    false);
        }
        return toBackend(
                client, new Translation(null, null, "", client.nodeName(), backend, protocol, Text.of("")), client);
    }

    /** To the pods of a set that somebody reaches on a port of their nodes or on their own. */
    List<Way> toPods(End client, PodSet set, int port) {
        if (set.pods().isEmpty()) {
            return List.of(direct(client, Backends.of(set, null, port), Protocol.TCP));
        }
        return set.pods().stream()
                .map(pod -> direct(client, Backends.of(set, pod, port), Protocol.TCP))
                .toList();
    }

    Way toBackend(End client, Translation way, End seen) {
        Backend backend = way.backend();
        boolean self = client.pod() != null
                && backend.pod() != null
                && client.pod().ref().equals(backend.pod().ref());
        boolean hairpin = self && way.service() != null;
        ServiceTranslation.Source source = translation.source(seen, way, hairpin);
        String from = way.service() == null ? client.nodeName() : way.nodeName();
        boolean same = !from.isEmpty() && from.equals(backend.nodeName());
        if (backend.set() == null) {
            return toForeign(client, way, source);
        }
        Endpoint target = decisions.endpoint(backend);
        boolean elsewhere = !way.before().isEmpty();
        // Where another node translates, the client's own sees the address of that one.
        Decision egress = self && !hairpin
                ? null
                : elsewhere
                        ? decisions.egress(
                                client,
                                PolicyDecisions.host(backends.node(way.nodeName()), way.nodeName()),
                                null,
                                way.protocol(),
                                way.port())
                        : decisions.egress(client, target, backend.set(), way.protocol(), backend.port());
        Endpoint origin =
                source.masqueraded() ? PolicyDecisions.host(source.node(), way.nodeName()) : decisions.endpoint(seen);
        PodSet originSet = !source.masqueraded() && seen.isPod() ? seen.set() : null;
        Decision ingress = self && !hairpin ? null : decisions.ingress(backend, origin, originSet, way.protocol());
        Reach out = egress == null ? Reach.REACHABLE : PolicyDecisions.reach(egress, client);
        Reach in = ingress == null ? Reach.REACHABLE : PolicyDecisions.reach(ingress, seen);
        Decision before = out == Reach.UNREACHABLE && way.service() != null && !way.outward()
                ? beforeTranslation(client, way)
                : null;
        if (before != null && before.verdict() != Verdict.DENIED) {
            out = Reach.DEPENDS;
        }
        Reach egressReach = out;
        Object key = Arrays.asList(
                client.alike(),
                backend.set(),
                backend.port(),
                same,
                hairpin || self,
                source.masqueraded(),
                egress,
                ingress,
                way.uncertain(),
                way.service() == null ? "" : way.service().ref());
        return new Way(client, key, List.of(), List.of(backend.name()), (walk, endpoints) -> {
            String origins = client.source();
            if (egress != null) {
                String seenThere = elsewhere
                        ? Tuple.join(way.address(), way.port())
                        : Tuple.join(backend.destination(), backend.port());
                if (!walk.filter(
                        "egress to " + seenThere + "/" + way.protocol(), egress, hairpinned(hairpin, egressReach))) {
                    return;
                }
                if (before != null && before.verdict() != Verdict.DENIED) {
                    walk.step(new Step.Filtered(
                            Text.of("before the address is translated: %s", before.reason()),
                            before.causes().isEmpty()
                                    ? null
                                    : before.causes().getFirst().place()));
                }
            }
            Tuple packet;
            if (way.service() == null) {
                String address = client.onHost() ? ServiceProxy.address(backends.node(client.nodeName()), same) : "";
                packet = new Tuple(
                        address.isEmpty() ? origins : address, backend.destination(), backend.port(), way.protocol());
            } else {
                packet = translation.translate(walk, way, seen, source, same, endpoints, origins);
            }
            route(walk, way, from, backend);
            walk.hop(backend.at());
            if (self && !hairpin) {
                walk.step(new Step.Filtered(Text.of("a pod always reaches itself"), null));
            }
            if (ingress != null && !walk.filter("ingress from " + packet.source(), ingress, hairpinned(hairpin, in))) {
                return;
            }
            if (way.uncertain()) {
                walk.judge(Reach.DEPENDS, way.why());
            }
            arrive(walk, backend, way.protocol(), packet, way.service() == null);
            ReplyPath.write(walk, client, source.masqueraded());
        });
    }

    /** What a hairpin through a Service makes of a denial is up to the implementation. */
    private static Reach hairpinned(boolean hairpin, Reach reach) {
        return hairpin && reach == Reach.UNREACHABLE ? Reach.DEPENDS : reach;
    }

    private Decision beforeTranslation(End client, Translation way) {
        return Cidr.tryParse(way.address())
                .map(vip -> decisions.egress(
                        client, new Endpoint.Addresses(vip, false, ""), null, way.protocol(), way.port()))
                .orElse(null);
    }

    /** An endpoint that no pod of the input has: written by hand, or of another cluster. */
    private Way toForeign(End client, Translation way, ServiceTranslation.Source source) {
        Backend backend = way.backend();
        Cidr address = Cidr.tryParse(backend.address()).orElse(End.ANY);
        boolean inside = backends.podRange(address);
        Decision egress = decisions.egress(
                client, new Endpoint.Addresses(address, !inside, ""), null, way.protocol(), backend.port());
        Object key = Arrays.asList(
                client.alike(),
                backend.address(),
                backend.port(),
                egress,
                way.service().ref());
        return new Way(client, key, List.of(), List.of(backend.address()), (walk, endpoints) -> {
            if (egress != null
                    && !walk.filter(
                            "egress to " + Tuple.join(backend.address(), backend.port()),
                            egress,
                            PolicyDecisions.reach(egress, client))) {
                return;
            }
            Tuple packet = translation.translate(
                    walk,
                    way,
                    client,
                    new ServiceTranslation.Source(false, "", null),
                    false,
                    endpoints,
                    client.source());
            packet = addressPath.leave(walk, client, packet, inside);
            walk.hop(backend.at());
            walk.step(new Step.Delivered(
                    Text.of("port %s/%s; the input has no pod of this address", backend.port(), way.protocol()),
                    backend.place(),
                    packet));
            ReplyPath.write(walk, client, source.masqueraded());
        });
    }

    private void route(Walk walk, Translation way, String from, Backend backend) {
        if (!from.isEmpty() && !backend.nodeName().isEmpty()) {
            Node node = backends.node(backend.nodeName());
            Text text = from.equals(backend.nodeName())
                    ? Text.of("stays on node %s", from)
                    : Text.of("node %s to node %s", from, backend.nodeName());
            walk.step(new Step.Routed(text, node == null ? null : node.at("spec.podCIDR")));
        }
    }

    private static void arrive(Walk walk, Backend backend, Protocol protocol, Tuple packet, boolean direct) {
        Pod pod = backend.pod();
        if (backend.port() == 0) {
            walk.lost(new Step.Lost(
                    Text.of("no container has a port of the name that targetPort asks for"), backend.place(), true));
            return;
        }
        PodSet set = backend.set();
        boolean declared = set.spec().declares(backend.port(), protocol);
        List<Object> notes = new ArrayList<>();
        if (!declared) {
            notes.add("no container declares it, which does not close it");
        }
        if (set.spec().hostNetwork()) {
            notes.add("on the network of its node, where policies for pods do not apply");
        }
        if (pod != null && pod.observed() && !pod.ready() && direct) {
            notes.add("the pod is not ready" + (pod.unreadyReason().isEmpty() ? "" : ": " + pod.unreadyReason()));
        }
        if (set.scaledToZero()) {
            walk.lost(new Step.Lost(
                    Text.of("%s is scaled to nothing", set.owner()),
                    set.source().at("spec.replicas"),
                    true));
            return;
        }
        String notice = notes.isEmpty()
                ? ""
                : " (" + String.join("; ", notes.stream().map(Object::toString).toList()) + ")";
        walk.step(new Step.Delivered(
                Text.of("port %s/%s%s", backend.port(), protocol, notice),
                set.at(declared ? "spec.containers" : "spec"),
                packet));
    }
}
