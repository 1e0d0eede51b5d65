package dev.sealane.facts;

import java.util.List;

/**
 * Pods of one namespace that no selector, port or policy can tell apart. Compared by identity.
 *
 * <p>In a capture these are running pods; in manifests, the pods that a template will make.
 */
public final class PodSet {
    private final Ref owner;
    private final Resource source;
    private final String path;
    private final Labels labels;
    private final PodSpec spec;
    private final int replicas;
    private final List<Pod> pods;

    /**
     * @param owner the outermost controller, or the pod itself
     * @param source the object that the labels and ports are written in
     * @param path of the pod template in {@code source}; empty if that is a pod
     * @param replicas as {@link Workload#replicas}, or the number of pods
     * @param pods those seen, empty if the set is known from its template alone
     */
    public PodSet(Ref owner, Resource source, String path, Labels labels, PodSpec spec, int replicas, List<Pod> pods) {
        this.owner = owner;
        this.source = source;
        this.path = path;
        this.labels = labels;
        this.spec = spec;
        this.replicas = replicas;
        this.pods = List.copyOf(pods);
    }

    public Ref owner() {
        return owner;
    }

    public Resource source() {
        return source;
    }

    public String namespace() {
        return source.namespace();
    }

    public Labels labels() {
        return labels;
    }

    public PodSpec spec() {
        return spec;
    }

    public int replicas() {
        return replicas;
    }

    public List<Pod> pods() {
        return pods;
    }

    /** Whether its workload is scaled to nothing, and no pod of it runs. */
    public boolean scaledToZero() {
        return replicas == 0 && pods.isEmpty();
    }

    /** Whether it has pods that policies for pods are about: those on the network of their node are not. */
    public boolean policed() {
        return !spec.hostNetwork() && !scaledToZero();
    }

    /** The place of a field below the pod's {@code metadata} or {@code spec}. */
    public Place at(String field) {
        return source.at(path.isEmpty() ? field : path + "." + field);
    }

    /** The place of a label. */
    public Place atLabel(String key) {
        return at(Place.key("metadata.labels", key));
    }

    @Override
    public String toString() {
        return owner.toString();
    }
}
