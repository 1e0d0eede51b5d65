package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.ControllerAccess;
import java.util.List;
import org.junit.jupiter.api.Test;

class IngressAccessTest {
    private static final String CLASS =
            "apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, "
                    + "spec: {controller: k8s.io/ingress-nginx}";

    private static final String CONTROLLER = deployment(
                    "ingress-nginx-controller",
                    "app: nginx",
                    "containers: [{name: c, image: ingress-nginx/controller}]")
            .replace("namespace: shop", "namespace: edge");

    private static final String WEB =
            deployment("web", "app: web", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]");

    private static final String SERVICE =
            "apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {selector: {app: web}, "
                    + "ports: [{name: http, port: 80, targetPort: http}]}";

    private static final String INGRESS =
            "apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: web, namespace: shop}, spec: "
                    + "{ingressClassName: nginx, defaultBackend: {service: {name: web, port: {number: 80}}}}";

    private static final String DENY = policy("deny", "podSelector: {}, policyTypes: [Ingress]");

    private static List<ControllerAccess> facts(String... more) {
        List<String> objects = new java.util.ArrayList<>(List.of(CLASS, SERVICE, INGRESS));
        objects.addAll(List.of(more));
        return Linked.manifests(objects.toArray(String[]::new)).all(ControllerAccess.class);
    }

    @Test
    void aDefaultDenyKeepsTheControllerOut() {
        ControllerAccess fact = facts(CONTROLLER, WEB, DENY).getFirst();
        assertEquals("spec.defaultBackend.service.name", fact.backend().path());
        assertEquals("Deployment edge/ingress-nginx-controller", fact.controller());
        assertEquals("Deployment shop/web", fact.pods());
        assertEquals("TCP 8080", fact.port());
        assertEquals(Certainty.CERTAIN, fact.certainty());
        assertEquals(
                "no ingress rule allows it of NetworkPolicy shop/deny",
                fact.reason().toString());
    }

    @Test
    void whatLetsItIn() {
        String in = "podSelector: {}, ingress: [{from: [{namespaceSelector: {matchLabels: "
                + "{kubernetes.io/metadata.name: edge}}}], ports: [{port: PORT}]}]";
        assertEquals(List.of(), facts(CONTROLLER, WEB));
        assertEquals(List.of(), facts(CONTROLLER, WEB, DENY, policy("in", in.replace("PORT", "8080"))));
        assertEquals(List.of(), facts(CONTROLLER, WEB, DENY, policy("in", in.replace("PORT", "http"))));
        assertEquals(
                1,
                facts(CONTROLLER, WEB, DENY, policy("in", in.replace("PORT", "80")))
                        .size());
    }

    @Test
    void aMeshMayCarryItOverAPortOfItsOwn() {
        String mesh = policy("mesh", "podSelector: {}, ingress: [{ports: [{port: 15008}]}]");
        assertEquals(List.of(), facts(CONTROLLER, WEB, DENY, mesh));
    }

    @Test
    void theControllersOwnPoliciesCount() {
        String out = policy("deny", "podSelector: {}, policyTypes: [Egress]").replace("shop", "edge");
        assertEquals(
                "no egress rule allows it of NetworkPolicy edge/deny",
                facts(CONTROLLER, WEB, out).getFirst().reason().toString());
    }

    @Test
    void oneWorkloadOfTheControllerThatGetsThroughIsEnough() {
        String second = CONTROLLER.replace("namespace: edge", "namespace: shop");
        String own = policy("own", "podSelector: {}, ingress: [{from: [{podSelector: {}}]}]");
        assertEquals(List.of(), facts(CONTROLLER, second, WEB, own));
        assertEquals(1, facts(CONTROLLER, WEB, own).size());
    }

    @Test
    void jobsAndWorkloadsWithoutPodsCarryNoRequests() {
        String job = "apiVersion: batch/v1, kind: Job, metadata: {name: ingress-nginx-admission, namespace: edge}, "
                + "spec: {template: {metadata: {labels: {app: job}}, spec: {containers: [{name: c}]}}}";
        assertEquals(List.of(), facts(job, WEB, DENY));
        assertEquals(
                List.of(), facts(CONTROLLER.replace("spec: {template", "spec: {replicas: 0, template"), WEB, DENY));
    }

    @Test
    void aControllerOnTheHostNetworkComesFromANode() {
        String host = CONTROLLER.replace("spec: {containers", "spec: {hostNetwork: true, containers");
        assertEquals(List.of(), facts(host, WEB, DENY), "it may be on the same node");
    }

    @Test
    void somePodsOfSeveral() {
        String more = deployment(
                "more",
                "app: web, part: more",
                "containers: [{name: c, ports: [{name: http, " + "containerPort: 8080}]}]");
        String deny = policy("deny", "podSelector: {matchLabels: {part: more}}, policyTypes: [Ingress]");
        ControllerAccess fact = facts(CONTROLLER, WEB, more, deny).getFirst();
        assertEquals("Deployment shop/more", fact.pods());
        assertEquals(Certainty.LIKELY, fact.certainty());
    }
}
