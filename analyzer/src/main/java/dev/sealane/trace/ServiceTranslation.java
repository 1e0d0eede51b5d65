package dev.sealane.trace;

import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import java.util.List;

/** How a node translates what is sent to a Service: which endpoint, and which source that one sees. */
final class ServiceTranslation {
    /** The source that the endpoint sees, and why it is not the client's own. */
    record Source(boolean masqueraded, String why, Node node) {}

    private final Backends backends;
    private final ServiceProxy proxy;

    ServiceTranslation(Backends backends, ServiceProxy proxy) {
        this.backends = backends;
        this.proxy = proxy;
    }

    Source source(End seen, Translation way, boolean hairpin) {
        Node node = backends.node(way.nodeName());
        if (way.service() == null) {
            return new Source(false, "", null);
        }
        if (way.outward()) {
            boolean local = way.service().traffic().externalLocal();
            boolean own = seen.onHost() && seen.nodeName().equals(way.nodeName()) && proxy.masqueradesOwn();
            if (!local) {
                return new Source(
                        true, "externalTrafficPolicy is Cluster, so that the reply comes back to the node", node);
            }
            return own
                    ? new Source(true, "it comes from the node itself", node)
                    : new Source(hairpin, "it goes back to the client", node);
        }
        if (hairpin) {
            return new Source(true, "it goes back to the client", node);
        }
        if (seen.onHost()) {
            return new Source(true, "it comes from a node", node);
        }
        return new Source(proxy.masqueradeAll(), "kube-proxy is told to hide every client", node);
    }

    Tuple translate(
            Walk walk, Translation way, End seen, Source source, boolean same, List<String> endpoints, String origin) {
        Service service = way.service();
        Backend backend = way.backend();
        for (Step step : way.before()) {
            walk.step(step);
        }
        String where = way.outward() ? (way.nodeName().isEmpty() ? "a node" : "node " + way.nodeName()) + ", for " : "";
        walk.hop(where + service.ref());
        Tuple packet = new Tuple(seen.source(), way.address(), way.port(), way.protocol());
        String affinity = service.traffic().affinity() ? ", the same for a client each time (sessionAffinity)" : "";
        Text choice = way.why().format().isEmpty()
                ? Text.of(
                        "%s of %s, from %s%s",
                        count(endpoints), ready(way.found()), way.found().source(), affinity)
                : Text.of(
                        "%s of %s, from %s: %s%s",
                        count(endpoints), ready(way.found()), way.found().source(), way.why(), affinity);
        walk.step(new Step.Selected(choice, backend.place(), endpoints));
        Tuple after = packet.to(backend.destination(), backend.port());
        walk.step(new Step.Translated(
                Text.of("DNAT %s to %s (port %s)", packet.target(), after.target(), way.servicePort()),
                service.at(way.servicePort().targetPath()),
                false,
                packet,
                after));
        if (!source.masqueraded()) {
            boolean local = way.outward() && seen.onHost();
            return local || !seen.onHost() ? after : after.from(seen.source());
        }
        String address = ServiceProxy.address(source.node(), same);
        String shown = address.isEmpty()
                ? (way.nodeName().isEmpty() ? "a node's address" : "node " + way.nodeName())
                : address;
        Tuple hidden = after.from(shown);
        Place place = way.outward() && !service.traffic().externalLocal()
                ? service.at("spec.externalTrafficPolicy")
                : proxy.place();
        walk.step(new Step.Translated(
                Text.of("SNAT %s to %s: %s", after.source(), shown, source.why()), place, true, after, hidden));
        return hidden;
    }

    private static String count(List<String> endpoints) {
        return endpoints.size() == 1
                ? endpoints.getFirst()
                : endpoints.size() + " endpoints alike (" + some(endpoints) + ")";
    }

    private static String some(List<String> endpoints) {
        return String.join(", ", endpoints.stream().limit(3).toList()) + (endpoints.size() > 3 ? ", …" : "");
    }

    private static String ready(Backends.Found found) {
        long ready = found.all().stream().filter(Backend::ready).count();
        return ready + " ready"
                + (ready < found.all().size() ? " and " + (found.all().size() - ready) + " others" : "");
    }
}
