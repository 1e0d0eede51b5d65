package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Selector;
import dev.sealane.facts.TieredPolicy.Action;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The rules of a NetworkPolicy as those of a tiered policy that only allows. */
public final class NormalForm {
    private NormalForm() {}

    /** None in a direction that the policy does not isolate. */
    public static List<Rule> rules(NetworkPolicy policy, Direction direction) {
        if (!policy.isolates(direction)) {
            return List.of();
        }
        List<Rule> rules = new ArrayList<>();
        for (NetworkPolicy.Rule rule : policy.rules(direction)) {
            if (rule.unread() != null) {
                continue;
            }
            List<Peer> peers = rule.peers().isEmpty()
                    ? List.of(new Peer.Any())
                    : rule.peers().stream().map(NormalForm::peer).toList();
            List<Ports> ports = rule.ports().isEmpty()
                    ? List.of(Ports.EVERYTHING)
                    : rule.ports().stream()
                            .map(NormalForm::ports)
                            .filter(Objects::nonNull)
                            .toList();
            rules.add(new Rule(Action.ALLOW, peers, ports, null, false, rule.place()));
        }
        return rules;
    }

    private static Peer peer(NetworkPolicy.Peer peer) {
        if (peer.unread() != null) {
            return new Peer.Unreadable(peer.unread());
        }
        boolean selects = peer.podSelector() != null || peer.namespaceSelector() != null;
        if (peer.ipBlock() != null) {
            return selects
                    ? new Peer.Unreadable("ipBlock beside a selector")
                    : new Peer.Networks(
                            List.of(peer.ipBlock().cidr()), peer.ipBlock().except(), Answer.UNKNOWN);
        }
        if (!selects) {
            return new Peer.Unreadable("");
        }
        Selector pods = peer.podSelector() == null ? Selector.EVERYTHING : peer.podSelector();
        return new Peer.Pods(peer.namespaceSelector(), pods);
    }

    /** Null if the ports are none that the API accepts. */
    private static Ports ports(NetworkPolicy.Port port) {
        if (port.unread() != null) {
            return null;
        }
        IntOrString wanted = port.port();
        if (wanted == null) {
            return port.endPort() == 0 ? new Ports(port.protocol(), "", PortRange.ALL) : null;
        }
        if (wanted.isName()) {
            return port.endPort() == 0 ? new Ports(port.protocol(), wanted.name(), PortRange.ALL) : null;
        }
        int last = port.endPort() == 0 ? wanted.number() : port.endPort();
        boolean valid = PortRange.valid(wanted.number()) && PortRange.valid(last) && wanted.number() <= last;
        return valid ? new Ports(port.protocol(), "", new PortRange(wanted.number(), last)) : null;
    }
}
