package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.PodSet;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Objects as text, linked. Each is one YAML document, written in flow style as {@code kind: …, metadata: {…}, …} without
 * the outer braces.
 */
record Linked(Network network) {

    /** Objects that somebody wrote. */
    static Linked manifests(String... objects) {
        return new Linked(Linker.link(input(manifestsText(objects)), false));
    }

    /** The API server's answer to one listing of all namespaces, if the objects are of several. */
    static Linked capture(String... objects) {
        return new Linked(Linker.link(input(captureText(objects)), false));
    }

    static String manifestsText(String... objects) {
        return Stream.of(objects).map(object -> "{" + object + "}\n").reduce("", (all, one) -> all + "---\n" + one);
    }

    static String captureText(String... objects) {
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        for (String object : objects) {
            String captured = object.replaceFirst("metadata: \\{", "metadata: {uid: u, resourceVersion: \"7\", ");
            text.append("- {").append(captured).append("}\n");
        }
        return text.toString();
    }

    /** Reads text in which something may be wrong. */
    static Input brokenInput(String text) {
        return new Loader("default", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text.yaml")
                .load(List.of("-"));
    }

    /** Reads text in which nothing is wrong. */
    static Input input(String text) {
        Input input = brokenInput(text);
        assertEquals(List.of(), input.findings());
        assertEquals(List.of(), input.skipped());
        return input;
    }

    <T> List<T> all(Class<T> type) {
        return network.facts().stream().filter(type::isInstance).map(type::cast).toList();
    }

    <T> T one(Class<T> type) {
        List<T> all = all(type);
        assertEquals(1, all.size(), () -> type.getSimpleName() + ": " + all);
        return all.getFirst();
    }

    /** The owners of the pod sets, each with its labels. */
    List<String> podSets() {
        List<String> sets = new ArrayList<>();
        for (PodSet set : network.podSets()) {
            sets.add(set.owner() + " " + set.labels());
        }
        return sets;
    }

    static String namespace(String name, String labels) {
        return "apiVersion: v1, kind: Namespace, metadata: {name: " + name + ", labels: {" + labels + "}}";
    }

    /** A Service on port 80. */
    static String service(String name, String selector) {
        return "apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: shop}, spec: {selector: {"
                + selector + "}, ports: [{port: 80}]}";
    }

    static String deployment(String name, String labels, String spec) {
        return "apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name + ", namespace: shop}, "
                + "spec: {template: {metadata: {labels: {" + labels + "}}, spec: {" + spec + "}}}";
    }

    static String daemonSet(String namespace, String name, String spec) {
        return "apiVersion: apps/v1, kind: DaemonSet, metadata: {name: " + name + ", namespace: " + namespace
                + "}, spec: {template: {metadata: {labels: {name: " + name + "}}, spec: {" + spec + "}}}";
    }

    static String pod(String name, String labels, String spec, String status) {
        return "apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: shop, labels: {" + labels
                + "}}, spec: {" + spec + "}, status: {" + status + "}";
    }

    /** A pod with a controller. */
    static String pod(String name, String labels, String ownerKind, String owner, String status) {
        String apiVersion = ownerKind.equals("Job") ? "batch/v1" : "apps/v1";
        return "apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: shop, labels: {" + labels
                + "}, ownerReferences: [{apiVersion: " + apiVersion + ", kind: " + ownerKind + ", name: " + owner
                + ", controller: true}]}, spec: {}, status: {" + status + "}";
    }

    static String policy(String name, String spec) {
        return "apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}";
    }
}
