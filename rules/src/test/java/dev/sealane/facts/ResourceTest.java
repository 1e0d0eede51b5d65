package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every object has, and the small ones. */
class ResourceTest {
    private static final Text SURE = Text.of("");

    @Test
    void speaksOfItsMeta() {
        Labels labels = Labels.of(Map.of("app", "web"));
        Pod pod = Samples.pod("web-1", labels, PodSpec.EMPTY, "");
        assertEquals(new Ref(Kind.POD, "shop", "web-1"), pod.ref());
        assertEquals("shop", pod.namespace());
        assertEquals("web-1", pod.name());
        assertEquals(labels, pod.labels());
    }

    @Test
    void annotations() {
        Meta meta = Samples.meta(Kind.SERVICE, "shop", "web", Labels.NONE, Map.of("a", "1"));
        assertEquals("1", meta.annotation("a"));
        assertEquals("", meta.annotation("b"));
    }

    @ParameterizedTest
    @CsvSource({"'', '', false", "u, '', false", "'', 1, false", "u, 1, true"})
    void capturedIfTheServerSetWhatOnlyItSets(String uid, String resourceVersion, boolean captured) {
        Ref ref = new Ref(Kind.POD, "shop", "web-1");
        Meta meta = new Meta(ref, Samples.ORIGIN, "v1", Labels.NONE, Map.of(), null, uid, resourceVersion, null, false);
        assertEquals(captured, meta.captured());
    }

    @ParameterizedTest
    @CsvSource({
        "Succeeded, true,  true",
        "Failed,    true,  true",
        "Running,   false, true",
        "Pending,   false, true",
        "Unknown,   false, true",
        "'',        false, false",
    })
    void phases(String phase, boolean finished, boolean observed) {
        Pod pod = Samples.pod("web-1", Labels.NONE, PodSpec.EMPTY, phase);
        assertEquals(finished, pod.finished());
        assertEquals(observed, pod.observed());
    }

    @Test
    void aSecretPrintsNoCertificate() {
        Secret secret = new Secret(
                Samples.meta(Kind.SECRET, "shop", "tls"), "kubernetes.io/tls", List.of("tls.crt", "tls.key"), "PEM");
        assertEquals("Secret shop/tls kubernetes.io/tls [tls.crt, tls.key]", secret.toString());
    }

    @Test
    void aReferenceKnowsItsSource() {
        Service web = Samples.service("ClusterIP", Selector.EVERYTHING);
        Reference reference = new Reference(
                web.at("spec"),
                Reference.Role.INGRESS_BACKEND,
                web.ref(),
                null,
                Reference.State.FOUND,
                Certainty.CERTAIN,
                SURE);
        assertEquals(web.ref(), reference.source());
    }

    @Test
    void aFactInDoubtIsOnlyLikelyWhateverElseIsSaidOfIt() {
        Text doubt = Text.of("; but they were collected apart");
        assertEquals(Certainty.CERTAIN, SURE.certainty());
        assertEquals(Certainty.LIKELY, doubt.certainty());
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        assertEquals(Certainty.CERTAIN, new MissingEndpoints(web, List.of(), SURE).certainty());
        assertEquals(Certainty.LIKELY, new MissingEndpoints(web, List.of(), doubt).certainty());
        assertEquals(Certainty.CERTAIN, new RoutesTo(web, 0, null, 0, 0, false, false, SURE).certainty());
        assertEquals(Certainty.LIKELY, new RoutesTo(web, 0, null, 0, 0, false, false, doubt).certainty());
        assertEquals(Certainty.CERTAIN, backend(Certainty.CERTAIN, SURE).certainty());
        assertEquals(Certainty.LIKELY, backend(Certainty.LIKELY, SURE).certainty());
        assertEquals(Certainty.LIKELY, backend(Certainty.CERTAIN, doubt).certainty());
        NearestMiss miss = new NearestMiss(web, Text.of("nothing is near"), Certainty.CERTAIN, List.of());
        assertSame(miss, miss.doubted(SURE));
        assertEquals(Certainty.LIKELY, miss.doubted(doubt).certainty());
        assertEquals(
                "nothing is near; but they were collected apart",
                miss.doubted(doubt).text().toString());
    }

    private static Reference backend(Certainty certainty, Text doubt) {
        Service web = Samples.service("ClusterIP", Selector.EVERYTHING);
        return new Reference(
                web.at("spec"),
                Reference.Role.INGRESS_BACKEND,
                web.ref(),
                null,
                Reference.State.ABSENT,
                certainty,
                doubt);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T12:00:00Z, 2026-01-01T12:00:00Z",
        "2026-01-01T12:00:00.5Z, 2026-01-01T12:00:00.5Z",
        "yesterday,",
        "'',"
    })
    void aSliceTellsWhatItsLastChangeFollowed(String annotation, Instant triggered) {
        Map<String, String> annotations = Map.of("endpoints.kubernetes.io/last-change-trigger-time", annotation);
        Meta meta = Samples.meta(Kind.ENDPOINT_SLICE, "shop", "web-1", Labels.NONE, annotations);
        assertEquals(triggered, new EndpointSlice(meta, null, "IPv4", List.of(), List.of()).triggered());
    }

    @Test
    void aPortIsResolvedIfItHasANumber() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        assertTrue(new RoutesTo(web, 0, null, 0, 80, true, false, SURE).resolved());
        assertFalse(new RoutesTo(web, 0, null, 0, 0, false, false, SURE).resolved());
    }

    @Test
    void factsShowThePodsTheyRestOn() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        Pod pod = Samples.pod("web-1", Labels.NONE, PodSpec.EMPTY, "");
        assertEquals(
                List.of(new Explained.Evidence(Text.of("%s", pod.ref()), pod.at("metadata.name"))),
                new MissingEndpoints(web, List.of(pod), SURE).evidence());
        PodSet pods = new PodSet(pod.ref(), pod, "", Labels.NONE, PodSpec.EMPTY, 1, List.of(pod));
        assertEquals(
                List.of(new Explained.Evidence(Text.of("%s declares %s", pods, "no port"), pod.at("spec.containers"))),
                new RoutesTo(web, 0, pods, 0, 80, false, true, SURE).evidence());
        PodSpec spec = Samples.spec(
                Samples.container(Samples.port("http", 8080, Protocol.TCP), Samples.port("", 53, Protocol.UDP)));
        PodSet declaring = new PodSet(pod.ref(), pod, "", Labels.NONE, spec, 1, List.of(pod));
        assertEquals(
                "Pod shop/web-1 declares http 8080/TCP, 53/UDP",
                new RoutesTo(web, 0, declaring, 0, 80, false, false, SURE)
                        .evidence()
                        .get(0)
                        .message()
                        .toString());
    }

    @Test
    void missingPodsAreNamedByTheFirst() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        Pod one = Samples.pod("web-1", Labels.NONE, PodSpec.EMPTY, "");
        Pod two = Samples.pod("web-2", Labels.NONE, PodSpec.EMPTY, "");
        assertEquals("Pod shop/web-1", new MissingEndpoints(web, List.of(one), SURE).names());
        assertEquals("Pod shop/web-1 and 2 more", new MissingEndpoints(web, List.of(one, two, two), SURE).names());
    }

    @Test
    void answers() {
        assertEquals(Answer.YES, Answer.of(true));
        assertEquals(Answer.NO, Answer.of(false));
    }
}
