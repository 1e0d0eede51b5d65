package dev.sealane.link;

import dev.sealane.facts.Cidr;
import dev.sealane.facts.Labels;
import dev.sealane.facts.PodSet;
import dev.sealane.facts.Protocol;
import dev.sealane.policy.Connections;
import dev.sealane.policy.Decision;
import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What gets through between the ends of a small cluster: Deployments {@code shop/web}, {@code shop/api}, {@code shop/db}
 * and {@code ops/tool}, whose pods are labelled {@code app: NAME} and have port 8080 by the name http. The namespaces are
 * labelled {@code env: prod} and {@code env: test}.
 */
record Reach(Network network) {
    private static final List<String> CLUSTER = List.of(
            Linked.namespace("shop", "env: prod"),
            Linked.namespace("ops", "env: test"),
            deployment("shop", "web"),
            deployment("shop", "api"),
            deployment("shop", "db"),
            deployment("ops", "tool"));

    /** With these policies, and what else is given. */
    static Reach with(String... objects) {
        List<String> all = new ArrayList<>(CLUSTER);
        all.addAll(List.of(objects));
        return new Reach(Linked.manifests(all.toArray(String[]::new)).network());
    }

    /** With these, though something in them is wrong. */
    static Reach withBroken(String... objects) {
        List<String> all = new ArrayList<>(CLUSTER);
        all.addAll(List.of(objects));
        String text = Linked.manifestsText(all.toArray(String[]::new));
        return new Reach(Linker.link(Linked.brokenInput(text), false));
    }

    private static String deployment(String namespace, String name) {
        return "apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name + ", namespace: " + namespace
                + "}, spec: {template: {metadata: {labels: {app: " + name
                + "}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}}";
    }

    /** Whether TCP from one end reaches a port of the other. */
    Verdict tcp(String from, String to, int port) {
        return at(from, to, Protocol.TCP, port).verdict();
    }

    Verdict udp(String from, String to, int port) {
        return at(from, to, Protocol.UDP, port).verdict();
    }

    /** Of protocols without ports. */
    Verdict icmp(String from, String to) {
        return connections(from, to).other().verdict();
    }

    Decision at(String from, String to, Protocol protocol, int port) {
        return connections(from, to).at(protocol, port);
    }

    Connections connections(String from, String to) {
        return network.policies().between(endpoint(from), endpoint(to));
    }

    /**
     * The end of that name.
     *
     * @param name {@code namespace/deployment}, {@code node NAME}, {@code api.example.com=ADDRESS} or an address outside
     */
    private Endpoint endpoint(String name) {
        if (name.startsWith("node ")) {
            Labels labels = Labels.of(Map.of("kubernetes.io/hostname", name.substring("node ".length())));
            return new Endpoint.Host(name.substring("node ".length()), labels, List.of(Cidr.parse("192.0.2.7")));
        }
        for (PodSet set : network.podSets()) {
            if (set.owner().path().equals(name)) {
                return network.endpoint(set);
            }
        }
        String[] parts = name.split("=");
        return parts.length == 2
                ? new Endpoint.Addresses(Cidr.parse(parts[1]), true, parts[0])
                : new Endpoint.Addresses(Cidr.parse(name), true, "");
    }
}
