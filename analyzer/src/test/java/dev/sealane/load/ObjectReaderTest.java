package dev.sealane.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.ConfigMap;
import dev.sealane.facts.Container;
import dev.sealane.facts.ContainerPort;
import dev.sealane.facts.EndpointSlice;
import dev.sealane.facts.EndpointSlice.Endpoint;
import dev.sealane.facts.Endpoints;
import dev.sealane.facts.Event;
import dev.sealane.facts.Ingress;
import dev.sealane.facts.Ingress.Backend;
import dev.sealane.facts.IngressClass;
import dev.sealane.facts.IntOrString;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Namespace;
import dev.sealane.facts.NetworkPolicy;
import dev.sealane.facts.NetworkPolicy.IpBlock;
import dev.sealane.facts.NetworkPolicy.Peer;
import dev.sealane.facts.NetworkPolicy.Port;
import dev.sealane.facts.Node;
import dev.sealane.facts.Other;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Protocol;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Secret;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Selector.Operator;
import dev.sealane.facts.Selector.Requirement;
import dev.sealane.facts.Service;
import dev.sealane.facts.ServicePort;
import dev.sealane.facts.Workload;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind's record, field by field. */
class ObjectReaderTest {
    private static <T extends Resource> T read(Class<T> type, String yaml) {
        Loaded loaded = Loaded.yaml(yaml);
        assertEquals(List.of(), loaded.findings());
        return loaded.only(type);
    }

    @Test
    void metadata() {
        Pod pod = read(Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web-1
                  namespace: shop
                  uid: 1-2-3
                  resourceVersion: "42"
                  creationTimestamp: "2026-01-02T03:04:05Z"
                  deletionTimestamp: "2026-01-02T04:04:05Z"
                  labels: {b: "2", a: "1"}
                  annotations:
                    k8s.ovn.org/pod-networks: "{}"
                    example.com/note: x
                  ownerReferences:
                  - {apiVersion: v1, kind: ConfigMap, name: other}
                  - {apiVersion: apps/v1, kind: ReplicaSet, name: web, controller: true}
                """);
        assertEquals(new Ref(Kind.POD, "shop", "web-1"), pod.ref());
        assertEquals("v1", pod.meta().apiVersion());
        assertEquals(Labels.of(Map.of("a", "1", "b", "2")), pod.labels());
        assertEquals(Map.of("k8s.ovn.org/pod-networks", "{}"), pod.meta().annotations());
        assertEquals(new Ref(Kind.REPLICA_SET, "shop", "web"), pod.meta().owner());
        assertTrue(pod.meta().captured());
        assertEquals(Instant.parse("2026-01-02T03:04:05Z"), pod.meta().created());
        assertTrue(pod.meta().terminating());
    }

    @Test
    void metadataOfAManifest() {
        Pod pod = read(Pod.class, "apiVersion: v1\nkind: Pod\nmetadata: {name: a, creationTimestamp: null}\n");
        assertFalse(pod.meta().captured());
        assertNull(pod.meta().created());
        assertNull(pod.meta().owner());
        assertFalse(pod.meta().terminating());
        assertSame(Labels.NONE, pod.labels());
        assertEquals(PodSpec.EMPTY, pod.spec());
        assertEquals("", pod.phase());
    }

    @Test
    void aStaticPodBelongsToItsNode() {
        Pod pod = read(Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: a
                  ownerReferences: [{apiVersion: v1, kind: Node, name: n1, controller: true}]
                """);
        assertEquals(new Ref(Kind.NODE, "", "n1"), pod.meta().owner());
    }

    @Test
    void namespaceHasItsNameAsLabel() {
        Namespace namespace =
                read(Namespace.class, "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {a: b}}\n");
        assertEquals(
                Map.of("a", "b", "kubernetes.io/metadata.name", "shop"),
                namespace.labels().asMap());
    }

    @Test
    void node() {
        Node node = read(Node.class, """
                apiVersion: v1
                kind: Node
                metadata: {name: n1}
                spec:
                  podCIDR: 10.0.0.0/24
                  podCIDRs: [10.0.0.0/24, "fd00::/64"]
                  providerID: aws:///eu/i-1
                status:
                  addresses:
                  - {type: Hostname, address: n1}
                  - {type: InternalIP, address: 192.0.2.1}
                  - {type: ExternalIP, address: 198.51.100.1}
                  nodeInfo: {kubeletVersion: v1.33.1+k3s1}
                """);
        assertEquals("aws:///eu/i-1", node.providerID());
        assertEquals("v1.33.1+k3s1", node.kubeletVersion());
        assertEquals(List.of("10.0.0.0/24", "fd00::/64"), node.podCIDRs());
        assertEquals(List.of("192.0.2.1", "198.51.100.1"), node.addresses());
    }

    @Test
    void podSpec() {
        Pod pod = read(Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                spec:
                  hostNetwork: true
                  dnsPolicy: None
                  dnsConfig: {nameservers: [192.0.2.53]}
                  nodeName: n1
                  containers:
                  - name: web
                    image: registry.example.com/web:1
                    command: [web]
                    args: ["--port", "80"]
                    ports:
                    - {name: http, containerPort: 80}
                    - {containerPort: 53, protocol: UDP}
                  initContainers:
                  - name: migrate
                    ports: [{containerPort: 1}]
                  - name: proxy
                    restartPolicy: Always
                    ports: [{containerPort: 15001, protocol: SCTP}]
                """);
        assertEquals("n1", pod.nodeName());
        assertEquals(
                new PodSpec(
                        List.of(
                                new Container(
                                        "web",
                                        "registry.example.com/web:1",
                                        List.of("web", "--port", "80"),
                                        List.of(
                                                new ContainerPort("http", 80, Protocol.TCP),
                                                new ContainerPort("", 53, Protocol.UDP))),
                                new Container(
                                        "proxy", "", List.of(), List.of(new ContainerPort("", 15001, Protocol.SCTP)))),
                        true,
                        "None",
                        List.of("192.0.2.53")),
                pod.spec());
    }

    @Test
    void equalPodSpecsAreOne() {
        String pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: %s, labels: {a: b}}\n"
                + "spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}\n";
        List<Resource> pods = Loaded.yaml(pod.formatted("a") + "---\n" + pod.formatted("b"))
                .input()
                .resources();
        assertSame(((Pod) pods.get(0)).spec(), ((Pod) pods.get(1)).spec());
        assertSame(pods.get(0).labels(), pods.get(1).labels());
    }

    @Test
    void readyPod() {
        Pod pod = read(Pod.class, """
                apiVersion: v1
                kind: Pod
                metadata: {name: a}
                status:
                  phase: Running
                  podIP: 10.0.0.1
                  podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]
                  conditions:
                  - {type: PodScheduled, status: "True"}
                  - {type: Ready, status: "True", lastTransitionTime: "2026-01-01T00:00:00Z"}
                  containerStatuses:
                  - {name: web, state: {running: {}}, lastState: {terminated: {reason: OOMKilled}}}
                """);
        assertTrue(pod.ready());
        assertEquals(Instant.parse("2026-01-01T00:00:00Z"), pod.readySince());
        assertEquals("Running", pod.phase());
        assertEquals(List.of("10.0.0.1", "fd00::1"), pod.podIPs());
        assertEquals("", pod.unreadyReason());
    }

    private static String unreadyReason(String status) {
        Pod pod = read(Pod.class, "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nstatus: {" + status + "}\n");
        assertFalse(pod.ready());
        assertNull(pod.readySince());
        return pod.unreadyReason();
    }

    @Test
    void reasonsOfUnreadyPods() {
        String notReady = "conditions: [{type: Ready, status: 'False', reason: ContainersNotReady}], ";
        assertEquals("", unreadyReason("phase: Running"));
        assertEquals("ContainersNotReady", unreadyReason(notReady));
        assertEquals(
                "CrashLoopBackOff",
                unreadyReason(notReady + "containerStatuses: [{state: {running: {}}},"
                        + " {state: {waiting: {reason: CrashLoopBackOff}}}]"));
        assertEquals(
                "Error",
                unreadyReason(notReady + "containerStatuses: [{state: {terminated: {reason: Error, exitCode: 1}}}]"));
        assertEquals(
                "ImagePullBackOff",
                unreadyReason(notReady
                        + "initContainerStatuses: [{state: {terminated: {reason: Completed}}},"
                        + " {state: {waiting: {reason: ImagePullBackOff}}}], "
                        + "containerStatuses: [{state: {waiting: {reason: PodInitializing}}}]"));
        assertEquals(
                "ContainerCreating",
                unreadyReason(notReady + "containerStatuses: [{state: {waiting: {reason: ContainerCreating}}}]"));
        assertEquals(
                "Unschedulable",
                unreadyReason("phase: Pending,"
                        + " conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable}]"));
        assertEquals("Evicted", unreadyReason("reason: Evicted, phase: Failed, " + notReady));
    }

    private static Workload workload(String apiVersion, String kind, String spec) {
        return read(
                Workload.class,
                "apiVersion: " + apiVersion + "\nkind: " + kind + "\nmetadata: {name: w}\nspec: " + spec + "\n");
    }

    @Test
    void workloads() {
        String template = "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}";
        Workload deployment = workload("apps/v1", "Deployment", "{" + template + "}");
        assertEquals(Kind.DEPLOYMENT, deployment.ref().kind());
        assertEquals(1, deployment.replicas());
        assertEquals("spec.template", deployment.templatePath());
        assertEquals("app=web", deployment.templateLabels().toString());
        assertEquals("web", deployment.template().containers().getFirst().name());
        assertEquals(-1, deployment.desired());
        assertEquals(-1, deployment.ready());
        assertEquals(
                0,
                workload("apps/v1", "StatefulSet", "{replicas: 0, " + template + "}")
                        .replicas());
        assertEquals(
                3,
                workload("v1", "ReplicationController", "{replicas: 3, " + template + "}")
                        .replicas());
        assertEquals(1, workload("apps/v1", "ReplicaSet", "{" + template + "}").replicas());
        assertEquals(-1, workload("apps/v1", "DaemonSet", "{" + template + "}").replicas());
        assertEquals(1, workload("batch/v1", "Job", "{" + template + "}").replicas());
        assertEquals(
                4,
                workload("batch/v1", "Job", "{parallelism: 4, " + template + "}")
                        .replicas());
        assertEquals(
                0,
                workload("batch/v1", "Job", "{suspend: true, " + template + "}").replicas());
        Workload cronJob = workload("batch/v1", "CronJob", "{jobTemplate: {spec: {" + template + "}}}");
        assertEquals(-1, cronJob.replicas());
        assertEquals("spec.jobTemplate.spec.template", cronJob.templatePath());
        assertEquals("app=web", cronJob.templateLabels().toString());
        assertEquals(
                0,
                workload("batch/v1", "CronJob", "{suspend: yes, jobTemplate: {spec: {" + template + "}}}")
                        .replicas());
        Workload rollout = workload("argoproj.io/v1alpha1", "Rollout", "{replicas: 2, " + template + "}");
        assertEquals(2, rollout.replicas());
        assertEquals("app=web", rollout.templateLabels().toString());
        assertEquals(
                -1,
                workload("serving.knative.dev/v1", "Service", "{" + template + "}")
                        .replicas());
    }

    @Test
    void workloadsOfOldVersionsAreTheSameKind() {
        assertEquals(
                Kind.DEPLOYMENT,
                workload("extensions/v1beta1", "Deployment", "{template: {}}")
                        .ref()
                        .kind());
    }

    @Test
    void statusOfWorkloads() {
        String captured = "metadata: {name: w, uid: x, resourceVersion: '1'}\n";
        Workload daemonSet = read(
                Workload.class,
                "apiVersion: apps/v1\nkind: DaemonSet\n" + captured
                        + "status: {desiredNumberScheduled: 5, numberReady: 4}\n");
        assertEquals(5, daemonSet.desired());
        assertEquals(4, daemonSet.ready());
        Workload deployment = read(
                Workload.class,
                "apiVersion: apps/v1\nkind: Deployment\n" + captured
                        + "spec: {replicas: 3}\nstatus: {replicas: 3, readyReplicas: 2}\n");
        assertEquals(3, deployment.desired());
        assertEquals(2, deployment.ready());
        Workload unavailable = read(
                Workload.class,
                "apiVersion: apps/v1\nkind: Deployment\n" + captured + "spec: {replicas: 3}\nstatus: {replicas: 3}\n");
        assertEquals(0, unavailable.ready());
    }

    @Test
    void otherKinds() {
        Other other = read(Other.class, "apiVersion: example.com/v1\nkind: Thing\nmetadata: {name: a}\n");
        assertEquals(new Ref(new Kind("example.com", "Thing"), "default", "a"), other.ref());
        read(Other.class, "apiVersion: config.openshift.io/v1\nkind: Ingress\nmetadata: {name: a}\n");
        read(Other.class, "apiVersion: v1\nkind: PodTemplate\nmetadata: {name: a}\n");
    }

    @Test
    void service() {
        Service service = read(Service.class, """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: NodePort
                  clusterIP: 10.43.0.1
                  clusterIPs: [10.43.0.1, "fd00::1"]
                  publishNotReadyAddresses: true
                  selector: {app: web}
                  ports:
                  - {port: 80, targetPort: http, nodePort: 30080}
                  - {name: dns, port: 53, protocol: UDP, targetPort: 5353}
                  - {name: same, port: 443}
                  - {name: zero, port: 444, targetPort: 0}
                """);
        Ref ref = new Ref(Kind.SERVICE, "default", "web");
        assertEquals("NodePort", service.type());
        assertEquals(Selector.of(Map.of("app", "web")), service.selector());
        assertEquals(List.of("10.43.0.1", "fd00::1"), service.clusterIPs());
        assertTrue(service.publishNotReadyAddresses());
        assertEquals(
                List.of(
                        new ServicePort(
                                ref,
                                0,
                                "",
                                80,
                                Protocol.TCP,
                                IntOrString.of("http"),
                                30080,
                                "spec.ports[0].targetPort"),
                        new ServicePort(
                                ref, 1, "dns", 53, Protocol.UDP, IntOrString.of(5353), 0, "spec.ports[1].targetPort"),
                        new ServicePort(
                                ref, 2, "same", 443, Protocol.TCP, IntOrString.of(443), 0, "spec.ports[2].port"),
                        new ServicePort(
                                ref, 3, "zero", 444, Protocol.TCP, IntOrString.of(444), 0, "spec.ports[3].port")),
                service.ports());
    }

    @Test
    void serviceDefaults() {
        Service service = read(Service.class, "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n");
        assertEquals("ClusterIP", service.type());
        assertTrue(service.selector().isEmpty());
        assertEquals(List.of(), service.ports());
        assertEquals(List.of(), service.clusterIPs());
        assertEquals("", service.externalName());
        Service headless =
                read(Service.class, "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {clusterIP: None}\n");
        assertEquals(List.of("None"), headless.clusterIPs());
        Service external = read(
                Service.class,
                "apiVersion: v1\nkind: Service\nmetadata: {name: a}\n"
                        + "spec: {type: ExternalName, externalName: db.example.com}\n");
        assertEquals("db.example.com", external.externalName());
    }

    @Test
    void aTargetPortThatNoApiServerTakesIsKeptForItsRule() {
        Service service = read(
                Service.class,
                "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [{port: 1, targetPort: 70000}]}\n");
        assertEquals(IntOrString.of(70000), service.ports().getFirst().targetPort());
    }

    @Test
    void endpoints() {
        Endpoints endpoints = read(Endpoints.class, """
                apiVersion: v1
                kind: Endpoints
                metadata: {name: web}
                subsets:
                - addresses: [{ip: 10.0.0.1}, {ip: 10.0.0.2}]
                  notReadyAddresses: [{ip: 10.0.0.3}]
                - addresses: [{ip: 10.0.0.4}]
                """);
        assertEquals(List.of("10.0.0.1", "10.0.0.2", "10.0.0.4"), endpoints.ready());
        assertEquals(List.of("10.0.0.3"), endpoints.notReady());
    }

    @Test
    void endpointSlice() {
        EndpointSlice slice = read(EndpointSlice.class, """
                apiVersion: discovery.k8s.io/v1
                kind: EndpointSlice
                metadata: {name: web-x, namespace: shop, labels: {kubernetes.io/service-name: web}}
                addressType: IPv4
                ports: [{name: http, port: 8080}, {name: dns, protocol: UDP}]
                endpoints:
                - {addresses: [10.0.0.1], conditions: {ready: true}}
                - {addresses: [10.0.0.2], conditions: {ready: false, terminating: true}}
                - addresses: [10.0.0.3]
                  conditions: {ready: null, serving: false}
                  nodeName: n1
                  targetRef: {kind: Pod, name: web-3}
                - {addresses: [10.0.0.4], hints: {forZones: [{name: z1}, {name: z2}], forNodes: [{name: n4}]}}
                """);
        assertEquals(new Ref(Kind.SERVICE, "shop", "web"), slice.service());
        assertEquals(
                List.of(
                        new Endpoint(List.of("10.0.0.1"), true, true, false, "", List.of(), List.of(), ""),
                        new Endpoint(List.of("10.0.0.2"), false, true, true, "", List.of(), List.of(), ""),
                        new Endpoint(List.of("10.0.0.3"), true, false, false, "n1", List.of(), List.of(), "web-3"),
                        new Endpoint(
                                List.of("10.0.0.4"), true, true, false, "", List.of("z1", "z2"), List.of("n4"), "")),
                slice.endpoints());
        assertEquals("IPv4", slice.addressType());
        assertEquals(
                List.of(
                        new EndpointSlice.Port("http", Protocol.TCP, 8080),
                        new EndpointSlice.Port("dns", Protocol.UDP, 0)),
                slice.ports());
        EndpointSlice empty = read(
                EndpointSlice.class,
                "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: a}\nendpoints: null\n");
        assertNull(empty.service());
        assertEquals(List.of(), empty.endpoints());
    }

    @Test
    void ingress() {
        Ingress ingress = read(Ingress.class, """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop, annotations: {kubernetes.io/ingress.class: old}}
                spec:
                  ingressClassName: nginx
                  defaultBackend: {resource: {kind: Bucket, name: b}}
                  rules:
                  - host: shop.example.com
                    http:
                      paths:
                      - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                      - {path: /api, pathType: Exact, backend: {service: {name: api, port: {name: http}}}}
                  - http: {paths: [{backend: {service: {name: any, port: {number: 1}}}}]}
                  - host: empty.example.com
                  tls:
                  - {hosts: [shop.example.com], secretName: cert}
                  - {hosts: [other.example.com]}
                """);
        assertEquals("nginx", ingress.className());
        assertEquals("old", ingress.meta().annotation(Ingress.CLASS_ANNOTATION));
        assertNull(ingress.defaultBackend().service());
        assertEquals("spec.defaultBackend", ingress.defaultBackend().path());
        String paths = "spec.rules[0].http.paths";
        assertEquals(
                List.of(
                        new Ingress.Path(
                                "shop.example.com",
                                "/",
                                "Prefix",
                                new Backend(
                                        new Ref(Kind.SERVICE, "shop", "web"),
                                        IntOrString.of(80),
                                        paths + "[0].backend",
                                        paths + "[0].backend.service.name",
                                        paths + "[0].backend.service.port.number"),
                                paths + "[0]"),
                        new Ingress.Path(
                                "shop.example.com",
                                "/api",
                                "Exact",
                                new Backend(
                                        new Ref(Kind.SERVICE, "shop", "api"),
                                        IntOrString.of("http"),
                                        paths + "[1].backend",
                                        paths + "[1].backend.service.name",
                                        paths + "[1].backend.service.port.name"),
                                paths + "[1]"),
                        new Ingress.Path(
                                "",
                                "",
                                "",
                                new Backend(
                                        new Ref(Kind.SERVICE, "shop", "any"),
                                        IntOrString.of(1),
                                        "spec.rules[1].http.paths[0].backend",
                                        "spec.rules[1].http.paths[0].backend.service.name",
                                        "spec.rules[1].http.paths[0].backend.service.port.number"),
                                "spec.rules[1].http.paths[0]")),
                ingress.paths());
        assertEquals(
                List.of(
                        new Ingress.Tls(
                                List.of("shop.example.com"),
                                new Ref(Kind.SECRET, "shop", "cert"),
                                "spec.tls[0].secretName"),
                        new Ingress.Tls(List.of("other.example.com"), null, "spec.tls[1].secretName")),
                ingress.tls());
    }

    @Test
    void ingressBeforeV1() {
        Ingress ingress = read(Ingress.class, """
                apiVersion: extensions/v1beta1
                kind: Ingress
                metadata: {name: web}
                spec:
                  backend: {serviceName: fallback, servicePort: 80}
                  rules:
                  - http:
                      paths:
                      - backend: {serviceName: web, servicePort: http}
                """);
        assertEquals(Kind.INGRESS, ingress.ref().kind());
        assertEquals(
                new Backend(
                        new Ref(Kind.SERVICE, "default", "fallback"),
                        IntOrString.of(80),
                        "spec.backend",
                        "spec.backend.serviceName",
                        "spec.backend.servicePort"),
                ingress.defaultBackend());
        assertEquals(
                new Backend(
                        new Ref(Kind.SERVICE, "default", "web"),
                        IntOrString.of("http"),
                        "spec.rules[0].http.paths[0].backend",
                        "spec.rules[0].http.paths[0].backend.serviceName",
                        "spec.rules[0].http.paths[0].backend.servicePort"),
                ingress.paths().getFirst().backend());
    }

    @Test
    void ingressClass() {
        IngressClass ingressClass = read(IngressClass.class, """
                apiVersion: networking.k8s.io/v1
                kind: IngressClass
                metadata:
                  name: nginx
                  annotations: {ingressclass.kubernetes.io/is-default-class: "true"}
                spec: {controller: k8s.io/ingress-nginx}
                """);
        assertEquals("k8s.io/ingress-nginx", ingressClass.controller());
        assertTrue(ingressClass.isDefault());
        assertEquals("", ingressClass.namespace());
    }

    @Test
    void networkPolicy() {
        NetworkPolicy policy = read(NetworkPolicy.class, """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: web}
                spec:
                  podSelector:
                    matchLabels: {app: web}
                    matchExpressions:
                    - {key: tier, operator: NotIn, values: [b, a]}
                    - {key: x, operator: Exists}
                    - {key: z, operator: exists}
                  policyTypes: [Ingress, Egress]
                  ingress:
                  - from:
                    - podSelector: {}
                      namespaceSelector: {matchLabels: {team: a}}
                    - ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16]}
                    ports:
                    - {port: http}
                    - {protocol: UDP, port: 1, endPort: 9}
                    - {protocol: SCTP}
                  - {}
                  -
                  egress:
                  - to: []
                """);
        assertEquals(
                new Selector(
                        Map.of("app", "web"),
                        List.of(
                                new Requirement("tier", Operator.NOT_IN, List.of("b", "a")),
                                new Requirement("x", Operator.EXISTS, List.of()),
                                new Requirement("z", null, List.of()))),
                policy.podSelector());
        assertEquals(List.of("Ingress", "Egress"), policy.policyTypes());
        String place = "spec.ingress[0]";
        assertEquals(
                List.of(
                        new NetworkPolicy.Rule(
                                List.of(
                                        new Peer(
                                                Selector.EVERYTHING,
                                                Selector.of(Map.of("team", "a")),
                                                null,
                                                place + ".from[0]"),
                                        new Peer(
                                                null,
                                                null,
                                                new IpBlock("10.0.0.0/8", List.of("10.1.0.0/16")),
                                                place + ".from[1]")),
                                List.of(
                                        new Port(Protocol.TCP, IntOrString.of("http"), 0, place + ".ports[0]"),
                                        new Port(Protocol.UDP, IntOrString.of(1), 9, place + ".ports[1]"),
                                        new Port(Protocol.SCTP, null, 0, place + ".ports[2]")),
                                place),
                        new NetworkPolicy.Rule(List.of(), List.of(), "spec.ingress[1]"),
                        new NetworkPolicy.Rule(List.of(), List.of(), "spec.ingress[2]")),
                policy.ingress());
        assertEquals(List.of(new NetworkPolicy.Rule(List.of(), List.of(), "spec.egress[0]")), policy.egress());
    }

    @Test
    void onlyConfigMapsThatAreLookedUpKeepTheirData() {
        String data = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: %s}\ndata: {Corefile: x, n: '1'}\n";
        assertEquals(
                Map.of("Corefile", "x", "n", "1"),
                read(ConfigMap.class, data.formatted("coredns")).data());
        assertEquals(Map.of(), read(ConfigMap.class, data.formatted("web")).data());
    }

    @Test
    void secretsKeepOnlyCertificates() {
        String certificate = "-----BEGIN CERTIFICATE-----\nAAAA\nBBBB=\n-----END CERTIFICATE-----\n";
        String key = "-----BEGIN PRIVATE KEY-----\nCCCC\n-----END PRIVATE KEY-----\n";
        String encoded = Base64.getEncoder().encodeToString((key + certificate).getBytes(StandardCharsets.UTF_8));
        Secret secret = read(
                Secret.class,
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n" + "type: kubernetes.io/tls\ndata: {tls.crt: "
                        + encoded + ", tls.key: abc=}\nstringData: {more: x}\n");
        assertEquals("kubernetes.io/tls", secret.type());
        assertEquals(List.of("tls.crt", "tls.key", "more"), secret.keys());
        assertEquals(certificate, secret.certificate());
        Secret redacted = read(
                Secret.class,
                "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\n" + "data: {tls.crt: '*** not base64 ***'}\n");
        assertEquals("Opaque", redacted.type());
        assertEquals("", redacted.certificate());
    }

    @Test
    void events() {
        Event event = read(Event.class, """
                apiVersion: v1
                kind: Event
                metadata: {name: web.1, namespace: shop}
                involvedObject: {apiVersion: apps/v1, kind: Deployment, namespace: shop, name: web}
                type: Warning
                reason: FailedCreate
                message: quota
                firstTimestamp: "2026-01-01T00:00:00Z"
                lastTimestamp: "2026-01-01T00:05:00Z"
                eventTime: null
                """);
        assertEquals(new Ref(Kind.DEPLOYMENT, "shop", "web"), event.involved());
        assertEquals("Warning FailedCreate quota", event.type() + " " + event.reason() + " " + event.message());
        assertEquals(Instant.parse("2026-01-01T00:05:00Z"), event.lastSeen());
        Event newer = read(Event.class, """
                apiVersion: events.k8s.io/v1
                kind: Event
                metadata: {name: web.2, namespace: shop}
                regarding: {apiVersion: v1, kind: Pod, namespace: shop, name: web-1}
                note: probe failed
                eventTime: "2026-01-01T00:00:00.123456Z"
                series: {count: 3, lastObservedTime: "2026-01-01T00:07:00.000000+00:00"}
                """);
        assertEquals(Kind.EVENT, newer.ref().kind());
        assertEquals("probe failed", newer.message());
        assertEquals(Instant.parse("2026-01-01T00:07:00Z"), newer.lastSeen());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02T03:04:05Z",
                "2024-02-29T23:59:59Z",
                "1969-12-31T23:59:59Z",
                "0000-01-01T00:00:00Z",
                "2026-01-02T24:00:00Z",
                "2016-12-31T23:59:60Z",
                "2026-01-02T03:04:05.678Z"
            })
    void timesAreThoseOfTheLibrary(String text) {
        assertEquals(Instant.parse(text), ObjectReader.instant(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-02-30T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01 00:00:00Z",
                "2o26-01-01T00:00:00Z",
                "2026-01-01T00:00:00"
            })
    void whatIsNoTimeIsNone(String text) {
        assertEquals(null, ObjectReader.instant(text));
    }
}
