package dev.sealane.facts;

import dev.sealane.facts.NetworkPolicy.Direction;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A policy of an API in which policies are ordered and may deny: AdminNetworkPolicy, ClusterNetworkPolicy, Calico's and
 * Cilium's. What these APIs mean is spelled out here: nothing is left to defaults.
 *
 * @param order among the policies of its tier, lowest first
 * @param subjects what it applies to, if one of them matches
 * @param isolates the directions in which it denies what nothing in its tier allows
 * @param more the rest of an object that is several policies: Cilium's denials, which are asked before all others, and
 *     its {@code specs}
 */
public record TieredPolicy(
        Meta meta,
        Family family,
        Tier tier,
        double order,
        List<Subject> subjects,
        Set<Direction> isolates,
        List<Rule> ingress,
        List<Rule> egress,
        List<TieredPolicy> more)
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

        /** Calico's tier of that name, if there always is one, else null. */
        public static Tier calico(String name) {
            switch (name) {
                case "default":
                    return DEFAULT;
                case "kube-admin", "adminnetworkpolicy":
                    return ADMIN;
                case "kube-baseline", "baselineadminnetworkpolicy":
                    return BASELINE;
                default:
                    return null;
            }
        }

        /** A tier of which only the name is known: taken to be one that goes before the default, as most are meant to. */
        public static Tier named(String name) {
            return new Tier(name, DEFAULT.order - 1, false);
        }

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
     * @param conditional what narrows it further and is not read, such as service accounts; null if nothing does
     */
    public record Subject(LabelExpression namespaces, LabelExpression pods, String conditional) {
        public Subject(LabelExpression namespaces, LabelExpression pods) {
            this(namespaces, pods, null);
        }
    }

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

        /**
         * What these names resolve to. {@code *.} stands for one or more labels in front; Cilium's patterns stay as
         * written, in which {@code *} is a part of one label.
         */
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

        /** One of these. */
        record AnyOf(List<Peer> parts) implements Peer {
            public AnyOf {
                parts = List.copyOf(parts);
            }
        }

        /** Everything but that. */
        record Not(Peer peer) implements Peer {}

        /** Whatever has something that Sealane does not look at, such as a service account: anything may have it. */
        record Undecided(String asked) implements Peer {}

        /**
         * A peer that Sealane cannot read: taken for nobody by what allows, for everybody by what denies. Never a part of
         * another peer.
         */
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

        /** Some of the protocols that have no ports, such as ICMP. No container port has such a name. */
        public static final Ports OTHER = new Ports(null, "ICMP", PortRange.ALL);
    }

    public TieredPolicy(
            Meta meta,
            Family family,
            Tier tier,
            double order,
            List<Subject> subjects,
            Set<Direction> isolates,
            List<Rule> ingress,
            List<Rule> egress) {
        this(meta, family, tier, order, subjects, isolates, ingress, egress, List.of());
    }

    public TieredPolicy {
        subjects = List.copyOf(subjects);
        isolates = Set.copyOf(isolates);
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
        more = List.copyOf(more);
    }

    /** This, and {@code more}. */
    public List<TieredPolicy> parts() {
        return more.isEmpty()
                ? List.of(this)
                : Stream.concat(Stream.of(this), more.stream()).toList();
    }

    public List<Rule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }
}
