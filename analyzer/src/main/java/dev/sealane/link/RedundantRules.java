package dev.sealane.link;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.RedundantRule;
import dev.sealane.facts.Selector;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.policy.NormalForm;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Rules of NetworkPolicies that another rule covers: by what is written, whatever pods there are, and only by a rule
 * for the same pods or for all of the namespace.
 */
final class RedundantRules {
    private record Written(NetworkPolicy policy, int index, Rule rule) {}

    /** Rules that a rule may be covered by, if it is about the same pods. */
    private static final class Group {
        private final Map<Peer, List<Written>> byPeer = new HashMap<>();
        private final List<Written> wide = new ArrayList<>();

        private void add(Written rule) {
            for (Peer peer : rule.rule().peers()) {
                byPeer.computeIfAbsent(peer, unseen -> new ArrayList<>()).add(rule);
                if (coversOthers(peer) && (wide.isEmpty() || wide.getLast() != rule)) {
                    wide.add(rule);
                }
            }
        }

        private Stream<Written> candidates(Rule rule) {
            return Stream.concat(byPeer.getOrDefault(rule.peers().getFirst(), List.of()).stream(), wide.stream());
        }
    }

    private record Key(String namespace, Direction direction, Selector podSelector) {}

    private RedundantRules() {}

    static List<RedundantRule> of(List<NetworkPolicy> policies) {
        Map<Key, Group> groups = new HashMap<>();
        List<Map.Entry<Key, Written>> all = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            for (Direction direction : Direction.values()) {
                List<Rule> rules = NormalForm.rules(policy, direction);
                Key key = new Key(policy.namespace(), direction, policy.podSelector());
                for (int i = 0; i < rules.size(); i++) {
                    Rule rule = rules.get(i);
                    if (!rule.peers().isEmpty() && !rule.ports().isEmpty()) {
                        Written written = new Written(policy, i, rule);
                        groups.computeIfAbsent(key, unseen -> new Group()).add(written);
                        all.add(Map.entry(key, written));
                    }
                }
            }
        }
        List<RedundantRule> facts = new ArrayList<>();
        all.forEach(entry -> {
            Key key = entry.getKey();
            Written rule = entry.getValue();
            Stream<Written> candidates = groups.get(key).candidates(rule.rule());
            Group everyPod = groups.get(new Key(key.namespace(), key.direction(), Selector.EVERYTHING));
            if (everyPod != null && !key.podSelector().isEmpty()) {
                candidates = Stream.concat(candidates, everyPod.candidates(rule.rule()));
            }
            candidates
                    .filter(other -> other != rule && covers(other.rule(), rule.rule()) && !yields(other, rule))
                    .findFirst()
                    .ifPresent(other -> facts.add(new RedundantRule(
                            rule.policy().ref(),
                            rule.policy().at(rule.rule().place()),
                            other.policy().ref(),
                            other.policy().at(other.rule().place()))));
        });
        return facts;
    }

    /** Whether, of two rules that cover each other, the first is the one to be called redundant. */
    private static boolean yields(Written one, Written other) {
        boolean mutual = covers(other.rule(), one.rule())
                && one.policy().podSelector().equals(other.policy().podSelector());
        if (!mutual) {
            return false;
        }
        return one.policy() == other.policy()
                ? one.index() > other.index()
                : one.policy().name().compareTo(other.policy().name()) > 0;
    }

    private static boolean covers(Rule one, Rule other) {
        return other.peers().stream().allMatch(peer -> one.peers().stream().anyMatch(own -> covers(own, peer)))
                && other.ports().stream().allMatch(ports -> one.ports().stream().anyMatch(own -> covers(own, ports)));
    }

    /** Whether it may cover a peer that is written otherwise. */
    private static boolean coversOthers(Peer peer) {
        return peer instanceof Peer.Any
                || peer instanceof Peer.Networks
                || peer instanceof Peer.Pods pods && (empty(pods.pods()) || empty(pods.namespaces()));
    }

    private static boolean covers(Peer one, Peer other) {
        if (other instanceof Peer.Unreadable) {
            return false;
        }
        if (one instanceof Peer.Any || one.equals(other)) {
            return true;
        }
        if (one instanceof Peer.Pods wide && other instanceof Peer.Pods narrow) {
            boolean namespaces = empty(wide.namespaces())
                    || (wide.namespaces() == null
                            ? narrow.namespaces() == null
                            : wide.namespaces().equals(narrow.namespaces()));
            return namespaces && (empty(wide.pods()) || wide.pods().equals(narrow.pods()));
        }
        return one instanceof Peer.Networks wide && other instanceof Peer.Networks narrow && covers(wide, narrow);
    }

    private static boolean covers(Peer.Networks wide, Peer.Networks narrow) {
        List<Cidr> blocks = ranges(narrow.cidrs());
        return blocks.size() == narrow.cidrs().size()
                && ranges(wide.except()).size() == wide.except().size()
                && blocks.stream()
                        .allMatch(block -> ranges(wide.cidrs()).stream().anyMatch(range -> range.contains(block))
                                && ranges(wide.except()).stream()
                                        .allMatch(except -> !except.overlaps(block)
                                                || ranges(narrow.except()).stream()
                                                        .anyMatch(own -> own.contains(except))));
    }

    private static List<Cidr> ranges(List<String> texts) {
        return texts.stream().flatMap(text -> Cidr.tryParse(text).stream()).toList();
    }

    private static boolean empty(LabelExpression expression) {
        return expression instanceof Selector selector && selector.isEmpty();
    }

    private static boolean covers(Ports one, Ports other) {
        if (one.equals(other) || one.equals(Ports.EVERYTHING)) {
            return true;
        }
        return one.protocol() != null
                && one.protocol() == other.protocol()
                && one.name().isEmpty()
                && one.range().first() <= other.range().first()
                && other.range().last() <= one.range().last();
    }
}
