package dev.sealane.load;

import dev.sealane.facts.Kind;
import dev.sealane.load.Value.Mapping;
import java.util.HashMap;
import java.util.Map;

/**
 * Which fields of an object are read. The rest of a capture, most of its bytes, is passed over: the API server has
 * checked it, and prints no key twice. What people write is read as a whole.
 */
final class Outline {
    static final Outline WHOLE = new Outline(null);

    private static final String[] POD_SPEC = {
        "containers.name",
        "containers.image",
        "containers.command",
        "containers.args",
        "containers.ports.name",
        "containers.ports.containerPort",
        "containers.ports.protocol",
        "initContainers.name",
        "initContainers.image",
        "initContainers.command",
        "initContainers.args",
        "initContainers.ports.name",
        "initContainers.ports.containerPort",
        "initContainers.ports.protocol",
        "initContainers.restartPolicy",
        "hostNetwork",
        "dnsPolicy",
        "dnsConfig.nameservers",
        "dnsConfig.searches",
        "dnsConfig.options.name",
        "dnsConfig.options.value",
        "serviceAccountName"
    };

    /** Of the templates of workloads alone: pods are many. */
    private static final String[] ENV = {
        "containers.env.name", "containers.env.value", "initContainers.env.name", "initContainers.env.value"
    };

    private static final Outline POD = of().with("spec", POD_SPEC)
            .with("spec", "nodeName")
            .with(
                    "status",
                    "conditions.type",
                    "conditions.status",
                    "conditions.lastTransitionTime",
                    "conditions.reason",
                    "phase",
                    "reason",
                    "podIP",
                    "podIPs",
                    "initContainerStatuses.state.waiting.reason",
                    "initContainerStatuses.state.terminated.reason",
                    "containerStatuses.state.waiting.reason",
                    "containerStatuses.state.terminated.reason");

    private static final Outline WORKLOAD = of().with(
                    "spec", "replicas", "suspend", "parallelism", "template.metadata.labels")
            .with("spec.template.spec", POD_SPEC)
            .with("spec.template.spec", ENV)
            .with("spec", "jobTemplate.spec.template.metadata.labels")
            .with("spec.jobTemplate.spec.template.spec", POD_SPEC)
            .with("spec.jobTemplate.spec.template.spec", ENV)
            .with("status", "completionTime", "desiredNumberScheduled", "numberReady", "ready", "readyReplicas");

    private static final Outline NODE = of().with("spec", "podCIDRs", "podCIDR", "providerID")
            .with("status", "addresses.type", "addresses.address", "nodeInfo.kubeletVersion");

    /** Of kinds of the API server's own that only count. */
    private static final Outline OTHER = of();

    /** Null for everything. */
    private final Map<String, Outline> fields;

    private Outline(Map<String, Outline> fields) {
        this.fields = fields;
    }

    private static Outline of() {
        Outline outline = new Outline(new HashMap<>());
        for (String field : new String[] {"apiVersion", "kind", "metadata"}) {
            outline.fields.put(field, WHOLE);
        }
        return outline;
    }

    private Outline with(String parent, String... paths) {
        for (String path : paths) {
            Outline at = this;
            String[] keys = (parent + "." + path).split("\\.");
            for (int i = 0; i < keys.length - 1; i++) {
                at = at.fields.computeIfAbsent(keys[i], unseen -> new Outline(new HashMap<>()));
            }
            at.fields.put(keys[keys.length - 1], WHOLE);
        }
        return this;
    }

    /** What is read of a captured object; the whole of any other, and of one whose kind is not known yet. */
    static Outline of(Mapping object) {
        String kind = object.string("kind");
        String apiVersion = object.string("apiVersion");
        boolean captured = object.get("metadata") instanceof Mapping metadata
                && !metadata.string("uid").isEmpty()
                && !metadata.string("resourceVersion").isEmpty();
        return captured && !kind.isEmpty() && !apiVersion.isEmpty() ? of(Kind.of(apiVersion, kind)) : WHOLE;
    }

    private static Outline of(Kind kind) {
        if (kind.equals(Kind.POD)) {
            return POD;
        }
        if (kind.equals(Kind.NODE)) {
            return NODE;
        }
        if (PodReader.WORKLOADS.contains(kind)) {
            return WORKLOAD;
        }
        return kind.builtIn() && !Kind.KNOWN.contains(kind) && !kind.name().endsWith("List") ? OTHER : WHOLE;
    }

    /** The same for the field, or for that field of each item of a list; null if it is not read. */
    Outline below(String field) {
        return fields == null ? WHOLE : fields.get(field);
    }
}
