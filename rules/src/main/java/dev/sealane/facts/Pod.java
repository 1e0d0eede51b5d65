package dev.sealane.facts;

import java.time.Instant;
import java.util.List;

/**
 * A Pod.
 *
 * @param nodeName empty while it is not scheduled
 * @param phase empty in a manifest
 * @param readySince when the Ready condition became True, or null while the pod is not ready
 * @param unreadyReason why it is not ready as its status says it, such as {@code CrashLoopBackOff}; empty if it is
 *     ready or the status does not tell
 */
public record Pod(
        Meta meta,
        PodSpec spec,
        String nodeName,
        List<String> podIPs,
        String phase,
        Instant readySince,
        boolean ready,
        String unreadyReason)
        implements Resource {

    public Pod {
        podIPs = List.copyOf(podIPs);
    }

    /** Whether it has ended and will not run again; such a pod is no endpoint and its address may be reused. */
    public boolean finished() {
        return phase.equals("Succeeded") || phase.equals("Failed");
    }

    /** Whether a status was captured with it. */
    public boolean observed() {
        return !phase.isEmpty();
    }
}
