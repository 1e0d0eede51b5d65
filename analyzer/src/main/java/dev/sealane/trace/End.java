package dev.sealane.trace;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Node;
import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Ref;
import java.util.Locale;

/**
 * Where a connection starts or ends: at a pod, at a node, or outside. Of the three kinds only the parts of one are there.
 *
 * @param pod null for one of a template
 * @param address of what is outside; all addresses if it has one that is not known
 * @param unknown what is outside with an address that is not known: the internet, a load balancer; else empty
 */
public record End(PodSet set, Pod pod, Node node, Cidr address, String unknown) {
    static final Cidr ANY = Cidr.parse("0.0.0.0/0");

    static final End INTERNET = new End(null, null, null, ANY, "the internet");

    /** A load balancer that connects itself, from an address of its own. */
    static final End LOAD_BALANCER = new End(null, null, null, ANY, "the load balancer");

    public static End of(PodSet set, Pod pod) {
        return new End(set, pod, null, null, "");
    }

    public static End of(Node node) {
        return new End(null, null, node, null, "");
    }

    public static End outside(Cidr address) {
        return new End(null, null, null, address, "");
    }

    boolean internet() {
        return this == INTERNET;
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

    /** What it has in common with the others that policies treat alike. */
    Object alike() {
        return isPod() ? set : at();
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
        return isOutside() && unknown.isEmpty() ? text(address) : at();
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
            return unknown.isEmpty() ? text(address) : unknown;
        }
        if (pod == null) {
            return "a pod of " + set.owner();
        }
        return pod.ref() + (pod.nodeName().isEmpty() ? "" : " on node " + pod.nodeName());
    }

    /** As a user writes it: {@code shop/pod/web-0}, {@code shop/deployment/web}, {@code node/a}, {@code 10.0.0.0/8}. */
    String selector() {
        if (node != null) {
            return "node/" + node.name();
        }
        if (isOutside()) {
            return internet() ? "internet" : text(address);
        }
        Ref ref = pod == null ? set.owner() : pod.ref();
        return ref.namespace() + "/" + ref.kind().name().toLowerCase(Locale.ROOT) + "/" + ref.name();
    }

    Place place() {
        if (node != null) {
            return node.at("");
        }
        return isOutside() ? null : pod == null ? set.source().at("") : pod.at("");
    }
}
