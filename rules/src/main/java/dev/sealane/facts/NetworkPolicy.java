package dev.sealane.facts;

import java.util.List;

/**
 * A NetworkPolicy of networking.k8s.io.
 *
 * @param podSelector without requirements if absent: every pod of the namespace
 * @param policyTypes as written; empty if absent, see {@link #isolates}
 */
public record NetworkPolicy(
        Meta meta, Selector podSelector, List<String> policyTypes, List<Rule> ingress, List<Rule> egress)
        implements Resource {

    /** The two directions, each isolated by itself. */
    public enum Direction {
        INGRESS("Ingress", "ingress"),
        EGRESS("Egress", "egress");

        private final String type;
        private final String field;

        Direction(String type, String field) {
            this.type = type;
            this.field = field;
        }

        /** As in {@code policyTypes}. */
        public String type() {
            return type;
        }

        /** The field of {@code spec} with this direction's rules. */
        public String field() {
            return field;
        }

        @Override
        public String toString() {
            return field;
        }
    }

    /**
     * One rule.
     *
     * @param peers {@code from} or {@code to}; empty means any peer
     * @param ports empty means every port of every protocol
     * @param unread the field for which the rule cannot be read, so that it allows nothing; null if there is none
     */
    public record Rule(List<Peer> peers, List<Port> ports, String unread, String place) {
        public Rule(List<Peer> peers, List<Port> ports, String place) {
            this(peers, ports, null, place);
        }

        public Rule {
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }
    }

    /**
     * One peer: the parts that are present, null for each that is absent.
     *
     * @param ipBlock {@code ipBlock}, as written
     * @param unread the field for which the peer cannot be read, so that it is nobody; null if there is none
     */
    public record Peer(Selector podSelector, Selector namespaceSelector, IpBlock ipBlock, String unread, String place) {
        public Peer(Selector podSelector, Selector namespaceSelector, IpBlock ipBlock, String place) {
            this(podSelector, namespaceSelector, ipBlock, null, place);
        }
    }

    /** An {@code ipBlock}, unparsed. */
    public record IpBlock(String cidr, List<String> except) {
        public IpBlock {
            except = List.copyOf(except);
        }
    }

    /**
     * One entry of {@code ports}.
     *
     * @param protocol TCP where the field is absent
     * @param port null if absent: every port of the protocol
     * @param endPort 0 if absent
     * @param unread the field for which the ports cannot be read, so that they are none; null if there is none
     */
    public record Port(Protocol protocol, IntOrString port, int endPort, String unread, String place) {
        public Port(Protocol protocol, IntOrString port, int endPort, String place) {
            this(protocol, port, endPort, null, place);
        }
    }

    public NetworkPolicy {
        policyTypes = List.copyOf(policyTypes);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    public List<Rule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    /**
     * Whether the policy isolates the pods that it selects in this direction. Without {@code policyTypes} that is
     * ingress always, and egress if there is an egress rule (pkg/apis/networking/v1/defaults.go).
     */
    public boolean isolates(Direction direction) {
        if (policyTypes.isEmpty()) {
            return direction == Direction.INGRESS || !egress.isEmpty();
        }
        return policyTypes.contains(direction.type());
    }

    /**
     * The direction that has rules although {@code policyTypes} leaves it out, so that nothing reads them; null if
     * there is none. There are never two, since {@code policyTypes} is not empty then.
     */
    public Direction ignoredDirection() {
        for (Direction direction : Direction.values()) {
            if (!isolates(direction) && !rules(direction).isEmpty()) {
                return direction;
            }
        }
        return null;
    }
}
