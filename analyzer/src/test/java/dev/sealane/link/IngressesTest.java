package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Certainty;
import dev.sealane.facts.IngressPath;
import dev.sealane.facts.IngressService;
import dev.sealane.facts.Reference;
import dev.sealane.facts.Reference.Role;
import dev.sealane.facts.Reference.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngressesTest {
    private static final String CUSTOM =
            "apiVersion: example.org/v1, kind: Database, metadata: {name: db, namespace: shop}";
    private static final String TEST_POD =
            Linked.pod("other", "app: other", "", "phase: Running").replace("namespace: shop", "namespace: test");

    private static String ingress(String spec) {
        return ingress("web", "", spec);
    }

    private static String ingress(String name, String annotations, String spec) {
        return "apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: " + name
                + ", namespace: shop, annotations: {" + annotations + "}}, spec: {" + spec + "}";
    }

    private static String backend(String port) {
        return "defaultBackend: {service: {name: web, port: {" + port + "}}}";
    }

    private static String rule(String host, String path) {
        return "{host: " + host + ", http: {paths: [{path: " + path
                + ", pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}";
    }

    private static String ingressClass(String name, String controller) {
        return "apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: " + name
                + "}, spec: {controller: " + controller + "}";
    }

    private static String service(String name, String type, String ports) {
        return "apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: shop}, spec: {type: " + type
                + ", externalName: db.example.org, ports: [" + ports + "]}";
    }

    private static Reference reference(Linked linked, Role role) {
        List<Reference> references = linked.all(Reference.class).stream()
                .filter(reference -> reference.role() == role)
                .toList();
        assertEquals(1, references.size(), references::toString);
        return references.getFirst();
    }

    private static List<Role> roles(Linked linked) {
        return linked.all(Reference.class).stream().map(Reference::role).toList();
    }

    @Test
    void theClass() {
        String ingress = ingress("ingressClassName: nginx");
        Reference found = reference(Linked.manifests(ingress, ingressClass("nginx", "x")), Role.INGRESS_CLASS);
        assertEquals(State.FOUND, found.state());
        assertEquals("spec.ingressClassName", found.from().path());
        assertEquals("IngressClass nginx", found.to().toString());
        assertEquals(
                State.ABSENT,
                reference(Linked.manifests(ingress, ingressClass("other", "x")), Role.INGRESS_CLASS)
                        .state());
        assertEquals(
                State.UNKNOWN,
                reference(Linked.manifests(ingress), Role.INGRESS_CLASS).state());
        assertEquals(List.of(), roles(Linked.manifests(ingress("web", "kubernetes.io/ingress.class: nginx", ""))));
    }

    @Test
    void backendsAndTheirPorts() {
        String service = service("web", "ClusterIP", "{name: http, port: 80}");
        Linked linked = Linked.manifests(ingress(backend("number: 80")), service);
        assertEquals(State.FOUND, reference(linked, Role.INGRESS_BACKEND).state());
        assertEquals(
                "spec.defaultBackend.service.name",
                reference(linked, Role.INGRESS_BACKEND).from().path());
        assertEquals(State.FOUND, reference(linked, Role.INGRESS_BACKEND_PORT).state());
        assertEquals(
                "spec.defaultBackend.service.port.number",
                reference(linked, Role.INGRESS_BACKEND_PORT).from().path());
    }

    @ParameterizedTest
    @CsvSource({
        "number: 80,   FOUND",
        "number: 8080, ABSENT",
        "name: http,   FOUND",
        "name: https,  ABSENT",
    })
    void numbersAreComparedWithNumbersAndNamesWithNames(String port, State state) {
        String service = service("web", "ClusterIP", "{name: http, port: 80, targetPort: 8080}");
        Linked linked = Linked.manifests(ingress(backend(port)), service);
        assertEquals(state, reference(linked, Role.INGRESS_BACKEND_PORT).state());
    }

    @Test
    void aMissingBackend() {
        String other = service("other", "ClusterIP", "{port: 80}");
        Linked absent = Linked.manifests(ingress(backend("number: 80")), other);
        assertEquals(State.ABSENT, reference(absent, Role.INGRESS_BACKEND).state());
        assertEquals(Certainty.CERTAIN, reference(absent, Role.INGRESS_BACKEND).certainty());
        assertEquals(List.of(Role.INGRESS_BACKEND), roles(absent));
        Linked operated = Linked.manifests(ingress(backend("number: 80")), other, CUSTOM);
        assertEquals(Certainty.LIKELY, reference(operated, Role.INGRESS_BACKEND).certainty());
        Linked unknown = Linked.manifests(ingress(backend("number: 80")));
        assertEquals(State.UNKNOWN, reference(unknown, Role.INGRESS_BACKEND).state());
    }

    @Test
    void portsOfExternalNamesAreNotCompared() {
        Linked linked = Linked.manifests(ingress(backend("number: 80")), service("web", "ExternalName", ""));
        assertEquals(List.of(Role.INGRESS_BACKEND), roles(linked));
    }

    @Test
    void backendsThatNameNoService() {
        String resource = "defaultBackend: {resource: {apiGroup: example.org, kind: Bucket, name: b}}";
        assertEquals(List.of(), roles(Linked.manifests(ingress(resource))));
        String annotated = "defaultBackend: {service: {name: redirect, port: {name: use-annotation}}}";
        assertEquals(List.of(), roles(Linked.manifests(ingress(annotated))));
    }

    @Test
    void certificates() {
        Linked linked = Linked.manifests(ingress("tls: [{hosts: [a.example]}, {secretName: tls}]"));
        Reference reference = reference(linked, Role.INGRESS_TLS);
        assertEquals(State.UNKNOWN, reference.state());
        assertEquals("Secret shop/tls", reference.to().toString());
        assertEquals("spec.tls[1].secretName", reference.from().path());
        String secret = "apiVersion: v1, kind: Secret, metadata: {name: tls, namespace: shop}";
        assertEquals(
                State.FOUND,
                reference(Linked.manifests(ingress("tls: [{secretName: tls}]"), secret), Role.INGRESS_TLS)
                        .state());
    }

    @Test
    void pathsAreClaims() {
        Linked linked = Linked.manifests(
                ingress("one", "", "ingressClassName: nginx, rules: [" + rule("a.example", "/x") + "]"),
                ingress(
                        "two",
                        "",
                        "ingressClassName: nginx, rules: [" + rule("a.example", "/x") + ", " + rule("a.example", "/z")
                                + "]"),
                ingress("three", "", "ingressClassName: other, rules: [" + rule("a.example", "/x") + "]"));
        List<IngressPath> paths = linked.all(IngressPath.class);
        assertEquals(4, paths.size());
        assertEquals(List.of(0, 1, 2, 3), paths.stream().map(IngressPath::order).toList());
        assertEquals(paths.get(0).key(), paths.get(1).key());
        assertEquals(3, paths.stream().map(IngressPath::key).distinct().count());
        assertEquals("spec.rules[1].http.paths[0]", paths.get(2).place().path());
    }

    @ParameterizedTest
    @CsvSource({
        "'nginx.ingress.kubernetes.io/canary: \"true\"',  0",
        "'nginx.ingress.kubernetes.io/canary: \"false\"', 1",
        "'nginx.org/mergeable-ingress-type: minion',      0",
        "'',                                              1",
    })
    void ingressesThatShareOnPurposeClaimNothing(String annotation, int claims) {
        Linked linked = Linked.manifests(ingress("web", annotation, "rules: [" + rule("a.example", "/x") + "]"));
        assertEquals(claims, linked.all(IngressPath.class).size());
    }

    /** A capture of the pods of all namespaces, with an Ingress of a class. */
    private static IngressService controller(String controller, String... objects) {
        List<String> all = new ArrayList<>(List.of(
                ingress("ingressClassName: main"),
                ingressClass("main", controller),
                Linked.pod("web", "app: web", "", "phase: Running"),
                TEST_POD));
        all.addAll(Arrays.asList(objects));
        return Linked.capture(all.toArray(String[]::new)).one(IngressService.class);
    }

    @Test
    void aControllerThatDoesNotRun() {
        IngressService service = controller("k8s.io/ingress-nginx");
        assertEquals(Answer.NO, service.served());
        assertEquals(Certainty.CERTAIN, service.certainty());
        assertEquals("k8s.io/ingress-nginx", service.controller());
        assertEquals(
                "IngressClass main", service.evidence().getFirst().message().toString());
        assertEquals("spec.controller", service.evidence().getFirst().place().path());
    }

    @ParameterizedTest
    @CsvSource({
        "'apiVersion: apps/v1, kind: Deployment, metadata: {name: my-ingress-nginx, namespace: test}, spec: {}', YES",
        "'apiVersion: apps/v1, kind: Deployment, metadata: {name: controller, namespace: test}, spec: {template: "
                + "{metadata: {labels: {app.kubernetes.io/name: ingress-nginx}}}}', YES",
        "'apiVersion: apps/v1, kind: Deployment, metadata: {name: controller, namespace: test}, spec: {template: "
                + "{spec: {containers: [{name: c, image: \"registry.example/ingress-nginx/controller:v1\"}]}}}', YES",
        "'apiVersion: apps/v1, kind: Deployment, metadata: {name: my-ingress-nginx, namespace: test}, spec: "
                + "{replicas: 0}', NO",
        "'apiVersion: apps/v1, kind: Deployment, metadata: {name: controller, namespace: test}, spec: {template: "
                + "{metadata: {labels: {app.kubernetes.io/part-of: ingress-nginx}}}}', NO",
    })
    void aControllerShowsByNameLabelOrImage(String workload, Answer served) {
        assertEquals(served, controller("k8s.io/ingress-nginx", workload).served());
    }

    @Test
    void aControllerThatIsNotKnown() {
        IngressService service = controller("example.org/controller");
        assertEquals(Answer.UNKNOWN, service.served());
        assertEquals(Certainty.LIKELY, service.certainty());
        assertEquals("example.org/controller", service.controller());
    }

    @Test
    void controllersMayBePatterns() {
        assertEquals(
                Answer.NO, controller("haproxy.org/ingress-controller/prod").served());
        assertEquals(Answer.NO, controller("haproxy.org/ingress-controller").served());
        assertEquals(Answer.UNKNOWN, controller("k8s.io/ingress-nginx-2").served());
    }

    @Test
    void aControllerThatACloudMayRunOutOfSight() {
        assertEquals(Answer.NO, controller("k8s.io/ingress-gce").served());
        assertEquals(Certainty.LIKELY, controller("k8s.io/ingress-gce").certainty());
        String gke = "apiVersion: v1, kind: Node, metadata: {name: node}, status: {nodeInfo: {kubeletVersion: "
                + "v1.30.1-gke.1}}";
        assertEquals(Answer.UNKNOWN, controller("k8s.io/ingress-gce", gke).served());
        assertEquals(Answer.NO, controller("k8s.io/ingress-nginx", gke).served());
        assertEquals(Certainty.CERTAIN, controller("k8s.io/ingress-nginx", gke).certainty());
        String eks = gke.replace("v1.30.1-gke.1", "v1.30.1-eks-1");
        assertEquals(Answer.NO, controller("k8s.io/ingress-gce", eks).served());
        assertEquals(Certainty.CERTAIN, controller("k8s.io/ingress-gce", eks).certainty());
    }

    @Test
    void withoutAllPodsItIsNotKnownWhetherAControllerRuns() {
        String[] part = {ingress("ingressClassName: main"), ingressClass("main", "k8s.io/ingress-nginx")};
        assertEquals(
                Answer.UNKNOWN, Linked.capture(part).one(IngressService.class).served());
        assertEquals(
                Answer.UNKNOWN,
                Linked.capture(part[0], part[1], Linked.pod("web", "app: web", "", ""))
                        .one(IngressService.class)
                        .served());
        String deployment = Linked.deployment("web", "app: web", "");
        String daemonSet = Linked.daemonSet("shop", "agent", "");
        String testDeployment = deployment.replace("namespace: shop", "namespace: test");
        assertEquals(
                Answer.NO,
                Linked.capture(part[0], part[1], deployment, testDeployment, daemonSet)
                        .one(IngressService.class)
                        .served());
        assertEquals(
                Answer.UNKNOWN,
                Linked.capture(part[0], part[1], deployment, testDeployment)
                        .one(IngressService.class)
                        .served());
        assertEquals(
                Answer.UNKNOWN,
                Linked.capture(part[0], part[1], Linked.daemonSet("test", "agent", ""), daemonSet)
                        .one(IngressService.class)
                        .served());
    }

    @Test
    void anAnnotationMeansItsController() {
        Linked linked = Linked.capture(
                ingress("web", "kubernetes.io/ingress.class: gce-internal", ""),
                Linked.pod("web", "app: web", "", ""),
                TEST_POD);
        IngressService service = linked.one(IngressService.class);
        assertEquals("k8s.io/ingress-gce", service.controller());
        assertEquals(Answer.NO, service.served());
        assertEquals(List.of(), service.evidence());
        Linked other = Linked.capture(ingress("web", "kubernetes.io/ingress.class: mine", ""));
        assertEquals(Answer.UNKNOWN, other.one(IngressService.class).served());
        assertEquals("", other.one(IngressService.class).controller());
    }

    @Test
    void aFieldWhoseClassIsNotInTheInputTellsNoController() {
        IngressService service =
                Linked.capture(ingress("ingressClassName: nginx"), TEST_POD).one(IngressService.class);
        assertEquals(Answer.UNKNOWN, service.served());
        assertEquals("", service.controller());
    }

    @Test
    void withoutClassNoControllerIsAskedFor() {
        assertTrue(Linked.capture(ingress("")).all(IngressService.class).isEmpty());
    }

    private static Answer classless(String... objects) {
        List<String> all = new ArrayList<>(List.of(ingress("")));
        all.addAll(Arrays.asList(objects));
        return Linked.capture(all.toArray(String[]::new)).network().cluster().servesClasslessIngress();
    }

    private static String controllerPod(String image, String arguments) {
        return Linked.pod(
                "c", "app: c", "containers: [{name: c, image: " + image + ", args: [" + arguments + "]}]", "");
    }

    @Test
    void controllersThatTakeIngressesWithoutClass() {
        assertEquals(Answer.UNKNOWN, classless());
        assertEquals(Answer.YES, classless(controllerPod("projectcontour/contour", "")));
        assertEquals(Answer.UNKNOWN, classless(controllerPod("kong/kubernetes", "")));
        assertEquals(Answer.UNKNOWN, classless(controllerPod("ingress-nginx/controller", "--v=2")));
        assertEquals(
                Answer.YES,
                classless(controllerPod("ingress-nginx/controller", "--v=2, --watch-ingress-without-class=true")));
        assertEquals(
                Answer.YES,
                classless(controllerPod("quay.io/jcmoraisjr/haproxy-ingress", "--Watch-Ingress-Without-Class")));
        assertEquals(Answer.YES, classless(controllerPod("traefik", "--x")));
        assertEquals(
                Answer.UNKNOWN, classless(controllerPod("traefik", "--providers.kubernetesIngress.ingressClass=main")));
    }

    @Test
    void distributionsThatTakeIngressesWithoutClass() {
        String node = "apiVersion: v1, kind: Node, metadata: {name: node}, status: {nodeInfo: {kubeletVersion: ";
        assertEquals(Answer.YES, classless(node + "v1.30.1-gke.1}}"));
        assertEquals(
                Answer.YES,
                classless(node.replace("name: node", "name: node, labels: {node.openshift.io/os_id: rhel}")
                        + "v1.30.1}}"));
        assertEquals(Answer.UNKNOWN, classless(node + "v1.30.1-eks-1}}"));
    }
}
