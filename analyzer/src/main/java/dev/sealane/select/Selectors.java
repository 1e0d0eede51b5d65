package dev.sealane.select;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Ingress;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.facts.Spelling;
import dev.sealane.link.Network;
import dev.sealane.load.UsageError;
import dev.sealane.policy.Match;
import dev.sealane.policy.Tenant;
import dev.sealane.select.Selection.Member;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Finds what selectors mean in one input. */
public final class Selectors {
    private static final String FORMS =
            "NAMESPACE/NAME, NAMESPACE/KIND/NAME, NAMESPACE/app=web,tier!=db, namespace:env=prod, \"namespace NAME\","
                    + " NAMESPACE/*, node/NAME, internet, an address, a CIDR, or *";

    /** What kubectl calls kinds by, besides their own names and the plurals of these. */
    private static final Map<String, String> SHORT = Map.of(
            "po", "pod",
            "deploy", "deployment",
            "sts", "statefulset",
            "ds", "daemonset",
            "rs", "replicaset",
            "rc", "replicationcontroller",
            "cj", "cronjob",
            "svc", "service",
            "ing", "ingress");

    private static final List<Cidr> EVERY_ADDRESS = List.of(Cidr.parse("0.0.0.0/0"), Cidr.parse("::/0"));

    private final Network network;
    private final Map<String, List<PodSet>> sets = new LinkedHashMap<>();
    private final Map<String, List<Service>> services = new LinkedHashMap<>();
    private final Map<String, List<Ingress>> ingresses = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<Ref, List<PodSet>> behind;
    /** What has an address; null until one is asked for. */
    private Map<Cidr, Selection> byAddress;

    public Selectors(Network network) {
        this.network = network;
        this.behind = network.selected();
        network.podSets().forEach(set -> put(sets, set.namespace(), set));
        for (Resource resource : network.resources()) {
            switch (resource) {
                case Service service -> put(services, service.namespace(), service);
                case Ingress ingress -> put(ingresses, ingress.namespace(), ingress);
                case Node node -> nodes.add(node);
                default -> {}
            }
        }
    }

    private static <K, V> void put(Map<K, List<V>> map, K key, V value) {
        map.computeIfAbsent(key, unseen -> new ArrayList<>()).add(value);
    }

    /**
     * What a selector means.
     *
     * @throws UsageError if it cannot be read or matches nothing; it names what comes nearest
     */
    public Selection select(String text) {
        String selector = text.strip();
        if (selector.equals("*") || selector.equals("any")) {
            return new Selection(text, all(network.podSets()), List.of(), nodes, EVERY_ADDRESS, true);
        }
        if (selector.equals("internet")) {
            return new Selection(text, List.of(), List.of(), List.of(), List.of(), true);
        }
        if (selector.startsWith("namespace:")) {
            return namespaces(text, selector.substring("namespace:".length()).strip());
        }
        if (selector.startsWith("namespace ")) {
            return namespace(text, selector.substring("namespace ".length()).strip());
        }
        if (selector.startsWith("node/") || selector.startsWith("node ")) {
            return node(text, selector.substring("node/".length()).strip());
        }
        var range = Cidr.tryParse(selector);
        if (range.isPresent()) {
            return address(text, range.get());
        }
        int slash = selector.indexOf('/');
        if (slash <= 0 || slash == selector.length() - 1) {
            String name = selector.replace("/", "");
            throw new UsageError(
                    quote(text) + " is no selector" + nearest(name, everywhere(name), "; the forms are " + FORMS));
        }
        String namespace = selector.substring(0, slash);
        String rest = selector.substring(slash + 1);
        if (!namespace.equals("*")) {
            requireNamespace(text, namespace);
        }
        if (rest.equals("*")) {
            return namespace.equals("*")
                    ? pods(text, all(network.podSets()), "there are no pods in the input")
                    : namespace(text, namespace);
        }
        if (LabelSyntax.looksLike(rest)) {
            var labels = LabelSyntax.parse(rest);
            return pods(
                    text,
                    some(in(sets, namespace), pod -> labels.matches(pod.labels()), labels::matches),
                    "no pod matches " + quote(text) + labelled(namespace, labels.keys()));
        }
        slash = rest.indexOf('/');
        return slash < 0
                ? named(text, namespace, rest)
                : named(text, namespace, kind(text, rest.substring(0, slash)), rest.substring(slash + 1));
    }

    private Selection pods(String text, List<Member> members, String otherwise) {
        if (members.isEmpty()) {
            throw new UsageError(otherwise);
        }
        return new Selection(text, members, List.of(), List.of(), List.of(), false);
    }

    private Selection namespaces(String text, String expression) {
        var labels = LabelSyntax.parse(expression);
        List<Member> members = new ArrayList<>();
        Set<String> unknown = new TreeSet<>();
        Set<String> keys = new TreeSet<>();
        boolean matched = false;
        for (Tenant tenant : network.tenants().values()) {
            Match match = tenant.matches(labels);
            keys.addAll(tenant.labels().keys());
            if (match.kind() == Match.Kind.YES) {
                matched = true;
                members.addAll(all(in(sets, tenant.name())));
            } else if (match.possible()) {
                unknown.add(tenant.name());
            }
        }
        String which = matched
                ? "the namespaces that match " + quote(text) + " have no pods in the input"
                : "no namespace matches " + quote(text);
        String labelsUnknown = unknown.isEmpty()
                ? keys(labels.keys(), keys)
                : "; the labels of "
                        + String.join(", ", unknown.stream().limit(3).toList())
                        + (unknown.size() > 3 ? " and others" : "") + " are not in the input";
        return pods(text, members, which + (matched ? "" : labelsUnknown));
    }

    private Selection namespace(String text, String name) {
        if (name.equals("*")) {
            return pods(text, all(network.podSets()), "there are no pods in the input");
        }
        requireNamespace(text, name);
        return pods(text, all(in(sets, name)), "namespace " + name + " has no pods in the input");
    }

    private void requireNamespace(String text, String name) {
        if (!network.tenants().containsKey(name)) {
            throw new UsageError(quote(text) + " matches nothing: there is no namespace " + name + " in the input"
                    + nearest(name, network.tenants().keySet().stream(), ""));
        }
    }

    private Selection node(String text, String name) {
        List<Node> found = nodes.stream()
                .filter(node -> name.equals("*") || node.name().equals(name))
                .toList();
        if (found.isEmpty()) {
            throw new UsageError(quote(text) + " matches nothing: "
                    + (nodes.isEmpty()
                            ? "there are no nodes in the input"
                            : "there is no such node in the input"
                                    + nearest(name, nodes.stream().map(Node::name), "")));
        }
        return new Selection(text, List.of(), List.of(), found, List.of(), false);
    }

    /** An address that something in the input has means that; another one, and every range, the addresses. */
    private Selection address(String text, Cidr range) {
        if (byAddress == null) {
            byAddress = addresses();
        }
        Selection owner = byAddress.get(range);
        return owner == null
                ? new Selection(text, List.of(), List.of(), List.of(), List.of(range), false)
                : new Selection(text, owner.members(), owner.services(), owner.nodes(), List.of(), false);
    }

    private Map<Cidr, Selection> addresses() {
        Map<Cidr, Selection> owners = new HashMap<>();
        for (Node node : nodes) {
            Selection selection = new Selection("", List.of(), List.of(), List.of(node), List.of(), false);
            node.addresses().forEach(address -> Cidr.tryParse(address).ifPresent(at -> owners.put(at, selection)));
        }
        for (Service service : services.values().stream().flatMap(List::stream).toList()) {
            Selection selection =
                    new Selection("", membersBehind(service), List.of(service), List.of(), List.of(), false);
            service.clusterIPs().forEach(address -> Cidr.tryParse(address).ifPresent(at -> owners.put(at, selection)));
        }
        for (PodSet set : network.podSets()) {
            for (Pod pod : set.pods()) {
                Selection selection = new Selection(
                        "", List.of(new Member(set, List.of(pod))), List.of(), List.of(), List.of(), false);
                pod.podIPs()
                        .forEach(address -> Cidr.tryParse(address).ifPresent(at -> owners.putIfAbsent(at, selection)));
            }
        }
        return owners;
    }

    /** Any kind: the workloads and pods of that name, or the Services, or the Ingresses. */
    private Selection named(String text, String namespace, String name) {
        List<Service> found = services(namespace, name);
        List<Member> members = new ArrayList<>(
                some(in(sets, namespace), pod -> pod.name().equals(name) || ownedBy(pod, null, name), labels -> false));
        members = merge(workloads(namespace, null, name), members);
        if (members.isEmpty()) {
            members = found.stream()
                    .flatMap(service -> membersBehind(service).stream())
                    .toList();
        }
        if (members.isEmpty() && found.isEmpty()) {
            return ingress(text, namespace, name);
        }
        return new Selection(text, members, found, List.of(), List.of(), false);
    }

    private Selection named(String text, String namespace, String kind, String name) {
        switch (kind) {
            case "service" -> {
                List<Service> found = services(namespace, name);
                if (found.isEmpty()) {
                    throw none(
                            text,
                            namespace,
                            name,
                            in(services, namespace).stream().map(Service::name));
                }
                List<Member> members = found.stream()
                        .flatMap(service -> membersBehind(service).stream())
                        .toList();
                return new Selection(text, members, found, List.of(), List.of(), false);
            }
            case "ingress" -> {
                return ingress(text, namespace, name);
            }
            default -> {
                Predicate<Pod> matches =
                        kind.equals("pod") ? pod -> pod.name().equals(name) : pod -> ownedBy(pod, kind, name);
                List<Member> members =
                        merge(workloads(namespace, kind, name), some(in(sets, namespace), matches, labels -> false));
                if (members.isEmpty()) {
                    throw none(text, namespace, name, names(in(sets, namespace), kind));
                }
                return new Selection(text, members, List.of(), List.of(), List.of(), false);
            }
        }
    }

    /** The Services that an Ingress leads to, and the pods behind them. */
    private Selection ingress(String text, String namespace, String name) {
        Set<Ref> backends = new HashSet<>();
        for (Ingress ingress : in(ingresses, namespace)) {
            if (ingress.name().equals(name)) {
                ingress.backends().forEach(backend -> backends.add(backend.service()));
            }
        }
        List<Service> found = in(services, namespace).stream()
                .filter(service -> backends.contains(service.ref()))
                .toList();
        if (found.isEmpty()) {
            throw none(text, namespace, name, namesIn(namespace));
        }
        List<Member> members = found.stream()
                .flatMap(service -> membersBehind(service).stream())
                .toList();
        return new Selection(text, members, found, List.of(), List.of(), false);
    }

    private UsageError none(String text, String namespace, String name, Stream<String> candidates) {
        List<String> there = Spelling.nearest(name, candidates);
        String hint = there.isEmpty()
                ? nearest(name, everywhere(name), "")
                : "; nearest: "
                        + String.join(
                                ", ",
                                there.stream()
                                        .map(near -> namespace + "/" + near)
                                        .toList());
        return new UsageError(quote(text) + " matches nothing in the input" + hint);
    }

    private List<Service> services(String namespace, String name) {
        return in(services, namespace).stream()
                .filter(service -> service.name().equals(name))
                .toList();
    }

    private List<Member> membersBehind(Service service) {
        return all(behind.getOrDefault(service.ref(), List.of()));
    }

    /** The sets of the workloads so called. */
    private List<Member> workloads(String namespace, String kind, String name) {
        return all(in(sets, namespace).stream()
                .filter(set -> set.owner().name().equals(name)
                        && (kind == null || kind.equals(lower(set.owner().kind()))))
                .toList());
    }

    /** Whether the controller of a pod is called so, which need not be the outermost: a ReplicaSet, a Job. */
    private static boolean ownedBy(Pod pod, String kind, String name) {
        Ref owner = pod.meta().owner();
        return owner != null && owner.name().equals(name) && (kind == null || kind.equals(lower(owner.kind())));
    }

    /** Both, each set once. */
    private static List<Member> merge(List<Member> first, List<Member> second) {
        Map<PodSet, Member> merged = new LinkedHashMap<>();
        first.forEach(member -> merged.put(member.set(), member));
        second.forEach(member -> merged.putIfAbsent(member.set(), member));
        return List.copyOf(merged.values());
    }

    private static List<Member> all(Collection<PodSet> sets) {
        return sets.stream().map(set -> new Member(set, set.pods())).toList();
    }

    /** @param template whether the pods of a template that has none yet are meant */
    private static List<Member> some(List<PodSet> sets, Predicate<Pod> pods, Predicate<Labels> template) {
        List<Member> members = new ArrayList<>();
        for (PodSet set : sets) {
            List<Pod> meant = set.pods().stream().filter(pods).toList();
            if (!meant.isEmpty() || set.pods().isEmpty() && template.test(set.labels())) {
                members.add(new Member(set, meant));
            }
        }
        return members;
    }

    /** @param namespace {@code *} for all */
    private static <V> List<V> in(Map<String, List<V>> map, String namespace) {
        return namespace.equals("*")
                ? map.values().stream().flatMap(List::stream).toList()
                : map.getOrDefault(namespace, List.of());
    }

    /** A kind in lower case as the objects of the input have it. */
    private String kind(String text, String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        Set<String> known = new TreeSet<>(SHORT.values());
        known.add("job");
        network.podSets().forEach(set -> known.add(lower(set.owner().kind())));
        for (String kind : known) {
            Kind named = new Kind("", kind);
            if (lower.equals(kind) || lower.equals(named.plural()) || kind.equals(SHORT.get(lower))) {
                return kind;
            }
        }
        throw new UsageError(quote(text) + ": there is no kind " + word
                + nearest(word, Stream.concat(known.stream(), SHORT.keySet().stream()), ""));
    }

    private static String lower(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    private String labelled(String namespace, Set<String> wanted) {
        Set<String> keys = new TreeSet<>();
        in(sets, namespace).forEach(set -> keys.addAll(set.labels().keys()));
        return keys(wanted, keys);
    }

    /** Says which label keys are not used at all, and which come near. */
    private static String keys(Set<String> wanted, Set<String> used) {
        StringBuilder hint = new StringBuilder();
        wanted.stream()
                .filter(key -> !used.contains(key))
                .forEach(key -> hint.append("; no label ").append(key).append(nearest(key, used.stream(), "")));
        return hint.toString();
    }

    private Stream<String> namesIn(String namespace) {
        return Stream.of(
                        in(sets, namespace).stream().map(set -> set.owner().name()),
                        in(services, namespace).stream().map(Service::name),
                        in(ingresses, namespace).stream().map(Ingress::name))
                .flatMap(names -> names);
    }

    private static Stream<String> names(List<PodSet> sets, String kind) {
        return kind.equals("pod")
                ? sets.stream().flatMap(set -> set.pods().stream()).map(Pod::name)
                : sets.stream()
                        .map(PodSet::owner)
                        .filter(owner -> kind.equals(lower(owner.kind())))
                        .map(Ref::name);
    }

    /** Objects of all namespaces whose name is just that one, as {@code namespace/name}. */
    private Stream<String> everywhere(String name) {
        return Stream.concat(
                        network.podSets().stream().map(PodSet::owner),
                        in(services, "*").stream().map(Service::ref))
                .filter(ref -> ref.name().equals(name))
                .map(Ref::path);
    }

    private static String nearest(String word, Stream<String> known, String otherwise) {
        List<String> nearest = Spelling.nearest(word, known);
        return nearest.isEmpty() ? otherwise : "; nearest: " + String.join(", ", nearest);
    }

    private static String quote(String text) {
        return '"' + text + '"';
    }
}
