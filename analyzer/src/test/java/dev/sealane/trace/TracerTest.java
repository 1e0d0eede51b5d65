package dev.sealane.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.link.Linker;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every path that a trace takes. The numbers are those of the cases of NetworkPolicy through Services. */
class TracerTest {
    private static final String NAMESPACE =
            "apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {team: a}}";
    private static final String API = service("api", "selector: {app: api}, ports: [{port: 80, targetPort: 8080}]");
    private static final String A = node("a", "10.1.0.1", "10.42.0.0/24", "z1");
    private static final String B = node("b", "10.1.0.2", "10.42.1.0/24", "z2");

    // ---- pod to pod

    @Test
    void withoutPoliciesPodsReachEachOther() {
        Traces traces = dump(
                "shop/pod/web",
                "shop/pod/api:8080",
                pod("web", "a", "10.42.0.2", ""),
                pod("api", "b", "10.42.1.2", "ports: [{containerPort: 8080}]"),
                A,
                B);
        assertEquals(Reach.REACHABLE, traces.verdict());
        assertEquals(
                List.of("Pod shop/web on node a", "Pod shop/api on node b", "Pod shop/web on node a"),
                traces.traces().getFirst().hops().stream().map(Hop::at).toList());
        assertEquals("10.42.0.2 -> 10.42.1.2:8080/TCP", packet(traces));
        assertTrue(details(traces).contains("routed node a to node b"), details(traces));
    }

    @Test
    void aPolicyThatDeniesIsNamedWithItsPlace() {
        Traces traces = dump(
                "shop/web",
                "shop/pod/api:8080",
                pod("web", "a", "10.42.0.2", ""),
                pod("api", "b", "10.42.1.2", ""),
                deny("closed", "api"));
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        Step.Filtered ingress = steps(traces, Step.Filtered.class).getLast();
        assertEquals(
                "NetworkPolicy shop/closed",
                ingress.decidedBy().resource().ref().toString());
        assertEquals("spec", ingress.decidedBy().path());
        assertTrue(
                traces.reason().toString().contains("ingress"), traces.reason().toString());
    }

    @Test
    void egressIsAskedAtTheClient() {
        String policy = policy("out", "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: []");
        Traces traces = dump(
                "shop/web",
                "shop/pod/api:8080",
                pod("web", "a", "10.42.0.2", ""),
                pod("api", "b", "10.42.1.2", ""),
                policy);
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        assertTrue(
                traces.reason().toString().startsWith("egress to 10.42.1.2:8080/TCP"),
                traces.reason().toString());
    }

    @Test
    @DisplayName("37 an undeclared port is not closed")
    void undeclaredPorts() {
        Traces traces = dump(
                "shop/web",
                "shop/pod/api:9000",
                pod("web", "a", "10.42.0.2", ""),
                pod("api", "b", "10.42.1.2", "ports: [{containerPort: 8080}]"));
        assertEquals(Reach.REACHABLE, traces.verdict());
        assertTrue(details(traces).contains("no container declares it"), details(traces));
    }

    @Test
    @DisplayName("59 a pod reaches itself whatever policies say")
    void itself() {
        Traces traces =
                dump("shop/pod/api", "shop/pod/api:8080", pod("api", "b", "10.42.1.2", ""), deny("closed", "api"));
        assertEquals(Reach.REACHABLE, traces.verdict());
    }

    @Test
    @DisplayName("61, 62 only its own node passes the policies of a pod")
    void nodes() {
        String[] objects = {pod("api", "b", "10.42.1.2", ""), deny("closed", "api"), A, B};
        assertEquals(
                Reach.REACHABLE, dump("node/b", "shop/pod/api:8080", objects).verdict());
        assertEquals(
                Reach.UNREACHABLE, dump("node/a", "shop/pod/api:8080", objects).verdict());
    }

    @Test
    void aPodWithoutAddressIsNotReached() {
        String pending =
                "apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop}, spec: {}, status: {phase: Pending}";
        Traces traces = dump("shop/web", "shop/pod/api:80", pod("web", "a", "10.42.0.2", ""), pending);
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        assertEquals(
                Reach.UNREACHABLE,
                dump("shop/pod/api", "shop/pod/web:80", pod("web", "a", "10.42.0.2", ""), pending)
                        .verdict());
    }

    // ---- pod to Service

    @Test
    void aServiceOfManifestsLeadsToThePodsOfATemplate() {
        Traces traces = manifests(
                "shop/web",
                "shop/api",
                NAMESPACE,
                API,
                deployment("web", ""),
                deployment("api", "ports: [{name: http, containerPort: 8080}]"));
        assertEquals(Reach.REACHABLE, traces.verdict());
        Step.Translated dnat = steps(traces, Step.Translated.class).getFirst();
        assertEquals(8080, dnat.after().port());
        assertEquals(80, dnat.before().port());
        assertEquals("spec.ports[0].targetPort", dnat.decidedBy().path());
    }

    @Test
    @DisplayName("69 policies see the pod's port, not the Service's")
    void policiesAfterTranslation() {
        String onService = policy("in", "podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 80}]}]");
        String onPod = policy("in", "podSelector: {matchLabels: {app: api}}, ingress: [{ports: [{port: 8080}]}]");
        String[] rest = {NAMESPACE, API, deployment("web", ""), deployment("api", "")};
        assertEquals(
                Reach.UNREACHABLE,
                manifests("shop/web", "shop/api:80", with(onService, rest)).verdict());
        assertEquals(
                Reach.REACHABLE,
                manifests("shop/web", "shop/api:80", with(onPod, rest)).verdict());
    }

    @Test
    @DisplayName("70 an ipBlock with the ClusterIP may be asked before or after translation")
    void clusterIpInAnIpBlock() {
        String policy = policy(
                "out",
                "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: {cidr: 10.96.0.9/32}}]}]");
        String api =
                service("api", "clusterIP: 10.96.0.9, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]");
        Traces traces = dump(
                "shop/web",
                "shop/api",
                api,
                policy,
                pod("web", "a", "10.42.0.2", ""),
                pod("api", "b", "10.42.1.2", ""),
                slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}"));
        assertEquals(Reach.DEPENDS, traces.verdict());
    }

    @Test
    void namedTargetPortsAreResolvedOnEachPod() {
        String api = service("api", "selector: {tier: back}, ports: [{port: 80, targetPort: http}]");
        Traces traces = manifests(
                "shop/web",
                "shop/api",
                NAMESPACE,
                api,
                deployment("web", ""),
                deployment("one", "ports: [{name: http, containerPort: 1001}]")
                        .replace("app: one", "app: one, tier: back"),
                deployment("two", "ports: [{name: http, containerPort: 1002}]")
                        .replace("app: two", "app: two, tier: back"));
        assertEquals(
                List.of(1001, 1002),
                steps(traces, Step.Delivered.class).stream()
                        .map(step -> step.packet().port())
                        .sorted()
                        .toList());
    }

    @Test
    void endpointSlicesOfADumpSayWhatIsUsed() {
        String ready = "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}";
        String unready = "{addresses: [10.42.1.3], conditions: {ready: false}, nodeName: b}";
        String draining =
                "{addresses: [10.42.1.3], conditions: {ready: false, serving: true, terminating: true}, nodeName: b}";
        String[] pods = {pod("web", "a", "10.42.0.2", ""), pod("api", "b", "10.42.1.2", ""), API};
        assertEquals(
                List.of("api"),
                endpoints(dump("shop/web", "shop/api", with(slice("api", ready + ", " + draining), pods))));
        assertEquals(List.of("10.42.1.3"), endpoints(dump("shop/web", "shop/api", with(slice("api", draining), pods))));
        Traces none = dump("shop/web", "shop/api", with(slice("api", unready), pods));
        assertEquals(Reach.UNREACHABLE, none.verdict());
        assertTrue(steps(none, Step.Lost.class).getFirst().refused());
    }

    @Test
    void aServiceWithoutEndpointsRefuses() {
        Traces traces = manifests("shop/web", "shop/api", NAMESPACE, API, deployment("web", ""));
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        assertTrue(steps(traces, Step.Lost.class).getFirst().refused());
        assertEquals(
                "spec.selector",
                steps(traces, Step.Lost.class).getFirst().decidedBy().path());
    }

    @Test
    @DisplayName("73 a Service without selector has the endpoints of slices; without these nothing is known")
    void manualEndpoints() {
        String manual = service("erp", "ports: [{port: 443}]");
        Traces unknown = manifests("shop/web", "shop/erp", NAMESPACE, manual, deployment("web", ""));
        assertEquals(Reach.UNKNOWN, unknown.verdict());
        assertTrue(
                unknown.reason().toString().contains("kubectl get endpointslices -n shop"),
                unknown.reason().toString());
        Traces known = manifests(
                "shop/web",
                "shop/erp",
                NAMESPACE,
                manual,
                deployment("web", ""),
                slice("erp", "{addresses: [192.0.2.7]}").replace("port: 8080", "port: 443"));
        assertEquals(Reach.REACHABLE, known.verdict());
        assertEquals(List.of("192.0.2.7"), endpoints(known));
    }

    @Test
    void internalTrafficPolicyLocalUsesTheClientsNode() {
        String local = service(
                "api", "internalTrafficPolicy: Local, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]");
        String slice = slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
        String[] objects = {
            local,
            slice,
            pod("web", "a", "10.42.0.2", ""),
            pod("near", "b", "10.42.1.9", ""),
            pod("api", "b", "10.42.1.2", ""),
            A,
            B
        };
        Traces far = dump("shop/web", "shop/api", objects);
        assertEquals(Reach.UNREACHABLE, far.verdict());
        assertEquals(
                "spec.internalTrafficPolicy",
                steps(far, Step.Lost.class).getFirst().decidedBy().path());
        assertFalse(steps(far, Step.Lost.class).getFirst().refused());
        assertEquals(Reach.REACHABLE, dump("shop/near", "shop/api", objects).verdict());
        // IPVS takes the others where there is none.
        assertEquals(
                Reach.REACHABLE,
                dump("shop/web", "shop/api", with(kubeProxy("ipvs"), objects)).verdict());
        assertEquals(
                Reach.DEPENDS,
                manifests("shop/web", "shop/api", NAMESPACE, local, deployment("web", ""), deployment("api", ""))
                        .verdict());
    }

    @Test
    void hintsChooseEndpointsOfTheZone() {
        String hinted =
                "{addresses: [10.42.0.8], nodeName: a, hints: {forZones: [{name: z1}]}}, {addresses: [10.42.1.8], nodeName: b, hints: {forZones: [{name: z2}]}}";
        String partly =
                "{addresses: [10.42.0.8], nodeName: a, hints: {forZones: [{name: z1}]}}, {addresses: [10.42.1.8], nodeName: b}";
        String[] rest = {API, pod("web", "a", "10.42.0.2", ""), A, B};
        assertEquals(List.of("10.42.0.8"), endpoints(dump("shop/web", "shop/api", with(slice("api", hinted), rest))));
        assertEquals(
                List.of("10.42.0.8", "10.42.1.8"),
                endpoints(dump("shop/web", "shop/api", with(slice("api", partly), rest))));
        String[] noNodes = {API, pod("web", "a", "10.42.0.2", "")};
        assertEquals(
                List.of("10.42.0.8", "10.42.1.8"),
                endpoints(dump("shop/web", "shop/api", with(slice("api", hinted), noNodes))));
    }

    @Test
    @DisplayName("60 a denied hairpin through a Service depends on the implementation")
    void hairpin() {
        String slice = slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
        String other =
                "apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: closed, namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress], egress: []}";
        Traces denied = dump("shop/pod/api", "shop/api", API, slice, pod("api", "b", "10.42.1.2", ""), other, B);
        assertEquals(Reach.DEPENDS, denied.verdict());
        Traces open = dump("shop/pod/api", "shop/service/api", API, slice, pod("api", "b", "10.42.1.2", ""), B);
        assertEquals(Reach.REACHABLE, open.verdict());
        assertEquals("10.1.0.2 -> 10.42.1.2:8080/TCP", packet(open));
    }

    @Test
    void waysThatDifferMakeItDepend() {
        Traces traces = manifests(
                "shop/web",
                "shop/back",
                NAMESPACE,
                service("back", "selector: {tier: back}, ports: [{port: 80}]"),
                deployment("web", ""),
                deployment("one", "").replace("app: one", "app: one, tier: back"),
                deployment("two", "").replace("app: two", "app: two, tier: back"),
                deny("closed", "two"));
        assertEquals(Reach.DEPENDS, traces.verdict());
        assertTrue(
                traces.reason().toString().startsWith("1 of 2 ways"),
                traces.reason().toString());
    }

    // ---- from outside

    @Test
    @DisplayName("71, 72 what policies see of a client outside, by externalTrafficPolicy")
    void nodePorts() {
        String policy = policy(
                "in", "podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]");
        String slice = slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
        String cluster = service(
                "api", "type: NodePort, selector: {app: api}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]");
        String local = cluster.replace("type: NodePort", "type: NodePort, externalTrafficPolicy: Local");
        String[] rest = {slice, policy, pod("api", "b", "10.42.1.2", ""), A, B};
        Traces hidden = dump("203.0.113.5", "a:30080", with(cluster, rest));
        assertEquals(Reach.UNREACHABLE, hidden.verdict());
        assertTrue(
                hidden.reason().toString().startsWith("ingress from 10.1.0.1"),
                hidden.reason().toString());
        Traces seen = dump("203.0.113.5", "b:30080", with(local, rest));
        assertEquals(Reach.REACHABLE, seen.verdict());
        assertEquals("203.0.113.5 -> 10.42.1.2:8080/TCP", packet(seen));
        Traces none = dump("203.0.113.5", "10.1.0.1:30080", with(local, rest));
        assertEquals(Reach.UNREACHABLE, none.verdict());
        assertEquals(
                "spec.externalTrafficPolicy",
                steps(none, Step.Lost.class).getFirst().decidedBy().path());
    }

    @Test
    @DisplayName("74 policies do not hold for backends on the host network")
    void hostNetworkBackends() {
        String slice = slice("api", "{addresses: [10.1.0.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
        String host = pod("api", "b", "10.1.0.2", "").replace("nodeName: b", "nodeName: b, hostNetwork: true");
        Traces traces = dump(
                "shop/web",
                "shop/api",
                API,
                slice,
                host,
                pod("web", "a", "10.42.0.2", ""),
                deny("closed", "api"),
                A,
                B);
        assertEquals(Reach.REACHABLE, traces.verdict());
        assertTrue(details(traces).contains("policies for pods do not apply"), details(traces));
    }

    @Test
    void loadBalancersOnlyTakeWhatTheirRangesHave() {
        String balanced = service(
                "api",
                "type: LoadBalancer, loadBalancerSourceRanges: [203.0.113.0/24], selector: {app: api}, ports: [{port: 80, targetPort: 8080}]}, status: {loadBalancer: {ingress: [{ip: 198.51.100.7}]}");
        String slice = slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}");
        String[] objects = {balanced, slice, pod("api", "b", "10.42.1.2", ""), A, B};
        assertEquals(
                Reach.REACHABLE, dump("203.0.113.5", "198.51.100.7:80", objects).verdict());
        assertEquals(
                Reach.UNREACHABLE, dump("192.0.2.1", "198.51.100.7:80", objects).verdict());
        assertEquals(
                Reach.UNREACHABLE,
                dump("internet", "shop/pod/api:8080", objects).verdict());
    }

    /** KubeProxyConfiguration, nodePortAddresses: all by default, with nftables the primary ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode: iptables                                             | REACHABLE   | REACHABLE",
                "mode: iptables\\nnodePortAddresses: null                   | REACHABLE   | REACHABLE",
                "mode: iptables\\nnodePortAddresses: []                     | REACHABLE   | REACHABLE",
                "mode: iptables\\nnodePortAddresses: [10.1.0.0/16]          | REACHABLE   | UNREACHABLE",
                "mode: ipvs\\nnodePortAddresses:\\n- '192.0.2.0/24'\\nx: y   | UNREACHABLE | REACHABLE",
                "mode: ipvs\\nnodePortAddresses:\\n  - 10.1.0.0/16\\n  - 192.0.2.0/24 | REACHABLE | REACHABLE",
                "mode: nftables                                             | REACHABLE   | UNREACHABLE",
                "mode: nftables\\nnodePortAddresses: ['0.0.0.0/0']          | REACHABLE   | REACHABLE",
            })
    void nodePortsAreServedOnSomeAddresses(String config, Reach internal, Reach external) {
        String proxy =
                "apiVersion: v1, kind: ConfigMap, metadata: {name: kube-proxy, namespace: kube-system}, data: {config.conf: \""
                        + config + "\\n\"}";
        String[] objects = {
            service(
                    "api",
                    "type: NodePort, selector: {app: api}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]"),
            slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}"),
            pod("api", "b", "10.42.1.2", ""),
            A.replace("address: 10.1.0.1}", "address: 10.1.0.1}, {type: ExternalIP, address: 192.0.2.1}"),
            B,
            proxy
        };
        assertEquals(internal, dump("203.0.113.5", "10.1.0.1:30080", objects).verdict());
        assertEquals(external, dump("203.0.113.5", "192.0.2.1:30080", objects).verdict());
        assertEquals(Reach.REACHABLE, dump("203.0.113.5", "a:30080", objects).verdict());
    }

    /** KEP-1860: kube-proxy has no rules for such addresses, and policies see another source. */
    @Test
    void loadBalancersThatConnectThemselves() {
        String balanced = service(
                "api",
                "type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: api}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}, status: {loadBalancer: {ingress: [{ip: 198.51.100.7, ipMode: VIP}]}");
        String proxied = balanced.replace("VIP", "Proxy");
        String named = balanced.replace("ip: 198.51.100.7, ipMode: VIP", "hostname: lb.example.com");
        String out = policy(
                "out",
                "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]");
        String in = policy(
                "in", "podSelector: {matchLabels: {app: api}}, ingress: [{from: [{ipBlock: {cidr: 203.0.113.0/24}}]}]");
        String[] rest = {
            slice("api", "{addresses: [10.42.1.2], nodeName: b, targetRef: {kind: Pod, name: api}}"),
            pod("api", "b", "10.42.1.2", ""),
            pod("web", "b", "10.42.1.3", ""),
            A,
            B
        };
        // The node of the client translates an address of its own load balancer: the packet never leaves it.
        assertEquals(
                Reach.REACHABLE,
                dump("shop/web", "198.51.100.7:80", with(out, with(balanced, rest)))
                        .verdict());
        assertEquals(
                Reach.UNREACHABLE,
                dump("shop/web", "198.51.100.7:80", with(out, with(proxied, rest)))
                        .verdict());
        assertEquals(
                Reach.UNREACHABLE,
                dump("shop/web", "lb.example.com:80", with(out, with(named, rest)))
                        .verdict());
        assertEquals(
                Reach.REACHABLE,
                dump("shop/web", "198.51.100.7:80", with(proxied, rest)).verdict());
        assertEquals(
                Reach.REACHABLE,
                dump("203.0.113.5", "198.51.100.7:80", with(in, with(balanced, rest)))
                        .verdict());
        Traces hidden = dump("203.0.113.5", "198.51.100.7:80", with(in, with(proxied, rest)));
        assertEquals(Reach.UNKNOWN, hidden.verdict());
        assertTrue(
                hidden.reason().toString().startsWith("ingress from the load balancer"),
                hidden.reason().toString());
    }

    @Test
    void clusterIpsMeanNothingOutside() {
        assertEquals(
                Reach.UNREACHABLE,
                manifests("internet", "shop/api", NAMESPACE, API, deployment("api", ""))
                        .verdict());
    }

    @Test
    void urlsLeadThroughTheControllerOfTheIngress() {
        String[] objects = {
            NAMESPACE,
            API,
            deployment("api", ""),
            "apiVersion: networking.k8s.io/v1, kind: IngressClass, metadata: {name: nginx}, spec: {controller: k8s.io/ingress-nginx}",
            "apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop, namespace: shop}, spec: {ingressClassName: nginx, rules: [{host: shop.example.com, http: {paths: [{path: /cart, pathType: Prefix, backend: {service: {name: api, port: {number: 80}}}}]}}]}",
            "apiVersion: apps/v1, kind: Deployment, metadata: {name: ingress-nginx-controller, namespace: ingress}, spec: {template: {metadata: {labels: {app.kubernetes.io/name: ingress-nginx}}, spec: {containers: [{name: controller, image: ingress-nginx/controller, ports: [{name: http, containerPort: 80}]}]}}}",
            "apiVersion: v1, kind: Service, metadata: {name: ingress-nginx, namespace: ingress}, spec: {type: LoadBalancer, selector: {app.kubernetes.io/name: ingress-nginx}, ports: [{port: 80, targetPort: http}]}"
        };
        Traces traces = manifests("internet", "http://shop.example.com/cart/1", objects);
        assertEquals(Reach.REACHABLE, traces.verdict(), traces::toString);
        assertTrue(details(traces).contains("the controller routes to Service shop/api"), details(traces));
        String closed = policy("in", "podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}]}]");
        assertEquals(
                Reach.UNREACHABLE,
                manifests("internet", "http://shop.example.com/cart", with(closed, objects))
                        .verdict());
        UsageError other =
                assertThrows(UsageError.class, () -> manifests("internet", "http://shop.example.com/cartoon", objects));
        assertTrue(other.getMessage().contains("there are hosts shop.example.com"), other.getMessage());
    }

    // ---- names

    @ParameterizedTest
    @CsvSource({
        "api,                             REACHABLE",
        "api.shop,                        REACHABLE",
        "api.shop.svc,                    REACHABLE",
        "api.shop.svc.cluster.local,      REACHABLE",
        "api.shop.svc.cluster.local.,     REACHABLE",
        "api.svc.cluster.local.,          UNREACHABLE",
        "nothing.shop,                    UNREACHABLE",
        "old,                             REACHABLE",
        "example.com,                     REACHABLE",
        "api.elsewhere.svc.cluster.local, UNKNOWN",
    })
    void namesAreLookedUpThroughTheSearchPath(String name, Reach expected) {
        String old =
                "apiVersion: v1, kind: Service, metadata: {name: old, namespace: shop}, spec: {type: ExternalName, externalName: api.shop.svc.cluster.local}";
        Traces traces =
                manifests("shop/web", name + ":80", NAMESPACE, API, old, deployment("web", ""), deployment("api", ""));
        assertEquals(expected, traces.verdict(), traces::toString);
        assertTrue(
                details(traces).contains("search shop.svc.cluster.local svc.cluster.local cluster.local, ndots 5"),
                details(traces));
    }

    @Test
    void podsWithTheirNodesDnsKnowNoServices() {
        Traces traces = manifests(
                "shop/web",
                "api.shop.svc.cluster.local:80",
                NAMESPACE,
                API,
                deployment("web", "").replace("containers", "dnsPolicy: Default, containers"),
                deployment("api", ""));
        assertEquals(Reach.UNREACHABLE, traces.verdict());
    }

    @Test
    void headlessServicesGiveTheAddressesOfPods() {
        String headless = service("db", "clusterIP: None, selector: {app: db}, ports: [{port: 5432}]");
        String slice = slice(
                        "db",
                        "{addresses: [10.42.1.5], nodeName: b, targetRef: {kind: Pod, name: db-0}}, {addresses: [10.42.1.6], conditions: {ready: false}}")
                .replace("port: 8080", "port: 5432");
        String[] objects = {headless, slice, pod("web", "a", "10.42.0.2", ""), pod("db-0", "b", "10.42.1.5", ""), A, B};
        Traces all = dump("shop/web", "db.shop:5432", objects);
        assertEquals("10.42.0.2 -> 10.42.1.5:5432/TCP", packet(all));
        assertEquals(List.of(), steps(all, Step.Translated.class));
        assertEquals(
                "10.42.0.2 -> 10.42.1.5:5432/TCP",
                packet(dump("shop/web", "db-0.db.shop.svc.cluster.local:5432", objects)));
    }

    @Test
    void dnsIsATraceOfItsOwn() {
        String dns =
                "apiVersion: v1, kind: Service, metadata: {name: kube-dns, namespace: kube-system, labels: {k8s-app: kube-dns}}, spec: {clusterIP: 10.96.0.10, selector: {k8s-app: kube-dns}, ports: [{name: dns, port: 53, protocol: UDP}, {name: dns-tcp, port: 53}]}";
        String coredns =
                "apiVersion: apps/v1, kind: Deployment, metadata: {name: coredns, namespace: kube-system}, spec: {template: {metadata: {labels: {k8s-app: kube-dns}}, spec: {containers: [{name: coredns}]}}}";
        String closed = policy(
                "out",
                "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{podSelector: {}}]}]");
        String[] objects = {NAMESPACE, API, dns, coredns, deployment("web", ""), deployment("api", "")};
        Traces open = manifests("shop/web", "dns", objects);
        assertEquals(Reach.REACHABLE, open.verdict(), open::toString);
        assertEquals(2, open.traces().size());
        assertEquals(
                Reach.UNREACHABLE,
                manifests("shop/web", "dns", with(closed, objects)).verdict());
        Traces byName = manifests("shop/web", "api.shop:80", with(closed, objects));
        assertEquals(Reach.UNREACHABLE, byName.verdict());
        assertTrue(byName.reason().toString().contains("DNS"), byName.reason().toString());
        assertEquals(
                Reach.REACHABLE,
                manifests("shop/web", "shop/api", with(closed, objects)).verdict());
    }

    // ---- what is asked

    @Test
    void clientsCanBeNamedByTheirServiceAccount() {
        String web = deployment("web", "").replace("containers", "serviceAccountName: front, containers");
        assertEquals(
                Reach.REACHABLE,
                manifests("shop/serviceaccount/front", "shop/api", NAMESPACE, API, web, deployment("api", ""))
                        .verdict());
        UsageError none =
                assertThrows(UsageError.class, () -> manifests("shop/sa/back", "shop/api", NAMESPACE, API, web));
        assertTrue(none.getMessage().contains("there are front"), none.getMessage());
    }

    @Test
    void whatIsNotThereIsTheUsersMistake() {
        UsageError error = assertThrows(
                UsageError.class, () -> manifests("shop/wbe", "shop/api", NAMESPACE, API, deployment("web", "")));
        assertTrue(error.getMessage().contains("web"), error.getMessage());
        Traces port =
                manifests("shop/web", "shop/api:81", NAMESPACE, API, deployment("web", ""), deployment("api", ""));
        assertEquals(Reach.REACHABLE, port.verdict(), "Deployment shop/api is called so as well, and has any port");
        assertEquals(
                Reach.UNREACHABLE,
                manifests(
                                "shop/web",
                                "shop/service/api:81",
                                NAMESPACE,
                                API,
                                deployment("web", ""),
                                deployment("api", ""))
                        .verdict());
    }

    @ParameterizedTest
    @CsvSource({
        "shop/api,              shop/api,      '',   ",
        "shop/api:80,           shop/api,      80,   ",
        "shop/api:http/udp,     shop/api,      http, UDP",
        "shop/tcp,              shop/tcp,      '',   ",
        "shop/api/tcp,          shop/api,      '',   TCP",
        "10.0.0.1:53/UDP,       10.0.0.1,      53,   UDP",
        "fd00::1,               fd00::1,       '',   ",
        "[fd00::1]:80,          fd00::1,       80,   ",
        "api.shop.svc:80,       api.shop.svc,  80,   ",
        "node-1:30080,          node-1,        30080,",
    })
    void targets(String text, String target, String port, String protocol) {
        Flow flow = Flow.of("shop/web", text);
        assertEquals(target, flow.target());
        assertEquals(port, flow.port());
        assertEquals(protocol, flow.protocol() == null ? null : flow.protocol().name());
    }

    @Test
    void impossiblePorts() {
        assertThrows(UsageError.class, () -> Flow.of("shop/web", "shop/api:65536"));
        assertThrows(UsageError.class, () -> Flow.of("shop/web", "shop/api:0"));
        assertThrows(UsageError.class, () -> Flow.of("", "shop/api"));
    }

    // ---- objects, as flow mappings without the outer braces

    static String service(String name, String spec) {
        return "apiVersion: v1, kind: Service, metadata: {name: " + name + ", namespace: shop}, spec: {" + spec + "}";
    }

    static String deployment(String name, String container) {
        return "apiVersion: apps/v1, kind: Deployment, metadata: {name: " + name
                + ", namespace: shop}, spec: {template: {metadata: {labels: {app: " + name
                + "}}, spec: {containers: [{name: main" + (container.isEmpty() ? "" : ", " + container) + "}]}}}";
    }

    static String pod(String name, String node, String address, String container) {
        return "apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: shop, labels: {app: " + name
                + "}}, spec: {nodeName: " + node
                + ", containers: [{name: main" + (container.isEmpty() ? "" : ", " + container)
                + "}]}, status: {phase: Running, podIPs: [{ip: " + address
                + "}], conditions: [{type: Ready, status: \"True\"}]}";
    }

    static String node(String name, String address, String pods, String zone) {
        return "apiVersion: v1, kind: Node, metadata: {name: " + name + ", labels: {topology.kubernetes.io/zone: "
                + zone + "}}, spec: {podCIDRs: [" + pods + "]}, status: {addresses: [{type: InternalIP, address: "
                + address + "}]}";
    }

    static String slice(String service, String endpoints) {
        return "apiVersion: discovery.k8s.io/v1, kind: EndpointSlice, metadata: {name: " + service
                + "-1, namespace: shop, labels: {kubernetes.io/service-name: " + service
                + "}}, addressType: IPv4, ports: [{name: \"\", port: 8080}], endpoints: [" + endpoints + "]";
    }

    static String policy(String name, String spec) {
        return "apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {" + spec + "}";
    }

    static String deny(String name, String app) {
        return policy(name, "podSelector: {matchLabels: {app: " + app + "}}, policyTypes: [Ingress]");
    }

    private static String kubeProxy(String mode) {
        return "apiVersion: v1, kind: ConfigMap, metadata: {name: kube-proxy, namespace: kube-system}, data: {config.conf: \"mode: "
                + mode + "\\n\"}";
    }

    static String[] with(String one, String... others) {
        return Stream.concat(Stream.of(one), Stream.of(others)).toArray(String[]::new);
    }

    static Traces manifests(String from, String to, String... objects) {
        return trace(
                from, to, Stream.of(objects).map(object -> "{" + object + "}\n").collect(Collectors.joining("---\n")));
    }

    static Traces dump(String from, String to, String... objects) {
        StringBuilder text = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        for (String object : objects) {
            text.append("- {")
                    .append(object.replaceFirst("metadata: \\{", "metadata: {uid: u, resourceVersion: \"7\", "))
                    .append("}\n");
        }
        return trace(from, to, text.toString());
    }

    private static Traces trace(String from, String to, String text) {
        var in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        var input = new Loader("default", in, "text.yaml").load(List.of("-"));
        assertEquals(List.of(), input.findings());
        return new Tracer(Linker.link(input, false)).trace(Flow.of(from, to));
    }

    static <S extends Step> List<S> steps(Traces traces, Class<S> type) {
        return traces.traces().stream()
                .flatMap(trace -> trace.steps(type).stream())
                .toList();
    }

    static List<String> endpoints(Traces traces) {
        return steps(traces, Step.Selected.class).stream()
                .flatMap(step -> step.endpoints().stream())
                .sorted()
                .toList();
    }

    static String packet(Traces traces) {
        return steps(traces, Step.Delivered.class).getFirst().packet().toString();
    }

    static String details(Traces traces) {
        return steps(traces, Step.class).stream()
                .map(step -> step.word() + " " + step.detail())
                .collect(Collectors.joining("\n"));
    }
}
