package dev.sealane.link;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Workload;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who controls what. */
final class Controllers {
    private final Map<Ref, Workload> workloads = new HashMap<>();

    Controllers(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource instanceof Workload workload) {
                workloads.put(workload.ref(), workload);
            }
        }
    }

    /** Whether this is an object with a pod template, of the input. */
    boolean isWorkload(Ref ref) {
        return workloads.containsKey(ref);
    }

    /**
     * The controller of a pod or a workload, its controller in turn, and so on. A custom resource that controls a
     * workload is left out: it may control several. Objects that own each other end the search.
     */
    List<Ref> of(Resource controlled) {
        List<Ref> controllers = new ArrayList<>();
        Ref next = controlled.meta().owner();
        while (next != null && !controllers.contains(next)) {
            controllers.add(next);
            Workload workload = workloads.get(next);
            Ref above = workload == null
                    ? deploymentOf(next, controlled)
                    : workload.meta().owner();
            boolean runsPods = above != null && (above.kind().builtIn() || workloads.containsKey(above));
            next = runsPods ? above : null;
        }
        return controllers;
    }

    /** A ReplicaSet that was not collected is named after its Deployment and the pod-template-hash; null if not so. */
    private static Ref deploymentOf(Ref replicaSet, Resource pod) {
        String hash = pod.labels().get("pod-template-hash");
        if (!replicaSet.kind().equals(Kind.REPLICA_SET)
                || hash == null
                || !replicaSet.name().endsWith("-" + hash)) {
            return null;
        }
        String name = replicaSet.name().substring(0, replicaSet.name().length() - hash.length() - 1);
        return new Ref(Kind.DEPLOYMENT, replicaSet.namespace(), name);
    }
}
