package dev.sealane.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sealane.facts.Kind;
import org.junit.jupiter.api.Test;

class PluralsTest {
    @Test
    void spellings() {
        assertEquals(Kind.NETWORK_POLICY, Plurals.kind("networkpolicies"));
        assertEquals(Kind.NETWORK_POLICY, Plurals.kind("network-policy"));
        assertEquals(Kind.NETWORK_POLICY, Plurals.kind("network policies"));
        assertEquals(Kind.NETWORK_POLICY, Plurals.kind("NetworkPolicies"));
        assertEquals(Kind.REPLICATION_CONTROLLER, Plurals.kind("replication-controllers"));
        assertEquals(Kind.ENDPOINTS, Plurals.kind("Endpoints"));
        assertEquals(Kind.INGRESS_CLASS, Plurals.kind("ingress-classes"));
        assertEquals(new Kind("", "PersistentVolumeClaim"), Plurals.kind("pvcs"));
        assertNull(Plurals.kind("ciliumendpoints"));
    }

    @Test
    void groups() {
        assertEquals(Kind.POD, Plurals.kind("core", "pods"));
        assertEquals(Kind.POD, Plurals.kind("", "pods"));
        assertEquals(Kind.INGRESS, Plurals.kind("networking.k8s.io", "ingresses"));
        assertEquals(Kind.INGRESS, Plurals.kind("extensions", "ingresses"));
        assertEquals(Kind.EVENT, Plurals.kind("events.k8s.io", "events"));
        assertNull(Plurals.kind("config.openshift.io", "ingresses"));
        assertNull(Plurals.kind("core", "ingresses"));
        assertNull(Plurals.kind("metrics.k8s.io", "pods"));
    }

    @Test
    void qualified() {
        assertEquals(Kind.DEPLOYMENT, Plurals.qualified("deployments.apps"));
        assertEquals(Kind.SERVICE, Plurals.qualified("services"));
        assertEquals(Kind.INGRESS, Plurals.qualified("ingresses.networking.k8s.io"));
        assertNull(Plurals.qualified("deployments"));
        assertNull(Plurals.qualified("networkpolicies.crd.projectcalico.org"));
    }

    @Test
    void versions() {
        assertEquals("v1", Plurals.apiVersion(Kind.POD));
        assertEquals("discovery.k8s.io/v1", Plurals.apiVersion(Kind.ENDPOINT_SLICE));
        assertEquals("", Plurals.apiVersion(new Kind("x.io", "Foo")));
        assertEquals("", Plurals.apiVersion(null));
    }
}
