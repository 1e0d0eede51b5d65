package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;

/**
 * Where a connection starts: at a pod, at a node, or outside. Of the three kinds only the parts of one are there.
 *
 * @param pod null for one of a template
 * @param address of what is outside; all addresses for the internet
 */
record Client(PodSet set, Pod pod, Node node, Cidr address, boolean internet) {
    static Client of(PodSet set, Pod pod) {
        return new Client(set, pod, null, null, false);
    }

    static Client of(Node node) {
        return new Client(null, null, node, null, false);
    }

    static Client outside(Cidr address, boolean internet) {
        return new Client(null, null, null, address, internet);
    }

    boolean isPod() {
        return set != null;
    }

    boolean isOutside() {
        return set == null && node == null;
    }

    /** Whether it is a process on a node's own network. */
    boolean onHost() {
        return node != null || set != null && set.spec().hostNetwork();
    }

    /** Empty if the input does not tell, and outside. */
    String nodeName() {
        if (node != null) {
            return node.name();
        }
        return pod == null ? "" : pod.nodeName();
    }

    /** An address, or what has it. */
    String source() {
        if (pod != null && !pod.podIPs().isEmpty()) {
            return pod.podIPs().getFirst();
        }
        if (node != null && !node.addresses().isEmpty()) {
            return node.addresses().getFirst();
        }
        return isOutside() && !internet ? text(address) : at();
    }

    static String text(Cidr address) {
        String text = address.toString();
        return address.prefix() == address.bits() ? text.substring(0, text.indexOf('/')) : text;
    }

    String at() {
        if (node != null) {
            return "Node " + node.name();
        }
        if (isOutside()) {
            return internet ? "the internet" : text(address);
        }
        if (pod == null) {
            return "a pod of " + set.owner();
        }
        return pod.ref() + (pod.nodeName().isEmpty() ? "" : " on node " + pod.nodeName());
    }

    Place place() {
        if (node != null) {
            return node.at("");
        }
        return isOutside() ? null : pod == null ? set.source().at("") : pod.at("");
    }
}
