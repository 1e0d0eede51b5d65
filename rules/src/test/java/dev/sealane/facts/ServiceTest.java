package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.EndpointSlice.Endpoint;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
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
    void headlessIfItsAddressIsNone() {
        assertTrue(withAddresses("None").headless());
        assertFalse(withAddresses("10.96.0.1").headless());
        assertFalse(withAddresses().headless());
    }

    private static Service withAddresses(String... clusterIPs) {
        return new Service(
                Samples.meta(Kind.SERVICE, "shop", "web"),
                "ClusterIP",
                Selector.EVERYTHING,
                List.of(),
                List.of(clusterIPs),
                "",
                false,
                Service.Traffic.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource({
        "ExternalName, 192.0.2.1,       true",
        "ExternalName, 2001:db8::1,     true",
        "ExternalName, db.example.org,  false",
        "ExternalName, 192.0.2.1.,      false",
        "ExternalName, 192.0.2.300,     false",
        "ExternalName, '',              false",
        "ClusterIP,    192.0.2.1,       false",
    })
    void externalNamesThatAreAddresses(String type, String externalName, boolean address) {
        Service service = new Service(
                Samples.meta(Kind.SERVICE, "shop", "db"),
                type,
                Selector.EVERYTHING,
                List.of(),
                List.of(),
                externalName,
                false,
                Service.Traffic.DEFAULT);
        assertEquals(address, service.externalNameAddress());
    }

    @Test
    void placesOfPorts() {
        assertEquals(
                "spec.ports[2].targetPort", port(2, "http", 80, Protocol.TCP).path("targetPort"));
    }

    @Test
    void portsPrintAsKubectlShowsThem() {
        assertEquals("http 80/TCP", port(0, "http", 80, Protocol.TCP).toString());
        assertEquals("53/UDP", port(0, "", 53, Protocol.UDP).toString());
    }

    @Test
    void listsItsPorts() {
        assertEquals("none", Samples.service("ClusterIP", Selector.EVERYTHING).portList());
        Service two = new Service(
                Samples.meta(Kind.SERVICE, "shop", "web"),
                "ClusterIP",
                Selector.EVERYTHING,
                List.of(port(0, "http", 80, Protocol.TCP), port(1, "", 53, Protocol.UDP)),
                List.of(),
                "",
                false,
                Service.Traffic.DEFAULT);
        assertEquals("http 80/TCP, 53/UDP", two.portList());
    }

    /** ValidateService: ports must differ in number or protocol, and in name. */
    @Test
    @DisplayName("B38 one number in two protocols is no repetition")
    void repetitions() {
        ServicePort dns = port(0, "dns", 53, Protocol.UDP);
        assertEquals("port", dns.repeatedBy(port(1, "other", 53, Protocol.UDP)));
        assertEquals("port", dns.repeatedBy(port(1, "dns", 53, Protocol.UDP)));
        assertNull(dns.repeatedBy(port(1, "dns-tcp", 53, Protocol.TCP)));
        assertNull(dns.repeatedBy(port(1, "metrics", 9153, Protocol.UDP)));
        assertEquals("name", dns.repeatedBy(port(1, "dns", 53, Protocol.TCP)));
        assertEquals("name", dns.repeatedBy(port(1, "dns", 5353, Protocol.UDP)));
        assertNull(port(0, "", 80, Protocol.TCP).repeatedBy(port(1, "", 81, Protocol.TCP)));
    }

    private static ServicePort port(int index, String name, int port, Protocol protocol) {
        Ref service = new Ref(Kind.SERVICE, "shop", "web");
        return new ServicePort(service, index, name, port, protocol, IntOrString.of(port), 0, "spec.ports[0].port");
    }

    @Test
    void readyEndpoints() {
        Endpoint ready = endpoint("10.1.0.1", true);
        Endpoint notReady = endpoint("10.1.0.2", false);
        assertTrue(slice(notReady, ready).hasReadyEndpoint());
        assertFalse(slice(notReady).hasReadyEndpoint());
        assertFalse(slice().hasReadyEndpoint());
    }

    private static Endpoint endpoint(String address, boolean ready) {
        return new Endpoint(List.of(address), ready, true, false, "", List.of(), List.of(), "");
    }

    private static EndpointSlice slice(Endpoint... endpoints) {
        return new EndpointSlice(
                Samples.meta(Kind.ENDPOINT_SLICE, "shop", "web-x7"),
                new Ref(Kind.SERVICE, "shop", "web"),
                "IPv4",
                List.of(),
                List.of(endpoints));
    }
}
