package dev.sealane.link;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Container;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Labels;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Text;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where the pods of the cluster look up names.
 *
 * @param servers the DNS servers' pods; those of the usual set-ups if the input has no DNS Service
 * @param addresses the DNS Services' own
 * @param nodeLocal the pods of NodeLocal DNSCache, which answers on each node in the servers' place; they listen on a
 *     link-local address of the node, or on their own where Cilium redirects to them
 * @param description for messages
 */
record DnsServers(
        List<Server> servers,
        List<Cidr> addresses,
        List<Server> nodeLocal,
        boolean assumed,
        Text description,
        List<Evidence> evidence) {

    /** The port that a DNS Service has, whatever its pods listen on. */
    static final int SERVICE_PORT = 53;

    /**
     * DNS server pods.
     *
     * @param pods null if they are not in the input
     * @param ports container ports, by protocol; several only where the set-up is assumed
     */
    record Server(PodSet pods, Endpoint.Pods peer, Map<Protocol, List<Integer>> ports) {}

    private static final Map<Protocol, List<Integer>> SERVICE_PORTS =
            Map.of(Protocol.UDP, List.of(SERVICE_PORT), Protocol.TCP, List.of(SERVICE_PORT));

    private static final Set<String> NAMESPACES = Set.of("kube-system", "openshift-dns");
    private static final Set<String> NAMES = Set.of("kube-dns", "coredns", "dns-default", "rke2-coredns-rke2-coredns");

    static DnsServers of(List<Resource> resources, PodIndex index, List<PodSet> podSets, Map<String, Tenant> tenants) {
        List<Server> nodeLocal = podSets.stream()
                .filter(DnsServers::isNodeLocal)
                .map(set -> new Server(set, Endpoint.Pods.of(tenants.get(set.namespace()), set), SERVICE_PORTS))
                .toList();
        List<Server> servers = new ArrayList<>();
        List<Cidr> addresses = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        Text description = null;
        for (Resource resource : resources) {
            if (resource instanceof Service service && servesDns(service)) {
                service.clusterIPs().forEach(ip -> Cidr.tryParse(ip).ifPresent(addresses::add));
                List<Server> own = servers(service, index, tenants);
                servers.addAll(own);
                evidence.add(new Evidence(Text.of("the DNS Service"), service.at("spec.ports")));
                if (description == null) {
                    description = Text.of(
                            "%s (pods %s, port %s)",
                            service.ref(),
                            service.selector(),
                            own.getFirst().ports().get(Protocol.UDP).getFirst());
                }
            }
        }
        if (description == null) {
            Text standard = Text.of(
                    "the cluster's DNS, taken to be the pods k8s-app=kube-dns in kube-system, port 53, since the"
                            + " input has no DNS Service");
            return new DnsServers(assumed(tenants), List.of(), nodeLocal, true, standard, List.of());
        }
        if (!nodeLocal.isEmpty()) {
            description = Text.of("%s, in front of %s", nodeLocal.getFirst().pods(), description);
        }
        return new DnsServers(servers, addresses, nodeLocal, false, description, evidence);
    }

    static boolean isNodeLocal(PodSet set) {
        return set.owner().name().equals("node-local-dns")
                || "node-local-dns".equals(set.labels().get("k8s-app"));
    }

    static boolean servesDns(Service service) {
        boolean named = NAMESPACES.contains(service.namespace()) && NAMES.contains(service.name());
        return service.selecting()
                && (named || "kube-dns".equals(service.labels().get("k8s-app")))
                && service.ports().stream().anyMatch(port -> port.port() == SERVICE_PORT);
    }

    private static List<Server> servers(Service service, PodIndex index, Map<String, Tenant> tenants) {
        List<Server> servers = new ArrayList<>();
        for (PodSet set : index.select(service.namespace(), service.selector())) {
            Endpoint.Pods peer = Endpoint.Pods.of(tenants.get(set.namespace()), set);
            servers.add(new Server(set, peer, ports(service, set.spec())));
        }
        if (servers.isEmpty()) {
            Labels labels = Labels.of(service.selector().matchLabels());
            PodSpec spec = listeningOn(53);
            Endpoint.Pods peer = new Endpoint.Pods(tenants.get(service.namespace()), labels, spec, List.of(), Set.of());
            servers.add(new Server(null, peer, ports(service, spec)));
        }
        return servers;
    }

    private static Map<Protocol, List<Integer>> ports(Service service, PodSpec spec) {
        return Map.of(
                Protocol.UDP, List.of(port(service, spec, Protocol.UDP)),
                Protocol.TCP, List.of(port(service, spec, Protocol.TCP)));
    }

    /** The container port behind the Service's port 53 of a protocol. */
    private static int port(Service service, PodSpec spec, Protocol protocol) {
        for (ServicePort port : service.ports()) {
            if (port.port() == SERVICE_PORT && port.protocol() == protocol) {
                int number = spec.resolve(port.targetPort(), protocol);
                return number == 0 ? SERVICE_PORT : number;
            }
        }
        return SERVICE_PORT;
    }

    /** Kubernetes' own set-up, Gardener's port for it, and OpenShift's. */
    private static List<Server> assumed(Map<String, Tenant> tenants) {
        return List.of(
                assumed(tenants, "kube-system", "k8s-app", "kube-dns", List.of(53, 8053)),
                assumed(tenants, "openshift-dns", "dns.operator.openshift.io/daemonset-dns", "default", List.of(5353)));
    }

    private static Server assumed(
            Map<String, Tenant> tenants, String namespace, String key, String value, List<Integer> ports) {
        Tenant tenant = tenants.getOrDefault(namespace, Tenant.named(namespace));
        Endpoint.Pods peer = new Endpoint.Pods(
                tenant, Labels.of(Map.of(key, value)), listeningOn(ports.getFirst()), List.of(), Set.of());
        return new Server(null, peer, Map.of(Protocol.UDP, ports, Protocol.TCP, ports));
    }

    /** A DNS server with the usual port names. */
    private static PodSpec listeningOn(int port) {
        List<ContainerPort> ports =
                List.of(new ContainerPort("dns", port, Protocol.UDP), new ContainerPort("dns-tcp", port, Protocol.TCP));
        return new PodSpec(List.of(new Container("dns", "", List.of(), ports)), false, "Default", List.of());
    }
}
