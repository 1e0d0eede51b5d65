package dev.sealane.facts;

import dev.sealane.facts.NetworkPolicy.Direction;
import java.util.List;
import java.util.Set;

/**
 * A policy of an API in which policies are ordered and may deny: AdminNetworkPolicy, ClusterNetworkPolicy, Calico's and
 * Cilium's. What these APIs mean is spelled out here: nothing is left to defaults.
 *
 * @param order among the policies of its tier, lowest first
 * @param subjects what it applies to, if one of them matches
 * @param isolates the directions in which it denies what nothing in its tier allows
 */
public record TieredPolicy(
        Meta meta,
        Family family,
        Tier tier,
        double order,
        List<Subject> subjects,
        Set<Direction> isolates,
        List<Rule> ingress,
        List<Rule> egress)
        implements Resource {

    /** Whose semantics, and which CNIs enforce it. */
    public enum Family {
        /** AdminNetworkPolicy and BaselineAdminNetworkPolicy, policy.networking.k8s.io/v1alpha1. */
        ADMIN,
        /** ClusterNetworkPolicy, policy.networking.k8s.io/v1alpha2. */
        CLUSTER,
        CALICO,
        CILIUM
    }

    /**
     * Policies that are asked together, tier after tier.
     *
     * @param order lowest first, on Calico's scale (projectcalico.org/v3, Tier)
     * @param passes what happens to what no rule of the tier decided, though a policy of the tier isolates: on to the
     *     next tier if true, denied if not (Calico's {@code defaultAction})
     */
    public record Tier(String name, double order, boolean passes) {
        public static final Tier ADMIN = new Tier("Admin", 1_000, true);
        /** The tier of NetworkPolicies, in which Calico's and Cilium's join them. */
        public static final Tier DEFAULT = new Tier("default", 1_000_000, false);

        public static final Tier BASELINE = new Tier("Baseline", 10_000_000, true);

        /** The place of NetworkPolicies in their tier, as Calico has it. */
        public static final double NETWORK_POLICY = 1_000;
    }

    public enum Action {
        ALLOW,
        DENY,
        /** On to the next tier. */
        PASS,
        /** On to the next rule. */
        LOG
    }

    /**
     * Pods that a policy applies to.
     *
     * @param namespaces null for the policy's own
     */
    public record Subject(LabelExpression namespaces, LabelExpression pods) {}

    /**
     * One rule.
     *
     * @param peers the other end is one of these; empty matches nothing
     * @param ports of the destination; empty matches nothing
     * @param conditional what narrows the rule further and is not read, such as source ports; null if nothing does
     * @param filtered whether what is allowed is filtered by layer 7 rules afterwards
     */
    public record Rule(
            Action action, List<Peer> peers, List<Ports> ports, String conditional, boolean filtered, String place) {
        public Rule {
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }
    }

    /** The other end of a connection. */
    public sealed interface Peer {

        /** Whatever there is: pods, nodes, addresses. */
        record Any() implements Peer {}

        /** @param namespaces null for the policy's own */
        record Pods(LabelExpression namespaces, LabelExpression pods) implements Peer {}

        /**
         * Addresses.
         *
         * @param cidrs as written
         * @param pods whether pods with such addresses are meant too; UNKNOWN if that is up to the CNI
         */
        record Networks(List<String> cidrs, List<String> except, Answer pods) implements Peer {
            public Networks {
                cidrs = List.copyOf(cidrs);
                except = List.copyOf(except);
            }
        }

        /** The nodes themselves. */
        record Nodes(LabelExpression labels) implements Peer {}

        /** What these names resolve to; {@code *.} stands for one or more labels in front. */
        record DomainNames(List<String> names) implements Peer {
            public DomainNames {
                names = List.copyOf(names);
            }
        }

        /** What is outside of the cluster: neither pod nor node. */
        record World() implements Peer {}

        /** The node that the policed pod is on ({@code own}), or any other node. */
        record Hosts(boolean own) implements Peer {}

        /** The pods behind Services. */
        record Services(LabelExpression namespaces, LabelExpression labels, String name) implements Peer {}

        /** All of these. */
        record AllOf(List<Peer> parts) implements Peer {
            public AllOf {
                parts = List.copyOf(parts);
            }
        }

        /** Everything but that. */
        record Not(Peer peer) implements Peer {}

        /** A peer that Sealane cannot read: taken for nobody by what allows, for everybody by what denies. */
        record Unreadable(String field) implements Peer {}
    }

    /**
     * Ports of one protocol.
     *
     * @param protocol null for every protocol, with or without ports
     * @param name of a container port of the destination; empty if the ports are numbers
     */
    public record Ports(Protocol protocol, String name, PortRange range) {
        public static final Ports EVERYTHING = new Ports(null, "", PortRange.ALL);
    }

    public TieredPolicy {
        subjects = List.copyOf(subjects);
        isolates = Set.copyOf(isolates);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    public List<Rule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }
}
