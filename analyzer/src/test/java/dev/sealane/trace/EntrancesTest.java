package dev.sealane.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.link.Linker;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests through the Gateway API and through Routes of OpenShift. */
class EntrancesTest {
    /** Two Services with one pod each, behind port 80. */
    private static final String SHOP = namespace("shop", "team: a") + backend("api") + backend("cart");

    private static final String GATEWAY = """
            ---
            apiVersion: gateway.networking.k8s.io/v1
            kind: Gateway
            metadata: {name: edge, namespace: infra}
            spec:
              gatewayClassName: istio
              listeners:
                - {name: http, port: 80, protocol: HTTP, hostname: "*.example.com", allowedRoutes: {namespaces: {from: All}}}
                - {name: https, port: 443, protocol: HTTPS, hostname: shop.example.com, allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: a}}}}}
                - {name: own, port: 8080, protocol: HTTP}
            """;

    private static final String PODS = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: edge-istio, namespace: infra}
            spec:
              template:
                metadata: {labels: {gateway.networking.k8s.io/gateway-name: edge}}
                spec: {containers: [{name: proxy, ports: [{containerPort: 80}, {containerPort: 443}]}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: edge-istio, namespace: infra}
            spec:
              type: LoadBalancer
              selector: {gateway.networking.k8s.io/gateway-name: edge}
              ports: [{name: http, port: 80}, {name: https, port: 443}, {name: own, port: 8080}]
            """;

    private static String namespace(String name, String labels) {
        return """
                ---
                apiVersion: v1
                kind: Namespace
                metadata: {name: %s, labels: {%s}}
                """.formatted(name, labels);
    }

    private static String backend(String name) {
        return """
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: %1$s, namespace: shop}
                spec:
                  template:
                    metadata: {labels: {app: %1$s}}
                    spec: {containers: [{name: main, ports: [{name: web, containerPort: 8080}]}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s, namespace: shop}
                spec: {selector: {app: %1$s}, ports: [{name: http, port: 80, targetPort: web}]}
                """.formatted(name);
    }

    private static String route(String spec) {
        return route("HTTPRoute", "shop", "parentRefs: [{name: edge, namespace: infra}], " + spec);
    }

    private static String route(String kind, String namespace, String spec) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1
                kind: %s
                metadata: {name: way, namespace: %s}
                spec: {%s}
                """.formatted(kind, namespace, spec);
    }

    private static String to(String service) {
        return "backendRefs: [{name: " + service + ", port: 80}]";
    }

    private static Traces trace(String url, String... documents) {
        var in = new ByteArrayInputStream(String.join("", documents).getBytes(StandardCharsets.UTF_8));
        var input = new Loader("default", in, "text.yaml").load(List.of("-"));
        assertEquals(List.of(), input.findings());
        return new Tracer(Linker.link(input, false)).trace(Flow.of("internet", url));
    }

    private static String services(Traces traces) {
        return traces.traces().stream()
                .flatMap(trace -> trace.steps(Step.Resolved.class).stream())
                .map(step -> step.detail().toString())
                .filter(text -> text.contains(" routes to "))
                .map(text -> text.replaceAll(".* routes to Service shop/(\\w+),.*", "$1"))
                .distinct()
                .reduce((one, other) -> one + "+" + other)
                .orElse("");
    }

    /** The precedence of HTTPRoute: host, then an exact path, then the longest prefix, then what has more conditions. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://shop.example.com             | REACHABLE   | api",
                "http://shop.example.com/            | REACHABLE   | api",
                "http://shop.example.com/cart        | REACHABLE   | cart",
                "http://shop.example.com/cart/1?a=b  | REACHABLE   | cart",
                "http://shop.example.com/cartoon     | REACHABLE   | api",
                "http://shop.example.com/cart/all    | REACHABLE   | api",
                "http://shop.example.com/cart/all/1  | REACHABLE   | cart",
                "http://shop.example.com/beta        | REACHABLE   | cart+api",
                "http://shop.example.com/old         | REACHABLE   | ''",
                "http://shop.example.com/none        | UNREACHABLE | ''",
                "http://shop.example.com/off         | REACHABLE   | api",
                "http://a.b.example.com/             | REACHABLE   | cart",
                "https://shop.example.com/           | REACHABLE   | api",
            })
    void rulesOfRoutes(String url, Reach expected, String services) {
        String rules = String.join(
                ", ",
                "{matches: [{path: {type: PathPrefix, value: /}}], " + to("api") + "}",
                "{matches: [{path: {type: PathPrefix, value: /cart}}], " + to("cart") + "}",
                "{matches: [{path: {type: Exact, value: /cart/all}}], " + to("api") + "}",
                "{matches: [{path: {value: /beta}, headers: [{name: beta, value: a}]}], " + to("cart") + "}",
                "{matches: [{path: {value: /old}}], filters: [{type: RequestRedirect}]}",
                "{matches: [{path: {value: /none}}]}",
                "{matches: [{path: {value: /off}}], backendRefs: [{name: cart, port: 80, weight: 0}, {name: api, port: 80}]}");
        String wide = route("hostnames: ['*.example.com'], rules: [{" + to("cart") + "}]")
                .replace("name: way", "name: wide");
        Traces traces =
                trace(url, SHOP, GATEWAY, PODS, wide, route("hostnames: [shop.example.com], rules: [" + rules + "]"));
        assertEquals(expected, traces.verdict(), traces::toString);
        assertEquals(services, services(traces), traces::toString);
    }

    @Test
    void policiesAreAskedAboutThePodsOfTheGateway() {
        String closed = """
                ---
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed, namespace: shop}
                spec: {podSelector: {matchLabels: {app: api}}, ingress: [{from: [{podSelector: {}}]}]}
                """;
        Traces traces =
                trace("http://shop.example.com/", SHOP, GATEWAY, PODS, closed, route("rules: [{" + to("api") + "}]"));
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        assertTrue(
                traces.reason().toString().startsWith("ingress from a pod of Deployment infra/edge-istio"),
                traces.reason().toString());
    }

    @Test
    void withoutPodsOfTheGatewayItCannotBeTold() {
        Traces traces = trace("http://shop.example.com/", SHOP, GATEWAY, route("rules: [{" + to("api") + "}]"));
        assertEquals(Reach.UNKNOWN, traces.verdict());
        assertTrue(traces.reason().toString().contains("collect kubectl get gatewayclasses,gateways"));
    }

    /** Where the implementation runs one proxy for all Gateways, the address tells. */
    @Test
    void theAddressOfTheGatewayLeadsToItsPods() {
        String shared = PODS.replace("gateway.networking.k8s.io/gateway-name: edge", "app: traefik")
                + "status: {loadBalancer: {ingress: [{ip: 192.0.2.7}]}}\n";
        String gateway = GATEWAY + "status: {addresses: [{type: IPAddress, value: 192.0.2.7}]}\n";
        String route = route("rules: [{" + to("api") + "}]");
        assertEquals(
                Reach.REACHABLE,
                trace("http://shop.example.com/", SHOP, gateway, shared, route).verdict());
        assertEquals(
                Reach.UNKNOWN,
                trace("http://shop.example.com/", SHOP, GATEWAY, shared, route).verdict());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://shop.example.com:8080/ | {}                             | UNREACHABLE | it takes only routes of namespace infra",
                "http://shop.example.com:81/   | {}                             | UNREACHABLE | has no listener that takes http://shop.example.com:81/",
                "http://shop.example.org/      | {}                             | UNREACHABLE | has no listener that takes",
                "http://shop.example.com/      | {sectionName: https}           | UNREACHABLE | has no listener that takes",
                "http://shop.example.com/      | {sectionName: http, port: 80}  | REACHABLE   | nothing is in the way",
                "http://shop.example.com/      | {port: 8080}                   | UNREACHABLE | has no listener that takes",
                "http://shop.example.com/      | {name: other}                  | UNKNOWN     | collect kubectl get gateways -n infra",
                "http://shop.example.com/      | {name: edge, kind: ListenerSet} | UNKNOWN    | ListenerSet infra/edge, a parent of HTTPRoute shop/way, takes it is not followed",
            })
    void routesAttachToListeners(String url, String parent, Reach expected, String reason) {
        String more = parent.substring(1, parent.length() - 1);
        String ref = "{namespace: infra, " + (more.contains("name:") ? "" : "name: edge, ") + more + "}";
        Traces traces = trace(
                url,
                SHOP,
                GATEWAY,
                PODS,
                route(
                        "HTTPRoute",
                        "shop",
                        "parentRefs: [" + ref.replace(", }", "}") + "], rules: [{" + to("api") + "}]"));
        assertEquals(expected, traces.verdict(), traces::toString);
        assertTrue(traces.reason().toString().contains(reason), traces.reason().toString());
    }

    @Test
    void theSelectorOfAListenerReadsTheLabelsOfNamespaces() {
        String route = route("rules: [{" + to("api") + "}]");
        String url = "https://shop.example.com/";
        assertEquals(
                Reach.UNREACHABLE,
                trace(url, SHOP.replace("team: a", "team: b"), GATEWAY, PODS, route)
                        .verdict());
        assertEquals(
                Reach.UNKNOWN, trace(url, backend("api"), GATEWAY, PODS, route).verdict());
    }

    @Test
    void otherNamespacesNeedAGrant() {
        String route = route(
                "HTTPRoute",
                "infra",
                "parentRefs: [{name: edge}], rules: [{backendRefs: [{name: api, namespace: shop, port: 80}]}]");
        String url = "http://shop.example.com/";
        Traces open = trace(url, SHOP, GATEWAY, PODS, route);
        assertEquals(Reach.UNKNOWN, open.verdict());
        assertTrue(open.reason().toString().contains("collect kubectl get referencegrants -n shop"), open::toString);
        assertEquals(
                Reach.REACHABLE,
                trace(url, SHOP, GATEWAY, PODS, route, grant("infra", "Service"))
                        .verdict());
        assertEquals(
                Reach.UNREACHABLE,
                trace(url, SHOP, GATEWAY, PODS, route, grant("other", "Service"))
                        .verdict());
        assertEquals(
                Reach.UNREACHABLE,
                trace(url, SHOP, GATEWAY, PODS, route, grant("infra", "Service, name: cart"))
                        .verdict());
    }

    private static String grant(String from, String kind) {
        return """
                ---
                apiVersion: gateway.networking.k8s.io/v1beta1
                kind: ReferenceGrant
                metadata: {name: grant, namespace: shop}
                spec:
                  from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: %s}]
                  to: [{group: "", kind: %s}]
                """.formatted(from, kind);
    }

    @Test
    void aRouteWithoutRulesLeadsNowhere() {
        Traces traces = trace("http://shop.example.com/a", SHOP, GATEWAY, PODS, route("rules: []"));
        assertEquals(Reach.UNREACHABLE, traces.verdict());
        assertTrue(traces.reason().toString().contains("status 500"), traces::toString);
    }

    @Test
    void conditionsThatAUrlDoesNotTell() {
        String expression =
                "rules: [{matches: [{path: {type: RegularExpression, value: '/v[0-9]'}}], " + to("api") + "}]";
        Traces traces = trace("http://shop.example.com/v1", SHOP, GATEWAY, PODS, route(expression));
        assertEquals(Reach.DEPENDS, traces.verdict());
        assertEquals(
                "only requests with a path of the form /v[0-9] are taken",
                traces.reason().toString());
    }

    @Test
    void listenersOfOnePortMayBeIsolated() {
        String gateway = GATEWAY.replace(
                "- {name: own, port: 8080, protocol: HTTP}",
                "- {name: close, port: 80, protocol: HTTP, hostname: shop.example.com}");
        assertEquals(
                Reach.DEPENDS,
                trace("http://shop.example.com/", SHOP, gateway, PODS, route("rules: [{" + to("api") + "}]"))
                        .verdict());
    }

    @Test
    void callsAndPassedThroughTls() {
        String calls = route(
                "GRPCRoute",
                "shop",
                "parentRefs: [{name: edge, namespace: infra}], rules: [{matches: [{method: {service: shop.Cart, method: Add}}], "
                        + to("cart") + "}, {matches: [{method: {service: shop.Cart}}], " + to("api") + "}]");
        String url = "http://rpc.example.com/shop.Cart/";
        assertEquals("cart", services(trace(url + "Add", SHOP, GATEWAY, PODS, calls)));
        assertEquals("api", services(trace(url + "Remove", SHOP, GATEWAY, PODS, calls)));
        String tls = route(
                "TLSRoute",
                "shop",
                "parentRefs: [{name: edge, namespace: infra}], hostnames: [shop.example.com], rules: [{" + to("api")
                        + "}]");
        assertEquals(
                Reach.UNREACHABLE,
                trace("https://shop.example.com/", SHOP, GATEWAY, PODS, tls).verdict());
        String passing = GATEWAY.replace("protocol: HTTPS", "protocol: TLS, tls: {mode: Passthrough}");
        assertEquals(
                Reach.REACHABLE,
                trace("https://shop.example.com/any", SHOP, passing, PODS, tls).verdict());
    }

    @Test
    void hostsAreNamedIfNoneMatches() {
        UsageError error = assertThrows(
                UsageError.class,
                () -> trace(
                        "http://shop.example.com/",
                        SHOP,
                        GATEWAY,
                        route("hostnames: [a.example.com], rules: [{" + to("api") + "}]"),
                        openShift("host: b.example.com", "")));
        assertTrue(error.getMessage().endsWith("; there are hosts a.example.com, b.example.com"), error.getMessage());
    }

    // ---- OpenShift

    private static final String ROUTER = """
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: router-default, namespace: openshift-ingress}
            spec:
              template:
                metadata: {labels: {app: router}}
                spec: {hostNetwork: true, containers: [{name: router, ports: [{containerPort: 80}, {containerPort: 443}]}]}
            """;

    private static String openShift(String spec, String status) {
        return """
                ---
                apiVersion: route.openshift.io/v1
                kind: Route
                metadata: {name: way, namespace: shop}
                spec: {to: {kind: Service, name: api}, %s}
                status: {%s}
                """.formatted(spec, status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "http://shop.example.com/      | REACHABLE   | ''",
                "http://SHOP.example.com/a     | REACHABLE   | path: /",
                "https://shop.example.com/     | UNREACHABLE | ''",
                "https://shop.example.com/     | REACHABLE   | 'tls: {termination: edge}'",
                "http://shop.example.com/      | UNREACHABLE | 'tls: {termination: edge}'",
                "http://shop.example.com/      | REACHABLE   | 'tls: {termination: edge, insecureEdgeTerminationPolicy: Allow}'",
                "http://shop.example.com/      | REACHABLE   | 'tls: {termination: edge, insecureEdgeTerminationPolicy: Redirect}'",
                "http://a.example.com/         | REACHABLE   | 'wildcardPolicy: Subdomain'",
                "http://shop.example.com/      | REACHABLE   | 'port: {targetPort: http}'",
                "http://shop.example.com/      | UNREACHABLE | 'port: {targetPort: grpc}'",
                "http://shop.example.com/      | REACHABLE   | 'port: {targetPort: 80}'",
                "http://shop.example.com/      | UNKNOWN     | 'port: {targetPort: 8080}'",
                "http://shop.example.com/      | UNREACHABLE | 'to: {name: api, weight: 0}'",
            })
    void routesOfOpenShift(String url, Reach expected, String spec) {
        String route = openShift("host: shop.example.com" + (spec.isEmpty() ? "" : ", " + spec), "");
        route = spec.contains("to:") ? route.replace("to: {kind: Service, name: api}, ", "") : route;
        Traces traces = trace(url, SHOP, ROUTER, route);
        assertEquals(expected, traces.verdict(), traces::toString);
    }

    @Test
    void routersThatHaveNotAdmittedARoute() {
        String admitted =
                "ingress: [{routerName: default, conditions: [{type: Admitted, status: '%s', reason: HostAlreadyClaimed}]}]";
        String url = "http://shop.example.com/";
        String host = "host: shop.example.com";
        assertEquals(
                Reach.REACHABLE,
                trace(url, SHOP, ROUTER, openShift(host, admitted.formatted("True")))
                        .verdict());
        Traces refused = trace(url, SHOP, ROUTER, openShift(host, admitted.formatted("False")));
        assertEquals(Reach.UNREACHABLE, refused.verdict());
        assertTrue(refused.reason().toString().endsWith(": HostAlreadyClaimed"), refused::toString);
        Traces elsewhere = trace(
                url, SHOP, ROUTER, openShift(host, admitted.formatted("True").replace("default", "sharded")));
        assertEquals(Reach.UNKNOWN, elsewhere.verdict());
    }

    @Test
    @DisplayName("the longest path wins, and a route is unknown without the router")
    void pathsOfOpenShift() {
        String root = openShift("host: shop.example.com", "");
        String cart = root.replace("name: way", "name: cart")
                .replace("name: api", "name: cart")
                .replace("spec: {", "spec: {path: /cart, ");
        assertEquals("cart", services(trace("http://shop.example.com/cart/1", SHOP, ROUTER, root, cart)));
        assertEquals("api", services(trace("http://shop.example.com/cartoon", SHOP, ROUTER, root, cart)));
        Traces open = trace("http://shop.example.com/", SHOP, root);
        assertEquals(Reach.UNKNOWN, open.verdict());
        assertTrue(open.reason().toString().contains("collect oc get deployments,pods,services -n openshift-ingress"));
    }
}
