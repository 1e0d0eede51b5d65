package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PodSetTest {
    private static final Labels WEB = Labels.of(Map.of("app", "web"));
    private static final PodSpec SPEC = Samples.spec(Samples.container());
    private static final Workload DEPLOYMENT = Samples.deployment("web", WEB, SPEC);
    private static final Pod POD = Samples.pod("web-1", WEB, SPEC, "Running");

    private static PodSet ofTemplate(int replicas, Pod... pods) {
        return new PodSet(DEPLOYMENT.ref(), DEPLOYMENT, "spec.template", WEB, SPEC, replicas, List.of(pods));
    }

    @Test
    @DisplayName("A4 a workload's pods have the labels of its template, not its own")
    void ofATemplate() {
        PodSet web = ofTemplate(2);
        assertEquals(WEB, web.labels());
        assertEquals(Labels.NONE, web.source().labels());
        assertEquals("shop", web.namespace());
        assertSame(SPEC, web.spec());
        assertEquals(2, web.replicas());
        assertEquals(List.of(), web.pods());
        assertEquals(DEPLOYMENT.ref(), web.owner());
        assertEquals("Deployment shop/web", web.toString());
    }

    @Test
    void placesAreInTheTemplate() {
        assertEquals(
                "spec.template.spec.hostNetwork",
                ofTemplate(1).at("spec.hostNetwork").path());
        assertEquals(
                "spec.template.metadata.labels.app",
                ofTemplate(1).atLabel("app").path());
        assertSame(DEPLOYMENT, ofTemplate(1).atLabel("app").resource());
    }

    @Test
    void placesAreInThePod() {
        PodSet pod = new PodSet(POD.ref(), POD, "", WEB, SPEC, 1, List.of(POD));
        assertEquals("spec.hostNetwork", pod.at("spec.hostNetwork").path());
        assertEquals("metadata.labels[\"a/b\"]", pod.atLabel("a/b").path());
        assertSame(POD, pod.at("spec").resource());
        assertEquals(List.of(POD), pod.pods());
    }

    @Test
    void scaledToZeroIfNoneIsWantedAndNoneRuns() {
        assertTrue(ofTemplate(0).scaledToZero());
        assertFalse(ofTemplate(0, POD).scaledToZero());
        assertFalse(ofTemplate(1).scaledToZero());
        assertFalse(ofTemplate(-1).scaledToZero());
    }
}
