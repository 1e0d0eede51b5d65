package dev.sealane.link;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.NearestMiss;
import dev.sealane.facts.Place;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Service;
import dev.sealane.facts.Spelling;
import dev.sealane.facts.Text;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a Service's selector that matches nothing comes closest to. */
final class NearMisses {
    /** Pod sets that are compared with one selector at most; a namespace rarely has more. */
    private static final int COMPARED = 2_000;

    /** Parts of Kubernetes that run as pods only where kubeadm and the like set them up. */
    private static final Set<String> CONTROL_PLANE =
            Set.of("etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "kube-proxy");

    /** What a value of a label has at most; a longer one is in no cluster, and takes long to compare. */
    private static final int LONGEST = 63;

    private final PodIndex index;
    private final Ledger ledger;

    NearMisses(PodIndex index, Ledger ledger) {
        this.index = index;
        this.ledger = ledger;
    }

    /** Empty for a Service whose pods the input would not show. */
    Optional<NearestMiss> of(Service service) {
        List<PodSet> sets = index.in(service.namespace());
        Map<String, String> wanted = service.selector().matchLabels();
        if (ledger.namesPodMaker(service.namespace(), wanted)) {
            return Optional.empty();
        }
        PodSet nearest = null;
        int best = 0;
        for (PodSet set : sets.subList(0, Math.min(sets.size(), COMPARED))) {
            int likeness = likeness(wanted, set.labels());
            if (likeness > best) {
                best = likeness;
                nearest = set;
            }
        }
        Certainty certainty = ledger.certainty(Kind.POD, service.namespace());
        if (nearest != null) {
            boolean slip = slip(wanted, nearest.labels());
            return Optional.of(differing(service, nearest, slip ? Certainty.CERTAIN : certainty));
        }
        if (controlPlane(service)) {
            return Optional.empty();
        }
        List<PodSet> elsewhere = index.selectAnywhere(service.selector());
        if (!elsewhere.isEmpty()) {
            PodSet set = elsewhere.getFirst();
            Place place = set.at("metadata.labels");
            return Optional.of(new NearestMiss(
                    service.ref(),
                    Text.of("%s, in another namespace, has these labels, %s", set, place),
                    certainty,
                    List.of(new Evidence(Text.of("the labels of %s", set), place))));
        }
        if (!sets.isEmpty() && certainty == Certainty.LIKELY) {
            return Optional.empty();
        }
        return Optional.of(new NearestMiss(
                service.ref(),
                sets.isEmpty()
                        ? Text.of("there is no pod and no workload in that namespace")
                        : Text.of("no pod there has a label like it"),
                sets.isEmpty() ? Certainty.LIKELY : certainty,
                List.of()));
    }

    /**
     * Whether the Service selects a part of the control plane, for its metrics: where that runs as pods they carry its
     * name, and elsewhere (k3s, managed clusters) there is nothing to select.
     */
    private static boolean controlPlane(Service service) {
        return service.namespace().equals("kube-system")
                && service.selector().matchLabels().values().stream().anyMatch(CONTROL_PLANE::contains);
    }

    /** Most for each label that matches, less for a key whose value is nearly right, the nearer the more. */
    private static int likeness(Map<String, String> wanted, Labels labels) {
        int likeness = 0;
        for (var label : wanted.entrySet()) {
            String value = labels.get(label.getKey());
            if (label.getValue().equals(value)) {
                likeness += 4 * LONGEST;
            } else if (value != null && alike(label.getValue(), value)) {
                likeness += 2 * LONGEST - distance(label.getValue(), value);
            } else if (labels.asMap().containsValue(label.getValue())) {
                likeness += 1;
            }
        }
        return likeness;
    }

    /** Whether just one label of several is wrong, or each that is wrong is nearly right. */
    private static boolean slip(Map<String, String> wanted, Labels labels) {
        long wrong = wanted.entrySet().stream()
                .filter(label -> !label.getValue().equals(labels.get(label.getKey())))
                .count();
        return wrong < wanted.size() && wrong == 1
                || wanted.entrySet().stream()
                        .allMatch(label ->
                                labels.has(label.getKey()) && alike(label.getValue(), labels.get(label.getKey())));
    }

    private static NearestMiss differing(Service service, PodSet set, Certainty certainty) {
        List<Object> clauses = new ArrayList<>();
        List<Evidence> evidence = new ArrayList<>();
        service.selector().matchLabels().forEach((key, value) -> {
            String found = set.labels().get(key);
            if (!value.equals(found)) {
                Place place = found == null ? set.at("metadata.labels") : set.atLabel(key);
                clauses.add(
                        found == null
                                ? Text.of("`%s: %s` is not among the labels of %s, %s", key, value, set, place)
                                : Text.of("`%s: %s` is `%s: %s` in %s, %s", key, value, key, found, set, place));
                evidence.add(new Evidence(Text.of("the labels of %s", set), place));
            }
        });
        String format = String.join("; ", Collections.nCopies(clauses.size(), "%s"));
        return new NearestMiss(service.ref(), new Text(format, clauses), certainty, evidence);
    }

    /** Whether one is a slip of the other: a few edits, or one is the other with something added. */
    static boolean alike(String one, String other) {
        int shorter = Math.min(one.length(), other.length());
        int longer = Math.max(one.length(), other.length());
        return one.equals(other)
                || shorter > 2
                        && (one.startsWith(other)
                                || other.startsWith(one)
                                || longer <= LONGEST && Spelling.edits(one, other) <= Math.max(1, shorter / 3));
    }

    /** How far two words are apart; those that are too long for labels are as far as any. */
    private static int distance(String one, String other) {
        return Math.max(one.length(), other.length()) > LONGEST ? LONGEST : Spelling.edits(one, other);
    }
}
