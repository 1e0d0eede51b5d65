package dev.sealane.facts;

import java.util.List;

/**
 * What networking needs of a pod's {@code spec}.
 *
 * @param containers the containers that run beside each other: {@code containers}, and those {@code initContainers}
 *     with {@code restartPolicy: Always} (native sidecars, whose ports count as well, KEP-753)
 * @param dnsPolicy {@code ClusterFirst} where the field is absent, as the API server defaults it
 * @param nameservers {@code dnsConfig.nameservers}
 * @param searches {@code dnsConfig.searches}
 * @param ndots of {@code dnsConfig.options}; 0 if it is not there
 * @param serviceAccount {@code default} where the field is absent
 */
public record PodSpec(
        List<Container> containers,
        boolean hostNetwork,
        String dnsPolicy,
        List<String> nameservers,
        List<String> searches,
        int ndots,
        String serviceAccount) {
    public static final PodSpec EMPTY = new PodSpec(List.of(), false, "ClusterFirst", List.of());

    public PodSpec {
        containers = List.copyOf(containers);
        nameservers = List.copyOf(nameservers);
        searches = List.copyOf(searches);
    }

    /** With the usual search path and ServiceAccount. */
    public PodSpec(List<Container> containers, boolean hostNetwork, String dnsPolicy, List<String> nameservers) {
        this(containers, hostNetwork, dnsPolicy, nameservers, List.of(), 0, "default");
    }

    /** Every declared port, container by container. */
    public List<ContainerPort> ports() {
        if (containers.size() == 1) {
            return containers.get(0).ports();
        }
        return containers.stream()
                .flatMap(container -> container.ports().stream())
                .toList();
    }

    /**
     * The number of the first port with this name and protocol, as Services resolve a {@code targetPort}; 0 if there
     * is none. A port without a name is never meant.
     */
    public int portNamed(String name, Protocol protocol) {
        for (ContainerPort port : ports()) {
            if (!name.isEmpty() && port.name().equals(name) && port.protocol() == protocol) {
                return port.number();
            }
        }
        return 0;
    }

    /** The container port that a {@code targetPort} means here; 0 if it is a name that the pod has no port of. */
    public int resolve(IntOrString targetPort, Protocol protocol) {
        return targetPort.isName() ? portNamed(targetPort.name(), protocol) : targetPort.number();
    }

    public boolean declares(int number, Protocol protocol) {
        return ports().stream().anyMatch(port -> port.number() == number && port.protocol() == protocol);
    }

    /** The nameservers in place of the cluster's, for {@code dnsPolicy: None}. */
    public List<String> ownNameservers() {
        return dnsPolicy.equals("None") ? nameservers : List.of();
    }

    /** Whether names are looked up at the cluster's DNS Service: the two ClusterFirst policies, where they apply. */
    public boolean usesClusterDns() {
        return dnsPolicy.equals("ClusterFirstWithHostNet") || dnsPolicy.equals("ClusterFirst") && !hostNetwork;
    }
}
