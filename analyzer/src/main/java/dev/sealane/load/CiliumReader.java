package dev.sealane.load;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Kind;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Action;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.TieredPolicy.Peer;
import dev.sealane.facts.TieredPolicy.Ports;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.facts.TieredPolicy.Subject;
import dev.sealane.facts.TieredPolicy.Tier;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Reads CiliumNetworkPolicies and CiliumClusterwideNetworkPolicies. What they allow joins what NetworkPolicies allow; what
 * they deny goes before everything. So each {@code spec} becomes up to two policies.
 */
final class CiliumReader {
    private static final Set<String> KINDS = Set.of("CiliumNetworkPolicy", "CiliumClusterwideNetworkPolicy");

    private static final String NAMESPACE = "io.kubernetes.pod.namespace";
    private static final String NAMESPACE_LABELS = "io.cilium.k8s.namespace.labels.";
    /** The cluster's name in a mesh of clusters, which the input does not tell. */
    private static final String CLUSTER = "io.cilium.k8s.policy.cluster";

    private static final String RESERVED = "reserved:";

    private static final Peer NOBODY = new Peer.AnyOf(List.of());
    private static final Peer HOSTS = new Peer.AnyOf(List.of(new Peer.Hosts(true), new Peer.Hosts(false)));
    private static final Peer PODS = new Peer.Pods(Selector.EVERYTHING, Selector.EVERYTHING);

    private static final Map<Direction, List<String>> PEERS = Map.of(
            Direction.INGRESS,
            List.of("fromEndpoints", "fromCIDR", "fromCIDRSet", "fromEntities", "fromGroups", "fromNodes"),
            Direction.EGRESS,
            List.of(
                    "toEndpoints",
                    "toCIDR",
                    "toCIDRSet",
                    "toEntities",
                    "toGroups",
                    "toNodes",
                    "toServices",
                    "toFQDNs"));

    /** @param namespaces null for the policy's own */
    private record Endpoints(
            LabelExpression namespaces, Selector pods, List<Peer> reserved, List<String> undecided, boolean narrow) {
        private Peer peer() {
            List<Peer> parts = new ArrayList<>(reserved);
            if (parts.isEmpty() || narrow) {
                // A selector of reserved labels is not limited to the policy's namespace.
                parts.add(new Peer.Pods(
                        namespaces == null && !reserved.isEmpty() ? Selector.EVERYTHING : namespaces, pods));
            }
            undecided.forEach(label -> parts.add(new Peer.Undecided("label " + label)));
            return parts.size() == 1 ? parts.getFirst() : new Peer.AllOf(parts);
        }
    }

    private final Meta meta;
    private final boolean namespaced;

    private CiliumReader(Meta meta) {
        this.meta = meta;
        this.namespaced = meta.ref().kind().namespaced();
    }

    static boolean reads(Kind kind) {
        return kind.group().equals("cilium.io") && KINDS.contains(kind.name());
    }

    static TieredPolicy policy(Fields object, Meta meta) {
        CiliumReader reader = new CiliumReader(meta);
        List<TieredPolicy> parts = new ArrayList<>();
        if (object.has("spec")) {
            parts.addAll(reader.spec(object.mapping("spec")));
        }
        object.list("specs").forEach(spec -> parts.addAll(reader.spec(spec)));
        if (parts.isEmpty()) {
            return reader.part(List.of(), Set.of(), List.of(), List.of(), 0, List.of());
        }
        TieredPolicy first = parts.getFirst();
        return reader.part(
                first.subjects(),
                first.isolates(),
                first.ingress(),
                first.egress(),
                first.order(),
                parts.subList(1, parts.size()));
    }

    private TieredPolicy part(
            List<Subject> subjects,
            Set<Direction> isolates,
            List<Rule> ingress,
            List<Rule> egress,
            double order,
            List<TieredPolicy> more) {
        return new TieredPolicy(meta, Family.CILIUM, Tier.DEFAULT, order, subjects, isolates, ingress, egress, more);
    }

    private List<TieredPolicy> spec(Fields spec) {
        int before = spec.unread();
        spec.only(
                "endpointSelector",
                "nodeSelector",
                "ingress",
                "ingressDeny",
                "egress",
                "egressDeny",
                "labels",
                "description",
                "enableDefaultDeny",
                "log");
        String unread = spec.unreadSince(before);
        List<Subject> subjects = subjects(spec);
        Set<Direction> isolates = EnumSet.noneOf(Direction.class);
        Map<Direction, List<Rule>> allowed = new HashMap<>();
        Map<Direction, List<Rule>> denied = new HashMap<>();
        for (Direction direction : Direction.values()) {
            String field = direction.field();
            Fields given = spec.mapping("enableDefaultDeny");
            boolean some = spec.filled(field) || spec.filled(field + "Deny");
            if (given.has(field) ? given.bool(field) : some) {
                isolates.add(direction);
            }
            List<Rule> allow = new ArrayList<>();
            List<Rule> deny = new ArrayList<>();
            for (Fields rule : spec.list(field)) {
                allow.addAll(rules(rule, direction, Action.ALLOW, unread));
                deny.addAll(requirements(rule, direction));
            }
            for (Fields rule : spec.list(field + "Deny")) {
                deny.addAll(rules(rule, direction, Action.DENY, unread));
            }
            allowed.put(direction, allow);
            denied.put(direction, deny);
        }
        List<TieredPolicy> parts = new ArrayList<>();
        parts.add(part(
                subjects,
                isolates,
                allowed.get(Direction.INGRESS),
                allowed.get(Direction.EGRESS),
                Tier.NETWORK_POLICY,
                List.of()));
        if (!denied.get(Direction.INGRESS).isEmpty()
                || !denied.get(Direction.EGRESS).isEmpty()) {
            parts.add(part(
                    subjects,
                    Set.of(),
                    denied.get(Direction.INGRESS),
                    denied.get(Direction.EGRESS),
                    Double.NEGATIVE_INFINITY,
                    List.of()));
        }
        return parts;
    }

    /** Pods only: policies of nodes and of Cilium's own endpoints select none. */
    private List<Subject> subjects(Fields spec) {
        if (!spec.has("endpointSelector")) {
            return List.of();
        }
        int before = spec.unread();
        Endpoints endpoints = endpoints(spec.mapping("endpointSelector"));
        String unread = spec.unreadSince(before);
        if (unread != null) {
            return List.of(new Subject(
                    namespaced ? null : Selector.EVERYTHING,
                    Selector.EVERYTHING,
                    "a selector that Sealane cannot read (" + unread + ")"));
        }
        if (endpoints.reserved().stream().anyMatch(peer -> !(peer instanceof Peer.Not))) {
            return List.of();
        }
        String conditional =
                endpoints.undecided().isEmpty() ? null : "label " + String.join(", ", endpoints.undecided());
        // The own namespace, whatever the selector says of namespaces.
        return List.of(new Subject(namespaced ? null : endpoints.namespaces(), endpoints.pods(), conditional));
    }

    /** A selector of what Cilium calls endpoints. Labels carry their source: k8s, any, or reserved. */
    private Endpoints endpoints(Fields fields) {
        Selector written = NetworkPolicyReader.selector(fields);
        Map<String, String> podLabels = new HashMap<>();
        List<Requirement> pods = new ArrayList<>();
        List<Requirement> namespaces = new ArrayList<>();
        List<Peer> reserved = new ArrayList<>();
        List<String> undecided = new ArrayList<>();
        List<Requirement> all = new ArrayList<>(written.matchExpressions());
        written.matchLabels().forEach((key, value) -> all.add(new Requirement(key, Operator.IN, List.of(value))));
        for (Requirement requirement : all) {
            String key = withoutSource(requirement.key());
            if (key.startsWith(RESERVED)) {
                Peer peer = entity(key.substring(RESERVED.length()));
                boolean absent =
                        requirement.operator() == Operator.DOES_NOT_EXIST || requirement.operator() == Operator.NOT_IN;
                if (peer == null) {
                    fields.cannotRead("matchLabels");
                } else {
                    reserved.add(absent ? new Peer.Not(peer) : peer);
                }
            } else if (key.equals(NAMESPACE)) {
                namespaces.add(new Requirement(Namespace.NAME_LABEL, requirement.operator(), requirement.values()));
            } else if (key.startsWith(NAMESPACE_LABELS)) {
                namespaces.add(new Requirement(
                        key.substring(NAMESPACE_LABELS.length()), requirement.operator(), requirement.values()));
            } else if (key.equals(CLUSTER)) {
                undecided.add(key);
            } else if (key.indexOf(':') >= 0) {
                fields.cannotRead("matchLabels");
            } else if (requirement.operator() == Operator.IN
                    && requirement.values().size() == 1
                    && !podLabels.containsKey(key)) {
                podLabels.put(key, requirement.values().getFirst());
            } else {
                pods.add(new Requirement(key, requirement.operator(), requirement.values()));
            }
        }
        LabelExpression inNamespaces =
                namespaces.isEmpty() ? namespaced ? null : Selector.EVERYTHING : selector(namespaces);
        boolean narrow = !podLabels.isEmpty() || !pods.isEmpty() || !namespaces.isEmpty();
        return new Endpoints(inNamespaces, new Selector(podLabels, pods), reserved, undecided, narrow);
    }

    /** With equalities as labels, so that a namespace's name is found without its object. */
    private static Selector selector(List<Requirement> requirements) {
        Map<String, String> labels = new HashMap<>();
        List<Requirement> others = new ArrayList<>();
        for (Requirement requirement : requirements) {
            boolean equality = requirement.operator() == Operator.IN
                    && requirement.values().size() == 1
                    && !labels.containsKey(requirement.key());
            if (equality) {
                labels.put(requirement.key(), requirement.values().getFirst());
            } else {
                others.add(requirement);
            }
        }
        return new Selector(labels, others);
    }

    private static String withoutSource(String key) {
        return key.startsWith("k8s:") || key.startsWith("any:") ? key.substring(4) : key;
    }

    /**
     * Null if Cilium has none of that name. The cluster is taken to be its pods and nodes: an API server outside of it
     * counts as well since Cilium 1.16, but which address that is the input does not tell.
     */
    private static Peer entity(String name) {
        return switch (name) {
            case "all" -> new Peer.Any();
            case "world" -> new Peer.World();
            case "world-ipv4" -> worldOf("0.0.0.0/0");
            case "world-ipv6" -> worldOf("::/0");
            case "cluster" -> new Peer.AnyOf(List.of(PODS, HOSTS));
            case "host" -> new Peer.Hosts(true);
            case "remote-node" -> new Peer.Hosts(false);
            case "kube-apiserver" -> outsideOfPods("the addresses of the API server");
            // Cilium's own endpoints, and pods that it has no endpoint of yet.
            case "init", "health", "ingress", "unmanaged", "none" -> NOBODY;
            default -> null;
        };
    }

    private static Peer worldOf(String family) {
        return new Peer.AllOf(List.of(new Peer.World(), new Peer.Networks(List.of(family), List.of(), Answer.NO)));
    }

    private static Peer outsideOfPods(String asked) {
        return new Peer.AllOf(List.of(new Peer.AnyOf(List.of(new Peer.World(), HOSTS)), new Peer.Undecided(asked)));
    }

    private static Peer outside(String asked) {
        return new Peer.AllOf(List.of(new Peer.World(), new Peer.Undecided(asked)));
    }

    /** One rule for each entry of {@code toPorts}, which have layer 7 rules of their own. */
    private List<Rule> rules(Fields fields, Direction direction, Action action, String specUnread) {
        List<Peer> peers = new ArrayList<>();
        int before = fields.unread();
        List<String> known = new ArrayList<>(PEERS.get(direction));
        known.addAll(List.of(requires(direction), "toPorts", "icmps", "authentication"));
        fields.only(known.toArray(String[]::new));
        List<String> members = PEERS.get(direction).stream().filter(fields::has).toList();
        for (String member : members) {
            peers(fields, member, peers);
        }
        String unread = specUnread == null ? fields.unreadSince(before) : specUnread;
        if (members.stream().filter(fields::filled).count() > 1) {
            // Cilium takes no such rule.
            unread = fields.path();
        }
        boolean anybody = members.isEmpty() && !fields.has(requires(direction));
        boolean emptyList = members.stream().anyMatch(member -> !fields.filled(member));
        List<Rule> rules = new ArrayList<>();
        List<Fields> toPorts = fields.list("toPorts");
        boolean somePorts = fields.filled("toPorts") || fields.filled("icmps");
        if (unread == null && (emptyList || anybody && !somePorts)) {
            return rules;
        }
        for (int i = 0; i < Math.max(1, toPorts.size()); i++) {
            RuleReading rule = new RuleReading(fields, action);
            rule.peers.addAll(anybody ? List.of(new Peer.Any()) : peers);
            String auth = fields.mapping("authentication").word("mode");
            if (!auth.isEmpty() && !auth.equals("disabled")) {
                rule.conditional("authentication");
            }
            if (!toPorts.isEmpty()) {
                ports(toPorts.get(i), rule);
            } else if (fields.noList("toPorts")) {
                rule.unreadPorts();
            } else {
                rule.ports.add(fields.filled("icmps") ? Ports.OTHER : Ports.EVERYTHING);
            }
            rule.unreadRule(unread);
            rules.add(rule.rule());
        }
        return rules;
    }

    private static String requires(Direction direction) {
        return direction == Direction.INGRESS ? "fromRequires" : "toRequires";
    }

    /**
     * What the requirements of a rule, which narrow all other rules, take away. They narrow what is allowed by selectors of
     * endpoints alone, so that it is not certain.
     */
    private List<Rule> requirements(Fields fields, Direction direction) {
        List<Rule> rules = new ArrayList<>();
        for (Fields required : fields.list(requires(direction))) {
            RuleReading rule = new RuleReading(fields, Action.DENY);
            rule.peers.add(new Peer.AllOf(
                    List.of(PODS, new Peer.Not(endpoints(required).peer()))));
            rule.ports.add(Ports.EVERYTHING);
            rule.conditional("what " + requires(direction) + " takes away");
            rule.unreadRule(rule.unread());
            rules.add(rule.rule());
        }
        return rules;
    }

    private void peers(Fields fields, String member, List<Peer> peers) {
        switch (member) {
            case "fromEndpoints", "toEndpoints" ->
                fields.list(member)
                        .forEach(selector -> peers.add(endpoints(selector).peer()));
            case "fromCIDR", "toCIDR" -> peers.add(new Peer.Networks(fields.cidrs(member), List.of(), Answer.NO));
            case "fromCIDRSet", "toCIDRSet" -> fields.list(member).forEach(set -> peers.add(cidrSet(set)));
            case "fromEntities", "toEntities" -> {
                for (String name : fields.strings(member)) {
                    Peer peer = entity(name);
                    if (peer == null) {
                        fields.reject(member, "has no entity of Cilium's: " + name);
                    } else {
                        peers.add(peer);
                    }
                }
            }
            case "fromNodes", "toNodes" ->
                fields.list(member)
                        .forEach(selector ->
                                peers.add(new Peer.Nodes(endpoints(selector).pods())));
            case "toServices" -> fields.list(member).forEach(service -> peers.add(service(service)));
            case "toFQDNs" -> fields.list(member).forEach(name -> peers.add(domainNames(name)));
            default -> peers.add(outside("the groups of a cloud provider"));
        }
    }

    private static Peer cidrSet(Fields set) {
        set.only("cidr", "cidrGroupRef", "cidrGroupSelector", "except");
        if (!set.has("cidr")) {
            return outside("the addresses of a CiliumCIDRGroup");
        }
        return new Peer.Networks(List.of(set.cidr("cidr")), set.cidrs("except"), Answer.NO);
    }

    private static Peer service(Fields service) {
        service.only("k8sService", "k8sServiceSelector");
        if (service.has("k8sService")) {
            Fields one = service.mapping("k8sService");
            one.only("serviceName", "namespace");
            return new Peer.Services(in(one), null, one.word("serviceName"));
        }
        Fields some = service.mapping("k8sServiceSelector");
        some.only("selector", "namespace");
        if (!some.has("selector")) {
            some.cannotRead("selector");
            return NOBODY;
        }
        return new Peer.Services(in(some), NetworkPolicyReader.selector(some, "selector"), null);
    }

    private static Selector in(Fields fields) {
        String namespace = fields.word("namespace");
        return namespace.isEmpty() ? null : Selector.of(Map.of(Namespace.NAME_LABEL, namespace));
    }

    private static Peer domainNames(Fields selector) {
        selector.only("matchName", "matchPattern");
        List<String> names = new ArrayList<>();
        for (String field : List.of("matchName", "matchPattern")) {
            if (selector.filled(field)) {
                names.add(selector.word(field));
            }
        }
        return new Peer.DomainNames(names);
    }

    private static void ports(Fields portRule, RuleReading rule) {
        int before = portRule.unread();
        portRule.only("ports", "terminatingTLS", "originatingTLS", "serverNames", "listener", "rules");
        rule.filtered = portRule.filled("serverNames")
                || portRule.has("listener")
                || !portRule.keys("rules").isEmpty();
        if (portRule.unreadSince(before) != null || portRule.noList("ports")) {
            rule.unreadPorts();
            return;
        }
        for (Fields port : portRule.list("ports")) {
            int unread = port.unread();
            port.only("port", "endPort", "protocol");
            Ports read = port(port);
            if (read == null || port.unreadSince(unread) != null) {
                rule.unreadPorts();
            } else {
                rule.ports.add(read);
            }
        }
    }

    /** Null if Cilium does not take it. Port 0 is every port. */
    private static Ports port(Fields port) {
        Protocol protocol = null;
        String word = port.word("protocol").toUpperCase(Locale.ROOT);
        switch (word) {
            case "", "ANY" -> {}
            case "TCP", "UDP", "SCTP" -> protocol = Protocol.valueOf(word);
            default -> {
                return Ports.OTHER;
            }
        }
        String text = port.word("port");
        int last = port.integer("endPort", 0);
        if (!text.matches("[0-9]{1,5}")) {
            boolean name = text.matches("(?i)[a-z0-9]([a-z0-9-]*[a-z0-9])?");
            return name && last == 0 ? new Ports(protocol, text.toLowerCase(Locale.ROOT), PortRange.ALL) : null;
        }
        int first = Integer.parseInt(text);
        if (first == 0) {
            return new Ports(protocol, "", PortRange.ALL);
        }
        int end = last == 0 ? first : last;
        boolean valid = PortRange.valid(first) && PortRange.valid(end) && first <= end;
        return valid ? new Ports(protocol, "", new PortRange(first, end)) : null;
    }
}
