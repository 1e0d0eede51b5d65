package dev.sealane.load;

import dev.sealane.facts.TieredPolicy.Action;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule of a tiered policy while it is read. What cannot be read of it never widens what is allowed: it is nothing to a
 * rule that allows and everything to one that denies. A rule that passes then denies, as the network policy API asks of
 * implementations.
 */
final class RuleReading {
    private final Fields fields;
    private final Action action;
    private final int before;
    final List<Peer> peers = new ArrayList<>();
    final List<Ports> ports = new ArrayList<>();
    private final List<String> conditions = new ArrayList<>();
    private String unread;
    private boolean unreadPorts;
    boolean filtered;

    RuleReading(Fields fields, Action action) {
        this.fields = fields;
        this.action = action;
        this.before = fields.unread();
    }

    /** Says that one of the peers cannot be read. */
    void unreadPeer(String field) {
        unread = field;
    }

    /** Says that some of the ports cannot be read. */
    void unreadPorts() {
        unreadPorts = true;
    }

    /** Says that the rule is narrowed by something that is not looked at. */
    void conditional(String condition) {
        conditions.add(condition);
    }

    /** Says that all of what was read of the rule may mean something else, if there is a reason for it. */
    void unreadRule(String field) {
        if (field != null) {
            peers.clear();
            unread = field;
        }
    }

    /** What could not be read since this began; null if all was. */
    String unread() {
        return fields.unreadSince(before);
    }

    Rule rule() {
        List<Peer> allPeers = new ArrayList<>(peers);
        List<Ports> allPorts = ports;
        Action safe = action;
        if (unread != null) {
            allPeers.add(new Peer.Unreadable(unread));
        }
        if (action != Action.ALLOW && (unread != null || unreadPorts)) {
            allPorts = List.of(Ports.EVERYTHING);
            safe = action == Action.PASS ? Action.DENY : action;
        }
        return new Rule(
                safe,
                allPeers,
                allPorts,
                conditions.isEmpty() ? null : String.join(" and ", conditions),
                filtered && action == Action.ALLOW,
                fields.path());
    }
}
