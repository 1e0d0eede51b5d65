package dev.sealane.load;

import dev.sealane.facts.Answer;
import dev.sealane.facts.CalicoSelector;
import dev.sealane.facts.CalicoTier;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Kind;
import dev.sealane.facts.LabelExpression;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Meta;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkSet;
import dev.sealane.facts.PortRange;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Resource;
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
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads Calico's policies, tiers and network sets, as its API server serves them and as they are stored
 * (crd.projectcalico.org). Staged policies have no effect and are left alone.
 */
final class CalicoReader {
    private static final Set<String> GROUPS = Set.of("projectcalico.org", "crd.projectcalico.org");
    private static final Set<String> KINDS =
            Set.of("NetworkPolicy", "GlobalNetworkPolicy", "NetworkSet", "GlobalNetworkSet", "Tier");

    /** Where stored objects have their labels: the custom resource has none of its own. */
    private static final String METADATA = "projectcalico.org/metadata";

    private static final Pattern LABELS = Pattern.compile("\"labels\"\\s*:\\s*\\{([^{}]*)\\}");
    private static final Pattern LABEL = Pattern.compile("\"([^\"\\\\]+)\"\\s*:\\s*\"([^\"\\\\]*)\"");

    private static final Map<String, Integer> NUMBERS =
            Map.of("TCP", 6, "UDP", 17, "SCTP", 132, "ICMP", 1, "ICMPv6", 58, "UDPLite", 136);

    private final boolean namespaced;
    private final boolean captured;

    private CalicoReader(Meta meta) {
        this.namespaced = meta.ref().kind().namespaced();
        this.captured = meta.captured();
    }

    static boolean reads(Kind kind) {
        return GROUPS.contains(kind.group()) && KINDS.contains(kind.name());
    }

    static Resource read(Fields object, Meta meta) {
        return switch (meta.ref().kind().name()) {
            case "Tier" ->
                new CalicoTier(meta, tier(object.mapping("spec"), meta.ref().name()));
            case "NetworkSet", "GlobalNetworkSet" ->
                new NetworkSet(labelled(meta), object.mapping("spec").strings("nets"));
            default -> new CalicoReader(meta).policy(object.mapping("spec"), meta);
        };
    }

    /** Without an order it is the last. */
    private static Tier tier(Fields spec, String name) {
        Tier builtIn = Tier.calico(name);
        double order = spec.number("order", Double.POSITIVE_INFINITY);
        return builtIn == null
                ? new Tier(name, order, spec.word("defaultAction").equals("Pass"))
                : builtIn;
    }

    private static Meta labelled(Meta meta) {
        Matcher labels = LABELS.matcher(meta.annotation(METADATA));
        if (!labels.find()) {
            return meta;
        }
        Map<String, String> all = new HashMap<>(meta.labels().asMap());
        Matcher label = LABEL.matcher(labels.group(1));
        while (label.find()) {
            all.put(label.group(1), label.group(2));
        }
        return new Meta(
                meta.ref(),
                meta.origin(),
                meta.apiVersion(),
                Labels.of(all),
                meta.annotations(),
                meta.owner(),
                meta.uid(),
                meta.resourceVersion(),
                meta.created(),
                meta.terminating());
    }

    private TieredPolicy policy(Fields spec, Meta meta) {
        String tierName = spec.word("tier");
        Tier tier = Tier.calico(tierName.isEmpty() ? "default" : tierName);
        Set<Direction> types = types(spec);
        // Those look at packets before connections are tracked or addresses translated, which only nodes' interfaces
        // do.
        boolean ofHosts = spec.bool("doNotTrack") || spec.bool("preDNAT");
        return new TieredPolicy(
                meta,
                Family.CALICO,
                tier == null ? Tier.named(tierName) : tier,
                spec.number("order", Double.POSITIVE_INFINITY),
                ofHosts ? List.of() : List.of(subject(spec)),
                types,
                types.contains(Direction.INGRESS) ? rules(spec, Direction.INGRESS) : List.of(),
                types.contains(Direction.EGRESS) ? rules(spec, Direction.EGRESS) : List.of());
    }

    /** Without {@code types}, egress if there are egress rules, and ingress unless there are those alone. */
    private static Set<Direction> types(Fields spec) {
        Set<Direction> types = EnumSet.noneOf(Direction.class);
        for (String word : spec.strings("types")) {
            for (Direction direction : Direction.values()) {
                if (direction.type().equals(word)) {
                    types.add(direction);
                }
            }
        }
        if (types.isEmpty()) {
            boolean egress = !spec.list("egress").isEmpty();
            if (egress) {
                types.add(Direction.EGRESS);
            }
            if (!egress || !spec.list("ingress").isEmpty()) {
                types.add(Direction.INGRESS);
            }
        }
        return types;
    }

    private Subject subject(Fields spec) {
        int before = spec.unread();
        LabelExpression namespaces = null;
        if (!namespaced) {
            namespaces = spec.word("namespaceSelector").isEmpty()
                    ? Selector.EVERYTHING
                    : namespaces(spec, "namespaceSelector");
        }
        CalicoSelector pods = pods(spec, "selector");
        String unread = spec.unreadSince(before);
        if (unread != null) {
            return new Subject(
                    namespaced ? null : Selector.EVERYTHING,
                    Selector.EVERYTHING,
                    "a selector that Sealane cannot read (" + unread + ")");
        }
        String accounts = spec.word("serviceAccountSelector");
        return new Subject(
                namespaces, pods, accounts.isEmpty() ? null : "labels of service accounts (" + accounts + ")");
    }

    private CalicoSelector pods(Fields fields, String field) {
        return selector(fields, field, CalicoSelector::parse);
    }

    private CalicoSelector namespaces(Fields fields, String field) {
        return selector(fields, field, CalicoSelector::parseNamespaces);
    }

    private CalicoSelector selector(Fields fields, String field, Function<String, CalicoSelector> parse) {
        try {
            return parse.apply(fields.word(field));
        } catch (IllegalArgumentException invalid) {
            // In what the API server gave, it is a word that stands for another, by whoever collected it.
            if (captured) {
                fields.cannotRead(field);
            } else {
                fields.reject(field, "is no selector of Calico's: " + invalid.getMessage());
            }
            return parse.apply("");
        }
    }

    private List<Rule> rules(Fields spec, Direction direction) {
        return spec.list(direction.field()).stream()
                .map(rule -> rule(rule, direction))
                .toList();
    }

    private Rule rule(Fields fields, Direction direction) {
        RuleReading rule = new RuleReading(fields, action(fields));
        fields.only(
                "action",
                "ipVersion",
                "protocol",
                "icmp",
                "notProtocol",
                "notICMP",
                "source",
                "destination",
                "http",
                "metadata");
        String unread = rule.unread();
        Fields source = fields.mapping("source");
        Fields destination = fields.mapping("destination");
        Fields far = direction == Direction.INGRESS ? source : destination;
        Fields near = direction == Direction.INGRESS ? destination : source;
        if (source.filled("ports") || source.filled("notPorts")) {
            rule.conditional("source ports");
        }
        for (String field : List.of(
                "nets", "notNets", "selector", "notSelector", "namespaceSelector", "services", "serviceAccounts")) {
            if (near.filled(field)) {
                rule.conditional(near.path(field));
            }
        }
        only(near);
        peer(fields, far, rule);
        ports(fields, destination, rule);
        rule.filtered = fields.has("http");
        rule.unreadRule(unread == null ? rule.unread() : unread);
        return rule.rule();
    }

    private static void only(Fields entity) {
        entity.only(
                "nets",
                "notNets",
                "selector",
                "notSelector",
                "namespaceSelector",
                "ports",
                "notPorts",
                "services",
                "serviceAccounts");
    }

    private static Action action(Fields rule) {
        switch (rule.word("action")) {
            case "Allow":
                return Action.ALLOW;
            case "Pass":
                return Action.PASS;
            case "Log":
                return Action.LOG;
            case "Deny":
                return Action.DENY;
            default:
                rule.reject("action", "must be Allow, Deny, Log or Pass");
                return Action.DENY;
        }
    }

    /** All that an entity rule asks of the other end. */
    private void peer(Fields rule, Fields entity, RuleReading reading) {
        only(entity);
        List<Peer> parts = new ArrayList<>();
        if (entity.filled("nets")) {
            parts.add(new Peer.Networks(entity.cidrs("nets"), List.of(), Answer.YES));
        }
        if (entity.filled("notNets")) {
            parts.add(new Peer.Not(new Peer.Networks(entity.cidrs("notNets"), List.of(), Answer.YES)));
        }
        boolean ofNamespaces = entity.filled("namespaceSelector");
        boolean notSelector = entity.filled("notSelector");
        boolean accounts = entity.filled("serviceAccounts");
        if (entity.filled("selector") || ofNamespaces || accounts || notSelector && namespaced) {
            LabelExpression namespaces = namespaced ? null : Selector.EVERYTHING;
            parts.add(new Peer.Pods(
                    ofNamespaces ? namespaces(entity, "namespaceSelector") : namespaces, pods(entity, "selector")));
        }
        if (notSelector) {
            parts.add(new Peer.Not(new Peer.Pods(Selector.EVERYTHING, pods(entity, "notSelector"))));
        }
        if (accounts) {
            parts.addAll(accounts(entity.mapping("serviceAccounts")));
        }
        if (entity.has("services")) {
            Fields service = entity.mapping("services");
            service.only("name", "namespace");
            String namespace = service.word("namespace");
            LabelExpression in = namespace.isEmpty() && namespaced ? null : named(namespace);
            parts.add(new Peer.Services(in, null, service.word("name")));
        }
        int version = rule.integer("ipVersion", 0);
        if (version != 0) {
            parts.add(new Peer.Networks(List.of(version == 4 ? "0.0.0.0/0" : "::/0"), List.of(), Answer.YES));
        }
        reading.peers.add(
                parts.isEmpty() ? new Peer.Any() : parts.size() == 1 ? parts.getFirst() : new Peer.AllOf(parts));
    }

    private static List<Peer> accounts(Fields accounts) {
        accounts.only("names", "selector");
        List<Peer> parts = new ArrayList<>();
        if (accounts.filled("names")) {
            Requirement named =
                    new Requirement("projectcalico.org/serviceaccount", Operator.IN, accounts.strings("names"));
            parts.add(new Peer.Pods(Selector.EVERYTHING, new Selector(Map.of(), List.of(named))));
        }
        if (accounts.filled("selector")) {
            parts.add(new Peer.Undecided("labels of service accounts"));
        }
        return parts;
    }

    private static Selector named(String namespace) {
        return Selector.of(Map.of(Namespace.NAME_LABEL, namespace));
    }

    private static void ports(Fields rule, Fields destination, RuleReading reading) {
        Integer wanted = number(rule, "protocol");
        Integer unwanted = number(rule, "notProtocol");
        List<Protocol> protocols = new ArrayList<>();
        for (Protocol protocol : Protocol.values()) {
            int number = NUMBERS.get(protocol.name());
            if ((wanted == null || wanted == number) && (unwanted == null || unwanted != number)) {
                protocols.add(protocol);
            }
        }
        boolean somePorts = destination.filled("ports") || destination.filled("notPorts");
        if (rule.has("http")) {
            protocols.retainAll(List.of(Protocol.TCP));
        }
        if (somePorts) {
            if (wanted == null) {
                reading.unreadPorts();
            } else {
                portsOf(destination, protocols, reading);
            }
            return;
        }
        if (wanted == null && unwanted == null && !rule.has("http")) {
            reading.ports.add(Ports.EVERYTHING);
            return;
        }
        protocols.forEach(protocol -> reading.ports.add(new Ports(protocol, "", PortRange.ALL)));
        if (protocols.isEmpty() || wanted == null && !rule.has("http")) {
            reading.ports.add(Ports.OTHER);
        }
    }

    private static void portsOf(Fields destination, List<Protocol> protocols, RuleReading reading) {
        List<PortRange> open = new ArrayList<>();
        List<String> names = new ArrayList<>();
        if (destination.filled("ports")) {
            read(destination, "ports", open, names, reading);
        } else {
            open.add(PortRange.ALL);
        }
        if (destination.filled("notPorts")) {
            List<PortRange> shut = new ArrayList<>();
            List<String> shutNames = new ArrayList<>();
            read(destination, "notPorts", shut, shutNames, reading);
            for (PortRange range : shut) {
                open = without(open, range);
            }
            if (!shutNames.isEmpty() || !names.isEmpty()) {
                reading.conditional(destination.path("notPorts"));
            }
        }
        for (Protocol protocol : protocols) {
            open.forEach(range -> reading.ports.add(new Ports(protocol, "", range)));
            names.forEach(name -> reading.ports.add(new Ports(protocol, name, PortRange.ALL)));
        }
    }

    /** Numbers, ranges such as {@code 80:90}, and names. */
    private static void read(
            Fields entity, String field, List<PortRange> ranges, List<String> names, RuleReading reading) {
        for (IntOrString port : entity.intOrStrings(field)) {
            String text = port.isName() ? port.name() : Integer.toString(port.number());
            Matcher range = Pattern.compile("(\\d{1,5})(?::(\\d{1,5}))?").matcher(text);
            if (!range.matches()) {
                names.add(text);
                if (text.isEmpty() || text.indexOf(':') >= 0 || text.startsWith("-")) {
                    reading.unreadPorts();
                }
                continue;
            }
            int first = Integer.parseInt(range.group(1));
            int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
            // Port 0 is a number to Calico; no connection has it.
            if (first > last || last > PortRange.ALL.last() || last == 0) {
                reading.unreadPorts();
            } else {
                ranges.add(new PortRange(Math.max(first, 1), last));
            }
        }
    }

    private static List<PortRange> without(List<PortRange> ranges, PortRange hole) {
        List<PortRange> rest = new ArrayList<>();
        for (PortRange range : ranges) {
            if (range.first() < hole.first()) {
                rest.add(new PortRange(range.first(), Math.min(range.last(), hole.first() - 1)));
            }
            if (range.last() > hole.last()) {
                rest.add(new PortRange(Math.max(range.first(), hole.last() + 1), range.last()));
            }
        }
        return rest;
    }

    /** The number of a protocol, by number or name; null if the field is absent, 0 if Calico has none of that name. */
    private static Integer number(Fields rule, String field) {
        IntOrString protocol = rule.intOrString(field);
        if (protocol == null) {
            return null;
        }
        if (!protocol.isName()) {
            return protocol.number();
        }
        Integer number = NUMBERS.get(protocol.name());
        if (number == null) {
            rule.reject(field, "must be a number, or TCP, UDP, SCTP, ICMP, ICMPv6 or UDPLite");
            return 0;
        }
        return number;
    }
}
