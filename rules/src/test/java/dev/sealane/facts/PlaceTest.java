package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlaceTest {

    @ParameterizedTest
    @CsvSource({
        "metadata.labels, app,                metadata.labels.app",
        "metadata.labels, pod-template-hash,  metadata.labels.pod-template-hash",
        "metadata.labels, a_b,                metadata.labels.a_b",
        "data,            1,                  data.1",
        "'',              spec,               spec",
        "metadata.labels, app.kubernetes.io/name, 'metadata.labels[\"app.kubernetes.io/name\"]'",
        "metadata.labels, a b,                'metadata.labels[\"a b\"]'",
        "metadata.labels, a[0],               'metadata.labels[\"a[0]\"]'",
        "metadata.labels, '',                 'metadata.labels[\"\"]'",
        "'',              a/b,                '[\"a/b\"]'",
    })
    void keysThatAreNoPlainWordAreQuoted(String path, String key, String extended) {
        assertEquals(extended, Place.key(path, key));
    }

    @Test
    void outsideAnyObject() {
        Location location = new Location("broken.yaml", 3, 1, 3, 2);
        Place place = Place.of(location);
        assertNull(place.resource());
        assertEquals("", place.path());
        assertSame(location, place.location());
        assertEquals("broken.yaml:3", location.toString());
    }

    @Test
    void insideAnObject() {
        Service web = Samples.service("ClusterIP", Selector.EVERYTHING);
        Place place = web.at("spec.ports[1].targetPort");
        assertSame(web, place.resource());
        assertEquals("spec.ports[1].targetPort", place.path());
        assertNull(place.location());
    }
}
