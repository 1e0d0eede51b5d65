package dev.sealane.link;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.Event;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Resource;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** When the objects of the input changed, and when they were collected. Many threads may ask. */
final class Times {
    private final List<Resource> resources;
    private final Instant newest;
    private final Map<Kind, Map<String, Instant>> collected = new HashMap<>();
    private final Map<Kind, Map<String, Set<String>>> files = new HashMap<>();
    private Map<String, Instant> newestOfFile;

    Times(Input input) {
        this.resources = input.resources();
        Instant latest = null;
        for (Resource resource : resources) {
            latest = later(latest, changed(resource));
        }
        this.newest = latest;
        for (Listing listing : input.listings()) {
            if (!listing.whole()) {
                continue;
            }
            for (Kind kind : listing.kinds()) {
                Set<String> scopes = !kind.namespaced()
                        ? Set.of("")
                        : listing.everyNamespace() ? Set.of(Coverage.EVERYWHERE) : listing.namespaces();
                for (String scope : scopes) {
                    files.computeIfAbsent(kind, unseen -> new HashMap<>())
                            .computeIfAbsent(scope, unseen -> new TreeSet<>())
                            .add(listing.file());
                    if (listing.time() != null) {
                        collected
                                .computeIfAbsent(kind, unseen -> new HashMap<>())
                                .merge(scope, listing.time(), Times::later);
                    }
                }
            }
        }
    }

    /** The newest time that an object carries, or null. */
    Instant newest() {
        return newest;
    }

    /**
     * When the API server was last asked for this kind, or null if the input does not tell.
     *
     * @param namespace empty for a cluster-scoped kind
     */
    Instant collected(Kind kind, String namespace) {
        Map<String, Instant> times = collected.getOrDefault(kind, Map.of());
        return later(times.get(namespace), times.get(Coverage.EVERYWHERE));
    }

    /**
     * The newest time in the files that have the answers for this kind, so that these were not written before it; null
     * if there is none.
     *
     * @param except a file that nothing is asked about: null is returned if it is one of those
     */
    Instant newestBeside(Kind kind, String namespace, String except) {
        Map<String, Set<String>> ofKind = files.getOrDefault(kind, Map.of());
        Set<String> all = new TreeSet<>(ofKind.getOrDefault(namespace, Set.of()));
        all.addAll(ofKind.getOrDefault(Coverage.EVERYWHERE, Set.of()));
        if (all.contains(except)) {
            return null;
        }
        return all.stream().map(newestOfFile()::get).reduce(null, Times::later);
    }

    private synchronized Map<String, Instant> newestOfFile() {
        if (newestOfFile == null) {
            newestOfFile = new HashMap<>();
            for (Resource resource : resources) {
                Instant changed = changed(resource);
                if (changed != null) {
                    newestOfFile.merge(resource.meta().origin().file(), changed, Times::later);
                }
            }
        }
        return newestOfFile;
    }

    /** The newest time that an object carries, or null. */
    private static Instant changed(Resource resource) {
        Instant changed = resource.meta().created();
        // Not a switch over types: the JVM makes its code anew in each run.
        if (resource instanceof Pod pod) {
            return later(changed, pod.readySince());
        }
        if (resource instanceof Event event) {
            return later(changed, event.lastSeen());
        }
        return resource instanceof EndpointSlice slice ? later(changed, slice.triggered()) : changed;
    }

    /** @return null only if both are */
    static Instant later(Instant one, Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
    }
}
