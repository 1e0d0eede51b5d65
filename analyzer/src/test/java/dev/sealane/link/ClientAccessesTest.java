package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.policy;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.ClientAccess;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientAccessesTest {
    private static final String API =
            deployment("api", "app: api", "containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]");
    private static final String DENY = policy("deny", "podSelector: {}, policyTypes: [Ingress]");

    private static String service(String spec) {
        return "apiVersion: v1, kind: Service, metadata: {name: api, namespace: shop}, spec: {" + spec + "}";
    }

    private static final String SERVICE = service("selector: {app: api}, ports: [{port: 80, targetPort: http}]");

    private static String web(String url, String... more) {
        return deployment(
                "web",
                "app: web",
                String.join(", ", more) + (more.length > 0 ? ", " : "")
                        + "containers: [{name: c, env: [{name: API_URL, value: '" + url + "'}]}]");
    }

    private static List<String> facts(String... objects) {
        return Linked.manifests(objects).all(ClientAccess.class).stream()
                .map(fact -> fact.client() + " " + fact.pods() + " " + fact.port())
                .toList();
    }

    private static final List<String> BLOCKED = List.of("Deployment shop/web Deployment shop/api TCP 8080");

    @Test
    void namesOfTheService() {
        for (String url : List.of(
                "http://api",
                "http://api.shop",
                "http://api.shop.svc",
                "http://api.shop.svc.cluster.local.:80",
                "api",
                "api:80")) {
            assertEquals(BLOCKED, facts(SERVICE, API, DENY, web(url)), url);
        }
        for (String url : List.of(
                "http://api.other",
                "http://api.shop.com",
                "http://xapi",
                "http://api.svc",
                "http://api.svc.cluster.local",
                "http://a.api.shop",
                "http://api.shop.svc.example.com",
                "http://api:8080")) {
            assertEquals(List.of(), facts(SERVICE, API, DENY, web(url)), url);
        }
    }

    @Test
    void namesThatPodsLookUpElsewhere() {
        assertEquals(List.of(), facts(SERVICE, API, DENY, web("http://api", "dnsPolicy: Default")));
        assertEquals(List.of(), facts(SERVICE, API, DENY, web("http://api", "hostNetwork: true")));
        assertEquals(
                List.of(),
                facts(SERVICE, API, DENY, web("http://api.shop", "dnsConfig: {options: [{name: ndots, value: '1'}]}")));
    }

    @Test
    void servicesThatAreNotJudged() {
        String external = service("type: ExternalName, externalName: a.example.com");
        String bare = service("ports: [{port: 80}]");
        String headless = service("clusterIP: None, selector: {app: api}, ports: [{port: 80, targetPort: http}]");
        assertEquals(List.of(), facts(external, API, DENY, web("http://api")));
        assertEquals(List.of(), facts(bare, API, DENY, web("http://api")));
        assertEquals(List.of(), facts(headless, API, DENY, web("api")));
        assertEquals(BLOCKED, facts(headless, API, DENY, web("http://api:8080")));
    }

    @Test
    void pathsThatMayBeOpen() {
        String tunnel = policy("mesh", "podSelector: {}, ingress: [{ports: [{port: 15008}]}]");
        String egress = "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: "
                + "{cidr: 10.0.0.0/8}}]}]";
        String unread =
                "apiVersion: example.com/v1, kind: FooNetworkPolicy, metadata: {name: a, namespace: shop}, spec: {}";
        assertEquals(List.of(), facts(SERVICE, API, DENY, tunnel, web("http://api")));
        assertEquals(List.of(), facts(SERVICE, API, policy("out", egress), web("http://api")));
        assertEquals(List.of(), facts(SERVICE, API, DENY, unread, web("http://api")));
        assertEquals(List.of(), facts(SERVICE, API, web("http://api")));
    }

    @Test
    void egressToTheServicesOwnAddress() {
        String service = service("clusterIP: 10.96.0.7, selector: {app: api}, ports: [{port: 80, targetPort: 8080}]");
        String egress = "podSelector: {matchLabels: {app: web}}, policyTypes: [Egress], egress: [{to: [{ipBlock: "
                + "{cidr: RANGE}}]}]";
        String pods = "apiVersion: v1, kind: Pod, metadata: {name: api, namespace: shop, labels: {app: api}}, spec: "
                + "{containers: [{name: c}]}, status: {podIP: 10.1.0.1, podIPs: [{ip: 10.1.0.1}]}";
        assertEquals(
                List.of(),
                facts(service, pods, policy("out", egress.replace("RANGE", "10.96.0.7/32")), web("http://api")));
        assertEquals(
                List.of("Deployment shop/web Pod shop/api TCP 8080"),
                facts(service, pods, policy("out", egress.replace("RANGE", "192.0.2.0/24")), web("http://api")));
    }

    /** The pods of a capture have the variables of their workload's template. */
    @Test
    void podsOfACapture() {
        String pod = Linked.pod("web-1", "app: web", "ReplicaSet", "web-x", "phase: Running");
        String set = "apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-x, namespace: shop, ownerReferences: "
                + "[{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]}, spec: {}";
        List<String> objects = new ArrayList<>(List.of(SERVICE, API, DENY, web("http://api"), set, pod));
        ClientAccess fact = Linked.capture(objects.toArray(String[]::new)).one(ClientAccess.class);
        assertEquals("Deployment shop/web", fact.client());
        assertEquals(
                "spec.template.spec.containers[0].env[0].value", fact.place().path());
    }
}
