package dev.sealane.facts;

import java.util.List;

/**
 * Ports that a NetworkPolicy rule allows although none of the pods that they are ports of serves them.
 *
 * @param place of the entry in {@code ports}
 * @param kind why they are thought of
 * @param allowed as in messages, such as {@code TCP 8081}; the bare name for one that no pod has
 * @param pods names some of the pods that traffic goes to
 * @param served what these pods serve instead
 */
public record PolicyPort(
        Ref policy, Place place, Mistake kind, String allowed, String pods, String served, List<Evidence> evidence)
        implements Explained {
    public PolicyPort {
        evidence = List.copyOf(evidence);
    }

    /** What somebody mistook. */
    public enum Mistake {
        /** The port of a Service that leads to another port of the pods. */
        SERVICE_PORT,
        /** A name that no pod has a port of. */
        UNKNOWN_NAME,
        /** Nobody declares it and no Service leads there, and what they do serve is shut. */
        UNSERVED
    }
}
