package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.EndpointSlice.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Services, and what the API keeps about their endpoints. */
class ServiceTest {

    @ParameterizedTest
    @CsvSource({
        "ClusterIP,    true",
        "NodePort,     true",
        "LoadBalancer, true",
        "ExternalName, false",
    })
    void selectsWithASelectorUnlessItIsAnExternalName(String type, boolean selecting) {
        assertEquals(
                selecting,
                Samples.service(type, Selector.of(Map.of("app", "web"))).selecting());
    }

    @Test
    void anEmptySelectorSelectsNoPodUnlikeThatOfAPolicy() {
        assertFalse(Samples.service("ClusterIP", Selector.EVERYTHING).selecting());
    }

    @Test
    void readyEndpoints() {
        Endpoint ready = new Endpoint(List.of("10.1.0.1"), true);
        Endpoint notReady = new Endpoint(List.of("10.1.0.2"), false);
        assertTrue(slice(notReady, ready).hasReadyEndpoint());
        assertFalse(slice(notReady).hasReadyEndpoint());
        assertFalse(slice().hasReadyEndpoint());
    }

    private static EndpointSlice slice(Endpoint... endpoints) {
        return new EndpointSlice(
                Samples.meta(Kind.ENDPOINT_SLICE, "shop", "web-x7"),
                new Ref(Kind.SERVICE, "shop", "web"),
                List.of(endpoints));
    }
}
