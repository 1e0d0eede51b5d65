package dev.sealane.link;

import static dev.sealane.link.Linked.daemonSet;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Unanswered;
import dev.sealane.facts.Unenforced;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnforcementTest {
    private static final String POLICY = policy("deny", "podSelector: {}");

    private static List<Unenforced> unenforced(String... objects) {
        return Linked.manifests(with(objects)).all(Unenforced.class);
    }

    private static String[] with(String... objects) {
        List<String> all = new ArrayList<>(List.of(POLICY));
        all.addAll(Arrays.asList(objects));
        return all.toArray(String[]::new);
    }

    private static String container(String image, String arguments) {
        return "containers: [{name: c, image: \"" + image + "\", args: [" + arguments + "]}]";
    }

    private static String node(String name, String version, String more) {
        return "apiVersion: v1, kind: Node, metadata: {name: " + name + more + "}, status: {nodeInfo: {kubeletVersion: "
                + version + "}}";
    }

    private static String configMap(String name, String data) {
        return "apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + ", namespace: kube-system}, data: {" + data
                + "}";
    }

    @Test
    void withoutAKnownCniNothingIsSaid() {
        assertEquals(List.of(), unenforced());
        assertEquals(List.of(), unenforced(daemonSet("kube-system", "my-cni", "")));
    }

    @Test
    void aCniThatDoesNotEnforce() {
        List<Unenforced> unenforced = unenforced(daemonSet("kube-flannel", "kube-flannel-ds-amd64", ""));
        assertEquals(1, unenforced.size());
        assertEquals("NetworkPolicy shop/deny", unenforced.getFirst().policy().toString());
        assertEquals(Certainty.LIKELY, unenforced.getFirst().certainty());
        assertEquals(
                "flannel does not enforce NetworkPolicy (flannel runs as DaemonSet kube-flannel/kube-flannel-ds-amd64)",
                unenforced.getFirst().why().toString());
        assertEquals(
                "metadata.name",
                unenforced.getFirst().evidence().getFirst().place().path());
    }

    @ParameterizedTest
    @CsvSource({
        "kube-flannel-ds,       false",
        "calico-node,           true",
        "calico-node-windows,   true",
        "cilium,                true",
        "cilium-envoy,          true",
        "sdn,                   true",
        "weave-net,             false",
        "aws-node,              false",
        "kindnet,               true",
        "azure-cns-win,         false",
    })
    void byNameOfItsDaemonSet(String name, boolean silent) {
        assertEquals(silent, unenforced(daemonSet("kube-system", name, "")).isEmpty());
    }

    @Test
    void onlyDaemonSetsAreAgents() {
        assertEquals(List.of(), unenforced(Linked.deployment("kube-flannel-ds", "app: flannel", "")));
    }

    @Test
    void oneThatEnforcesIsEnough() {
        String flannel = daemonSet("kube-flannel", "kube-flannel-ds", "");
        assertEquals(1, unenforced(flannel).size());
        assertEquals(List.of(), unenforced(flannel, daemonSet("kube-system", "kube-network-policies", "")));
        assertEquals(List.of(), unenforced(flannel, daemonSet("openshift-sdn", "sdn", "")));
    }

    @Test
    void theFirstClauseThatHolds() {
        assertEquals(
                1,
                unenforced(daemonSet("kube-system", "weave-net", container("weaveworks/weave-kube", "")))
                        .size());
        assertEquals(
                List.of(), unenforced(daemonSet("kube-system", "weave-net", container("weaveworks/weave-npc:2", ""))));
        assertEquals(
                1,
                unenforced(daemonSet("kube-system", "aws-node", container("c", "--enable-network-policy=false")))
                        .size());
        assertEquals(
                List.of(),
                unenforced(daemonSet("kube-system", "aws-node", container("c", "--v, --enable-network-policy=true"))));
        assertEquals(
                1,
                unenforced(daemonSet("kube-system", "kube-router", container("c", "--run-firewall=false")))
                        .size());
        assertEquals(
                List.of(), unenforced(daemonSet("kube-system", "kube-router", container("c", "--run-firewall=true"))));
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/kindest/kindnetd:v20230511-dc714da8, 1",
        "docker.io/kindest/kindnetd:v20240813-c6f155d6, 0",
        "docker.io/kindest/kindnetd:v20250512-df8de77b, 0",
        "docker.io/kindest/kindnetd:latest,             0",
        "docker.io/kindest/kindnetd,                    0",
        "localhost:5000/kindest/kindnetd,               0",
        "localhost:5000/kindest/kindnetd:v20230511,     1",
        "docker.io/other/image:v20230511,               0",
    })
    void tagsThatSortBefore(String image, int unenforced) {
        assertEquals(
                unenforced,
                unenforced(daemonSet("kube-system", "kindnet", container(image, "")))
                        .size());
    }

    @ParameterizedTest
    @CsvSource({
        "cilium-config, 'enable-policy: never',                 1",
        "cilium-config, 'enable-policy: default',               0",
        "cilium-config, 'enable-k8s-networkpolicy: \"false\"',  1",
        "cilium-config, 'enable-k8s-networkpolicy: \"true\"',   0",
        "kube-proxy,    'enable-policy: never',                 0",
    })
    void configured(String name, String data, int unenforced) {
        String cilium = daemonSet("kube-system", "cilium", "");
        assertEquals(unenforced, unenforced(cilium, configMap(name, data)).size());
    }

    @Test
    void k3sEnforcesUnlessToldNotTo() {
        String flag = ", annotations: {k3s.io/node-args: \"[server, --disable-network-policy]\"}";
        assertEquals(List.of(), unenforced(node("node", "v1.31.2+k3s1", "")));
        List<Unenforced> unenforced = unenforced(node("node", "v1.31.2+k3s1", flag));
        assertEquals(1, unenforced.size());
        assertEquals(
                "k3s network policy does not enforce NetworkPolicy (Node node runs v1.31.2+k3s1)",
                unenforced.getFirst().why().toString());
        assertEquals(
                "status.nodeInfo.kubeletVersion",
                unenforced.getFirst().evidence().getFirst().place().path());
        assertEquals(List.of(), unenforced(node("node", "v1.31.2", flag)));
    }

    @Test
    void settingsAreReadFromPodsAndFromTheTemplate() {
        String off = agent("aws-1", "aws-node", "one", true);
        String on = off.replace("hostNetwork: true", container("c", "--enable-network-policy=true"));
        assertEquals(1, unenforced(off).size());
        assertEquals(List.of(), unenforced(on));
        String template = daemonSet("kube-system", "aws-node", container("c", "--enable-network-policy=true"));
        assertEquals(List.of(), unenforced(off, template));
        String other = daemonSet("kube-system", "other", container("c", "--enable-network-policy=true"));
        assertEquals(1, unenforced(off, other).size());
    }

    @Test
    void whatTheInputDoesNotTell() {
        Unanswered unknown = Linked.manifests(with()).one(Unanswered.class);
        assertEquals("cni", unknown.question());
        assertEquals("the input shows no CNI, which may or may not enforce NetworkPolicy", unknown.reason());
        Unanswered depends =
                Linked.manifests(with(daemonSet("openshift-sdn", "sdn", ""))).one(Unanswered.class);
        assertEquals("whether OpenShift SDN enforces NetworkPolicy depends on its settings", depends.reason());
        String flannel = daemonSet("kube-flannel", "kube-flannel-ds", "");
        assertEquals(List.of(), Linked.manifests(with(flannel)).all(Unanswered.class));
    }

    @Test
    void certainIfEveryDaemonSetOrPodIsInTheInput() {
        String flannel = daemonSet("kube-flannel", "kube-flannel-ds", "");
        assertEquals(
                Certainty.CERTAIN,
                Linked.capture(with(flannel, daemonSet("kube-system", "kube-proxy", "")))
                        .one(Unenforced.class)
                        .certainty());
        assertEquals(
                Certainty.LIKELY,
                Linked.capture(with(daemonSet("shop", "kube-flannel-ds", "")))
                        .one(Unenforced.class)
                        .certainty());
        assertEquals(
                Certainty.CERTAIN,
                Linked.capture(with(flannel, appPod("a", "one"), agent("b", "kube-proxy", "one", true)))
                        .one(Unenforced.class)
                        .certainty());
    }

    private static String appPod(String name, String node) {
        return Linked.pod(name, "app: " + name, "nodeName: " + node, "phase: Running");
    }

    private static String agent(String name, String owner, String node, boolean ready) {
        return "apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: kube-system, labels: {k8s-app: "
                + owner + "}, ownerReferences: [{apiVersion: apps/v1, kind: DaemonSet, name: " + owner
                + ", controller: true}]}, spec: {nodeName: " + node + ", hostNetwork: true}, status: {phase: Running, "
                + "conditions: [{type: Ready, status: \"" + (ready ? "True" : "False") + "\"}]}";
    }

    @Test
    void nodesWithoutAnAgent() {
        Unenforced unenforced = Linked.capture(with(
                        node("one", "v1", ""),
                        node("two", "v1", ""),
                        node("three", "v1", ""),
                        agent("calico-1", "calico-node", "one", true),
                        appPod("a", "one"),
                        appPod("b", "two"),
                        appPod("c", "three")))
                .one(Unenforced.class);
        assertEquals(Certainty.CERTAIN, unenforced.certainty());
        assertEquals(
                "no ready pod of DaemonSet kube-system/calico-node, which enforces it, runs on node three, two",
                unenforced.why().toString());
        assertEquals(
                "calico-1", unenforced.evidence().getFirst().place().resource().name());
    }

    @Test
    void nodesWhoseAgentIsNotReady() {
        String[] objects = with(
                node("one", "v1", ""),
                node("two", "v1", ""),
                agent("calico-1", "calico-node", "one", true),
                agent("calico-2", "calico-node", "two", false),
                appPod("a", "one"),
                appPod("b", "two"));
        Unenforced unenforced = Linked.capture(objects).one(Unenforced.class);
        assertEquals(Certainty.LIKELY, unenforced.certainty());
        assertTrue(unenforced.why().toString().endsWith("runs on node two"));
        List<String> more = new ArrayList<>(Arrays.asList(objects));
        more.add(agent("calico-3", "calico-node", "two", true));
        assertEquals(List.of(), Linked.capture(more.toArray(String[]::new)).all(Unenforced.class));
    }

    @Test
    void nodesOnWhichNoPolicyAppliesDoNotMatter() {
        String[] objects = {
            policy("deny", "podSelector: {matchLabels: {app: a}}"),
            node("one", "v1", ""),
            node("two", "v1", ""),
            agent("calico-1", "calico-node", "one", true),
            appPod("a", "one"),
            appPod("b", "two")
        };
        assertEquals(List.of(), Linked.capture(objects).all(Unenforced.class));
    }

    @ParameterizedTest
    @CsvSource({
        "'labels: {eks.amazonaws.com/compute-type: fargate}', 0",
        "'labels: {eks.amazonaws.com/compute-type: ec2}',     1",
        "'labels: {type: virtual-kubelet}',                   0",
        "'labels: {}',                                        1",
    })
    void nodesWithoutAKernelOfTheirOwnDoNotMatter(String labels, int unenforced) {
        String[] objects = with(
                node("one", "v1", ""),
                node("two", "v1", ", " + labels),
                agent("calico-1", "calico-node", "one", true),
                appPod("a", "one"),
                appPod("b", "two"));
        assertEquals(unenforced, Linked.capture(objects).all(Unenforced.class).size());
    }

    @Test
    void podsOnTheHostNetworkDoNotMatter() {
        String host = appPod("b", "two").replace("nodeName: two", "nodeName: two, hostNetwork: true");
        String[] objects = with(
                node("one", "v1", ""),
                node("two", "v1", ""),
                agent("calico-1", "calico-node", "one", true),
                appPod("a", "one"),
                host);
        assertEquals(List.of(), Linked.capture(objects).all(Unenforced.class));
    }

    @Test
    void nodesThatAreNotInTheInputDoNotMatter() {
        String[] objects = with(
                node("one", "v1", ""),
                agent("calico-1", "calico-node", "one", true),
                appPod("a", "one"),
                appPod("b", "two"));
        assertEquals(List.of(), Linked.capture(objects).all(Unenforced.class));
    }

    @Test
    void withoutAgentPodsNothingIsSaidAboutNodes() {
        String calico = daemonSet("kube-system", "calico-node", "");
        String other = agent("proxy-1", "kube-proxy", "one", true);
        assertEquals(
                List.of(),
                Linked.capture(with(node("one", "v1", ""), calico, other, appPod("a", "one")))
                        .all(Unenforced.class));
    }
}
