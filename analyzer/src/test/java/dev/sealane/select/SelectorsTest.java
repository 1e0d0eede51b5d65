package dev.sealane.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sealane.facts.Pod;
import dev.sealane.link.Linker;
import dev.sealane.link.Network;
import dev.sealane.load.Loader;
import dev.sealane.load.UsageError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectorsTest {
    private static final String CLUSTER = """
            {apiVersion: v1, kind: Namespace, metadata: {name: shop, labels: {env: prod}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: test, labels: {env: test}}}
            ---
            {apiVersion: v1, kind: Namespace, metadata: {name: bare}}
            ---
            {apiVersion: v1, kind: Node, metadata: {name: n1},
              status: {addresses: [{type: InternalIP, address: 192.168.0.1}]}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop, uid: u1},
              spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
                spec: {containers: [{name: c, image: i}]}}}}
            ---
            {apiVersion: apps/v1, kind: ReplicaSet, metadata: {name: web-5d4, namespace: shop, uid: u2,
                ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, uid: u1, controller: true}]},
              spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}},
                spec: {containers: [{name: c, image: i}]}}}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-5d4-a, namespace: shop, labels: {app: web, zone: a},
                ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4, uid: u2, controller: true}]},
              spec: {nodeName: n1, containers: [{name: c, image: i}]},
              status: {phase: Running, podIP: 10.0.0.1, podIPs: [{ip: 10.0.0.1}, {ip: "fd00::1"}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web-5d4-b, namespace: shop, labels: {app: web, zone: b},
                ownerReferences: [{apiVersion: apps/v1, kind: ReplicaSet, name: web-5d4, uid: u2, controller: true}]},
              spec: {nodeName: n1, containers: [{name: c, image: i}]},
              status: {phase: Running, podIP: 10.0.0.2, podIPs: [{ip: 10.0.0.2}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: shop, labels: {app: agent}},
              spec: {nodeName: n1, hostNetwork: true, containers: [{name: c, image: i}]},
              status: {phase: Running, podIP: 192.168.0.1, podIPs: [{ip: 192.168.0.1}]}}
            ---
            {apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db, namespace: shop},
              spec: {serviceName: db, selector: {matchLabels: {app: db}}, template: {metadata:
                {labels: {app: db, app.kubernetes.io/name: db}}, spec: {containers: [{name: c, image: i}]}}}}
            ---
            {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: test},
              spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web, tier: db}},
                spec: {containers: [{name: c, image: i}]}}}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: front, namespace: shop},
              spec: {clusterIP: 10.96.0.1, clusterIPs: [10.96.0.1], selector: {app: web}, ports: [{port: 80}]}}
            ---
            {apiVersion: v1, kind: Service, metadata: {name: db, namespace: shop},
              spec: {selector: {app: web}, ports: [{port: 80}]}}
            ---
            {apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: door, namespace: shop},
              spec: {rules: [{http: {paths: [{path: /, pathType: Prefix,
                backend: {service: {name: front, port: {number: 80}}}}]}}]}}
            """;

    private static final Selectors SELECTORS = new Selectors(network(CLUSTER));

    private static Network network(String text) {
        Loader loader =
                new Loader("default", new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text.yaml");
        return Linker.link(loader.load(List.of("-")), false);
    }

    /** What is meant, in short: the sets with the pods, Services, nodes, ranges. */
    private static String text(Selection selection) {
        List<String> parts = new ArrayList<>();
        selection
                .members()
                .forEach(member -> parts.add(member.set().owner().path()
                        + member.pods().stream().map(Pod::name).toList()));
        selection.services().forEach(service -> parts.add("svc:" + service.name()));
        selection.nodes().forEach(node -> parts.add("node:" + node.name()));
        selection.ranges().forEach(range -> parts.add(range.toString()));
        if (selection.internet()) {
            parts.add("internet");
        }
        return String.join(" ", parts);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # Names. A workload comes before a Service of its name; a Service alone means the pods behind it.
            shop/web                    | shop/web[web-5d4-a] shop/web[web-5d4-b]
            shop/db                     | shop/db[] svc:db
            shop/front                  | shop/web[web-5d4-a] shop/web[web-5d4-b] svc:front
            shop/door                   | shop/web[web-5d4-a] shop/web[web-5d4-b] svc:front
            shop/web-5d4-a              | shop/web[web-5d4-a]
            */web                       | shop/web[web-5d4-a] shop/web[web-5d4-b] test/web[]
            # Kinds, as kubectl spells them.
            shop/deploy/web             | shop/web[web-5d4-a] shop/web[web-5d4-b]
            shop/Deployments/web        | shop/web[web-5d4-a] shop/web[web-5d4-b]
            shop/rs/web-5d4             | shop/web[web-5d4-a] shop/web[web-5d4-b]
            shop/po/web-5d4-b           | shop/web[web-5d4-b]
            shop/sts/db                 | shop/db[]
            shop/svc/db                 | shop/web[web-5d4-a] shop/web[web-5d4-b] svc:db
            shop/ing/door               | shop/web[web-5d4-a] shop/web[web-5d4-b] svc:front
            # Labels, as kubectl -l has them.
            shop/app=web                | shop/web[web-5d4-a] shop/web[web-5d4-b]
            shop/app==web,zone!=a       | shop/web[web-5d4-b]
            shop/zone in (a, c)         | shop/web[web-5d4-a]
            shop/app notin (web,agent)  | shop/db[]
            shop/!zone,app              | shop/agent[agent] shop/db[]
            shop/app.kubernetes.io/name=db | shop/db[]
            */app=web,tier              | test/web[]
            # Namespaces.
            namespace test              | test/web[]
            test/*                      | test/web[]
            namespace:env=prod          | shop/web[web-5d4-a] shop/web[web-5d4-b] shop/agent[agent] shop/db[]
            namespace:env notin (prod)  | test/web[]
            # Nodes and addresses. An address that the input has means what has it.
            node/n1                     | node:n1
            node n1                     | node:n1
            internet                    | internet
            10.0.0.2                    | shop/web[web-5d4-b]
            fd00:0::1                   | shop/web[web-5d4-a]
            192.168.0.1                 | node:n1
            10.96.0.1                   | shop/web[web-5d4-a] shop/web[web-5d4-b] svc:front
            10.0.0.9                    | 10.0.0.9/32
            10.0.0.0/8                  | 10.0.0.0/8
            """)
    void means(String selector, String meaning) {
        assertEquals(meaning, text(SELECTORS.select(selector)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/wbe                | "shop/wbe" matches nothing in the input; nearest: shop/web
            test/front              | "test/front" matches nothing in the input; nearest: shop/front
            shop/svc/frnt           | "shop/svc/frnt" matches nothing in the input; nearest: shop/front
            shopp/web               | "shopp/web" matches nothing: there is no namespace shopp in the input; nearest: shop
            shop/deplyo/web         | "shop/deplyo/web": there is no kind deplyo; nearest: deploy
            shop/ap=web             | no pod matches "shop/ap=web"; no label ap; nearest: app, app.kubernetes.io/name
            shop/app=wub            | no pod matches "shop/app=wub"
            namespace bare          | namespace bare has no pods in the input
            namespace:evn=prod      | no namespace matches "namespace:evn=prod"; no label evn; nearest: env
            namespace:env=dev       | no namespace matches "namespace:env=dev"
            node/n2                 | "node/n2" matches nothing: there is no such node in the input; nearest: n1
            db                      | "db" is no selector; nearest: shop/db
            """)
    void whatMatchesNothingNamesWhatIsNearest(String selector, String message) {
        UsageError error = assertThrows(UsageError.class, () -> SELECTORS.select(selector));
        assertEquals(message, error.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            shop/app=web,,tier=db   | "" in "app=web,,tier=db" is no condition on labels
            shop/replicas>3         | "replicas>3" in "replicas>3" is no condition on labels
            shop/app in (a b)       | "app in (a b)" in "app in (a b)" is no condition on labels
            nothing                 | "nothing" is no selector; the forms are
            ''                      | "" is no selector; the forms are
            shop/                   | "shop/" is no selector
            """)
    void whatCannotBeReadSaysWhy(String selector, String start) {
        UsageError error = assertThrows(UsageError.class, () -> SELECTORS.select(selector));
        assertEquals(
                start,
                error.getMessage()
                        .substring(
                                0, Math.min(start.length(), error.getMessage().length())));
    }
}
