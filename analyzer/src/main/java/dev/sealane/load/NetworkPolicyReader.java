package dev.sealane.load;

import dev.sealane.facts.Meta;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.NetworkPolicy.Rule;
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
            List<Peer> peers = new ArrayList<>();
            for (Fields peer : rule.list(peersField)) {
                peers.add(new Peer(
                        selector(peer, "podSelector"),
                        selector(peer, "namespaceSelector"),
                        ipBlock(peer),
                        peer.path()));
            }
            List<Port> ports = new ArrayList<>();
            for (Fields port : rule.list("ports")) {
                ports.add(new Port(
                        port.protocol("protocol"), port.intOrString("port"), port.integer("endPort", 0), port.path()));
            }
            rules.add(new Rule(peers, ports, rule.path()));
        }
        return rules;
    }

    private static IpBlock ipBlock(Fields peer) {
        if (!peer.has("ipBlock")) {
            return null;
        }
        Fields block = peer.mapping("ipBlock");
        return new IpBlock(block.word("cidr"), block.strings("except"));
    }

    /** Null if it is absent. */
    private static Selector selector(Fields parent, String field) {
        if (!parent.has(field)) {
            return null;
        }
        Fields selector = parent.mapping(field);
        List<Requirement> requirements = new ArrayList<>();
        for (Fields requirement : selector.list("matchExpressions")) {
            requirements.add(new Requirement(
                    requirement.word("key"), Operator.of(requirement.word("operator")), requirement.strings("values")));
        }
        return new Selector(selector.stringMap("matchLabels"), requirements);
    }
}
