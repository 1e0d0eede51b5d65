package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Node;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Action;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.facts.TieredPolicy.Subject;
import dev.sealane.facts.TieredPolicy.Tier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** The policies of a cluster, all together. */
public final class Policies {
    private static final Decision OPEN = Decision.of(Verdict.ALLOWED, Text.of("no policy isolates it"), List.of());

    /** By what is asked first: tier, order, name. */
    private static final Comparator<Member> ORDER = Comparator.comparingDouble((Member member) -> member.tier.order())
            .thenComparing(member -> member.tier.name())
            .thenComparingDouble(member -> member.order)
            .thenComparing(member -> member.policy.namespace())
            .thenComparing(member -> member.policy.name())
            .thenComparing(member -> member.policy.ref().kind().name());

    /** A policy, its place among all and its rules. Compared by identity: it is asked for in chains by the thousand. */
    private static final class Member {
        private final Resource policy;
        private final Family family;
        private final Tier tier;
        private final double order;
        private final List<Rule> ingress;
        private final List<Rule> egress;

        private Member(Resource policy, Family family, Tier tier, double order) {
            this.policy = policy;
            this.family = family;
            this.tier = tier;
            this.order = order;
            this.ingress = Policies.rules(policy, Direction.INGRESS);
            this.egress = Policies.rules(policy, Direction.EGRESS);
        }

        private List<Rule> rules(Direction direction) {
            return direction == Direction.INGRESS ? ingress : egress;
        }
    }

    /** @param selected whether the policy selects the pods: YES, or why it may */
    private record Applied(Member member, Match selected) {}

    /** The policies that apply to some pods in one direction, in the order in which they are asked. */
    public static final class Chain {
        private final Direction direction;
        private final List<Applied> applied;

        private Chain(Direction direction, List<Applied> applied) {
            this.direction = direction;
            this.applied = applied;
        }

        public boolean isEmpty() {
            return applied.isEmpty();
        }

        public Direction direction() {
            return direction;
        }

        /** Tier by tier, by order. */
        public List<Resource> policies() {
            return applied.stream().map(one -> one.member().policy).toList();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Chain that && direction == that.direction && applied.equals(that.applied);
        }

        @Override
        public int hashCode() {
            return applied.hashCode();
        }
    }

    private final Map<String, List<Member>> byNamespace = new HashMap<>();
    private final List<Member> clusterWide = new ArrayList<>();
    private final Map<String, Labels> nodeLabels = new HashMap<>();
    private final Enforcers enforcers;

    /** @param resources the policies and nodes among them count */
    public Policies(List<? extends Resource> resources, Enforcers enforcers) {
        this.enforcers = enforcers;
        for (Resource resource : resources) {
            if (resource instanceof Node node) {
                nodeLabels.put(node.name(), node.labels());
            } else if (resource instanceof NetworkPolicy policy) {
                byNamespace
                        .computeIfAbsent(policy.namespace(), namespace -> new ArrayList<>())
                        .add(networkPolicy(policy));
            } else if (resource instanceof TieredPolicy policy && enforcers.enforce(policy.family())) {
                List<Member> members = policy.namespace().isEmpty()
                        ? clusterWide
                        : byNamespace.computeIfAbsent(policy.namespace(), namespace -> new ArrayList<>());
                for (TieredPolicy part : policy.parts()) {
                    members.add(new Member(part, part.family(), part.tier(), part.order()));
                }
            }
        }
    }

    /** Whether NetworkPolicies alone say what pods of the namespace may do. */
    public boolean areNetworkPolicies(String namespace) {
        return clusterWide.isEmpty()
                && byNamespace.getOrDefault(namespace, List.of()).stream().noneMatch(member -> member.family != null);
    }

    public Enforcers enforcers() {
        return enforcers;
    }

    /** Whether an address is of the ranges that clusters use, so that it may be a pod's or a Service's. */
    public static boolean maybeInCluster(Cidr address) {
        return PeerMatcher.maybeInCluster(address);
    }

    /** What applies to pods. Pods on the host network are never policed: no implementation does. */
    public Chain chain(Endpoint.Pods pods, Direction direction) {
        List<Applied> applied = new ArrayList<>();
        if (!pods.spec().hostNetwork()) {
            List<Member> own = byNamespace.getOrDefault(pods.namespace().name(), List.of());
            for (List<Member> members : List.of(own, clusterWide)) {
                for (Member member : members) {
                    Match selected = selected(member.policy, pods, direction);
                    if (selected.possible()) {
                        applied.add(new Applied(member, selected));
                    }
                }
            }
            applied.sort(Comparator.comparing(Applied::member, ORDER));
        }
        return new Chain(direction, List.copyOf(applied));
    }

    /** As if pods were selected by just these policies. */
    public static Chain chainOf(List<NetworkPolicy> policies, Direction direction) {
        return new Chain(
                direction,
                policies.stream()
                        .map(policy -> new Applied(networkPolicy(policy), Match.YES))
                        .toList());
    }

    private static Member networkPolicy(NetworkPolicy policy) {
        return new Member(policy, null, Tier.DEFAULT, Tier.NETWORK_POLICY);
    }

    private static Match selected(Resource policy, Endpoint.Pods pods, Direction direction) {
        if (policy instanceof NetworkPolicy networkPolicy) {
            return Match.of(networkPolicy.isolates(direction)
                    && networkPolicy.podSelector().matches(pods.labels()));
        }
        TieredPolicy tiered = (TieredPolicy) policy;
        if (tiered.rules(direction).isEmpty() && !tiered.isolates().contains(direction)) {
            return Match.NO;
        }
        Match selected = Match.NO;
        for (Subject subject : tiered.subjects()) {
            Match namespace = subject.namespaces() == null
                    ? Match.of(policy.namespace().equals(pods.namespace().name()))
                    : pods.namespace().matches(subject.namespaces());
            Match further = subject.conditional() == null
                    ? Match.YES
                    : Match.unknown("the policy also asks for %s", subject.conditional());
            selected = selected.or(
                    namespace.and(pods.matches(subject.pods(), tiered.family())).and(further));
        }
        return selected;
    }

    /** What the policies of both ends say, and whether anybody enforces it. */
    public Connections between(Endpoint from, Endpoint to) {
        Connections egress =
                from instanceof Endpoint.Pods pods ? enforced(Direction.EGRESS, pods, to) : Connections.all(OPEN);
        Connections ingress =
                to instanceof Endpoint.Pods pods ? enforced(Direction.INGRESS, pods, from) : Connections.all(OPEN);
        return egress.and(ingress);
    }

    /** What the policies of one end say, and whether anybody enforces it there. */
    public Connections enforced(Direction direction, Endpoint.Pods subject, Endpoint peer) {
        return enforced(chain(subject, direction), subject, peer);
    }

    /**
     * What the policies of one end say, as if they were enforced.
     *
     * @param chain of the subject
     * @param peer the other end
     */
    public Connections decide(Chain chain, Endpoint.Pods subject, Endpoint peer) {
        Connections decisions = Connections.all(OPEN);
        if (chain.isEmpty()) {
            return decisions;
        }
        List<Applied> applied = chain.applied;
        int end = applied.size();
        while (end > 0) {
            Tier tier = applied.get(end - 1).member().tier;
            int start = end;
            while (start > 0 && applied.get(start - 1).member().tier.equals(tier)) {
                start--;
            }
            decisions = tier(chain.direction(), applied.subList(start, end), tier, subject, peer, decisions);
            end = start;
        }
        return chain.direction() == Direction.INGRESS ? fromOwnNode(subject, peer, decisions) : decisions;
    }

    /** A node reaches the pods on it whatever policies say, for the kubelet's probes. */
    private Connections fromOwnNode(Endpoint.Pods subject, Endpoint peer, Connections decisions) {
        String node = peer.node();
        if (node == null) {
            return decisions;
        }
        Match same = new PeerMatcher(null, "", subject, enforcers, nodeLabels).sameNode(node);
        Decision probe = Decision.of(Verdict.ALLOWED, Text.of("a node always reaches the pods on it"), List.of());
        return same.possible() ? decisions.map(apply(same, probe)) : decisions;
    }

    /** What the policies of one end say, and whether anybody enforces it. */
    public Connections enforced(Chain chain, Endpoint.Pods subject, Endpoint peer) {
        return effective(decide(chain, subject, peer), subject);
    }

    /**
     * Whether a peer of a policy's rule means an endpoint. What depends on the pod that the policy applies to is open.
     */
    public Match match(Peer peer, Resource policy, Endpoint endpoint) {
        Family family = policy instanceof TieredPolicy tiered ? tiered.family() : null;
        Endpoint.Pods anyPod =
                new Endpoint.Pods(Tenant.named(policy.namespace()), Labels.NONE, PodSpec.EMPTY, List.of(), Set.of());
        return new PeerMatcher(family, policy.namespace(), anyPod, enforcers, nodeLabels).match(peer, endpoint);
    }

    /** From the last policy to the first: an earlier one takes precedence over what was decided so far. */
    private Connections tier(
            Direction direction,
            List<Applied> applied,
            Tier tier,
            Endpoint.Pods subject,
            Endpoint peer,
            Connections afterwards) {
        Connections decisions = afterwards;
        if (!tier.passes()) {
            decisions = isolate(direction, applied, decisions);
        }
        int end = applied.size();
        while (end > 0) {
            int start = end - 1;
            while (start > 0
                    && ties(
                            applied.get(start - 1).member(),
                            applied.get(end - 1).member())) {
                start--;
            }
            List<Applied> alike = applied.subList(start, end);
            decisions = alike.size() == 1
                    ? first(direction, alike.getFirst(), subject, peer, decisions, afterwards)
                    : anyFirst(direction, alike, subject, peer, decisions, afterwards);
            end = start;
        }
        return decisions;
    }

    /** Whether the API leaves open which of two policies of a tier is asked first. */
    private static boolean ties(Member one, Member other) {
        return one.order == other.order && (one.family == Family.ADMIN || one.family == Family.CLUSTER);
    }

    private Connections anyFirst(
            Direction direction,
            List<Applied> alike,
            Endpoint.Pods subject,
            Endpoint peer,
            Connections before,
            Connections afterwards) {
        String names =
                alike.stream().map(one -> one.member().policy.ref().toString()).collect(Collectors.joining(", "));
        Match open = Match.depends("the API does not say which of %s is asked first", names);
        Connections result = null;
        for (Applied one : alike) {
            Connections decisions = before;
            for (Applied other : alike.reversed()) {
                decisions = other == one ? decisions : first(direction, other, subject, peer, decisions, afterwards);
            }
            decisions = first(direction, one, subject, peer, decisions, afterwards);
            result = result == null
                    ? decisions
                    : result.with(decisions, (so, otherwise) -> Decision.either(open, otherwise, so));
        }
        return result;
    }

    /** From the last rule to the first, of a policy that is asked before what was decided so far. */
    private Connections first(
            Direction direction,
            Applied one,
            Endpoint.Pods subject,
            Endpoint peer,
            Connections before,
            Connections afterwards) {
        PodSpec destination = direction == Direction.INGRESS
                ? subject.spec()
                : peer instanceof Endpoint.Pods pods ? pods.spec() : PodSpec.EMPTY;
        Resource policy = one.member().policy;
        PeerMatcher matcher = new PeerMatcher(one.member().family, policy.namespace(), subject, enforcers, nodeLabels);
        Connections decisions = before;
        for (Rule rule : one.member().rules(direction).reversed()) {
            Match match = one.selected().and(match(rule, matcher, peer));
            if (match.possible() && rule.action() != Action.LOG) {
                decisions = apply(rule, match, policy, destination, decisions, afterwards);
            }
        }
        return decisions;
    }

    /** The rules of a policy of any API. */
    public static List<Rule> rules(Resource policy, Direction direction) {
        return policy instanceof NetworkPolicy networkPolicy
                ? NormalForm.rules(networkPolicy, direction)
                : ((TieredPolicy) policy).rules(direction);
    }

    /** Denies everything, as far as a policy that isolates applies. */
    private static Connections isolate(Direction direction, List<Applied> applied, Connections open) {
        Match isolated = Match.NO;
        // By policies that are about every protocol.
        Match entirely = Match.NO;
        List<Cause> causes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Applied one : applied) {
            Resource policy = one.member().policy;
            if (policy instanceof NetworkPolicy
                    || ((TieredPolicy) policy).isolates().contains(direction)) {
                isolated = isolated.or(one.selected());
                entirely = policy instanceof NetworkPolicy ? entirely : entirely.or(one.selected());
                causes.add(new Cause(policy.ref(), policy.at("spec")));
                names.add(policy.ref().toString());
            }
        }
        if (!isolated.possible()) {
            return open;
        }
        Text reason = Text.of("no %s rule allows it of %s", direction, String.join(", ", names));
        Connections closed = open.map(apply(isolated, Decision.of(Verdict.DENIED, reason, causes)));
        Text unnamed = Text.of("NetworkPolicy does not say what happens to protocols other than TCP, UDP and SCTP");
        Decision denied = closed.other();
        Match denies = entirely;
        return closed.changeOther(before -> open.other())
                .changeOther(apply(isolated, Decision.of(Verdict.DEPENDS, unnamed, causes)))
                .changeOther(before -> denies.possible() ? apply(denies, denied).apply(before) : before);
    }

    private static Match match(Rule rule, PeerMatcher matcher, Endpoint peer) {
        Match match = Match.NO;
        boolean widens = rule.action() == Action.ALLOW;
        for (Peer one : rule.peers()) {
            boolean unreadable = one instanceof Peer.Unreadable;
            match = match.or(unreadable && !widens ? Match.YES : matcher.match(one, peer));
        }
        return rule.conditional() == null
                ? match
                : match.and(Match.unknown("the rule also asks for %s", rule.conditional()));
    }

    private static Connections apply(
            Rule rule, Match match, Resource policy, PodSpec destination, Connections before, Connections afterwards) {
        Cause cause = new Cause(policy.ref(), policy.at(rule.place()));
        Connections decisions = before;
        for (Ports ports : rule.ports()) {
            for (Protocol protocol : Protocol.values()) {
                if (ports.protocol() != null && ports.protocol() != protocol) {
                    continue;
                }
                if (ports.name().isEmpty()) {
                    decisions = apply(rule, match, cause, protocol, ports.range(), decisions, afterwards);
                } else {
                    for (var declared : destination.ports()) {
                        if (declared.protocol() == protocol
                                && declared.name().equals(ports.name())
                                && PortRange.valid(declared.number())) {
                            var number = PortRange.of(declared.number());
                            decisions = apply(rule, match, cause, protocol, number, decisions, afterwards);
                        }
                    }
                }
            }
            if (ports.equals(Ports.EVERYTHING)) {
                Decision outcome = outcome(rule, cause, afterwards.other());
                decisions = decisions.changeOther(apply(match, outcome));
            } else if (ports.equals(Ports.OTHER)) {
                Decision outcome = outcome(rule, cause, afterwards.other());
                Match some = match.and(Match.unknown("the rule is about some of the protocols without ports"));
                decisions = decisions.changeOther(apply(some, outcome));
            }
        }
        return decisions;
    }

    private static Connections apply(
            Rule rule,
            Match match,
            Cause cause,
            Protocol protocol,
            PortRange ports,
            Connections before,
            Connections afterwards) {
        if (rule.action() != Action.PASS) {
            return before.change(protocol, ports, apply(match, outcome(rule, cause, null)));
        }
        Connections decisions = before;
        for (Connections.Range range : afterwards.ranges()) {
            PortRange both = range.ports().and(ports);
            if (range.protocol() == protocol && both != null) {
                decisions = decisions.change(protocol, both, apply(match, range.decision()));
            }
        }
        return decisions;
    }

    private static Decision outcome(Rule rule, Cause cause, Decision afterwards) {
        return switch (rule.action()) {
            case ALLOW ->
                new Decision(
                        Verdict.ALLOWED,
                        Text.of("%s allows it", cause.policy()),
                        List.of(cause),
                        rule.filtered(),
                        false);
            case DENY -> Decision.of(Verdict.DENIED, Text.of("%s denies it", cause.policy()), List.of(cause));
            case PASS, LOG -> afterwards;
        };
    }

    private static UnaryOperator<Decision> apply(Match match, Decision outcome) {
        return match.kind() == Match.Kind.YES ? before -> outcome : before -> Decision.either(match, outcome, before);
    }

    /** A denial that nothing enforces is none. */
    private Connections effective(Connections decisions, Endpoint.Pods subject) {
        Match enforced = enforced(subject);
        if (enforced.kind() == Match.Kind.YES) {
            return decisions;
        }
        return decisions.map(decision -> {
            if (decision.verdict() == Verdict.ALLOWED) {
                return decision;
            }
            Text why = Text.of(
                    "would be %s (%s), which is not enforced: %s",
                    decision.verdict() == Verdict.DENIED ? "denied" : "denied perhaps",
                    decision.reason(),
                    enforced.reason());
            Decision open = new Decision(Verdict.ALLOWED, why, decision.causes(), false, true);
            return enforced.kind() == Match.Kind.NO ? open : Decision.either(enforced, open, decision);
        });
    }

    /** NO and its reason; YES also if the input does not show any CNI. */
    private Match enforced(Endpoint.Pods subject) {
        if (enforcers.cnis().isEmpty()) {
            return Match.YES;
        }
        if (enforcers.enforce() == Answer.NO) {
            return new Match(Match.Kind.NO, Text.of("%s does not enforce policies", enforcers.names()));
        }
        if (enforcers.enforce() == Answer.UNKNOWN) {
            return Match.depends("whether %s enforces policies depends on its settings", enforcers.names());
        }
        List<String> bare = subject.nodes().stream()
                .filter(enforcers.bareNodes()::contains)
                .sorted()
                .toList();
        if (bare.isEmpty()) {
            return Match.YES;
        }
        Text reason = Text.of("no ready agent of %s runs on node %s", enforcers.names(), String.join(", ", bare));
        boolean all = bare.size() == subject.nodes().size();
        return new Match(all ? Match.Kind.NO : Match.Kind.UNKNOWN, reason);
    }
}
