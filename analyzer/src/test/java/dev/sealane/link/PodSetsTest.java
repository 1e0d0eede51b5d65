package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.policy;
import static dev.sealane.link.Linked.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSet;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodSetsTest {
    private static final String DEPLOYMENT = deployment("web", "app: web", "");
    private static final String REPLICA_SET =
            "apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-5d4, namespace: shop, ownerReferences: "
                    + "[{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]}, "
                    + "spec: {template: {metadata: {labels: {app: web, pod-template-hash: 5d4}}}}";

    private static String webPod(String name, String labels) {
        return pod(name, labels + "pod-template-hash: 5d4", "ReplicaSet", "web-5d4", "phase: Running");
    }

    @Test
    @DisplayName("A4 a workload's pods have the labels of its template")
    void template() {
        Linked linked = Linked.manifests(
                "apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, labels: {app: own}}, "
                        + "spec: {replicas: 3, template: {metadata: {labels: {app: web}}}}");
        assertEquals(List.of("Deployment shop/web app=web"), linked.podSets());
        PodSet set = linked.network().podSets().getFirst();
        assertEquals(3, set.replicas());
        assertEquals("spec.template.metadata.labels.app", set.atLabel("app").path());
    }

    @Test
    @DisplayName("A3 an object without namespace is in the default one")
    void defaultNamespace() {
        Linked linked = Linked.manifests("apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, "
                + "spec: {template: {metadata: {labels: {app: web}}}}");
        assertEquals(List.of("Deployment default/web app=web"), linked.podSets());
    }

    @Test
    @DisplayName("B35 ports of restartable init containers count, of others not")
    void sidecars() {
        Linked linked = Linked.manifests(deployment(
                "web",
                "app: web",
                "containers: [{name: main, ports: [{containerPort: 80}]}], initContainers: ["
                        + "{name: proxy, restartPolicy: Always, ports: [{containerPort: 15001}]}, "
                        + "{name: init, ports: [{containerPort: 9}]}]"));
        assertEquals(
                List.of(80, 15001),
                linked.network().podSets().getFirst().spec().ports().stream()
                        .map(port -> port.number())
                        .toList());
    }

    @Test
    void podsStandForTheirWorkloadAndItsReplicaSet() {
        Linked linked = Linked.capture(
                DEPLOYMENT, REPLICA_SET, webPod("web-5d4-a", "app: web, "), webPod("web-5d4-b", "app: web, "));
        assertEquals(List.of("Deployment shop/web app=web,pod-template-hash=5d4"), linked.podSets());
        PodSet set = linked.network().podSets().getFirst();
        assertEquals(2, set.replicas());
        assertEquals(
                List.of("web-5d4-a", "web-5d4-b"),
                set.pods().stream().map(Pod::name).toList());
        assertEquals("metadata.labels.app", set.atLabel("app").path());
    }

    @Test
    void podsStandForAReplicaSetWhoseDeploymentIsNotInTheInput() {
        assertEquals(
                List.of("Deployment shop/web app=web,pod-template-hash=5d4"),
                Linked.capture(REPLICA_SET, webPod("web-5d4-a", "app: web, ")).podSets());
    }

    @Test
    void theDeploymentOfAReplicaSetThatIsNotInTheInputIsToldByTheHash() {
        assertEquals(
                List.of("Deployment shop/web app=web,pod-template-hash=5d4"),
                Linked.capture(webPod("web-5d4-a", "app: web, ")).podSets());
        assertEquals(
                List.of("ReplicaSet shop/web-5d4 app=web"),
                Linked.capture(pod("web-5d4-a", "app: web", "ReplicaSet", "web-5d4", ""))
                        .podSets());
        assertEquals(
                List.of("ReplicaSet shop/web app=web,pod-template-hash=5d4"),
                Linked.capture(pod("web-a", "app: web, pod-template-hash: 5d4", "ReplicaSet", "web", ""))
                        .podSets());
        assertEquals(
                List.of("StatefulSet shop/db-5d4 app=db,pod-template-hash=5d4"),
                Linked.capture(pod("db-0", "app: db, pod-template-hash: 5d4", "StatefulSet", "db-5d4", ""))
                        .podSets());
    }

    @Test
    void aPodOfNobodyOwnsItself() {
        assertEquals(
                List.of("Pod shop/debug run=debug"),
                Linked.capture(pod("debug", "run: debug", "", "")).podSets());
    }

    @Test
    void theOutermostControllerOwns() {
        String job = "apiVersion: batch/v1, kind: Job, metadata: {name: report-1, namespace: shop, ownerReferences: "
                + "[{apiVersion: batch/v1, kind: CronJob, name: report, controller: true}]}, "
                + "spec: {template: {metadata: {labels: {job: report}}}}";
        assertEquals(
                List.of("CronJob shop/report job=report"),
                Linked.capture(job, pod("report-1-a", "job: report", "Job", "report-1", "phase: Running"))
                        .podSets());
    }

    @Test
    void workloadsThatOwnEachOtherEndTheSearch() {
        String one = REPLICA_SET.replace("kind: Deployment, name: web", "kind: ReplicaSet, name: other");
        String other = one.replace("name: web-5d4", "name: other")
                .replace("kind: ReplicaSet, name: other, controller", "kind: ReplicaSet, name: web-5d4, controller");
        assertTimeoutPreemptively(
                Duration.ofSeconds(10),
                () -> assertEquals(
                        1,
                        Linked.capture(one, other, webPod("web-5d4-a", "app: web, "))
                                .podSets()
                                .size()));
    }

    @Test
    @DisplayName("A5 pods of one owner with different labels are sets of their own")
    void variants() {
        assertEquals(
                List.of(
                        "Deployment shop/web app=web,pod-template-hash=5d4",
                        "Deployment shop/web app=web,canary=one,pod-template-hash=5d4"),
                Linked.capture(webPod("web-5d4-a", "app: web, "), webPod("web-5d4-b", "app: web, canary: one, "))
                        .podSets());
    }

    @Test
    void labelsThatControllersSetForEachPodDoNotPartThem() {
        String first = pod("db-0", "app: db, apps.kubernetes.io/pod-index: \"0\"", "StatefulSet", "db", "");
        String second = pod("db-1", "app: db, apps.kubernetes.io/pod-index: \"1\"", "StatefulSet", "db", "");
        assertEquals(1, Linked.capture(first, second).podSets().size());
    }

    @Test
    void unlessASelectorAsksForThem() {
        String first = pod("db-0", "app: db, apps.kubernetes.io/pod-index: \"0\"", "StatefulSet", "db", "");
        String second = pod("db-1", "app: db, apps.kubernetes.io/pod-index: \"1\"", "StatefulSet", "db", "");
        String key = "apps.kubernetes.io/pod-index: \"0\"";
        String service = service("leader", key);
        assertEquals(2, Linked.capture(first, second, service).podSets().size());
        String subject = policy("p", "podSelector: {matchLabels: {" + key + "}}");
        assertEquals(2, Linked.capture(first, second, subject).podSets().size());
        String peer = policy("p", "ingress: [{from: [{podSelector: {matchLabels: {" + key + "}}}]}]");
        assertEquals(2, Linked.capture(first, second, peer).podSets().size());
        String expression = policy(
                "p",
                "egress: [{to: [{podSelector: {matchExpressions: [{key: apps.kubernetes.io/pod-index, operator: "
                        + "Exists}]}}]}]");
        assertEquals(2, Linked.capture(first, second, expression).podSets().size());
        String namespaces = policy("p", "ingress: [{from: [{namespaceSelector: {}}]}]");
        assertEquals(1, Linked.capture(first, second, namespaces).podSets().size());
    }

    @Test
    void podsDifferByPortsHostNetworkAndDns() {
        String plain = pod("a", "app: web", "", "");
        for (String spec : List.of(
                "containers: [{name: c, ports: [{containerPort: 80}]}]",
                "hostNetwork: true",
                "dnsPolicy: Default",
                "dnsConfig: {nameservers: [192.0.2.1]}")) {
            String owner = "StatefulSet, name: web, apiVersion: apps/v1, controller: true";
            String owned = "labels: {app: web}, ownerReferences: [{kind: " + owner + "}]";
            String one = plain.replace("labels: {app: web}", owned);
            String other = pod("b", "app: web", spec, "").replace("labels: {app: web}", owned);
            assertEquals(2, Linked.capture(one, other).podSets().size(), spec);
            assertEquals(
                    1,
                    Linked.capture(one, one.replace("name: a,", "name: b,"))
                            .podSets()
                            .size());
        }
    }

    @Test
    @DisplayName("D63 finished pods are no pods")
    void finished() {
        String succeeded = pod("job-a", "job: x", "Job", "job", "phase: Succeeded");
        String failed = pod("job-b", "job: x", "Job", "job", "phase: Failed");
        assertTrue(Linked.capture(succeeded, failed).podSets().isEmpty());
    }

    @Test
    void aReplicaSetStandsForItselfWhereItsDeploymentIsNotInTheInput() {
        assertEquals(
                List.of("ReplicaSet shop/web-5d4 app=web,pod-template-hash=5d4"),
                Linked.capture(REPLICA_SET).podSets());
        assertEquals(
                List.of("Deployment shop/web app=web"),
                Linked.capture(DEPLOYMENT, REPLICA_SET).podSets());
    }
}
