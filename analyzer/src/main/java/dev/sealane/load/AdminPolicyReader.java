package dev.sealane.load;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Kind;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Meta;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Selector;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Action;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.facts.TieredPolicy.Subject;
import dev.sealane.facts.TieredPolicy.Tier;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads the policies of policy.networking.k8s.io: AdminNetworkPolicy and BaselineAdminNetworkPolicy of v1alpha1, and
 * ClusterNetworkPolicy of v1alpha2, which has both tiers.
 */
final class AdminPolicyReader {
    static final Set<Kind> KINDS =
            Set.of(Kind.ADMIN_NETWORK_POLICY, Kind.BASELINE_ADMIN_NETWORK_POLICY, Kind.CLUSTER_NETWORK_POLICY);

    /** Rules of one direction, and peers of one rule, that the API takes. */
    private static final int MOST_OF_ADMIN = 100;

    private static final int MOST_OF_CLUSTER = 25;

    private static final String BASELINE_NAME = "default";

    private static final int LOWEST_PRIORITY = 1_000;

    private final Family family;
    private final boolean baseline;

    /** @param baseline whether it is a BaselineAdminNetworkPolicy */
    private AdminPolicyReader(Family family, boolean baseline) {
        this.family = family;
        this.baseline = baseline;
    }

    static TieredPolicy policy(Fields object, Meta meta) {
        boolean cluster = meta.ref().kind().equals(Kind.CLUSTER_NETWORK_POLICY);
        boolean baseline = meta.ref().kind().equals(Kind.BASELINE_ADMIN_NETWORK_POLICY);
        return new AdminPolicyReader(cluster ? Family.CLUSTER : Family.ADMIN, baseline).read(object, meta);
    }

    private TieredPolicy read(Fields object, Meta meta) {
        if (baseline && !meta.ref().name().equals(BASELINE_NAME)) {
            object.mapping("metadata")
                    .reject("name", "must be default, is " + meta.ref().name());
        }
        Fields spec = object.mapping("spec");
        Tier tier = baseline ? Tier.BASELINE : Tier.ADMIN;
        if (family == Family.CLUSTER) {
            String name = spec.word("tier");
            if (name.equals("Baseline")) {
                tier = Tier.BASELINE;
            } else if (!name.equals("Admin")) {
                spec.reject("tier", "must be Admin or Baseline");
            }
        }
        return new TieredPolicy(
                meta,
                family,
                tier,
                baseline ? 0 : priority(spec),
                List.of(subject(spec.mapping("subject"))),
                Set.of(),
                rules(spec, "ingress", "from"),
                rules(spec, "egress", "to"));
    }

    private static int priority(Fields spec) {
        if (!spec.has("priority")) {
            spec.missing("priority");
        }
        int priority = spec.integer("priority", 0);
        if (priority < 0 || priority > LOWEST_PRIORITY) {
            spec.reject("priority", "must be 0 to " + LOWEST_PRIORITY + ", is " + priority);
        }
        return priority;
    }

    private static Subject subject(Fields subject) {
        int before = subject.unread();
        subject.only("namespaces", "pods");
        LabelExpression namespaces = null;
        LabelExpression pods = Selector.EVERYTHING;
        if (subject.has("namespaces")) {
            namespaces = NetworkPolicyReader.selector(subject, "namespaces");
        } else if (subject.has("pods")) {
            Fields both = subject.mapping("pods");
            both.only("namespaceSelector", "podSelector");
            namespaces = orEverything(both, "namespaceSelector");
            pods = orEverything(both, "podSelector");
        }
        String unread = subject.unreadSince(before);
        boolean one = subject.has("namespaces") ^ subject.has("pods");
        return unread == null && one
                ? new Subject(namespaces, pods)
                : new Subject(
                        Selector.EVERYTHING,
                        Selector.EVERYTHING,
                        "a subject that Sealane cannot read (%s)".formatted(unread == null ? subject.path() : unread));
    }

    private static Selector orEverything(Fields parent, String field) {
        Selector selector = NetworkPolicyReader.selector(parent, field);
        return selector == null ? Selector.EVERYTHING : selector;
    }

    private List<Rule> rules(Fields spec, String direction, String peersField) {
        List<Fields> list = spec.list(direction);
        atMost(spec, direction, "rules");
        return list.stream().map(rule -> rule(rule, peersField)).toList();
    }

    private void atMost(Fields parent, String list, String what) {
        int most = family == Family.CLUSTER ? MOST_OF_CLUSTER : MOST_OF_ADMIN;
        int size = parent.list(list).size();
        if (size > most) {
            parent.reject(list, "must have at most " + most + " " + what + ", has " + size);
        }
    }

    private Rule rule(Fields fields, String peersField) {
        RuleReading rule = new RuleReading(fields, action(fields));
        String portsField = family == Family.CLUSTER ? "protocols" : "ports";
        fields.only("name", "action", peersField, portsField);
        String unread = rule.unread();
        for (Fields peer : fields.list(peersField)) {
            int before = peer.unread();
            Peer read = peersField.equals("to") ? egressPeer(peer) : ingressPeer(peer);
            String field = peer.unreadSince(before);
            if (field != null || read == null) {
                rule.unreadPeer(field == null ? peer.path() : field);
            } else {
                rule.peers.add(read);
            }
        }
        atMost(fields, peersField, "peers");
        if (fields.list(peersField).isEmpty()) {
            rule.unreadPeer(fields.path(peersField));
        }
        ports(fields, portsField, rule);
        rule.unreadRule(unread);
        return rule.rule();
    }

    /** A word that the API does not have denies. */
    private Action action(Fields rule) {
        String allow = family == Family.CLUSTER ? "Accept" : "Allow";
        String word = rule.word("action");
        if (word.equals(allow)) {
            return Action.ALLOW;
        }
        if (word.equals("Pass") && !baseline) {
            return Action.PASS;
        }
        if (!word.equals("Deny")) {
            rule.reject("action", "must be " + (baseline ? "Allow or Deny" : allow + ", Deny or Pass"));
        }
        return Action.DENY;
    }

    /** Null unless it has just one field, as the API asks. */
    private static Peer ingressPeer(Fields peer) {
        peer.only("namespaces", "pods");
        return one(podPeers(peer));
    }

    private static Peer egressPeer(Fields peer) {
        peer.only("namespaces", "pods", "nodes", "networks", "domainNames");
        List<Peer> parts = podPeers(peer);
        if (peer.has("nodes")) {
            parts.add(new Peer.Nodes(NetworkPolicyReader.selector(peer, "nodes")));
        }
        if (peer.has("networks")) {
            parts.add(new Peer.Networks(peer.cidrs("networks"), List.of(), Answer.YES));
        }
        if (peer.has("domainNames")) {
            parts.add(new Peer.DomainNames(peer.strings("domainNames")));
        }
        return one(parts);
    }

    private static List<Peer> podPeers(Fields peer) {
        List<Peer> parts = new ArrayList<>();
        if (peer.has("namespaces")) {
            parts.add(new Peer.Pods(NetworkPolicyReader.selector(peer, "namespaces"), Selector.EVERYTHING));
        }
        if (peer.has("pods")) {
            Fields pods = peer.mapping("pods");
            pods.only("namespaceSelector", "podSelector");
            parts.add(new Peer.Pods(orEverything(pods, "namespaceSelector"), orEverything(pods, "podSelector")));
        }
        return parts;
    }

    /** The only one, or null. */
    private static <T> T one(List<T> parts) {
        return parts.size() == 1 ? parts.getFirst() : null;
    }

    private void ports(Fields fields, String portsField, RuleReading rule) {
        if (!fields.has(portsField)) {
            rule.ports.add(Ports.EVERYTHING);
            return;
        }
        List<Fields> list = fields.list(portsField);
        if (list.isEmpty()) {
            rule.unreadPorts();
        }
        for (Fields port : list) {
            int before = port.unread();
            Ports read = family == Family.CLUSTER ? protocol(port) : port(port);
            if (read == null || port.unreadSince(before) != null) {
                rule.unreadPorts();
            } else {
                rule.ports.add(read);
            }
        }
    }

    /** An AdminNetworkPolicyPort; null unless it has just one field. */
    private static Ports port(Fields port) {
        port.only("portNumber", "portRange", "namedPort");
        List<Ports> read = new ArrayList<>();
        if (port.has("portNumber")) {
            Fields number = port.mapping("portNumber");
            number.only("protocol", "port");
            int value = number.port("port");
            read.add(value == 0 ? null : new Ports(number.protocol("protocol"), "", PortRange.of(value)));
        }
        if (port.has("portRange")) {
            Fields range = port.mapping("portRange");
            range.only("protocol", "start", "end");
            read.add(range(range, range.protocol("protocol")));
        }
        if (port.has("namedPort")) {
            read.add(new Ports(null, port.word("namedPort"), PortRange.ALL));
        }
        return one(read);
    }

    /** A ClusterNetworkPolicyProtocol; null unless it has just one field. */
    private static Ports protocol(Fields fields) {
        fields.only("tcp", "udp", "sctp", "destinationNamedPort");
        List<Ports> read = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            String name = protocol.name().toLowerCase(Locale.ROOT);
            if (fields.has(name)) {
                Fields attributes = fields.mapping(name);
                attributes.only("destinationPort");
                read.add(destinationPort(attributes.mapping("destinationPort"), protocol));
            }
        }
        if (fields.has("destinationNamedPort")) {
            read.add(new Ports(null, fields.word("destinationNamedPort"), PortRange.ALL));
        }
        return one(read);
    }

    private static Ports destinationPort(Fields port, Protocol protocol) {
        port.only("number", "range");
        if (port.has("number") == port.has("range")) {
            return null;
        }
        if (port.has("range")) {
            Fields range = port.mapping("range");
            range.only("start", "end");
            return range(range, protocol);
        }
        int number = port.port("number");
        return number == 0 ? null : new Ports(protocol, "", PortRange.of(number));
    }

    private static Ports range(Fields range, Protocol protocol) {
        int start = range.port("start");
        int end = range.port("end");
        if (start == 0 || end == 0) {
            return null;
        }
        if (start > end) {
            range.reject("end", "must not be below start, " + start);
            return null;
        }
        return new Ports(protocol, "", new PortRange(start, end));
    }
}
