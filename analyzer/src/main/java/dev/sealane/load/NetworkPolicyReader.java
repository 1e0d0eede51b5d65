package dev.sealane.load;

import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Meta;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.NetworkPolicy.Rule;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import java.util.ArrayList;
import java.util.List;

/** Reads NetworkPolicies. Whether policy types, ports and address blocks make sense is for rules to say. */
final class NetworkPolicyReader {
    private NetworkPolicyReader() {}

    static NetworkPolicy policy(Fields object, Meta meta) {
        Fields spec = object.mapping("spec");
        Selector pods = selector(spec, "podSelector");
        return new NetworkPolicy(
                meta,
                pods == null ? Selector.EVERYTHING : pods,
                spec.strings("policyTypes"),
                rules(spec, "ingress", "from"),
                rules(spec, "egress", "to"));
    }

    private static List<Rule> rules(Fields spec, String direction, String peersField) {
        List<Rule> rules = new ArrayList<>();
        for (Fields rule : spec.list(direction)) {
            int before = rule.unread();
            rule.only(peersField, "ports");
            String unread = rule.noList(peersField) || rule.noList("ports") ? rule.path() : rule.unreadSince(before);
            List<Peer> peers = rule.list(peersField).stream()
                    .map(NetworkPolicyReader::peer)
                    .toList();
            List<Port> ports =
                    rule.list("ports").stream().map(NetworkPolicyReader::port).toList();
            rules.add(new Rule(peers, ports, unread, rule.path()));
        }
        return rules;
    }

    private static Peer peer(Fields peer) {
        int before = peer.unread();
        peer.only("podSelector", "namespaceSelector", "ipBlock");
        Selector pods = selector(peer, "podSelector");
        Selector namespaces = selector(peer, "namespaceSelector");
        IpBlock block = ipBlock(peer);
        return new Peer(pods, namespaces, block, peer.unreadSince(before), peer.path());
    }

    private static Port port(Fields port) {
        int before = port.unread();
        port.only("protocol", "port", "endPort");
        Protocol protocol = port.protocol("protocol");
        IntOrString number = port.intOrString("port");
        int endPort = port.integer("endPort", 0);
        return new Port(protocol, number, endPort, port.unreadSince(before), port.path());
    }

    private static IpBlock ipBlock(Fields peer) {
        if (!peer.has("ipBlock")) {
            return null;
        }
        Fields block = peer.mapping("ipBlock");
        block.only("cidr", "except");
        return new IpBlock(block.word("cidr"), block.strings("except"));
    }

    /** Null if it is absent. */
    static Selector selector(Fields parent, String field) {
        return parent.has(field) ? selector(parent.mapping(field)) : null;
    }

    static Selector selector(Fields selector) {
        selector.only("matchLabels", "matchExpressions");
        List<Requirement> requirements = new ArrayList<>();
        for (Fields requirement : selector.list("matchExpressions")) {
            requirement.only("key", "operator", "values");
            requirements.add(new Requirement(
                    requirement.word("key"), Operator.of(requirement.word("operator")), requirement.strings("values")));
        }
        return new Selector(selector.stringMap("matchLabels"), requirements);
    }
}
