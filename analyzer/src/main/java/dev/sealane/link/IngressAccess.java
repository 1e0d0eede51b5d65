package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.ControllerAccess;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Ingress;
import dev.sealane.facts.Ingress.Backend;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.policy.Cause;
import dev.sealane.policy.Decision;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way from Ingress controllers to the pods behind Ingresses, as policies leave it. */
final class IngressAccess {
    /** A port of a Service, asked by a controller. */
    private record Way(List<PodSet> proxies, Ref service, IntOrString port) {}

    private record Blocked(List<PodSet> pods, boolean all, int port, Decision decision) {}

    private final Ingresses ingresses;
    private final PodIndex index;
    private final Denials denials;
    private final Map<Ref, Service> services = new HashMap<>();
    private final Map<Way, Optional<Blocked>> blocked = new HashMap<>();
    private final List<ControllerAccess> facts = new ArrayList<>();

    IngressAccess(List<Resource> resources, Ingresses ingresses, PodIndex index, Denials denials) {
        this.ingresses = ingresses;
        this.index = index;
        this.denials = denials;
        for (Resource resource : resources) {
            if (resource instanceof Service service && service.selecting()) {
                services.put(service.ref(), service);
            }
        }
        for (Resource resource : resources) {
            if (resource instanceof Ingress ingress) {
                link(ingress);
            }
        }
    }

    List<ControllerAccess> facts() {
        return facts;
    }

    private void link(Ingress ingress) {
        List<PodSet> proxies = ingresses.proxies(ingress);
        if (proxies.isEmpty()) {
            return;
        }
        Set<Way> ways = new LinkedHashSet<>();
        ingress.backends().stream()
                .filter(backend -> backend.service() != null && backend.port() != null)
                .forEach(backend -> {
                    Way way = new Way(proxies, backend.service(), backend.port());
                    if (ways.add(way)) {
                        blocked.computeIfAbsent(way, unseen -> Optional.ofNullable(blocked(way)))
                                .ifPresent(found -> facts.add(fact(ingress, backend, proxies, found)));
                    }
                });
    }

    private static ControllerAccess fact(Ingress ingress, Backend backend, List<PodSet> proxies, Blocked found) {
        List<Evidence> evidence = new ArrayList<>();
        for (Cause cause : found.decision().causes()) {
            evidence.add(new Evidence(Text.of("%s", cause.policy()), cause.place()));
        }
        PodSet first = found.pods().getFirst();
        evidence.add(new Evidence(Text.of("%s", first), first.at("metadata.labels")));
        return new ControllerAccess(
                ingress.at(backend.servicePath()),
                found.all() ? Certainty.CERTAIN : Certainty.LIKELY,
                Names.of(proxies),
                Names.of(found.pods()),
                "TCP " + found.port(),
                found.decision().reason(),
                evidence);
    }

    /** Null unless none of the controller's pods reaches some pods behind the Service. */
    private Blocked blocked(Way way) {
        Service service = services.get(way.service());
        if (service == null) {
            return null;
        }
        ServicePort port = service.ports().stream()
                .filter(own -> way.port().isName()
                        ? own.name().equals(way.port().name())
                        : own.port() == way.port().number())
                .findFirst()
                .orElse(null);
        if (port == null) {
            return null;
        }
        List<PodSet> selected = index.select(service.namespace(), service.selector()).stream()
                .filter(set -> !set.scaledToZero())
                .toList();
        List<PodSet> kept = new ArrayList<>();
        int number = 0;
        Decision why = null;
        for (PodSet set : selected) {
            int target = set.spec().resolve(port.targetPort(), Protocol.TCP);
            Decision decision = target == 0 || port.protocol() != Protocol.TCP ? null : denied(way, set, target);
            if (decision != null) {
                kept.add(set);
                number = why == null ? target : number;
                why = why == null ? decision : why;
            }
        }
        return why == null ? null : new Blocked(kept, kept.size() == selected.size(), number, why);
    }

    /** Null if one of the controller's pods reaches them, or may. */
    private Decision denied(Way way, PodSet set, int port) {
        Decision denial = null;
        for (PodSet proxy : way.proxies()) {
            denial = denials.between(proxy, set, Protocol.TCP, port);
            if (denial == null) {
                return null;
            }
        }
        return denial;
    }
}
