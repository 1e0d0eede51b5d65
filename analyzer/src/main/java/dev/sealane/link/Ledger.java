package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Gateway;
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
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the input can prove about each kind in each namespace.
 *
 * <p>A listing that the API server answered closes its kinds for what it listed; one that failed or was cut closes
 * nothing, whatever else is there of it. Manifests are an open world: a namespace counts as complete for a kind once the
 * input has one object of that kind in it, and for pods once it has a workload.
 */
public final class Ledger {
    /** Kinds that other hands usually create as well, so that one in a folder says nothing about the next. */
    private static final Set<Kind> OFTEN_MADE_ELSEWHERE = Set.of(Kind.SECRET, Kind.CONFIG_MAP);

    /** The namespace that installers fill, so that manifests of one add-on in it say nothing about the next. */
    private static final String INSTALLED = "kube-system";

    /** What is left of an unanswered question, the most telling last. */
    private static final List<State> TELLING = List.of(State.FAILED, State.PARTIAL, State.REDACTED);

    /** The reason of what is there without a list that it comes from. */
    public static final String SINGLE = "single objects, no list of all";

    private final boolean everything;
    private final Map<Kind, Set<String>> listed = new HashMap<>();
    private final Map<Kind, Set<String>> written = new HashMap<>();
    private final Map<Kind, Map<String, Listing>> unanswered = new HashMap<>();
    private final Map<Kind, Map<String, int[]>> present = new HashMap<>();
    private final Set<String> namespaces = new TreeSet<>();
    private final Map<Kind, Set<String>> unasked = new HashMap<>();
    private final Set<String> askedFor = new TreeSet<>();
    private final Map<String, Set<String>> podMakers = new HashMap<>();
    /** Those that nobody has seen in the cluster, so that what they make is not there yet. */
    private final Map<String, Set<String>> comingPodMakers = new HashMap<>();

    private final Map<Kind, Boolean> mayMakePods = new ConcurrentHashMap<>();

    /** @param everything whether the user vouches that the input is all there is */
    Ledger(Input input, boolean everything) {
        this.everything = everything;
        for (Resource resource : input.resources()) {
            enter(resource);
        }
        input.listings().stream().filter(listing -> !listing.whole()).forEach(this::enterUnanswered);
        for (Listing listing : input.listings()) {
            if (listing.whole()) {
                for (Kind kind : listing.kinds()) {
                    if (!lastPage(listing, kind)) {
                        scopes(listing, kind).forEach(scope -> add(listed, kind, scope));
                    }
                }
            }
        }
        if (has(listed, Kind.NAMESPACE, "")) {
            listed.forEach((kind, scopes) -> {
                if (kind.namespaced() && scopes.containsAll(namespaces)) {
                    scopes.add(Coverage.EVERYWHERE);
                }
            });
        }
    }

    private void enter(Resource resource) {
        Kind kind = resource.ref().kind();
        String namespace = resource.namespace();
        if (!namespace.isEmpty()) {
            namespaces.add(namespace);
        }
        if (kind.equals(Kind.NAMESPACE)) {
            namespaces.add(resource.name());
        }
        present.computeIfAbsent(kind, unseen -> new HashMap<>()).computeIfAbsent(namespace, unseen -> new int[1])[0]++;
        if ((resource instanceof Other || resource instanceof Gateway) && mayMakePods(kind)) {
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

    private void enterUnanswered(Listing listing) {
        for (Kind kind : listing.kinds()) {
            if (listing.state() == State.NOT_COLLECTED) {
                listing.namespaces().forEach(namespace -> add(unasked, kind, namespace));
                continue;
            }
            Map<String, Listing> ofKind = unanswered.computeIfAbsent(kind, unseen -> new HashMap<>());
            for (String scope : scopes(listing, kind)) {
                ofKind.merge(
                        scope,
                        listing,
                        (one, other) -> TELLING.indexOf(one.state()) < TELLING.indexOf(other.state()) ? other : one);
            }
        }
    }

    /** The namespaces that a listing is of, also if nothing came of it. */
    private Set<String> scopes(Listing listing, Kind kind) {
        askedFor.addAll(listing.namespaces());
        if (!kind.namespaced()) {
            return Set.of("");
        }
        return listing.everyNamespace() ? Set.of(Coverage.EVERYWHERE) : listing.namespaces();
    }

    /**
     * Whether a listing is but the rest of one that the server answered in pages: those before it have other
     * namespaces, for the answer is in their order. Not so if the namespaces are not those of its items.
     */
    private boolean lastPage(Listing listing, Kind kind) {
        return unanswered.getOrDefault(kind, Map.of()).values().stream()
                .anyMatch(page -> !listing.namespaces().isEmpty()
                        && page.reason().equals(Listing.CONTINUED)
                        && !listing.namespaces().containsAll(page.namespaces()));
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

    /** Every namespace that the input mentions, also those that were asked for and have nothing. */
    public Set<String> askedFor() {
        Set<String> all = new TreeSet<>(namespaces);
        all.addAll(askedFor);
        return all;
    }

    /** Every kind that the input has an object or a listing of. */
    public Set<Kind> kinds() {
        Set<Kind> kinds = new HashSet<>(present.keySet());
        kinds.addAll(listed.keySet());
        kinds.addAll(unanswered.keySet());
        kinds.addAll(written.keySet());
        return kinds;
    }

    /** How many objects of this kind the input has there. */
    public int count(Kind kind, String namespace) {
        Map<String, int[]> counts = present.getOrDefault(kind, Map.of());
        return namespace.equals(Coverage.EVERYWHERE)
                ? counts.values().stream().mapToInt(count -> count[0]).sum()
                : counts.getOrDefault(namespace, new int[1])[0];
    }

    /**
     * Whether the API server, or the user with {@code --complete}, says that nothing of this kind is missing.
     *
     * @param namespace as {@link Coverage#namespace}
     */
    public boolean proved(Kind kind, String namespace) {
        Set<String> scopes = listed.getOrDefault(kind, Set.of());
        return everything || scopes.contains(namespace) || scopes.contains(Coverage.EVERYWHERE);
    }

    /** Whether an object of this kind that is not in the input is taken not to exist. */
    public boolean complete(Kind kind, String namespace) {
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
                namespaces.forEach(namespace -> facts.add(of(kind, namespace)));
                facts.add(of(kind, Coverage.EVERYWHERE));
            } else {
                facts.add(of(kind, ""));
            }
        }
        facts.removeIf(fact -> fact.state() == State.NOT_COLLECTED);
        return facts;
    }

    /**
     * What the input can prove about a kind in a namespace.
     *
     * @param namespace as {@link Coverage#namespace}
     */
    public Coverage of(Kind kind, String namespace) {
        boolean some = count(kind, namespace) > 0;
        if (complete(kind, namespace)) {
            State state = some || has(written, kind, namespace) ? State.NONEMPTY : State.EMPTY;
            return new Coverage(kind, namespace, state, certainty(kind, namespace), "");
        }
        Map<String, Listing> ofKind = unanswered.getOrDefault(kind, Map.of());
        Listing listing = ofKind.getOrDefault(namespace, ofKind.get(Coverage.EVERYWHERE));
        if (listing != null) {
            State state = some && listing.state() == State.FAILED ? State.PARTIAL : listing.state();
            return new Coverage(kind, namespace, state, Certainty.LIKELY, listing.reason());
        }
        return some && !namespace.equals(Coverage.EVERYWHERE)
                ? new Coverage(kind, namespace, State.PARTIAL, Certainty.LIKELY, SINGLE)
                : new Coverage(kind, namespace, State.NOT_COLLECTED, Certainty.LIKELY, "");
    }
}
