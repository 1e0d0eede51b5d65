package dev.sealane.link;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Applies;
import dev.sealane.facts.Certainty;
import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.Container;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.Direction;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.Node;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.facts.TieredPolicy.Family;
import dev.sealane.facts.Unanswered;
import dev.sealane.facts.Unenforced;
import dev.sealane.facts.UnsupportedFeature;
import dev.sealane.facts.Workload;
import dev.sealane.policy.Cni;
import dev.sealane.policy.Enforcers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether NetworkPolicies are enforced, by the CNIs and enforcers that the input shows. Several may run beside each
 * other; one that enforces is enough.
 */
final class Enforcement {

    /** @param lacks as in the table */
    private record Found(Cni cni, Set<String> lacks, List<PodSet> agents, Evidence evidence) {
        private String name() {
            return cni.name();
        }

        private Answer enforces() {
            return cni.enforces();
        }
    }

    private final List<Resource> resources;
    private final List<PodSet> agents;
    private final Ledger ledger;
    private final List<Found> found = new ArrayList<>();

    Enforcement(List<Resource> resources, List<PodSet> podSets, Ledger ledger) {
        this.resources = resources;
        this.agents = podSets.stream()
                .filter(set -> set.owner().kind().equals(Kind.DAEMON_SET))
                .toList();
        this.ledger = ledger;
        for (Map<String, String> row : Table.read("cni.txt")) {
            look(row);
        }
    }

    /** For the policy engine. */
    Enforcers enforcers() {
        Set<String> bare = new HashSet<>();
        if (found.stream().anyMatch(cni -> cni.enforces() == Answer.YES) && everyAgentSeen()) {
            Map<String, Boolean> ready = agentReady();
            realNodes().filter(node -> !ready.getOrDefault(node, false)).forEach(bare::add);
        }
        return new Enforcers(found.stream().map(Found::cni).toList(), bare);
    }

    /** The policies that nothing enforces, or what would tell whether anything does. */
    List<?> unenforced(List<NetworkPolicy> policies, List<Applies> applies) {
        List<NetworkPolicy> restricting =
                policies.stream().filter(Enforcement::restricts).toList();
        if (restricting.isEmpty()) {
            return List.of();
        }
        Set<Answer> answers = new HashSet<>();
        found.forEach(cni -> answers.add(cni.enforces()));
        if (answers.contains(Answer.YES)) {
            return onSomeNodes(restricting, applies);
        }
        if (answers.equals(Set.of(Answer.NO))) {
            return nowhere(restricting);
        }
        String reason = found.isEmpty()
                ? "the input shows no CNI, which may or may not enforce NetworkPolicy"
                : "whether " + found.getFirst().name() + " enforces NetworkPolicy depends on its settings";
        return List.of(new Unanswered(
                "cni", reason, "kubectl get daemonsets,pods,configmaps,nodes -A -o yaml > cluster.yaml"));
    }

    /** Whether a CNI that enforces, or may, lacks something. */
    boolean lacks(String feature) {
        return found.stream()
                .anyMatch(cni -> cni.enforces() != Answer.NO && cni.lacks().contains(feature));
    }

    /** What policies use and a CNI that enforces them does not support. */
    List<UnsupportedFeature> unsupported(List<NetworkPolicy> policies) {
        List<UnsupportedFeature> facts = new ArrayList<>();
        for (Found cni : enforcing()) {
            for (NetworkPolicy policy : cni.lacks().isEmpty() ? List.<NetworkPolicy>of() : policies) {
                Stream.of(Direction.values())
                        .filter(policy::isolates)
                        .flatMap(direction -> policy.rules(direction).stream())
                        .flatMap(rule -> rule.ports().stream())
                        .forEach(port -> uses(port).forEach((feature, field) -> {
                            if (cni.lacks().contains(feature)) {
                                facts.add(new UnsupportedFeature(
                                        policy.ref(),
                                        policy.at(port.place() + "." + field),
                                        cni.name(),
                                        feature,
                                        List.of(cni.evidence())));
                            }
                        }));
            }
        }
        return facts;
    }

    /** The features that an entry of {@code ports} makes use of, each with its field. */
    private static Map<String, String> uses(Port port) {
        Map<String, String> uses = new TreeMap<>();
        if (port.endPort() != 0) {
            uses.put("endPort", "endPort");
        }
        if (port.protocol() == Protocol.SCTP) {
            uses.put("SCTP", "protocol");
        }
        if (port.port() != null && port.port().isName()) {
            uses.put("port names", "port");
        }
        return uses;
    }

    /** Whether it makes a difference that the policy is enforced: one that allows everything forbids nothing. */
    private static boolean restricts(NetworkPolicy policy) {
        return Stream.of(Direction.values())
                .filter(policy::isolates)
                .anyMatch(direction -> policy.rules(direction).stream()
                        .noneMatch(
                                rule -> rule.peers().isEmpty() && rule.ports().isEmpty()));
    }

    private void look(Map<String, String> row) {
        List<String> names = Table.parts(row.get("daemonsets"), ",");
        List<PodSet> matching = agents.stream()
                .filter(set -> names.stream()
                        .anyMatch(name -> Table.means(name, set.owner().name())))
                .toList();
        if (!matching.isEmpty()) {
            PodSet first = matching.getFirst();
            Evidence evidence = new Evidence(
                    Text.of("%s runs as %s", row.get("name"), first.owner()),
                    first.source().at("metadata.name"));
            found.add(new Found(cni(row, matching), lacks(row, matching), matching, evidence));
        }
        if (row.get("nodes").startsWith("kubelet:")) {
            String version = row.get("nodes").substring("kubelet:".length());
            nodes().filter(node -> node.kubeletVersion().contains(version))
                    .findFirst()
                    .ifPresent(node -> found.add(new Found(
                            cni(row, List.of()),
                            lacks(row, List.of()),
                            List.of(),
                            new Evidence(
                                    Text.of("%s runs %s", node.ref(), node.kubeletVersion()),
                                    node.at("status.nodeInfo.kubeletVersion")))));
        }
    }

    private Cni cni(Map<String, String> row, List<PodSet> sets) {
        Set<Family> families = Table.parts(row.get("policies"), ",").stream()
                .map(word -> Family.valueOf(word.toUpperCase(Locale.ROOT)))
                .collect(Collectors.toSet());
        return new Cni(
                row.get("name"), enforces(row, sets), answer(row.get("pods")), answer(row.get("hosts")), families);
    }

    private static Answer answer(String word) {
        return Answer.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Stream<Node> nodes() {
        return resources.stream().filter(Node.class::isInstance).map(Node.class::cast);
    }

    /** By the running pods and by their DaemonSet's template, which may be newer. */
    private Answer enforces(Map<String, String> row, List<PodSet> sets) {
        List<Container> containers = containers(sets);
        for (String clause : Table.parts(row.get("enforces"), ";")) {
            String[] parts = clause.split(" if ", 2);
            if (parts.length == 1 || holds(parts[1], containers)) {
                return Answer.valueOf(parts[0].toUpperCase(Locale.ROOT));
            }
        }
        throw new IllegalStateException("no clause of " + row.get("name") + " holds");
    }

    private Set<String> lacks(Map<String, String> row, List<PodSet> sets) {
        Set<String> lacks = new HashSet<>();
        for (String clause : Table.parts(row.get("lacks"), ";")) {
            String[] parts = clause.split(" if ", 2);
            if (parts.length == 1 || holds(parts[1], containers(sets))) {
                lacks.add(parts[0]);
            }
        }
        return lacks;
    }

    private List<Container> containers(List<PodSet> sets) {
        Set<Ref> owners = sets.stream().map(PodSet::owner).collect(Collectors.toSet());
        List<Container> containers = new ArrayList<>();
        sets.forEach(set -> containers.addAll(set.spec().containers()));
        for (Resource resource : resources) {
            if (resource instanceof Workload workload && owners.contains(workload.ref())) {
                containers.addAll(workload.template().containers());
            }
        }
        return containers;
    }

    private boolean holds(String condition, List<Container> containers) {
        String[] words = condition.split(" ", 2);
        String operand = words[1];
        return switch (words[0]) {
            case "config" -> configured(operand);
            case "arg" ->
                any(
                        containers,
                        container -> container.arguments().stream().anyMatch(argument -> argument.startsWith(operand)));
            case "image" -> any(containers, container -> container.image().contains(operand));
            case "tag" -> any(containers, container -> tagBefore(container.image(), operand));
            case "node-args" ->
                nodes().anyMatch(node ->
                        node.meta().annotation("k3s.io/node-args").contains(operand));
            default -> throw new IllegalStateException("unknown condition " + condition);
        };
    }

    private static boolean any(List<Container> containers, Predicate<Container> condition) {
        return containers.stream().anyMatch(condition);
    }

    private boolean configured(String operand) {
        String name = operand.substring(0, operand.indexOf('/'));
        String key = operand.substring(name.length() + 1, operand.indexOf('='));
        String value = operand.substring(operand.indexOf('=') + 1);
        return resources.stream()
                .filter(ConfigMap.class::isInstance)
                .map(ConfigMap.class::cast)
                .anyMatch(map ->
                        map.name().equals(name) && value.equals(map.data().get(key)));
    }

    private static boolean tagBefore(String image, String operand) {
        String[] sides = operand.split("<", 2);
        int digest = image.indexOf('@');
        String tagged = digest < 0 ? image : image.substring(0, digest);
        int colon = tagged.lastIndexOf(':');
        return tagged.contains(sides[0])
                && colon > tagged.lastIndexOf('/')
                && tagged.substring(colon + 1).compareTo(sides[1]) < 0
                && tagged.charAt(colon + 1) == sides[1].charAt(0);
    }

    private List<Unenforced> nowhere(List<NetworkPolicy> policies) {
        boolean all =
                ledger.proved(Kind.DAEMON_SET, Coverage.EVERYWHERE) || ledger.proved(Kind.POD, Coverage.EVERYWHERE);
        Found cni = found.getFirst();
        Text why = Text.of(
                "%s does not enforce NetworkPolicy (%s)",
                cni.name(), cni.evidence().message());
        List<Evidence> evidence = found.stream().map(Found::evidence).toList();
        return policies.stream()
                .map(policy -> new Unenforced(policy.ref(), all ? Certainty.CERTAIN : Certainty.LIKELY, why, evidence))
                .toList();
    }

    /** Nodes on which pods that a policy selects run, and no ready agent of an enforcer does. */
    private List<Unenforced> onSomeNodes(List<NetworkPolicy> policies, List<Applies> applies) {
        if (!everyAgentSeen()) {
            return List.of();
        }
        Map<String, Boolean> agentReady = agentReady();
        Set<String> real = realNodes().collect(Collectors.toSet());
        Map<Ref, Set<String>> bare = new HashMap<>();
        for (Applies applied : applies) {
            if (!applied.pods().spec().hostNetwork()) {
                for (Pod pod : applied.pods().pods()) {
                    if (real.contains(pod.nodeName()) && !agentReady.getOrDefault(pod.nodeName(), false)) {
                        bare.computeIfAbsent(applied.policy(), unseen -> new TreeSet<>())
                                .add(pod.nodeName());
                    }
                }
            }
        }
        Found cni = enforcing().getFirst();
        List<Unenforced> unenforced = new ArrayList<>();
        for (NetworkPolicy policy : policies) {
            Set<String> names = bare.get(policy.ref());
            if (names != null) {
                boolean absent = names.stream().noneMatch(agentReady::containsKey);
                unenforced.add(new Unenforced(
                        policy.ref(),
                        absent ? Certainty.CERTAIN : Certainty.LIKELY,
                        Text.of(
                                "no ready pod of %s, which enforces it, runs on node %s",
                                cni.agents().getFirst().owner(), String.join(", ", names)),
                        List.of(cni.evidence())));
            }
        }
        return unenforced;
    }

    private List<Found> enforcing() {
        return found.stream().filter(cni -> cni.enforces() == Answer.YES).toList();
    }

    private boolean everyAgentSeen() {
        return ledger.proved(Kind.POD, Coverage.EVERYWHERE)
                && enforcing().stream()
                        .allMatch(cni -> !cni.agents().isEmpty()
                                && cni.agents().stream()
                                        .anyMatch(set -> !set.pods().isEmpty()));
    }

    /** By node, whether one of its agents is ready; nodes without any agent are left out. */
    private Map<String, Boolean> agentReady() {
        Map<String, Boolean> ready = new HashMap<>();
        for (Found cni : enforcing()) {
            cni.agents().stream()
                    .flatMap(set -> set.pods().stream())
                    .forEach(agent -> ready.merge(agent.nodeName(), agent.ready(), Boolean::logicalOr));
        }
        return ready;
    }

    private Stream<String> realNodes() {
        return nodes().filter(node -> !virtual(node.labels())).map(Node::name);
    }

    /** Nodes without a kernel of their own, where no DaemonSet runs. */
    private static boolean virtual(Labels labels) {
        return "fargate".equals(labels.get("eks.amazonaws.com/compute-type"))
                || "virtual-kubelet".equals(labels.get("type"));
    }
}
