package dev.sealane.link;

import static dev.sealane.link.Linked.captureText;
import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.manifestsText;
import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Kind;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Service;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class OverlayTest {
    private static final String RUNNING = "phase: Running";
    private static final String WEB = deployment("web", "app: web", "");
    private static final String REPLICA_SET = "apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-abc, "
            + "namespace: shop, ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, "
            + "controller: true}]}, spec: {template: {metadata: {labels: {app: web}}, spec: {}}}";
    private static final String WEB_POD = pod("web-abc-1", "app: web", "ReplicaSet", "web-abc", RUNNING);
    private static final String DB_POD = pod("db-0", "app: db", "StatefulSet", "db", RUNNING);

    private static Input cluster(String... objects) {
        return Linked.input(captureText(objects));
    }

    private static Input manifests(String... objects) {
        return Linked.input(manifestsText(objects));
    }

    private static List<String> names(Input input) {
        return input.resources().stream()
                .map(resource -> resource.ref().toString())
                .toList();
    }

    private static Resource object(Input input, Ref ref) {
        return input.resources().stream()
                .filter(resource -> resource.ref().equals(ref))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aManifestReplacesTheObjectOfItsIdentityAndNothingElse() {
        Input cluster = cluster(service("web", "app: web"), service("db", "app: db"));
        Input manifests = manifests(service("web", "app: new"), service("api", "app: api"));
        Overlay overlay = Overlay.of(cluster, manifests);
        assertEquals(List.of("Service shop/web", "Service shop/db"), names(overlay.before()));
        assertEquals(List.of("Service shop/db", "Service shop/web", "Service shop/api"), names(overlay.after()));
        assertEquals(1, overlay.replaced());
        assertEquals(0, overlay.dropped());
        Service web = (Service) object(overlay.after(), new Ref(Kind.SERVICE, "shop", "web"));
        assertEquals("app=new", web.selector().toString());
        assertEquals(
                Set.of(new Ref(Kind.SERVICE, "shop", "web"), new Ref(Kind.SERVICE, "shop", "api")), overlay.written());
    }

    @Test
    void thePodsOfAReplacedWorkloadComeFromItsNewTemplate() {
        Input cluster = cluster(WEB, REPLICA_SET, WEB_POD, DB_POD);
        Overlay overlay = Overlay.of(cluster, manifests(deployment("web", "app: shop", "")));
        assertEquals(List.of("Deployment shop/web", "Pod shop/db-0"), names(overlay.before()));
        assertEquals(List.of("Pod shop/db-0", "Deployment shop/web"), names(overlay.after()));
        assertEquals(2, overlay.dropped());
        assertEquals(
                List.of("StatefulSet shop/db app=db", "Deployment shop/web app=shop"),
                new Linked(Linker.link(overlay.after(), false)).podSets());
        assertEquals(
                List.of("StatefulSet shop/db app=db", "Deployment shop/web app=web"),
                new Linked(Linker.link(overlay.before(), false)).podSets());
    }

    @Test
    void aPodBelongsToItsWorkloadAlsoIfNothingBetweenThemWasCaptured() {
        String pod = pod("web-abc-1", "app: web, pod-template-hash: abc", "ReplicaSet", "web-abc", RUNNING);
        Overlay overlay = Overlay.of(cluster(pod), manifests(WEB));
        assertEquals(List.of("Deployment shop/web"), names(overlay.after()));
        String job = "apiVersion: batch/v1, kind: Job, metadata: {name: report-1, namespace: shop, ownerReferences: "
                + "[{apiVersion: batch/v1, kind: CronJob, name: report, controller: true}]}, "
                + "spec: {template: {metadata: {labels: {app: report}}, spec: {}}}";
        String cronJob = "apiVersion: batch/v1, kind: CronJob, metadata: {name: report, namespace: shop}, "
                + "spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: report}}, spec: {}}}}}";
        Input jobs = cluster(job, pod("report-1-x", "app: report", "Job", "report-1", RUNNING));
        assertEquals(
                List.of("CronJob shop/report"),
                names(Overlay.of(jobs, manifests(cronJob)).after()));
    }

    /** What is wrong with the cluster then shows that there are such pods, and is not new. */
    @Test
    void withoutATemplateThePodsAreTheClustersWord() {
        String pod = pod("web-abc-1", "app: web, pod-template-hash: abc", "ReplicaSet", "web-abc", RUNNING);
        Overlay overlay = Overlay.of(cluster(pod), manifests(WEB));
        assertEquals(List.of("Pod shop/web-abc-1"), names(overlay.before()));
        assertEquals(List.of("Deployment shop/web"), names(overlay.after()));
        assertEquals(1, overlay.dropped());
    }

    @Test
    void podsOfAWorkloadOfTheSameNameElsewhereStay() {
        String elsewhere = WEB.replace("namespace: shop", "namespace: bank");
        Overlay overlay = Overlay.of(cluster(WEB, REPLICA_SET, WEB_POD), manifests(elsewhere));
        assertEquals(0, overlay.dropped());
        assertEquals(4, overlay.after().resources().size());
    }

    @Test
    void aPodThatTheManifestsHoldIsTheirs() {
        String written = "apiVersion: v1, kind: Pod, metadata: {name: web-abc-1, namespace: shop, labels: {app: x}}";
        Overlay overlay = Overlay.of(cluster(WEB, REPLICA_SET, WEB_POD), manifests(written));
        assertEquals(1, overlay.replaced());
        assertEquals(0, overlay.dropped());
        assertEquals(
                "app=x",
                object(overlay.after(), new Ref(Kind.POD, "shop", "web-abc-1"))
                        .labels()
                        .toString());
    }

    @Test
    void endpointsOfAReplacedServiceGoWhereTheyWouldChange() {
        String slice = "apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-x, namespace: shop, "
                + "labels: {kubernetes.io/service-name: web}}, endpoints: [{addresses: [10.0.0.1]}]";
        String endpoints = "apiVersion: v1, kind: Endpoints, metadata: {name: web, namespace: shop}";
        Input cluster = cluster(service("web", "app: web"), slice, endpoints);
        assertEquals(
                0, Overlay.of(cluster, manifests(service("web", "app: web"))).dropped());
        assertEquals(
                2, Overlay.of(cluster, manifests(service("web", "app: new"))).dropped());
        assertEquals(
                0, Overlay.of(cluster, manifests(service("other", "app: web"))).dropped());
        String port = service("web", "app: web").replace("port: 80", "port: 80, targetPort: 8080");
        assertEquals(2, Overlay.of(cluster, manifests(port)).dropped());
    }

    /** The API server keeps the address of a Service as long as it lives. */
    @Test
    void aReplacedServiceKeepsItsAddress() {
        String captured = service("web", "app: web").replace("spec: {", "spec: {clusterIP: 10.96.0.7, ");
        Ref ref = new Ref(Kind.SERVICE, "shop", "web");
        Overlay overlay = Overlay.of(cluster(captured), manifests(service("web", "app: web")));
        assertEquals(List.of("10.96.0.7"), ((Service) object(overlay.after(), ref)).clusterIPs());
        String headless = captured.replace("10.96.0.7", "None");
        overlay = Overlay.of(cluster(headless), manifests(service("web", "app: web")));
        assertEquals(List.of(), ((Service) object(overlay.after(), ref)).clusterIPs());
    }

    @Test
    void whatTheClusterWasAskedStillProvesWhatItDoesNotHave() {
        Input cluster = cluster(
                service("web", "app: web"), service("web", "app: web").replace("namespace: shop", "namespace: bank"));
        Overlay overlay = Overlay.of(cluster, manifests(service("web", "app: new")));
        assertEquals(cluster.listings(), overlay.before().listings());
        assertEquals(cluster.listings().getFirst(), overlay.after().listings().getFirst());
        assertTrue(new Ledger(overlay.after(), false).proved(Kind.SERVICE, "elsewhere"));
    }

    /** What is to be applied tells nothing about what else there is, also if it was captured once. */
    @Test
    void listingsAmongTheManifestsProveNothing() {
        Overlay overlay = Overlay.of(cluster(DB_POD), cluster(service("web", "app: web")));
        assertEquals(
                Set.of(Kind.POD),
                overlay.after().listings().stream()
                        .filter(Listing::whole)
                        .flatMap(listing -> listing.kinds().stream())
                        .collect(Collectors.toSet()));
    }

    /** Manifests by themselves are complete where they have one object; together with what is there they are not. */
    @Test
    void manifestsCompleteNoNamespaceThatTheClusterShows() {
        String elsewhere = WEB.replace("namespace: shop", "namespace: bank");
        Overlay overlay = Overlay.of(cluster(service("web", "app: web")), manifests(WEB, elsewhere));
        Ledger ledger = new Ledger(overlay.after(), false);
        assertFalse(ledger.complete(Kind.POD, "shop"));
        assertFalse(ledger.complete(Kind.DEPLOYMENT, "shop"));
        assertTrue(ledger.complete(Kind.SERVICE, "shop"), "the cluster was asked for it");
        assertTrue(ledger.complete(Kind.POD, "bank"));
        assertTrue(new Ledger(overlay.after(), true).complete(Kind.POD, "shop"), "the user vouches");
    }
}
