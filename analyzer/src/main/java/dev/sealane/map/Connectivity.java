package dev.sealane.map;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.Labels;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.Node;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.TieredPolicy;
import dev.sealane.facts.TieredPolicy.Peer.AllOf;
import dev.sealane.facts.TieredPolicy.Peer.AnyOf;
import dev.sealane.facts.TieredPolicy.Peer.DomainNames;
import dev.sealane.facts.TieredPolicy.Peer.Networks;
import dev.sealane.facts.TieredPolicy.Peer.Not;
import dev.sealane.facts.TieredPolicy.Rule;
import dev.sealane.link.Network;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Match;
import dev.sealane.policy.Policies;
import dev.sealane.policy.Policies.Chain;
import dev.sealane.policy.Tenant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who can talk to whom, as far as policies say.
 *
 * <p>Work and memory grow with what policies tell apart, not with pairs of pods: pods with the same policies that all
 * policies see alike are one {@link Group}, and what a list of policies decides is computed once for each set of its
 * rules' peers that some peer is in.
 */
public final class Connectivity {
    /**
     * What policies of others see of a peer.
     *
     * @param family the type of the endpoint, and for addresses the bits
     * @param onNode whether it is on the network of a node whose name is known
     * @param unknownNamespace the namespace, if its labels matter and are not known
     * @param ports those that rules name
     */
    private record Outline(
            String family, boolean hostNetwork, boolean onNode, String unknownNamespace, Set<ContainerPort> ports) {}

    /** A rule's peer, by its number, that means something, or may, for a reason. */
    private record Met(int peer, Match match) {}

    /** @param met the rules' peers that mean it, or may, by their numbers in {@code met} */
    private record Seen(Outline outline, List<Integer> met) {}

    /** A peer of rules, with what it means besides itself: the namespace is empty if that does not matter. */
    private record RulePeer(TieredPolicy.Peer peer, Object family, String namespace) {}

    /** Pods whose policies decide alike, whatever they decide about. */
    private record SideKey(Chain chain, List<String> bareNodes, boolean allBare, boolean noNodes, Set<?> ports) {}

    /** Where the addresses of pods or nodes are. */
    private record Housed(boolean node, boolean onNode, BitSet cells) {}

    private record GroupKey(Side egress, Side ingress, int seen) {}

    private final Network network;
    private final Policies policies;
    private final List<Peer> peers = new ArrayList<>();
    private final List<Group> groups = new ArrayList<>();
    private final Set<Cidr> cidrs = new LinkedHashSet<>();

    private final Map<SideKey, Side> sides = new LinkedHashMap<>();
    private final Map<RulePeer, Integer> rulePeers = new LinkedHashMap<>();
    /** For each rule peer, a policy that has it. */
    private final List<Resource> policyOf = new ArrayList<>();

    private final List<TieredPolicy.Peer> peerOf = new ArrayList<>();
    private final Map<Chain, int[]> peersOfChain = new IdentityHashMap<>();
    private final Set<String> portNames = new HashSet<>();

    private AddressSpace space;
    private final List<Integer> networkPeers = new ArrayList<>();
    private final List<List<Integer>> networksOfCell = new ArrayList<>();
    private final Map<Housed, List<Integer>> networksOfCells = new HashMap<>();

    private final Map<Met, Integer> met = new HashMap<>();
    private final List<Met> metList = new ArrayList<>();

    private final Map<Seen, Integer> seen = new HashMap<>();
    private final List<Seen> outlines = new ArrayList<>();
    /** For each number of {@code seen}, an endpoint that is seen so, on a node that none of the pods is on. */
    private final List<Endpoint> standIns = new ArrayList<>();
    /** For each rule peer, the numbers of {@code seen} that it means or may mean, in the upper half, and of {@code met}. */
    private final List<List<Long>> meant = new ArrayList<>();

    /** What sides decide. */
    private final List<Connections> decisions = new ArrayList<>();
    /** The number of the shape of each. */
    private final List<Integer> shapeOf = new ArrayList<>();

    private final Map<Shape, Integer> shapes = new HashMap<>();
    private final List<Shape> shapeList = new ArrayList<>();
    private final List<List<Line>> lines = new ArrayList<>();
    /** By the numbers of two shapes, that of both. */
    private final Map<Long, Integer> combined = new HashMap<>();
    /** No policy has a say. */
    private final int open;

    private Connectivity(Network network, Collection<Cidr> boundaries) {
        this.network = network;
        policies = network.policies();
        open = add(policies.between(outside(Cidr.parse("0.0.0.0/0")), outside(Cidr.parse("0.0.0.0/0"))));
        build(boundaries);
    }

    public static Connectivity of(Network network) {
        return new Connectivity(network, List.of());
    }

    /**
     * With addresses divided at these ranges too: no peer is on both sides of one. Two maps with the same boundaries, the
     * {@link #cidrs} of both networks among them, have the same peers outside.
     */
    public static Connectivity of(Network network, Collection<Cidr> boundaries) {
        return new Connectivity(network, boundaries);
    }

    /** Pods, then nodes, addresses and domain names. */
    public List<Peer> peers() {
        return List.copyOf(peers);
    }

    public List<Group> groups() {
        return List.copyOf(groups);
    }

    /** The ranges that policies of a network name. */
    public static Set<Cidr> cidrs(Network network) {
        Set<Cidr> cidrs = new LinkedHashSet<>();
        for (Resource resource : network.resources()) {
            if (resource instanceof NetworkPolicy || resource instanceof TieredPolicy) {
                for (Direction direction : Direction.values()) {
                    for (Rule rule : Policies.rules(resource, direction)) {
                        rule.peers().forEach(peer -> readAddresses(peer, cidrs));
                    }
                }
            }
        }
        return cidrs;
    }

    public Network network() {
        return network;
    }

    /** Whether there is something to say: at least one of the two must be pods. */
    public static boolean policed(Peer from, Peer to) {
        return from.set() != null || to.set() != null;
    }

    /** What the policies of both ends say, and whether anybody enforces it; as {@link Policies#between}. */
    public Connections between(Peer from, Peer to) {
        return onSameNode(from, to) || onSameNode(to, from)
                ? policies.between(from.endpoint(), to.endpoint())
                : between(from.group(), to.group());
    }

    /** The same for all peers of groups, but for nodes and pods on their network to the pods on just that node. */
    public Connections between(Group from, Group to) {
        return decisions.get(egress(from, to)).and(decisions.get(ingress(from, to)));
    }

    /** What is possible, without what decided; cheaper than {@link #between}. Empty if all is denied. */
    public List<Line> lines(Peer from, Peer to) {
        return onSameNode(from, to) || onSameNode(to, from)
                ? Shape.of(policies.between(from.endpoint(), to.endpoint())).lines()
                : lines(from.group(), to.group());
    }

    /** The same for all peers of groups, as {@link #between(Group, Group)}. */
    public List<Line> lines(Group from, Group to) {
        int egress = shapeOf.get(egress(from, to));
        int ingress = shapeOf.get(ingress(from, to));
        if (egress == ingress) {
            return lines.get(egress);
        }
        long both = (long) egress << 32 | ingress;
        Integer number = combined.get(both);
        if (number == null) {
            number = number(shapeList.get(egress).and(shapeList.get(ingress)));
            combined.put(both, number);
        }
        return lines.get(number);
    }

    private int egress(Group from, Group to) {
        return from.egress == null ? open : decided(from.egress)[to.seen];
    }

    private int ingress(Group from, Group to) {
        return to.ingress == null ? open : decided(to.ingress)[from.seen];
    }

    /** Whether one is policed and the other is the node that pods of it are on, which policies may not part. */
    private static boolean onSameNode(Peer pods, Peer host) {
        if (pods.group().egress == null && pods.group().ingress == null) {
            return false;
        }
        return pods.endpoint() instanceof Endpoint.Pods some
                && host.endpoint().node() != null
                && some.nodes().contains(host.endpoint().node());
    }

    private int add(Connections connections) {
        decisions.add(connections);
        shapeOf.add(number(Shape.of(connections)));
        return decisions.size() - 1;
    }

    private int number(Shape shape) {
        Integer number = shapes.putIfAbsent(shape, shapeList.size());
        if (number != null) {
            return number;
        }
        shapeList.add(shape);
        lines.add(shape.lines());
        return shapeList.size() - 1;
    }

    private void build(Collection<Cidr> boundaries) {
        List<Endpoint.Pods> endpoints = new ArrayList<>();
        List<Chain[]> chains = new ArrayList<>();
        Map<Chain, Chain> interned = new HashMap<>();
        for (PodSet set : network.podSets()) {
            Endpoint.Pods endpoint = network.endpoint(set);
            endpoints.add(endpoint);
            Chain[] both = new Chain[2];
            for (Direction direction : Direction.values()) {
                Chain chain = policies.chain(endpoint, direction);
                both[direction.ordinal()] = chain.isEmpty() ? null : interned.computeIfAbsent(chain, one -> one);
            }
            chains.add(both);
        }
        interned.keySet().forEach(this::readRules);

        Set<Cidr> divided = new LinkedHashSet<>(cidrs);
        divided.addAll(boundaries);
        space = new AddressSpace(divided);
        meetAddresses();

        Map<GroupKey, Group> groupOf = new LinkedHashMap<>();
        Map<Group, List<Peer>> members = new LinkedHashMap<>();
        Map<String, List<Integer>> asked = new HashMap<>();
        List<String> ids = ids();
        for (int i = 0; i < endpoints.size(); i++) {
            PodSet set = network.podSets().get(i);
            Endpoint.Pods pods = endpoints.get(i);
            Side egress = side(chains.get(i)[Direction.EGRESS.ordinal()], pods);
            Side ingress = side(chains.get(i)[Direction.INGRESS.ordinal()], pods);
            List<Integer> candidates = asked.computeIfAbsent(set.namespace(), this::candidates);
            Group group = group(groupOf, egress, ingress, seen(pods, candidates, networks(pods)));
            int count = set.pods().isEmpty() ? set.replicas() : set.pods().size();
            add(members, new Peer(ids.get(i), set.owner(), null, "", set.labels(), count, set, pods, group));
        }
        List<Integer> others = candidates(null);
        for (Resource resource : network.resources()) {
            if (resource instanceof Node node) {
                Endpoint.Host host = Endpoint.Host.of(node);
                Group group = group(groupOf, null, null, seen(host, others, networks(host)));
                add(
                        members,
                        new Peer(node.ref().toString(), node.ref(), null, "", node.labels(), 1, null, host, group));
            }
        }
        record Region(Group group, BitSet within) {}
        List<BitSet> within = within(boundaries);
        Map<Region, List<AddressSpace.Cell>> cells = new LinkedHashMap<>();
        for (int i = 0; i < space.cells().size(); i++) {
            AddressSpace.Cell cell = space.cells().get(i);
            Group group = group(groupOf, null, null, seen(outside(cell.address()), others, networksOfCell.get(i)));
            cells.computeIfAbsent(new Region(group, within.get(i)), unseen -> new ArrayList<>())
                    .add(cell);
        }
        cells.forEach((region, some) -> AddressSpace.merged(some)
                .forEach(range -> add(
                        members,
                        new Peer(
                                range.toString(),
                                null,
                                range,
                                "",
                                Labels.NONE,
                                -1,
                                null,
                                outside(range),
                                region.group()))));
        for (String name : domainNames()) {
            Endpoint named = new Endpoint.Addresses(Cidr.parse("0.0.0.0/0"), true, name);
            Group group = group(groupOf, null, null, seen(named, others, networks(named)));
            add(members, new Peer(name, null, null, name, Labels.NONE, -1, null, named, group));
        }
        members.forEach((group, some) -> group.add(some));
        groups.addAll(members.keySet());
        indexMeant();
    }

    /** For each cell of the address space, the numbers of the boundaries that have it. */
    private List<BitSet> within(Collection<Cidr> boundaries) {
        List<BitSet> within = new ArrayList<>();
        space.cells().forEach(cell -> within.add(new BitSet()));
        int number = 0;
        for (Cidr boundary : boundaries) {
            BitSet inside = new BitSet();
            space.mark(boundary, inside, true);
            int bit = number++;
            inside.stream().forEach(cell -> within.get(cell).set(bit));
        }
        return within;
    }

    private void add(Map<Group, List<Peer>> members, Peer peer) {
        peers.add(peer);
        members.computeIfAbsent(peer.group(), unseen -> new ArrayList<>()).add(peer);
    }

    private static Endpoint outside(Cidr range) {
        return new Endpoint.Addresses(range, true, "");
    }

    /** The names of owners; with labels where an owner has several sets, and numbered where these are the same. */
    private List<String> ids() {
        Map<Ref, Set<Labels>> labels = new HashMap<>();
        Map<Ref, Integer> sets = new HashMap<>();
        for (PodSet set : network.podSets()) {
            labels.computeIfAbsent(set.owner(), unseen -> new HashSet<>()).add(set.labels());
            sets.merge(set.owner(), 1, Integer::sum);
        }
        Map<String, Integer> used = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (PodSet set : network.podSets()) {
            String id = set.owner().toString();
            if (sets.get(set.owner()) > 1 && labels.get(set.owner()).size() > 1) {
                id += " " + set.labels();
            }
            int number = used.merge(id, 1, Integer::sum);
            ids.add(number == 1 ? id : id + " #" + number);
        }
        return ids;
    }

    private static Group group(Map<GroupKey, Group> groups, Side egress, Side ingress, int seen) {
        return groups.computeIfAbsent(new GroupKey(egress, ingress, seen), unseen -> new Group(egress, ingress, seen));
    }

    /** Null if no policy applies. */
    private Side side(Chain chain, Endpoint.Pods pods) {
        if (chain == null) {
            return null;
        }
        List<String> bare = policies.enforcers().bareNodes().isEmpty()
                ? List.of()
                : pods.nodes().stream()
                        .filter(policies.enforcers().bareNodes()::contains)
                        .sorted()
                        .toList();
        boolean allBare = bare.size() == pods.nodes().size();
        Set<ContainerPort> ports = chain.direction() == Direction.INGRESS ? named(pods) : Set.of();
        return sides.computeIfAbsent(
                new SideKey(chain, bare, allBare, pods.nodes().isEmpty(), ports), unseen -> new Side(chain, pods));
    }

    private Set<ContainerPort> named(Endpoint.Pods pods) {
        if (portNames.isEmpty()) {
            return Set.of();
        }
        Set<ContainerPort> named = new LinkedHashSet<>();
        for (ContainerPort port : pods.spec().ports()) {
            if (portNames.contains(port.name())) {
                named.add(port);
            }
        }
        return named;
    }

    private void readRules(Chain chain) {
        Set<Integer> found = new TreeSet<>();
        for (Resource policy : chain.policies()) {
            Object family = policy instanceof TieredPolicy tiered ? tiered.family() : "";
            for (Rule rule : Policies.rules(policy, chain.direction())) {
                rule.ports().forEach(ports -> portNames.add(ports.name()));
                for (var peer : rule.peers()) {
                    boolean own = !(peer instanceof Networks)
                            && !(peer instanceof TieredPolicy.Peer.Pods pods && pods.namespaces() != null);
                    RulePeer key = new RulePeer(peer, family, own ? policy.namespace() : "");
                    Integer number = rulePeers.putIfAbsent(key, policyOf.size());
                    if (number == null) {
                        number = policyOf.size();
                        policyOf.add(policy);
                        peerOf.add(peer);
                        readAddresses(peer, cidrs);
                    }
                    found.add(number);
                }
            }
        }
        portNames.remove("");
        peersOfChain.put(chain, found.stream().mapToInt(number -> number).toArray());
    }

    private static void readAddresses(TieredPolicy.Peer peer, Set<Cidr> cidrs) {
        switch (peer) {
            case Networks networks -> {
                networks.cidrs().forEach(cidr -> Cidr.tryParse(cidr).ifPresent(cidrs::add));
                networks.except().forEach(cidr -> Cidr.tryParse(cidr).ifPresent(cidrs::add));
            }
            case AllOf allOf -> allOf.parts().forEach(part -> readAddresses(part, cidrs));
            case AnyOf anyOf -> anyOf.parts().forEach(part -> readAddresses(part, cidrs));
            case Not not -> readAddresses(not.peer(), cidrs);
            default -> {}
        }
    }

    private Set<String> domainNames() {
        Set<String> names = new TreeSet<>();
        peerOf.forEach(peer -> collectNames(peer, names));
        return names;
    }

    private static void collectNames(TieredPolicy.Peer peer, Set<String> names) {
        switch (peer) {
            case DomainNames domains -> names.addAll(domains.names());
            case AllOf allOf -> allOf.parts().forEach(part -> collectNames(part, names));
            case AnyOf anyOf -> anyOf.parts().forEach(part -> collectNames(part, names));
            case Not not -> collectNames(not.peer(), names);
            default -> {}
        }
    }

    /** The rule peers that can mean pods of a namespace; null for what is no pod. */
    private List<Integer> candidates(String namespace) {
        List<Integer> candidates = new ArrayList<>();
        Tenant tenant = namespace == null ? null : network.tenants().get(namespace);
        rulePeers.forEach((rulePeer, number) -> {
            boolean possible = switch (rulePeer.peer()) {
                case TieredPolicy.Peer.Any any -> false;
                case Networks networks -> false;
                case TieredPolicy.Peer.Pods pods ->
                    tenant != null
                            && (pods.namespaces() == null
                                    ? rulePeer.namespace().equals(namespace)
                                    : tenant.matches(pods.namespaces()).possible());
                default -> true;
            };
            if (possible) {
                candidates.add(number);
            }
        });
        return candidates;
    }

    /** For each cell of the address space, the matches of the rule peers that are networks and have it. */
    private void meetAddresses() {
        space.cells().forEach(cell -> networksOfCell.add(new ArrayList<>()));
        for (int number = 0; number < peerOf.size(); number++) {
            if (peerOf.get(number) instanceof Networks networks) {
                int match = met(number, Match.YES);
                BitSet inside = new BitSet();
                networks.cidrs()
                        .forEach(cidr -> Cidr.tryParse(cidr).ifPresent(range -> space.mark(range, inside, true)));
                networks.except()
                        .forEach(cidr -> Cidr.tryParse(cidr).ifPresent(range -> space.mark(range, inside, false)));
                inside.stream().forEach(cell -> networksOfCell.get(cell).add(match));
                networkPeers.add(number);
            }
        }
    }

    /** The matches of the rule peers that are networks. Addresses of the same cells are asked about once. */
    private List<Integer> networks(Endpoint endpoint) {
        List<Cidr> addresses;
        boolean onNode;
        switch (endpoint) {
            case Endpoint.Pods pods -> {
                addresses = pods.addresses();
                onNode = pods.spec().hostNetwork();
            }
            case Endpoint.Host host -> {
                addresses = host.addresses();
                onNode = true;
            }
            case Endpoint.Addresses named -> {
                return ask(networkPeers, named);
            }
        }
        BitSet cells = new BitSet();
        addresses.forEach(address -> cells.set(space.cell(address)));
        return networksOfCells.computeIfAbsent(
                new Housed(endpoint instanceof Endpoint.Host, onNode, cells), unseen -> ask(networkPeers, endpoint));
    }

    private List<Integer> ask(List<Integer> numbers, Endpoint endpoint) {
        List<Integer> matches = new ArrayList<>();
        for (int number : numbers) {
            Match match = policies.match(peerOf.get(number), policyOf.get(number), endpoint);
            if (match.possible()) {
                matches.add(met(number, match));
            }
        }
        return matches;
    }

    private int met(int peer, Match match) {
        return met.computeIfAbsent(new Met(peer, match), one -> {
            metList.add(one);
            return metList.size() - 1;
        });
    }

    /** @param networks the matches of the rule peers that are networks */
    private int seen(Endpoint endpoint, List<Integer> candidates, List<Integer> networks) {
        List<Integer> matches = new ArrayList<>(networks);
        matches.addAll(ask(candidates, endpoint));
        boolean unknown =
                matches.stream().anyMatch(one -> metList.get(one).match().kind() == Match.Kind.UNKNOWN);
        boolean onNode = endpoint.node() != null && !endpoint.node().isEmpty();
        Outline outline = switch (endpoint) {
            case Endpoint.Pods pods ->
                new Outline(
                        "pods",
                        pods.spec().hostNetwork(),
                        onNode,
                        unknown && !pods.namespace().known() ? pods.namespace().name() : "",
                        named(pods));
            case Endpoint.Host host -> new Outline("host", true, onNode, "", Set.of());
            case Endpoint.Addresses addresses ->
                new Outline(
                        addresses.domainName().isEmpty()
                                ? Integer.toString(addresses.range().bits())
                                : "name",
                        false,
                        false,
                        addresses.domainName(),
                        Set.of());
        };
        Seen key = new Seen(outline, matches);
        Integer number = seen.putIfAbsent(key, outlines.size());
        if (number != null) {
            return number;
        }
        outlines.add(key);
        standIns.add(onNode ? endpoint.elsewhere() : endpoint);
        return outlines.size() - 1;
    }

    private void indexMeant() {
        peerOf.forEach(peer -> meant.add(new ArrayList<>()));
        for (int i = 0; i < outlines.size(); i++) {
            for (int one : outlines.get(i).met()) {
                meant.get(metList.get(one).peer()).add((long) i << 32 | one);
            }
        }
    }

    /** What a side decides about everything that is seen. Peers that the same of its rules mean are decided once. */
    private int[] decided(Side side) {
        if (side.decided != null) {
            return side.decided;
        }
        int[] state = new int[outlines.size()];
        Map<Long, Integer> steps = new HashMap<>();
        int[] mine = peersOfChain.get(side.chain);
        for (int peer : mine) {
            for (long match : meant.get(peer)) {
                int one = (int) (match >> 32);
                long step = (long) state[one] << 32 | (int) match;
                state[one] = steps.computeIfAbsent(step, unseen -> steps.size() + 1);
            }
        }
        record Asked(Outline outline, int state) {}
        Map<Asked, Integer> answers = new HashMap<>();
        int[] decided = new int[state.length];
        for (int i = 0; i < state.length; i++) {
            Asked asked = new Asked(outlines.get(i).outline(), state[i]);
            Integer answer = answers.get(asked);
            if (answer == null) {
                answer = add(policies.enforced(side.chain, side.subject, standIns.get(i)));
                answers.put(asked, answer);
            }
            decided[i] = answer;
        }
        side.decided = decided;
        return decided;
    }
}
