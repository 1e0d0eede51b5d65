package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Other;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Workload;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the input can prove about each kind in each namespace.
 *
 * <p>A listing that the API server answered closes its kinds for what it listed. Manifests are an open world: a
 * namespace counts as complete for a kind once the input has one object of that kind in it, and for pods once it has a
 * workload.
 */
final class Ledger {
    /** Kinds that other hands usually create as well, so that one in a folder says nothing about the next. */
    private static final Set<Kind> OFTEN_MADE_ELSEWHERE = Set.of(Kind.SECRET, Kind.CONFIG_MAP);

    /** The namespace that installers fill, so that manifests of one add-on in it say nothing about the next. */
    private static final String INSTALLED = "kube-system";

    private final boolean everything;
    private final Set<Kind> listedEverywhere = new HashSet<>();
    private final Map<Kind, Set<String>> listed = new HashMap<>();
    private final Map<Kind, Set<String>> written = new HashMap<>();
    private final Map<Kind, Set<String>> partial = new HashMap<>();
    private final Map<Kind, Set<String>> present = new HashMap<>();
    private final Set<Kind> partialKinds = new HashSet<>();
    private final Set<String> namespaces = new TreeSet<>();
    private final Map<Kind, Set<String>> unasked = new HashMap<>();
    private final Map<String, Set<String>> podMakers = new HashMap<>();
    /** Those that nobody has seen in the cluster, so that what they make is not there yet. */
    private final Map<String, Set<String>> comingPodMakers = new HashMap<>();

    private final Map<Kind, Boolean> mayMakePods = new HashMap<>();

    /** @param everything whether the user vouches that the input is all there is */
    Ledger(Input input, boolean everything) {
        this.everything = everything;
        for (Resource resource : input.resources()) {
            Kind kind = resource.ref().kind();
            String namespace = resource.namespace();
            if (!namespace.isEmpty()) {
                namespaces.add(namespace);
            }
            if (kind.equals(Kind.NAMESPACE)) {
                namespaces.add(resource.name());
            }
            add(present, kind, namespace);
            if (resource instanceof Other && mayMakePods(kind)) {
                List<String> words = List.of(resource.name(), kind.name().toLowerCase(Locale.ROOT), kind.group());
                podMakers.computeIfAbsent(namespace, unseen -> new HashSet<>()).addAll(words);
                if (!resource.meta().captured()) {
                    comingPodMakers
                            .computeIfAbsent(namespace, unseen -> new HashSet<>())
                            .addAll(words);
                }
            }
            if (!resource.meta().captured()) {
                if (!kind.observedOnly() && !OFTEN_MADE_ELSEWHERE.contains(kind)) {
                    add(written, kind, namespace);
                }
                if (resource instanceof Workload) {
                    add(written, Kind.POD, namespace);
                }
            }
        }
        for (Listing listing : input.listings()) {
            for (Kind kind : listing.kinds()) {
                if (listing.state() == State.NOT_COLLECTED) {
                    listing.namespaces().forEach(namespace -> add(unasked, kind, namespace));
                } else if (!listing.whole()) {
                    partialKinds.add(kind);
                    listing.namespaces().forEach(namespace -> add(partial, kind, namespace));
                } else if (!kind.namespaced()) {
                    add(listed, kind, "");
                } else if (listing.everyNamespace()) {
                    listedEverywhere.add(kind);
                } else {
                    listing.namespaces().forEach(namespace -> add(listed, kind, namespace));
                }
            }
        }
    }

    private static void add(Map<Kind, Set<String>> ledger, Kind kind, String namespace) {
        ledger.computeIfAbsent(kind, unseen -> new HashSet<>()).add(namespace);
    }

    private static boolean has(Map<Kind, Set<String>> ledger, Kind kind, String namespace) {
        return ledger.getOrDefault(kind, Set.of()).contains(namespace);
    }

    /** Every namespace that the input mentions by an object in it or by its own object. */
    Set<String> namespaces() {
        return namespaces;
    }

    /**
     * Whether the API server, or the user with {@code --complete}, says that nothing of this kind is missing.
     *
     * @param namespace as {@link Coverage#namespace}
     */
    boolean proved(Kind kind, String namespace) {
        return everything
                || !partialKinds.contains(kind) && (listedEverywhere.contains(kind) || has(listed, kind, namespace));
    }

    /** Whether an object of this kind that is not in the input is taken not to exist. */
    boolean complete(Kind kind, String namespace) {
        return proved(kind, namespace) || has(written, kind, namespace) && !has(unasked, kind, namespace);
    }

    private boolean mayMakePods(Kind kind) {
        return !kind.builtIn() && mayMakePods.computeIfAbsent(kind, Ledger::unlessTold);
    }

    private static boolean unlessTold(Kind kind) {
        return Table.read("custom-resources.txt").stream()
                .noneMatch(row -> row.get("group").equals(kind.group())
                        && (row.get("kinds").isEmpty()
                                || Table.parts(row.get("kinds"), ",").contains(kind.name())));
    }

    /**
     * How sure it is that an object does not exist where {@link #complete} says that all are in the input: among
     * manifests, a custom resource in the namespace may make an operator create it, and an installer may.
     */
    Certainty certainty(Kind kind, String namespace) {
        boolean made = podMakers.containsKey(namespace) || namespace.equals(INSTALLED);
        boolean coming = comingPodMakers.containsKey(namespace) && !everything;
        return coming || made && !proved(kind, namespace) ? Certainty.LIKELY : Certainty.CERTAIN;
    }

    /**
     * Whether a selector of pods that are not in the input speaks of a custom resource of the namespace: by its name,
     * its kind or its API group, as the labels of the pods that operators make do.
     */
    boolean namesPodMaker(String namespace, Map<String, String> labels) {
        Map<String, Set<String>> makers = proved(Kind.POD, namespace) ? comingPodMakers : podMakers;
        Set<String> words = everything ? Set.of() : makers.getOrDefault(namespace, Set.of());
        return labels.entrySet().stream()
                .anyMatch(label -> words.contains(label.getValue())
                        || words.contains(label.getKey().replaceFirst("/.*", "")));
    }

    /** The facts, for these kinds; none where nothing was collected. */
    List<Coverage> facts(Set<Kind> kinds) {
        List<Coverage> facts = new ArrayList<>();
        for (Kind kind : kinds) {
            if (kind.namespaced()) {
                for (String namespace : namespaces) {
                    add(facts, kind, namespace);
                }
                add(facts, kind, Coverage.EVERYWHERE);
            } else {
                add(facts, kind, "");
            }
        }
        return facts;
    }

    private void add(List<Coverage> facts, Kind kind, String namespace) {
        if (complete(kind, namespace)) {
            boolean some = namespace.equals(Coverage.EVERYWHERE)
                    ? present.containsKey(kind)
                    : has(present, kind, namespace) || has(written, kind, namespace);
            facts.add(new Coverage(kind, namespace, some ? State.NONEMPTY : State.EMPTY, certainty(kind, namespace)));
        } else if (has(partial, kind, namespace)) {
            facts.add(new Coverage(kind, namespace, State.PARTIAL, Certainty.LIKELY));
        }
    }
}
