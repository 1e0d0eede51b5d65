package dev.sealane.trace;

import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import dev.sealane.link.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names as pods look them up. */
final class Names {
    private static final String USUAL = "cluster.local";
    private static final Pattern ZONE = Pattern.compile("(?m)^[ \\t]*kubernetes[ \\t]+([A-Za-z0-9.-]+)");

    /**
     * A pod's {@code resolv.conf}, as far as the input tells.
     *
     * @param cluster whether the cluster's DNS is asked
     * @param nameservers those named in its spec
     */
    record Resolver(
            boolean cluster, List<String> nameservers, List<String> searches, int ndots, Text text, Place place) {}

    /**
     * What a name means. One of service, address and domainName is there, or none.
     *
     * @param pod of the Service's, for a name of a single pod
     * @param unknown whether the input does not tell if there is such a name
     * @param why there is none
     */
    record Answer(
            Service service,
            String pod,
            String address,
            String domainName,
            boolean unknown,
            Text why,
            List<Step> steps) {
        Answer after(List<Step> before) {
            List<Step> all = new ArrayList<>(before);
            all.addAll(steps);
            return new Answer(service, pod, address, domainName, unknown, why, all);
        }
    }

    private final Network network;
    private final Map<Ref, Service> services = new HashMap<>();
    private final List<Service> servers;
    private final List<PodSet> caches;
    private String zone = USUAL;
    private Place zonePlace;

    Names(Network network) {
        this.network = network;
        this.servers = network.dnsServices();
        this.caches = network.dnsCaches();
        for (Resource resource : network.resources()) {
            if (resource instanceof Service service) {
                services.put(service.ref(), service);
            } else if (resource instanceof ConfigMap map && map.name().equals("coredns")) {
                Matcher matcher = ZONE.matcher(map.data().getOrDefault("Corefile", ""));
                if (matcher.find()) {
                    zone = matcher.group(1);
                    zonePlace = map.at("data.Corefile");
                }
            }
        }
    }

    List<Service> servers() {
        return servers;
    }

    /** NodeLocal DNSCache's pods, or null. */
    PodSet cache() {
        return caches.isEmpty() ? null : caches.getFirst();
    }

    Service service(Ref ref) {
        return services.get(ref);
    }

    boolean inCluster(String name) {
        String bare = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        return bare.endsWith("." + zone) || bare.endsWith(".svc");
    }

    /** What kubelet writes for the pods (pkg/kubelet/network/dns). */
    Resolver resolver(PodSet set) {
        PodSpec spec = set.spec();
        String namespace = set.namespace();
        Place place = set.at(
                spec.dnsPolicy().equals("ClusterFirst") && spec.searches().isEmpty() && spec.ndots() == 0
                        ? "spec"
                        : "spec.dnsPolicy");
        boolean own = servers.stream()
                .anyMatch(service -> service.clusterIPs().stream().anyMatch(spec.nameservers()::contains));
        List<String> searches = new ArrayList<>();
        if (spec.usesClusterDns()) {
            searches.addAll(List.of(namespace + ".svc." + zone, "svc." + zone, zone));
        }
        searches.addAll(spec.searches());
        boolean cluster = spec.usesClusterDns() || spec.dnsPolicy().equals("None") && own;
        int ndots = spec.ndots() > 0 ? spec.ndots() : spec.usesClusterDns() ? 5 : 1;
        Text text;
        if (spec.usesClusterDns()) {
            text = Text.of(
                    "dnsPolicy %s: asks the cluster's DNS, search %s, ndots %s",
                    spec.dnsPolicy(), String.join(" ", searches), ndots);
        } else if (spec.dnsPolicy().equals("None")) {
            text = Text.of(
                    "dnsPolicy None: asks %s, search %s, ndots %s",
                    String.join(", ", spec.nameservers()), String.join(" ", searches), ndots);
        } else {
            text = Text.of(
                    "dnsPolicy %s%s: asks the DNS servers of its node, which know no names of Services",
                    spec.dnsPolicy(),
                    spec.hostNetwork() && spec.dnsPolicy().equals("ClusterFirst") ? " on the host network" : "");
        }
        return new Resolver(cluster, spec.ownNameservers(), searches, ndots, text, place);
    }

    /** Tries the names that the resolver makes of one, in its order. */
    Answer lookUp(String name, Resolver resolver, String namespace) {
        List<String> tried = candidates(name, resolver);
        List<Step> steps = new ArrayList<>();
        Answer open = null;
        for (String candidate : tried) {
            Answer answer = resolver.cluster() ? absolute(candidate) : elsewhere(candidate);
            boolean found = answer.service() != null
                    || !answer.address().isEmpty()
                    || !answer.domainName().isEmpty();
            if (found && !(answer.domainName().equals(candidate) && !candidate.equals(bare(name)))) {
                return answer.after(steps);
            }
            if (answer.unknown() && open == null) {
                open = answer;
            }
            steps.add(new Step.Resolved(Text.of("%s: no such name", candidate), null));
        }
        return open != null
                ? open.after(steps)
                : new Answer(
                        null,
                        "",
                        "",
                        "",
                        false,
                        Text.of("the name %s is not found: tried %s", name, String.join(", ", tried)),
                        steps);
    }

    /** With fewer dots than ndots, the search path comes first (resolv.conf(5)). */
    private static List<String> candidates(String name, Resolver resolver) {
        if (name.endsWith(".")) {
            return List.of(bare(name));
        }
        List<String> all = new ArrayList<>();
        resolver.searches().forEach(suffix -> all.add(name + "." + suffix));
        long dots = name.chars().filter(character -> character == '.').count();
        all.add(dots >= resolver.ndots() ? 0 : all.size(), name);
        return all;
    }

    private static String bare(String name) {
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    private Answer elsewhere(String name) {
        boolean inside = name.endsWith("." + zone) || name.indexOf('.') < 0;
        return inside
                ? none(Text.of("%s is a name of the cluster, which its node's DNS servers do not know", name))
                : new Answer(null, "", "", name, false, Text.of(""), List.of(outside(name)));
    }

    private static Step outside(String name) {
        return new Step.Resolved(Text.of("%s is looked up outside of the cluster", name), null);
    }

    private static Answer none(Text why) {
        return new Answer(null, "", "", "", false, why, List.of());
    }

    /** A full name, without the search path, as the cluster's DNS answers it (the DNS specification of Kubernetes). */
    Answer absolute(String full) {
        String name = bare(full);
        String services = ".svc." + zone;
        if (name.endsWith(services)) {
            return service(
                    name, name.substring(0, name.length() - services.length()).split("\\."));
        }
        if (name.endsWith(".pod." + zone)) {
            String[] labels = name.split("\\.");
            return new Answer(
                    null,
                    "",
                    labels[0].replace('-', '.'),
                    "",
                    false,
                    Text.of(""),
                    List.of(new Step.Resolved(Text.of("%s is made of the pod's address", name), null)));
        }
        if (name.endsWith("." + zone) || name.indexOf('.') < 0) {
            return none(Text.of("the name %s is not found", name));
        }
        return new Answer(null, "", "", name, false, Text.of(""), List.of(outside(name)));
    }

    private Answer service(String name, String[] labels) {
        if (labels.length < 2 || labels.length > 4) {
            return none(Text.of("the name %s is not found", name));
        }
        String namespace = labels[labels.length - 1];
        Ref ref = new Ref(Kind.SERVICE, namespace, labels[labels.length - 2]);
        Service service = services.get(ref);
        if (service == null) {
            boolean known = network.ledger().complete(Kind.SERVICE, namespace);
            Text why = known
                    ? Text.of("the name %s is not found: there is no %s", name, ref)
                    : Text.of(
                            "whether there is a %s is not in the input; collect kubectl get services -n %s -o yaml",
                            ref, namespace);
            return new Answer(null, "", "", "", !known, why, List.of());
        }
        String pod = labels.length == 3 ? labels[0] : "";
        if (!pod.isEmpty() && !service.headless()) {
            return none(Text.of("the name %s is not found: only headless Services have names of pods", name));
        }
        String address = service.headless() || service.type().equals("ExternalName")
                ? ""
                : service.clusterIPs().isEmpty() ? "its address" : String.join(", ", service.clusterIPs());
        Text text = address.isEmpty()
                ? Text.of("%s is %s", name, service.ref())
                : Text.of("%s is %s, %s", name, service.ref(), address);
        List<Step> steps = new ArrayList<>();
        steps.add(new Step.Resolved(text, service.at("")));
        if (zonePlace == null && !servers.isEmpty()) {
            steps.set(
                    0,
                    new Step.Resolved(Text.of("%s (taking %s for the cluster's domain)", text, USUAL), service.at("")));
        }
        return new Answer(service, pod, "", "", false, Text.of(""), steps);
    }
}
