package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every object has, and the small ones. */
class ResourceTest {

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
                Certainty.CERTAIN);
        assertEquals(web.ref(), reference.source());
    }

    @Test
    void aPortIsResolvedIfItHasANumber() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        assertTrue(new RoutesTo(web, 0, null, 0, 80, true, false).resolved());
        assertFalse(new RoutesTo(web, 0, null, 0, 0, false, false).resolved());
    }

    @Test
    void factsShowThePodsTheyRestOn() {
        Ref web = new Ref(Kind.SERVICE, "shop", "web");
        Pod pod = Samples.pod("web-1", Labels.NONE, PodSpec.EMPTY, "");
        assertEquals(
                List.of(new Explained.Evidence(Text.of("%s", pod.ref()), pod.at("metadata.name"))),
                new MissingEndpoints(web, List.of(pod)).evidence());
        PodSet pods = new PodSet(pod.ref(), pod, "", Labels.NONE, PodSpec.EMPTY, 1, List.of(pod));
        assertEquals(
                List.of(new Explained.Evidence(Text.of("%s declares %s", pods, "no port"), pod.at("spec.containers"))),
                new RoutesTo(web, 0, pods, 0, 80, false, true).evidence());
        PodSpec spec = Samples.spec(
                Samples.container(Samples.port("http", 8080, Protocol.TCP), Samples.port("", 53, Protocol.UDP)));
        PodSet declaring = new PodSet(pod.ref(), pod, "", Labels.NONE, spec, 1, List.of(pod));
        assertEquals(
                "Pod shop/web-1 declares http 8080/TCP, 53/UDP",
                new RoutesTo(web, 0, declaring, 0, 80, false, false)
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
        assertEquals("Pod shop/web-1", new MissingEndpoints(web, List.of(one)).names());
        assertEquals("Pod shop/web-1 and 2 more", new MissingEndpoints(web, List.of(one, two, two)).names());
    }

    @Test
    void answers() {
        assertEquals(Answer.YES, Answer.of(true));
        assertEquals(Answer.NO, Answer.of(false));
    }
}
