package dev.sealane.facts;

import java.util.List;

/**
 * How many of the running pods that a Service selects are ready.
 *
 * @param pods selected pods that have not finished
 * @param settled whether the state is older than a rollout takes: no selected pod is new or being deleted
 * @param cause why they are not ready, such as {@code CrashLoopBackOff in pod web-1}
 */
public record Readiness(Ref service, int pods, int ready, boolean settled, Text cause, List<Evidence> evidence)
        implements Explained {
    public Readiness {
        evidence = List.copyOf(evidence);
    }
}
