package dev.sealane.facts;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KindTest {

    @ParameterizedTest
    @CsvSource({
        "v1,                           Pod,           '',                  Pod",
        "'',                           Pod,           '',                  Pod",
        "apps/v1,                      Deployment,    apps,                Deployment",
        "apps/v1beta2,                 Deployment,    apps,                Deployment",
        "extensions/v1beta1,           Deployment,    apps,                Deployment",
        "extensions/v1beta1,           DaemonSet,     apps,                DaemonSet",
        "extensions/v1beta1,           ReplicaSet,    apps,                ReplicaSet",
        "extensions/v1beta1,           Ingress,       networking.k8s.io,   Ingress",
        "extensions/v1beta1,           NetworkPolicy, networking.k8s.io,   NetworkPolicy",
        "extensions/v1beta1,           Scale,         extensions,          Scale",
        "networking.k8s.io/v1beta1,    Ingress,       networking.k8s.io,   Ingress",
        "config.openshift.io/v1,       Ingress,       config.openshift.io, Ingress",
        "batch/v1beta1,                CronJob,       batch,               CronJob",
        "events.k8s.io/v1,             Event,         '',                  Event",
        "events.k8s.io/v1,             Other,         events.k8s.io,       Other",
        "eventing.example.org/v1,      Event,         eventing.example.org, Event",
    })
    void oneIdentityForAllVersions(String apiVersion, String kind, String group, String name) {
        assertEquals(new Kind(group, name), Kind.of(apiVersion, kind));
    }

    @Test
    void theGroupIsPartOfIt() {
        assertNotEquals(Kind.INGRESS, Kind.of("config.openshift.io/v1", "Ingress"));
        assertNotEquals(Kind.NODE, Kind.of("longhorn.io/v1beta2", "Node"));
        assertNotEquals(Kind.NETWORK_POLICY, Kind.of("crd.projectcalico.org/v1", "NetworkPolicy"));
        assertNotEquals(Kind.SERVICE, Kind.of("serving.knative.dev/v1", "Service"));
    }

    @Test
    void scope() {
        assertFalse(Kind.NAMESPACE.namespaced());
        assertFalse(Kind.NODE.namespaced());
        assertFalse(Kind.INGRESS_CLASS.namespaced());
        assertFalse(new Kind("rbac.authorization.k8s.io", "ClusterRole").namespaced());
        assertFalse(new Kind("gateway.networking.k8s.io", "GatewayClass").namespaced());
        assertFalse(new Kind("storage.k8s.io", "StorageClass").namespaced());
        assertFalse(new Kind("policy", "PodSecurityPolicy").namespaced());
        assertFalse(new Kind("resource.k8s.io", "DeviceClass").namespaced());
        assertTrue(Kind.POD.namespaced());
        assertTrue(Kind.DEPLOYMENT.namespaced());
        assertTrue(Kind.ENDPOINT_SLICE.namespaced());
        assertTrue(new Kind("rbac.authorization.k8s.io", "Role").namespaced());
        assertTrue(new Kind("longhorn.io", "Node").namespaced());
        assertTrue(new Kind("example.org", "Namespace").namespaced());
    }

    @ParameterizedTest
    @CsvSource({"'', true", "apps, true", "networking.k8s.io, true", "example.org, false", "k8s.io.example.org, false"})
    void builtIn(String group, boolean builtIn) {
        assertEquals(builtIn, new Kind(group, "Thing").builtIn());
    }

    @ParameterizedTest
    @CsvSource({
        "Pod, pods",
        "Service, services",
        "Ingress, ingresses",
        "IngressClass, ingressclasses",
        "NetworkPolicy, networkpolicies",
        "Endpoints, endpoints",
        "EndpointSlice, endpointslices",
        "Gateway, gateways",
        "Event, events",
        "ConfigMap, configmaps",
    })
    void plural(String name, String plural) {
        assertEquals(plural, new Kind("", name).plural());
    }

    @Test
    void printsItsNameAlone() {
        assertEquals("NetworkPolicy", Kind.NETWORK_POLICY.toString());
    }

    @Test
    void controllersWriteWhatIsOnlyObserved() {
        assertTrue(Kind.ENDPOINT_SLICE.observedOnly());
        assertTrue(Kind.ENDPOINTS.observedOnly());
        assertTrue(Kind.EVENT.observedOnly());
        assertFalse(Kind.POD.observedOnly());
    }
}
