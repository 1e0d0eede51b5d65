package dev.sealane.policy;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Says of one packet what NetworkPolicies do to it, as plainly as the API's text: a second opinion on the engine, with
 * which it shares no code. No CNI is known.
 */
final class PacketOracle {
    /** Ascending, so that "or" is the greater one and "and" the lesser. */
    enum Opinion {
        NO,
        /** Up to the CNI, or to labels that the input does not have. */
        OPEN,
        YES;

        static Opinion of(boolean yes) {
            return yes ? YES : NO;
        }

        Opinion or(Opinion other) {
            return compareTo(other) > 0 ? this : other;
        }

        Opinion and(Opinion other) {
            return compareTo(other) < 0 ? this : other;
        }
    }

    /** @param values null for Exists and DoesNotExist */
    record Expression(String key, String operator, List<String> values) {}

    record Selector(Map<String, String> matchLabels, List<Expression> matchExpressions) {}

    /** @param cidr of one family, with a prefix */
    record Block(String cidr, List<String> except) {}

    /** What is absent is null. */
    record Peer(Selector pods, Selector namespaces, Block block) {}

    /** @param protocol null if absent; @param port a number or a name, null if absent; @param endPort 0 if absent */
    record Port(String protocol, String port, int endPort) {}

    /** @param peers null if absent; @param ports null if absent */
    record Rule(List<Peer> peers, List<Port> ports) {}

    /** @param pods null if absent; @param types null if absent; @param ingress, egress null if absent */
    record Policy(
            String namespace, String name, Selector pods, List<String> types, List<Rule> ingress, List<Rule> egress) {}

    /** @param labels null if its object is not in the input */
    record Namespace(String name, Map<String, String> labels) {}

    record NamedPort(String name, String protocol, int number) {}

    /** @param addresses one IPv4, and perhaps one IPv6 */
    record Pod(
            Namespace namespace,
            String name,
            Map<String, String> labels,
            List<String> addresses,
            boolean hostNetwork,
            String node,
            List<NamedPort> ports) {}

    /**
     * One end of a packet.
     *
     * @param pod null if it is none
     * @param node the node that it is itself, not a pod on it; null if it is none
     */
    record End(Pod pod, String node, String address) {}

    private final List<Policy> policies;

    PacketOracle(List<Policy> policies) {
        this.policies = policies;
    }

    /** Whether the packet that opens a connection arrives. */
    Opinion arrives(End from, End to, String protocol, int port) {
        Opinion leaves = Opinion.YES;
        if (from.pod() != null && !from.pod().hostNetwork()) {
            leaves = allowed("Egress", from.pod(), to, to, protocol, port);
        }
        Opinion enters = Opinion.YES;
        if (to.pod() != null && !to.pod().hostNetwork()) {
            String node = from.node() != null
                    ? from.node()
                    : from.pod() != null && from.pod().hostNetwork()
                            ? from.pod().node()
                            : null;
            boolean fromOwnNode = to.pod().node().equals(node);
            enters = fromOwnNode ? Opinion.YES : allowed("Ingress", to.pod(), from, to, protocol, port);
        }
        return leaves.and(enters);
    }

    private Opinion allowed(String direction, Pod subject, End peer, End destination, String protocol, int port) {
        boolean isolated = false;
        Opinion allowed = Opinion.NO;
        for (Policy policy : policies) {
            boolean selects = policy.namespace().equals(subject.namespace().name())
                    && types(policy).contains(direction)
                    && (policy.pods() == null || matches(policy.pods(), subject.labels()));
            if (!selects) {
                continue;
            }
            isolated = true;
            List<Rule> rules = direction.equals("Ingress") ? policy.ingress() : policy.egress();
            for (Rule rule : rules == null ? List.<Rule>of() : rules) {
                Opinion peers = rule.peers() == null || rule.peers().isEmpty() ? Opinion.YES : Opinion.NO;
                for (Peer one : rule.peers() == null ? List.<Peer>of() : rule.peers()) {
                    peers = peers.or(means(policy, one, peer));
                }
                boolean ports = rule.ports() == null || rule.ports().isEmpty();
                for (Port one : rule.ports() == null ? List.<Port>of() : rule.ports()) {
                    ports |= means(one, destination, protocol, port);
                }
                allowed = allowed.or(ports ? peers : Opinion.NO);
            }
        }
        return isolated ? allowed : Opinion.YES;
    }

    /** Without types, a policy is about ingress, and about egress if it has a rule for it. */
    private static List<String> types(Policy policy) {
        if (policy.types() != null && !policy.types().isEmpty()) {
            return policy.types();
        }
        boolean egress = policy.egress() != null && !policy.egress().isEmpty();
        return egress ? List.of("Ingress", "Egress") : List.of("Ingress");
    }

    private static boolean means(Port port, End destination, String protocol, int number) {
        String wanted = port.protocol() == null ? "TCP" : port.protocol();
        if (!wanted.equals(protocol)) {
            return false;
        }
        if (port.port() == null) {
            return true;
        }
        if (!Character.isDigit(port.port().charAt(0))) {
            return destination.pod() != null
                    && destination.pod().ports().contains(new NamedPort(port.port(), protocol, number));
        }
        int first = Integer.parseInt(port.port());
        int last = port.endPort() == 0 ? first : port.endPort();
        return first <= number && number <= last;
    }

    private static Opinion means(Policy policy, Peer peer, End end) {
        if (peer.block() != null) {
            boolean inside = contains(peer.block().cidr(), end.address())
                    && peer.block().except().stream().noneMatch(except -> contains(except, end.address()));
            boolean outsider = end.pod() == null && end.node() == null;
            return inside ? (outsider ? Opinion.YES : Opinion.OPEN) : Opinion.NO;
        }
        if (end.pod() == null) {
            return Opinion.NO;
        }
        Pod pod = end.pod();
        Opinion namespace = peer.namespaces() == null
                ? Opinion.of(policy.namespace().equals(pod.namespace().name()))
                : matches(peer.namespaces(), pod.namespace());
        Opinion pods = Opinion.of(peer.pods() == null || matches(peer.pods(), pod.labels()));
        return namespace.and(pods).and(pod.hostNetwork() ? Opinion.OPEN : Opinion.YES);
    }

    /** A namespace has its name as a label, if its object is in the input or not. */
    private static Opinion matches(Selector selector, Namespace namespace) {
        String name = "kubernetes.io/metadata.name";
        if (namespace.labels() != null) {
            return Opinion.of(matches(selector, namespace.labels()));
        }
        Opinion all = Opinion.YES;
        for (var label : selector.matchLabels().entrySet()) {
            all = all.and(
                    label.getKey().equals(name) ? Opinion.of(label.getValue().equals(namespace.name())) : Opinion.OPEN);
        }
        for (Expression expression : selector.matchExpressions()) {
            all = all.and(
                    expression.key().equals(name)
                            ? Opinion.of(matches(expression, Map.of(name, namespace.name())))
                            : Opinion.OPEN);
        }
        return all;
    }

    private static boolean matches(Selector selector, Map<String, String> labels) {
        boolean all = true;
        for (var label : selector.matchLabels().entrySet()) {
            all &= label.getValue().equals(labels.get(label.getKey()));
        }
        for (Expression expression : selector.matchExpressions()) {
            all &= matches(expression, labels);
        }
        return all;
    }

    private static boolean matches(Expression expression, Map<String, String> labels) {
        boolean has = labels.containsKey(expression.key());
        return switch (expression.operator()) {
            case "In" -> has && expression.values().contains(labels.get(expression.key()));
            case "NotIn" -> !has || !expression.values().contains(labels.get(expression.key()));
            case "Exists" -> has;
            case "DoesNotExist" -> !has;
            default -> throw new IllegalArgumentException(expression.operator());
        };
    }

    static boolean contains(String cidr, String address) {
        String[] parts = cidr.split("/");
        byte[] network = bytes(parts[0]);
        byte[] bytes = bytes(address);
        if (network.length != bytes.length) {
            return false;
        }
        for (int bit = 0; bit < Integer.parseInt(parts[1]); bit++) {
            int mask = 0x80 >> bit % 8;
            if ((network[bit / 8] & mask) != (bytes[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private static byte[] bytes(String address) {
        try {
            return InetAddress.ofLiteral(address).getAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(address, e);
        }
    }

    /** The manifests of what the opinion is about, as an API server takes them. */
    static String manifests(List<Namespace> namespaces, List<Pod> pods, List<Policy> policies) {
        List<String> documents = new ArrayList<>();
        for (Namespace namespace : namespaces) {
            if (namespace.labels() != null) {
                documents.add("apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: %s}\n"
                        .formatted(namespace.name(), flow(namespace.labels())));
            }
        }
        for (Pod pod : pods) {
            List<String> ports = new ArrayList<>();
            for (NamedPort port : pod.ports()) {
                ports.add("{name: %s, protocol: %s, containerPort: %d}"
                        .formatted(port.name(), port.protocol(), port.number()));
            }
            List<String> addresses =
                    pod.addresses().stream().map("{ip: '%s'}"::formatted).toList();
            documents.add("""
                    apiVersion: v1
                    kind: Pod
                    metadata: {namespace: %s, name: %s, labels: %s}
                    spec:
                      nodeName: %s
                      hostNetwork: %s
                      containers: [{name: main, image: a, ports: %s}]
                    status: {phase: Running, podIP: '%s', podIPs: %s}
                    """.formatted(
                            pod.namespace().name(),
                            pod.name(),
                            flow(pod.labels()),
                            pod.node(),
                            pod.hostNetwork(),
                            ports,
                            pod.addresses().getFirst(),
                            addresses));
        }
        for (Policy policy : policies) {
            List<String> fields = new ArrayList<>();
            if (policy.pods() != null) {
                fields.add("podSelector: " + flow(policy.pods()));
            }
            if (policy.types() != null) {
                fields.add("policyTypes: " + policy.types());
            }
            if (policy.ingress() != null) {
                fields.add("ingress: " + flow(policy.ingress(), "from"));
            }
            if (policy.egress() != null) {
                fields.add("egress: " + flow(policy.egress(), "to"));
            }
            documents.add("""
                    apiVersion: networking.k8s.io/v1
                    kind: NetworkPolicy
                    metadata: {namespace: %s, name: %s}
                    spec: {%s}
                    """.formatted(policy.namespace(), policy.name(), String.join(", ", fields)));
        }
        return String.join("---\n", documents);
    }

    private static String flow(List<Rule> rules, String peersField) {
        List<String> all = new ArrayList<>();
        for (Rule rule : rules) {
            List<String> fields = new ArrayList<>();
            if (rule.peers() != null) {
                fields.add(peersField + ": "
                        + rule.peers().stream().map(PacketOracle::flow).toList());
            }
            if (rule.ports() != null) {
                fields.add("ports: "
                        + rule.ports().stream().map(PacketOracle::flow).toList());
            }
            all.add("{" + String.join(", ", fields) + "}");
        }
        return all.toString();
    }

    private static String flow(Port port) {
        List<String> fields = new ArrayList<>();
        if (port.protocol() != null) {
            fields.add("protocol: " + port.protocol());
        }
        if (port.port() != null) {
            fields.add("port: " + port.port());
        }
        if (port.endPort() != 0) {
            fields.add("endPort: " + port.endPort());
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String flow(Peer peer) {
        List<String> fields = new ArrayList<>();
        if (peer.pods() != null) {
            fields.add("podSelector: " + flow(peer.pods()));
        }
        if (peer.namespaces() != null) {
            fields.add("namespaceSelector: " + flow(peer.namespaces()));
        }
        if (peer.block() != null) {
            List<String> except =
                    peer.block().except().stream().map("'%s'"::formatted).toList();
            fields.add(
                    "ipBlock: {cidr: '%s', except: %s}".formatted(peer.block().cidr(), except));
        }
        return "{" + String.join(", ", fields) + "}";
    }

    static String flow(Selector selector) {
        List<String> expressions = new ArrayList<>();
        for (Expression expression : selector.matchExpressions()) {
            String values = expression.values() == null ? "" : ", values: " + expression.values();
            expressions.add("{key: %s, operator: %s%s}".formatted(expression.key(), expression.operator(), values));
        }
        List<String> fields = new ArrayList<>();
        if (!selector.matchLabels().isEmpty()) {
            fields.add("matchLabels: " + flow(selector.matchLabels()));
        }
        if (!expressions.isEmpty()) {
            fields.add("matchExpressions: " + expressions);
        }
        return "{" + String.join(", ", fields) + "}";
    }

    private static String flow(Map<String, String> labels) {
        List<String> pairs = new ArrayList<>();
        labels.forEach((key, value) -> pairs.add(key + ": '" + value + "'"));
        return "{" + String.join(", ", pairs) + "}";
    }
}
