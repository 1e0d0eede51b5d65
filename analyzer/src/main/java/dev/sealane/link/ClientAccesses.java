package dev.sealane.link;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ClientAccess;
import dev.sealane.facts.Container;
import dev.sealane.facts.EnvAddress;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.facts.Workload;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The way from pods to the Services that their environment names, as policies leave it. */
final class ClientAccesses {
    private static final String DOMAIN = ".svc.cluster.local";

    /** A port of a Service, asked by some pods. */
    private record Way(PodSet client, Ref service, int port) {}

    /** @param service its port; 0 for a headless Service, which has none of its own */
    private record Target(PodSet pods, Protocol protocol, int port, int service) {}

    private record Blocked(List<PodSet> pods, Target first, Decision decision) {}

    private final PodIndex index;
    private final Policies policies;
    private final Denials denials;
    private final boolean egressSeesServicePorts;
    private final Map<Ref, Service> services = new HashMap<>();
    private final Map<Ref, Workload> workloads = new HashMap<>();
    private final Map<Way, Optional<Blocked>> blocked = new HashMap<>();
    private final Set<Place> known = new HashSet<>();
    private final List<ClientAccess> facts = new ArrayList<>();

    /** @param egressSeesServicePorts whether a CNI judges egress by the Service's port, not the pods' */
    ClientAccesses(
            List<Resource> resources,
            List<PodSet> podSets,
            PodIndex index,
            Policies policies,
            Denials denials,
            boolean egressSeesServicePorts) {
        this.index = index;
        this.policies = policies;
        this.denials = denials;
        this.egressSeesServicePorts = egressSeesServicePorts;
        for (Resource resource : resources) {
            if (resource instanceof Service service && service.selecting()) {
                services.put(service.ref(), service);
            } else if (resource instanceof Workload workload) {
                workloads.put(workload.ref(), workload);
            }
        }
        podSets.stream().filter(ClientAccesses::asks).forEach(this::link);
    }

    List<ClientAccess> facts() {
        return facts;
    }

    /** Pods on the host network are not judged: what policies make of their addresses is up to the CNI. */
    private static boolean asks(PodSet set) {
        return set.policed() && set.spec().usesClusterDns();
    }

    private void link(PodSet client) {
        Workload workload = workloads.get(client.owner());
        PodSpec spec = workload == null ? client.spec() : workload.template();
        for (Container container : spec.containers()) {
            for (EnvAddress address : container.addresses()) {
                Service service = services.get(service(address.host(), client));
                if (service != null) {
                    Place place = workload == null
                            ? client.at("spec." + address.path())
                            : workload.at(workload.templatePath() + ".spec." + address.path());
                    link(client, service, address.port(), place);
                }
            }
        }
    }

    /** The Service that a host means by the usual search path. A name of two words may be another domain's. */
    private static Ref service(String host, PodSet client) {
        String name = host.endsWith(DOMAIN) ? host.substring(0, host.length() - DOMAIN.length()) : host;
        boolean cluster = name.length() < host.length();
        if (!cluster && name.endsWith(".svc")) {
            name = name.substring(0, name.length() - ".svc".length());
            cluster = true;
        }
        int dot = name.indexOf('.');
        if (dot != name.lastIndexOf('.')
                || cluster && dot < 0
                || !cluster && dot >= 0 && client.spec().ndots() == 1) {
            return null;
        }
        return dot < 0
                ? new Ref(Kind.SERVICE, client.namespace(), name)
                : new Ref(Kind.SERVICE, name.substring(dot + 1), name.substring(0, dot));
    }

    private void link(PodSet client, Service service, int port, Place place) {
        Way way = new Way(client, service.ref(), port);
        Blocked found = blocked.computeIfAbsent(way, unseen -> Optional.ofNullable(blocked(client, service, port)))
                .orElse(null);
        if (found == null || !known.add(place)) {
            return;
        }
        List<Evidence> evidence = new ArrayList<>();
        found.decision()
                .causes()
                .forEach(cause -> evidence.add(new Evidence(Text.of("%s", cause.policy()), cause.place())));
        evidence.add(new Evidence(Text.of("%s", service.ref()), service.at("spec.ports")));
        facts.add(new ClientAccess(
                place,
                client.toString(),
                service.ref(),
                Names.of(found.pods()),
                found.first().protocol() + " " + found.first().port(),
                found.decision().reason(),
                evidence));
    }

    /** Null unless policies deny all ports that may be meant, of all pods behind the Service. */
    private Blocked blocked(PodSet client, Service service, int port) {
        List<PodSet> selected = index.select(service.namespace(), service.selector()).stream()
                .filter(set -> !set.scaledToZero())
                .toList();
        if (selected.isEmpty() || selected.contains(client) || throughAddress(client, service)) {
            return null;
        }
        List<Target> targets = new ArrayList<>();
        for (PodSet set : selected) {
            List<Target> own = targets(service, set, port);
            if (own.isEmpty()) {
                return null;
            }
            targets.addAll(own);
        }
        Decision first = null;
        for (Target target : targets) {
            Decision denial = denials.between(client, target.pods(), target.protocol(), target.port());
            boolean byServicePort = egressSeesServicePorts
                    && target.service() > 0
                    && denials.between(client, target.pods(), target.protocol(), target.service()) == null;
            if (denial == null || byServicePort) {
                return null;
            }
            first = first == null ? denial : first;
        }
        return new Blocked(selected, targets.getFirst(), first);
    }

    private static List<Target> targets(Service service, PodSet set, int port) {
        if (service.headless()) {
            return port == 0 ? List.of() : List.of(new Target(set, Protocol.TCP, port, 0));
        }
        List<Target> targets = new ArrayList<>();
        for (ServicePort one : service.ports()) {
            int number = set.spec().resolve(one.targetPort(), one.protocol());
            if (number > 0 && (port == 0 || one.port() == port)) {
                targets.add(new Target(set, one.protocol(), number, one.port()));
            }
        }
        return targets;
    }

    /** Whether egress to the Service's own address is allowed: some implementations judge before it is translated. */
    private boolean throughAddress(PodSet client, Service service) {
        Endpoint.Pods pods = denials.endpoint(client);
        Policies.Chain chain = policies.chain(pods, Direction.EGRESS);
        if (chain.isEmpty()) {
            return false;
        }
        for (String address : service.clusterIPs()) {
            Cidr range = Cidr.tryParse(address).orElse(null);
            if (range != null) {
                Connections decided = policies.decide(chain, pods, new Endpoint.Addresses(range, false, ""));
                if (decided.ranges().stream().anyMatch(one -> one.decision().verdict() != Verdict.DENIED)) {
                    return true;
                }
            }
        }
        return false;
    }
}
