package dev.sealane.link;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Groups pods, and the pods that templates will make, into {@link PodSet}s. */
final class PodSets {
    private static final String POD_NAME = "statefulset.kubernetes.io/pod-name";
    private static final String POD_INDEX = "apps.kubernetes.io/pod-index";
    private static final Set<String> STATEFUL_LABELS = Set.of(POD_NAME, POD_INDEX);

    /** Pods of a StatefulSet that are told apart at most. */
    private static final int NUMBERED = 1_000;

    /**
     * Labels that tell the pods of one template apart, set by controllers, or by the API server from the node; they
     * split a set only if a selector asks.
     */
    private static final Set<String> PER_POD_LABELS = Set.of(
            "pod-template-hash",
            "controller-revision-hash",
            "pod-template-generation",
            POD_NAME,
            POD_INDEX,
            "batch.kubernetes.io/job-completion-index",
            "batch.kubernetes.io/controller-uid",
            "batch.kubernetes.io/job-name",
            "controller-uid",
            "job-name",
            "topology.kubernetes.io/region",
            "topology.kubernetes.io/zone");

    /** What the pods of one set share. */
    private record Alike(
            String namespace,
            Ref owner,
            Labels labels,
            List<?> ports,
            boolean hostNetwork,
            String dnsPolicy,
            List<String> nameservers,
            List<String> searches,
            int ndots,
            String serviceAccount) {}

    private final Set<String> selectedKeys;
    /** What is left of labels without those that tell pods of one set apart. */
    private final Map<Labels, Labels> alike = new HashMap<>();

    /** @param selectedKeys the label keys that some selector of the input looks at */
    private PodSets(Set<String> selectedKeys) {
        this.selectedKeys = selectedKeys;
    }

    /**
     * Finished pods are left out. A workload with pods in the input is represented by them, one without by its template;
     * a workload that another one of the input controls, by neither.
     */
    static List<PodSet> of(List<Resource> resources, Set<String> selectedKeys) {
        return new PodSets(selectedKeys).group(resources);
    }

    private List<PodSet> group(List<Resource> resources) {
        Controllers controllersOf = new Controllers(resources);
        Map<Alike, List<Pod>> groups = new LinkedHashMap<>();
        Set<Ref> owners = new HashSet<>();
        for (Resource resource : resources) {
            if (resource instanceof Pod pod && !pod.finished()) {
                List<Ref> controllers = controllersOf.of(pod);
                owners.addAll(controllers);
                Ref owner = controllers.isEmpty() ? pod.ref() : controllers.getLast();
                groups.computeIfAbsent(alike(pod, owner), unseen -> new ArrayList<>())
                        .add(pod);
            }
        }
        List<PodSet> sets = new ArrayList<>();
        groups.forEach((alike, pods) -> {
            Pod first = pods.getFirst();
            sets.add(new PodSet(alike.owner(), first, "", first.labels(), first.spec(), pods.size(), pods));
        });
        for (Resource resource : resources) {
            if (resource instanceof Workload workload
                    && !owners.contains(workload.ref())
                    && !controllersOf.isWorkload(workload.meta().owner())) {
                sets.addAll(fromTemplate(workload));
            }
        }
        return sets;
    }

    /** One set, or one for each pod of a StatefulSet if a selector asks for the labels that tell them apart. */
    private List<PodSet> fromTemplate(Workload workload) {
        if (!workload.ref().kind().equals(Kind.STATEFUL_SET)
                || selectedKeys.stream().noneMatch(STATEFUL_LABELS::contains)) {
            return List.of(fromTemplate(workload, workload.templateLabels(), workload.replicas()));
        }
        List<PodSet> sets = new ArrayList<>();
        for (int i = 0; i < Math.min(workload.replicas(), NUMBERED); i++) {
            Map<String, String> labels = new HashMap<>(workload.templateLabels().asMap());
            labels.put(POD_NAME, workload.name() + "-" + i);
            labels.put(POD_INDEX, Integer.toString(i));
            sets.add(fromTemplate(workload, Labels.of(labels), 1));
        }
        return sets.isEmpty() ? List.of(fromTemplate(workload, workload.templateLabels(), 0)) : sets;
    }

    private static PodSet fromTemplate(Workload workload, Labels labels, int replicas) {
        return new PodSet(
                workload.ref(), workload, workload.templatePath(), labels, workload.template(), replicas, List.of());
    }

    private Alike alike(Pod pod, Ref owner) {
        PodSpec spec = pod.spec();
        Labels labels = alike.computeIfAbsent(
                pod.labels(), all -> all.keeping(key -> selectedKeys.contains(key) || !PER_POD_LABELS.contains(key)));
        return new Alike(
                pod.namespace(),
                owner,
                labels,
                spec.ports(),
                spec.hostNetwork(),
                spec.dnsPolicy(),
                spec.nameservers(),
                spec.searches(),
                spec.ndots(),
                spec.serviceAccount());
    }
}
