package dev.sealane.trace;

import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import java.util.List;

/**
 * An endpoint.
 *
 * @param set null if no pod of the input has the address
 * @param pod null for one of a template, and without {@code set}
 * @param address empty if the input does not tell
 * @param port container port; 0 if a named port is not there
 * @param nodeName empty if the input does not tell
 * @param place what says that it is an endpoint
 */
record Backend(
        PodSet set,
        Pod pod,
        String address,
        int port,
        String nodeName,
        boolean ready,
        boolean draining,
        List<String> zones,
        List<String> nodes,
        Place place) {

    String name() {
        if (pod != null) {
            return pod.name();
        }
        return set == null ? address : "a pod of " + set.owner();
    }

    String at() {
        String where = nodeName.isEmpty() ? "" : " on node " + nodeName;
        if (set == null) {
            return address + where;
        }
        return (pod == null ? "a pod of " + set.owner() : pod.ref().toString()) + where;
    }

    /** The address, or what has it. */
    String destination() {
        return address.isEmpty() ? name() : address;
    }
}
