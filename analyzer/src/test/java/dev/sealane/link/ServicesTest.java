package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.MissingEndpoints;
import dev.sealane.facts.NearestMiss;
import dev.sealane.facts.Pod;
import dev.sealane.facts.Readiness;
import dev.sealane.facts.RoutesTo;
import dev.sealane.facts.Selects;
import dev.sealane.facts.ServicePort;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServicesTest {
    /** The newest time of a capture; what is two minutes older has settled. */
    private static final String NEWEST = "apiVersion: v1, kind: ConfigMap, metadata: {name: newest, namespace: shop, "
            + "creationTimestamp: \"2026-01-01T12:00:00Z\"}";

    private static final String READY = "phase: Running, podIPs: [{ip: 10.1.0.1}], conditions: [{type: Ready, status: "
            + "\"True\", lastTransitionTime: \"2026-01-01T11:00:00Z\"}]";
    private static final String UNREADY = "phase: Running, conditions: [{type: Ready, status: \"False\"}]";

    private static String portless(String name, String labels, String ports) {
        return deployment(name, labels, "containers: [{name: c, ports: [" + ports + "]}]");
    }

    private static String serviceTo(String targetPort) {
        return "apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, "
                + "ports: [{port: 80, targetPort: " + targetPort + "}]}";
    }

    private static String oldPod(String name, String status) {
        return created(name, status, "2026-01-01T11:00:00Z");
    }

    private static String created(String name, String status, String time) {
        return pod(name, "app: web", "", status)
                .replace("namespace: shop,", "namespace: shop, creationTimestamp: \"" + time + "\",");
    }

    private static String slice(String name, String service, String endpoints) {
        return "apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: " + name
                + ", namespace: shop, labels: {" + service + "}}, addressType: IPv4, endpoints: [" + endpoints + "]";
    }

    @Test
    void aServiceSelectsPodsOfItsOwnNamespace() {
        Linked linked = Linked.manifests(
                service("web", "app: web"),
                deployment("one", "app: web, x: one", ""),
                deployment("two", "app: web, x: two", ""),
                deployment("other", "app: web", "").replace("namespace: shop", "namespace: test"));
        assertEquals(
                List.of("Deployment shop/one", "Deployment shop/two"),
                linked.all(Selects.class).stream().map(s -> s.pods().toString()).toList());
        assertEquals(0, linked.all(NearestMiss.class).size());
        assertEquals(1, linked.all(ServicePort.class).size());
    }

    @Test
    void aServiceWithoutSelectorSelectsNothingAndMissesNothing() {
        Linked linked = Linked.manifests(service("web", ""), deployment("web", "app: web", ""));
        assertEquals(0, linked.all(Selects.class).size());
        assertEquals(0, linked.all(NearestMiss.class).size());
        assertEquals(1, linked.all(ServicePort.class).size());
    }

    @ParameterizedTest
    @CsvSource({
        "8080, 8080, true,  false",
        "9090, 9090, false, false",
        "http, 8080, true,  false",
        "dns,  0,    false, false",
        "nope, 0,    false, false",
    })
    void portsResolve(String target, int number, boolean declared, boolean silent) {
        String ports = "{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}";
        RoutesTo routes = Linked.manifests(serviceTo(target), portless("web", "app: web", ports))
                .one(RoutesTo.class);
        assertEquals(number, routes.number());
        assertEquals(declared, routes.declared());
        assertEquals(silent, routes.silent());
    }

    @Test
    void podsThatDeclareNoPortAreSilent() {
        RoutesTo routes = Linked.manifests(serviceTo("80"), portless("web", "app: web", ""))
                .one(RoutesTo.class);
        assertTrue(routes.silent());
        assertFalse(routes.declared());
    }

    @Test
    @DisplayName("B31 a named target port is resolved for each set of pods")
    void namedPerSet() {
        Linked linked = Linked.manifests(
                serviceTo("http"),
                portless("one", "app: web, x: one", "{name: http, containerPort: 80}"),
                portless("two", "app: web, x: two", "{name: http, containerPort: 81}"));
        assertEquals(
                List.of(80, 81),
                linked.all(RoutesTo.class).stream().map(RoutesTo::number).toList());
    }

    @Test
    void manifestsTellNothingAboutReadiness() {
        Linked linked = Linked.manifests(service("web", "app: web"), pod("web", "app: web", "", ""));
        assertEquals(0, linked.all(Readiness.class).size());
    }

    @Test
    void readinessCountsPods() {
        Linked linked = Linked.capture(
                NEWEST, service("web", "app: web"), oldPod("a", READY), oldPod("b", READY), oldPod("c", UNREADY));
        Readiness readiness = linked.one(Readiness.class);
        assertEquals(3, readiness.pods());
        assertEquals(2, readiness.ready());
        assertTrue(readiness.settled());
        assertEquals("not ready in pod c", readiness.cause().toString());
        assertEquals(1, readiness.evidence().size());
        assertEquals(
                "Pod c: not ready", readiness.evidence().getFirst().message().toString());
        assertEquals("status", readiness.evidence().getFirst().place().path());
    }

    @Test
    void allReadyHasNoCause() {
        Linked linked = Linked.capture(NEWEST, service("web", "app: web"), oldPod("a", READY));
        assertEquals("", linked.one(Readiness.class).cause().toString());
        assertEquals(List.of(), linked.one(Readiness.class).evidence());
    }

    @Test
    void theCauseIsTheMostFrequentReason() {
        String crash = "phase: Running, containerStatuses: [{name: c, state: {waiting: {reason: CrashLoopBackOff}}}]";
        String pull = "phase: Pending, containerStatuses: [{name: c, state: {waiting: {reason: ErrImagePull}}}]";
        Readiness readiness = Linked.capture(
                        NEWEST,
                        service("web", "app: web"),
                        oldPod("a", pull),
                        oldPod("b", crash),
                        oldPod("c", crash),
                        oldPod("d", "phase: Pending"))
                .one(Readiness.class);
        assertTrue(
                readiness.cause().toString().startsWith("CrashLoopBackOff in pod "),
                readiness.cause().toString());
        assertEquals(3, readiness.evidence().size());
        Readiness pending = Linked.capture(NEWEST, service("web", "app: web"), oldPod("d", "phase: Pending"))
                .one(Readiness.class);
        assertEquals("Pending in pod d", pending.cause().toString());
        Readiness tie = Linked.capture(NEWEST, service("web", "app: web"), oldPod("a", pull), oldPod("b", crash))
                .one(Readiness.class);
        assertEquals("ErrImagePull in pod a", tie.cause().toString());
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01T11:57:59Z, true", "2026-01-01T11:58:00Z, false", "2026-01-01T12:00:00Z, false"})
    void settledIfNoPodIsYoungerThanTwoMinutes(String created, boolean settled) {
        Linked linked = Linked.capture(
                NEWEST, service("web", "app: web"), oldPod("a", UNREADY), created("b", UNREADY, created));
        assertEquals(settled, linked.one(Readiness.class).settled());
    }

    @Test
    void notSettledWhileAPodIsDeleted() {
        String deleted = oldPod("a", UNREADY)
                .replace("namespace: shop,", "namespace: shop, deletionTimestamp: \"2026-01-01T12:00:00Z\",");
        assertFalse(Linked.capture(NEWEST, service("web", "app: web"), deleted)
                .one(Readiness.class)
                .settled());
    }

    @Test
    void theTimeOfACaptureIsTheNewestInIt() {
        String event = "apiVersion: v1, kind: Event, metadata: {name: e, namespace: shop}, involvedObject: {kind: Pod, "
                + "name: a, namespace: shop}, lastTimestamp: \"2026-01-01T12:00:00Z\"";
        String[] pods = {service("web", "app: web"), oldPod("a", UNREADY)};
        assertFalse(Linked.capture(pods).one(Readiness.class).settled());
        assertTrue(Linked.capture(pods[0], pods[1], event).one(Readiness.class).settled());
        String ready = READY.replace("T11:00:00Z", "T12:00:00Z");
        assertTrue(Linked.capture(pods[0], pods[1], oldPod("b", ready))
                .one(Readiness.class)
                .settled());
    }

    @Test
    void slicesWithReadyEndpointsContradictUnreadyPods() {
        String own = "kubernetes.io/service-name: web";
        String[] unready = {NEWEST, service("web", "app: web"), oldPod("a", UNREADY), ""};
        unready[3] = slice("web-1", own, "{addresses: [10.1.0.9], conditions: {ready: true}}");
        assertFalse(Linked.capture(unready).one(Readiness.class).settled());
        unready[3] = slice("web-1", own, "{addresses: [10.1.0.9], conditions: {ready: false}}");
        assertTrue(Linked.capture(unready).one(Readiness.class).settled());
        unready[3] = slice("api-1", "kubernetes.io/service-name: api", "{addresses: [10.1.0.9]}");
        assertTrue(Linked.capture(unready).one(Readiness.class).settled());
        unready[3] = slice("loose", "", "{addresses: [10.1.0.9]}");
        assertTrue(Linked.capture(unready).one(Readiness.class).settled());
        assertTrue(Linked.capture(
                        NEWEST,
                        service("web", "app: web"),
                        oldPod("a", READY),
                        oldPod("b", UNREADY),
                        slice("web-1", own, "{addresses: [10.1.0.1], conditions: {ready: true}}"))
                .one(Readiness.class)
                .settled());
    }

    @Test
    void aReadyPodThatNoSliceOfTheServiceHasIsMissing() {
        String elsewhere = slice("api-1", "kubernetes.io/service-name: api", "{addresses: [10.1.0.1]}");
        MissingEndpoints missing = Linked.capture(NEWEST, service("web", "app: web"), oldPod("a", READY), elsewhere)
                .one(MissingEndpoints.class);
        assertEquals(List.of("a"), missing.pods().stream().map(Pod::name).toList());
        assertEquals("web", missing.service().name());
    }

    @Test
    void aPodIsThereIfASliceHasAnyOfItsAddresses() {
        String dual = READY.replace("[{ip: 10.1.0.1}]", "[{ip: 10.1.0.1}, {ip: \"fd00::1\"}]");
        String slice = slice("web-1", "kubernetes.io/service-name: web", "{addresses: [\"fd00::1\"]}");
        Linked linked = Linked.capture(NEWEST, service("web", "app: web"), oldPod("a", dual), slice);
        assertEquals(0, linked.all(MissingEndpoints.class).size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "phase: Running, conditions: [{type: Ready, status: \"True\", lastTransitionTime: "
                        + "\"2026-01-01T11:00:00Z\"}]",
                "phase: Running, podIPs: [{ip: 10.1.0.1}], conditions: [{type: Ready, status: \"True\", "
                        + "lastTransitionTime: \"2026-01-01T11:59:00Z\"}]",
                "phase: Running, podIPs: [{ip: 10.1.0.1}], conditions: [{type: Ready, status: \"True\"}]",
                "phase: Running, podIPs: [{ip: 10.1.0.1}], conditions: [{type: Ready, status: \"False\"}]",
            })
    void aPodWithoutAddressOrNotReadyForLongIsNotMissing(String status) {
        Linked linked = Linked.capture(NEWEST, service("web", "app: web"), oldPod("a", status));
        assertEquals(0, linked.all(MissingEndpoints.class).size());
    }

    @Test
    void aYoungPodIsNotMissing() {
        Linked linked = Linked.capture(NEWEST, service("web", "app: web"), created("a", READY, "2026-01-01T11:59:00Z"));
        assertEquals(0, linked.all(MissingEndpoints.class).size());
    }

    @Test
    void aPodThatLacksTheNamedPortIsRightlyLeftOut() {
        Linked linked = Linked.capture(NEWEST, serviceTo("http"), oldPod("a", READY));
        assertEquals(0, linked.all(MissingEndpoints.class).size());
        String has = oldPod("a", READY)
                .replace("spec: {}", "spec: {containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}");
        assertEquals(
                1,
                Linked.capture(NEWEST, serviceTo("http"), has)
                        .all(MissingEndpoints.class)
                        .size());
    }
}
