package dev.sealane.link;

import static dev.sealane.link.Linked.pod;
import static dev.sealane.link.Linked.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.MissingEndpoints;
import dev.sealane.facts.NearestMiss;
import dev.sealane.facts.Readiness;
import dev.sealane.facts.Reference;
import dev.sealane.facts.Resource;
import dev.sealane.facts.RoutesTo;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import dev.sealane.load.Loader;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Times are minutes after noon of one day. */
class SkewTest {
    private static final String NEWEST =
            at(55, "apiVersion: v1, kind: ConfigMap, metadata: {name: newest, namespace: shop}");

    private final List<Resource> resources = new ArrayList<>();
    private final List<Listing> listings = new ArrayList<>();

    /** Adds a file with the API server's answer. */
    private SkewTest file(String name, Integer minute, String... objects) {
        String text = Linked.captureText(objects);
        Input input = new Loader("default", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), name)
                .load(List.of("-"));
        assertEquals(List.of(), input.findings());
        resources.addAll(input.resources());
        for (Listing listing : input.listings()) {
            listings.add(new Listing(
                    listing.kinds(),
                    listing.namespaces(),
                    listing.everyNamespace(),
                    listing.state(),
                    listing.file(),
                    minute == null ? null : instant(minute),
                    listing.reason()));
        }
        return this;
    }

    private Linked link() {
        return new Linked(Linker.link(new Input(resources, listings, List.of(), List.of(), 1, List.of()), false));
    }

    private static Instant instant(int minute) {
        return Instant.parse(time(minute));
    }

    private static String time(int minute) {
        return "2026-01-01T12:%02d:00Z".formatted(minute);
    }

    /** The object, created then. */
    private static String at(int minute, String object) {
        return object.replaceFirst("namespace: shop", "namespace: shop, creationTimestamp: \"" + time(minute) + "\"");
    }

    private static String ready(int minute) {
        return at(
                minute,
                pod(
                        "a",
                        "app: web",
                        "",
                        "phase: Running, podIPs: [{ip: 10.1.0.1}], conditions: "
                                + "[{type: Ready, status: \"True\", lastTransitionTime: \"" + time(minute) + "\"}]"));
    }

    private static String slice(int created, Integer triggered) {
        String annotation = triggered == null
                ? ""
                : ", annotations: {endpoints.kubernetes.io/last-change-trigger-time: \"" + time(triggered) + "\"}";
        return at(
                created,
                "apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: web-1, namespace: shop, "
                        + "labels: {kubernetes.io/service-name: web}" + annotation + "}, addressType: IPv4");
    }

    private static String web(int minute) {
        return at(minute, service("web", "app: web"));
    }

    /** The slices were collected at 30; the controller has two minutes. */
    @ParameterizedTest
    @CsvSource({
        "20, CERTAIN",
        "28, CERTAIN",
        "29, LIKELY",
        "35, LIKELY",
    })
    void aPodThatWasNotReadyForLongWhenTheSlicesWereCollected(int readySince, Certainty certainty) {
        MissingEndpoints missing = file("services.yaml", 31, web(0))
                .file("pods.yaml", 50, ready(readySince))
                .file("endpointslices.yaml", 30, slice(0, null))
                .file("configmaps.yaml", 56, NEWEST)
                .link()
                .one(MissingEndpoints.class);
        assertEquals(certainty, missing.certainty());
        if (readySince == 35) {
            assertEquals(
                    "; but Pod shop/a is ready since 2026-01-01T12:35:00Z, and endpointslices were collected at"
                            + " 2026-01-01T12:30:00Z",
                    missing.doubt().toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"19, CERTAIN", "20, CERTAIN", "21, LIKELY"})
    void aSliceThatChangedAfterThePodsWereCollected(int triggered, Certainty certainty) {
        MissingEndpoints missing = file("services.yaml", 31, web(0))
                .file("pods.yaml", 20, ready(5))
                .file("endpointslices.yaml", 30, slice(0, triggered))
                .link()
                .one(MissingEndpoints.class);
        assertEquals(certainty, missing.certainty());
    }

    @ParameterizedTest
    @CsvSource({"29, CERTAIN", "30, CERTAIN", "31, LIKELY"})
    void aServiceThatIsYoungerThanTheSlices(int created, Certainty certainty) {
        MissingEndpoints missing = file("services.yaml", 50, web(created))
                .file("pods.yaml", 50, ready(5))
                .file("endpointslices.yaml", 30, slice(0, null).replace("service-name: web", "service-name: other"))
                .link()
                .one(MissingEndpoints.class);
        assertEquals(certainty, missing.certainty());
    }

    @Test
    void onePodWithoutDoubtIsEnough() {
        MissingEndpoints missing = file("services.yaml", 50, web(0))
                .file("pods.yaml", 50, ready(35), ready(5).replace("name: a", "name: b"))
                .file("endpointslices.yaml", 30, slice(0, null))
                .file("configmaps.yaml", 56, NEWEST)
                .link()
                .one(MissingEndpoints.class);
        assertEquals(Certainty.CERTAIN, missing.certainty());
        assertEquals("Pod shop/b", missing.names());
    }

    /** The newest time in the file of the slices is 20. */
    @ParameterizedTest
    @CsvSource({"19, CERTAIN", "20, CERTAIN", "21, LIKELY"})
    void withoutTimesWhatIsNewerThanTheFileOfTheSlices(int readySince, Certainty certainty) {
        Linked linked = file("services.yaml", null, web(0))
                .file("pods.yaml", null, ready(readySince))
                .file("endpointslices.yaml", null, slice(0, 20))
                .file("configmaps.yaml", null, NEWEST)
                .link();
        assertEquals(certainty, linked.one(MissingEndpoints.class).certainty());
    }

    @Test
    void withoutTimesWhatIsInOneFileWasCollectedTogether() {
        Linked linked =
                file("all.yaml", null, web(0), ready(30), slice(0, 20), NEWEST).link();
        assertEquals(Certainty.CERTAIN, linked.one(MissingEndpoints.class).certainty());
    }

    @Test
    void withoutTimesAnythingInTheFileOfTheSlicesTellsTheirAge() {
        Linked linked = file("services.yaml", null, web(0))
                .file("pods.yaml", null, ready(30))
                .file("rest.yaml", null, slice(0, 20), NEWEST)
                .link();
        assertEquals(Certainty.CERTAIN, linked.one(MissingEndpoints.class).certainty());
    }

    @Test
    void podsHaveSettledByTheTimeTheyWereCollectedAndNotLater() {
        String unready = at(29, pod("a", "app: web", "", "phase: Pending"));
        assertFalse(file("services.yaml", 50, web(0))
                .file("pods.yaml", 30, unready)
                .file("configmaps.yaml", 56, NEWEST)
                .link()
                .one(Readiness.class)
                .settled());
        assertTrue(new SkewTest()
                .file("services.yaml", 50, web(0))
                .file("pods.yaml", 32, unready)
                .file("configmaps.yaml", 56, NEWEST)
                .link()
                .one(Readiness.class)
                .settled());
    }

    @ParameterizedTest
    @CsvSource({"20, CERTAIN", "21, LIKELY"})
    void aServiceThatIsYoungerThanThePods(int created, Certainty certainty) {
        String other = at(0, pod("x", "app: wob", "", "phase: Running"));
        NearestMiss miss = file("services.yaml", 30, web(created))
                .file("pods.yaml", 20, other)
                .link()
                .one(NearestMiss.class);
        assertEquals(certainty, miss.certainty());
        assertEquals(
                certainty == Certainty.LIKELY,
                miss.text()
                        .toString()
                        .endsWith("; but Service shop/web was created at 2026-01-01T12:21:00Z, after pods had been"
                                + " collected at 2026-01-01T12:20:00Z"),
                miss.text().toString());
    }

    /** Services were collected at 20, pods at 30. */
    @ParameterizedTest
    @CsvSource({"20, CERTAIN", "21, LIKELY", "30, LIKELY", "31, CERTAIN"})
    void podsThatWentAfterTheirServiceWasCollected(int triggered, Certainty certainty) {
        String other = at(0, pod("x", "app: wob", "", "phase: Running"));
        NearestMiss miss = file("services.yaml", 20, web(0))
                .file("pods.yaml", 30, other)
                .file("endpointslices.yaml", 40, slice(0, triggered))
                .link()
                .one(NearestMiss.class);
        assertEquals(certainty, miss.certainty());
    }

    @ParameterizedTest
    @CsvSource({"20, 30, 20, CERTAIN", "20, 30, 21, LIKELY", "30, 30, 21, CERTAIN", "30, 20, 15, CERTAIN"})
    void podsThatAreYoungerThanTheService(int services, int pods, int created, Certainty certainty) {
        RoutesTo routes = file("services.yaml", services, web(0))
                .file("pods.yaml", pods, at(created, pod("a", "app: web", "", "phase: Running")))
                .link()
                .one(RoutesTo.class);
        assertEquals(certainty, routes.certainty());
    }

    @ParameterizedTest
    @CsvSource({"20, CERTAIN", "21, LIKELY"})
    void anIngressThatIsYoungerThanTheServices(int created, Certainty certainty) {
        String ingress = at(
                created,
                "apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: "
                        + "{rules: [{http: {paths: [{backend: {service: {name: web, port: {number: 81}}}}, "
                        + "{backend: {service: {name: api, port: {number: 80}}}}]}}]}");
        List<Reference> absent =
                file("services.yaml", 20, web(0))
                        .file("ingresses.yaml", 30, ingress)
                        .link()
                        .all(Reference.class)
                        .stream()
                        .filter(reference -> reference.state() == Reference.State.ABSENT)
                        .toList();
        assertEquals(2, absent.size());
        absent.forEach(reference -> assertEquals(certainty, reference.certainty(), reference.toString()));
    }

    @Test
    void theTimeOfAPartialAnswerCountsForNothing() {
        file("services.yaml", 50, web(0))
                .file("pods.yaml", 50, ready(35))
                .file("endpointslices.yaml", 40, slice(0, null));
        Listing whole = listings.removeLast();
        listings.add(
                new Listing(whole.kinds(), whole.namespaces(), false, whole.state(), whole.file(), instant(30), ""));
        listings.add(new Listing(
                whole.kinds(),
                whole.namespaces(),
                false,
                dev.sealane.facts.Coverage.State.PARTIAL,
                whole.file(),
                instant(45),
                "cut off"));
        file("configmaps.yaml", 56, NEWEST);
        assertEquals(Certainty.LIKELY, link().one(MissingEndpoints.class).certainty());
    }
}
