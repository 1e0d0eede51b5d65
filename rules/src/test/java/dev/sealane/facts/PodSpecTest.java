package dev.sealane.facts;

import static dev.sealane.facts.Protocol.SCTP;
import static dev.sealane.facts.Protocol.TCP;
import static dev.sealane.facts.Protocol.UDP;
import static dev.sealane.facts.Samples.container;
import static dev.sealane.facts.Samples.port;
import static dev.sealane.facts.Samples.spec;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodSpecTest {

    @Test
    void portsOfAllContainersInOrder() {
        ContainerPort http = port("http", 8080, TCP);
        ContainerPort metrics = port("metrics", 9090, TCP);
        ContainerPort admin = port("", 15000, TCP);
        assertEquals(
                List.of(http, metrics, admin),
                spec(container(http, metrics), container(admin)).ports());
        assertEquals(List.of(http), spec(container(http)).ports());
        assertEquals(List.of(), spec(container(), container()).ports());
        assertEquals(List.of(), PodSpec.EMPTY.ports());
    }

    @Test
    @DisplayName("B31 a port name stands for another number in another pod")
    void resolvedPerPod() {
        assertEquals(8080, spec(container(port("http", 8080, TCP))).portNamed("http", TCP));
        assertEquals(3000, spec(container(port("http", 3000, TCP))).portNamed("http", TCP));
    }

    @Test
    @DisplayName("B32 name and protocol must both match")
    void nameAndProtocol() {
        PodSpec dns = spec(container(port("dns", 5353, UDP), port("dns-tcp", 5354, TCP)));
        assertEquals(5353, dns.portNamed("dns", UDP));
        assertEquals(0, dns.portNamed("dns", TCP));
        assertEquals(0, dns.portNamed("dns", SCTP));
        assertEquals(5354, dns.portNamed("dns-tcp", TCP));
        PodSpec both = spec(container(port("dns", 5353, UDP), port("dns", 5354, TCP)));
        assertEquals(5354, both.portNamed("dns", TCP));
    }

    @Test
    @DisplayName("B33 a name that the pod does not have resolves to nothing")
    void unknownName() {
        PodSpec web = spec(container(port("http", 8080, TCP), port("", 9090, TCP)));
        assertEquals(0, web.portNamed("https", TCP));
        assertEquals(0, web.portNamed("HTTP", TCP));
        assertEquals(0, web.portNamed("", TCP));
        assertEquals(0, PodSpec.EMPTY.portNamed("http", TCP));
    }

    @Test
    @DisplayName("B36 of two ports with one name, a Service gets the first")
    void first() {
        assertEquals(
                80,
                spec(container(port("http", 80, TCP), port("http", 81, TCP))).portNamed("http", TCP));
        PodSpec two = spec(container(port("http", 81, TCP)), container(port("http", 80, TCP)));
        assertEquals(81, two.portNamed("http", TCP));
    }

    @Test
    @DisplayName("B38 and B39 one number is a separate port in each protocol")
    void declares() {
        PodSpec dns = spec(container(port("dns", 10053, UDP)), container(port("", 10053, SCTP)));
        assertTrue(dns.declares(10053, UDP));
        assertTrue(dns.declares(10053, SCTP));
        assertFalse(dns.declares(10053, TCP));
        assertFalse(dns.declares(10054, UDP));
    }

    @ParameterizedTest
    @CsvSource({
        "ClusterFirst,            false, true",
        "ClusterFirst,            true,  false",
        "ClusterFirstWithHostNet, false, true",
        "ClusterFirstWithHostNet, true,  true",
        "Default,                 false, false",
        "None,                    false, false",
        "None,                    true,  false",
    })
    void clusterDns(String policy, boolean hostNetwork, boolean uses) {
        assertEquals(uses, new PodSpec(List.of(), hostNetwork, policy, List.of()).usesClusterDns());
    }

    @Test
    void aTargetPortIsANumberOrANameOfThePod() {
        PodSpec spec = spec(container(port("http", 8080, TCP)));
        assertEquals(8080, spec.resolve(IntOrString.of("http"), TCP));
        assertEquals(0, spec.resolve(IntOrString.of("http"), UDP));
        assertEquals(0, spec.resolve(IntOrString.of("web"), TCP));
        assertEquals(9090, spec.resolve(IntOrString.of(9090), TCP));
    }
}
