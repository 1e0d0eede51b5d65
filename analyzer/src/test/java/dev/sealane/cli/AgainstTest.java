package dev.sealane.cli;

import static dev.sealane.cli.Call.sealane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sealane lint --against}. */
class AgainstTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata: {name: NAME, namespace: shop}
            spec: {selector: {app: NAME}, ports: [{port: 80}]}
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME, namespace: shop}
            spec:
              selector: {matchLabels: {app: NAME}}
              template: {metadata: {labels: {app: NAME}}, spec: {containers: [{name: a, ports: [{containerPort: 80}]}]}}
            """;

    private static final String REPLICA_SET = """
            apiVersion: apps/v1
            kind: ReplicaSet
            metadata: {name: web-abc, namespace: shop, OWNER}
            spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, ports: [{containerPort: 80}]}]}}}
            """.replace("OWNER", owner("Deployment", "web"));

    private static final String NAMESPACES = """
            apiVersion: v1
            kind: Namespace
            metadata: {name: shop}
            ---
            apiVersion: v1
            kind: Namespace
            metadata: {name: kube-system}
            """;

    @TempDir
    private Path folder;

    private String cluster;

    /** Sound but for a Service that selects nothing: {@code web} with a pod, {@code old} with none. */
    @BeforeEach
    void capture() {
        cluster = file(
                "cluster.yaml",
                captured(
                        NAMESPACES,
                        named(SERVICE, "web"),
                        named(SERVICE, "web").replace("shop", "kube-system").replace("selector: {app: web}, ", ""),
                        named(SERVICE, "old"),
                        named(DEPLOYMENT, "web"),
                        named(DEPLOYMENT, "web").replace("shop", "kube-system"),
                        REPLICA_SET,
                        pod("web-abc-1", "shop", "web", owner("ReplicaSet", "web-abc"))));
    }

    private static String named(String object, String name) {
        return object.replace("NAME", name);
    }

    private static String owner(String kind, String name) {
        return "ownerReferences: [{apiVersion: apps/v1, kind: " + kind + ", name: " + name + ", controller: true}]";
    }

    private static String pod(String name, String namespace, String app, String owner) {
        return """
                apiVersion: v1
                kind: Pod
                metadata: {name: NAME, namespace: SPACE, labels: {app: APP}, OWNER}
                spec: {containers: [{name: a, ports: [{containerPort: 80}]}]}
                status: {phase: Running, conditions: [{type: Ready, status: "True"}]}
                """.replace("NAME", name)
                .replace("SPACE", namespace)
                .replace("APP", app)
                .replace("OWNER", owner);
    }

    /** The answer to one listing of every namespace. */
    private static String captured(String... documents) {
        StringBuilder list = new StringBuilder("apiVersion: v1\nkind: List\nitems:\n");
        for (String object : String.join("---\n", documents).split("---\n")) {
            String captured = object.replaceFirst("metadata: \\{", "metadata: {uid: u, resourceVersion: '7', ");
            list.append("- ").append(captured.strip().replace("\n", "\n  ")).append('\n');
        }
        return list.toString();
    }

    private String file(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
            return file.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The findings, as {@code file:line ID}. */
    private List<String> lint(String... arguments) {
        List<String> all = Stream.concat(
                        Stream.of("lint", "--format", "line", "--skip", "SVC008"), Stream.of(arguments))
                .toList();
        Call call = sealane(all.toArray(String[]::new));
        assertEquals("", call.err());
        return call.out()
                .lines()
                .map(line -> line.replace(folder.toString().replace('\\', '/') + "/", "")
                        .replaceFirst(":\\d+: .*\\[", " ")
                        .replace("]", ""))
                .toList();
    }

    @Test
    void theClusterAnswersWhatTheManifestsDoNot() {
        String ingress = file("pr/ingress.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: Ingress
                metadata: {name: web, namespace: shop}
                spec:
                  ingressClassName: nginx
                  rules:
                    - http:
                        paths:
                          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
                          - {path: /x, pathType: Prefix, backend: {service: {name: wbe, port: {number: 80}}}}
                """);
        assertEquals(List.of(), lint(ingress));
        assertEquals(List.of("pr/ingress.yaml:10 ING006"), lint(ingress, "--against", cluster));
    }

    @Test
    void aFindingThatTheClusterHasAnywayIsCountedAndNotListed() {
        assertEquals(List.of("cluster.yaml:21 SVC001"), lint(cluster));
        String added = file("pr/api.yaml", named(SERVICE, "api") + "---\n" + named(DEPLOYMENT, "api"));
        assertEquals(List.of(), lint(added, "--against", cluster));
        Call call = sealane("lint", added, "--against", cluster);
        assertEquals(0, call.code());
        assertTrue(
                call.out()
                        .contains(
                                "Against 9 objects of " + cluster
                                        + ": 0 replaced, 0 made anew by controllers; 1 finding that it had before not listed.\n"),
                call.out());
    }

    /** Seen by its pods alone before, and by its new template after. */
    @Test
    void aFindingIsNotNewBecauseAWorkloadIsKnownByItsTemplateNow() {
        String pod = pod("web-abc-1", "shop", "web", owner("ReplicaSet", "web-abc"))
                .replace("app: web", "app: web, pod-template-hash: abc");
        String misspelt = named(SERVICE, "wbe");
        String elsewhere = pod("x", "bank", "x", "annotations: {}");
        String pods = file("pods.yaml", captured(named(SERVICE, "web"), misspelt, pod, elsewhere));
        String same = file("pr/web.yaml", named(DEPLOYMENT, "web"));
        assertEquals(List.of("pods.yaml:11 SVC001"), lint(pods));
        assertEquals(List.of(), lint(same, "--against", pods));
        String changed = file("pr/web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        assertEquals(List.of("pods.yaml:7 SVC001", "pods.yaml:11 SVC001"), lint(changed, "--against", pods));
    }

    /** The captured Service is not in the pull request, and loses its pods by it. */
    @Test
    void labelsChangedInATemplateBreakTheServiceOfTheCluster() {
        String changed = file("pr/web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        assertEquals(List.of(), lint(changed));
        assertEquals(List.of("cluster.yaml:13 SVC001"), lint(changed, "--against", cluster));
        assertEquals(1, sealane("lint", changed, "--against", cluster).code());
    }

    @Test
    void aRenamedServiceIsNewAndTheOldOneStays() {
        String renamed = file("pr/web.yaml", named(SERVICE, "front").replace("app: front", "app: web"));
        assertEquals(List.of(), lint(renamed, "--against", cluster));
        String typo = file("pr/web.yaml", named(SERVICE, "front"));
        assertEquals(List.of("pr/web.yaml:4 SVC001"), lint(typo, "--against", cluster));
    }

    @Test
    void aNewPolicyKeepsCapturedPodsFromDns() {
        String policy = file("pr/policy.yaml", """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: lock, namespace: shop}
                spec:
                  podSelector: {matchLabels: {app: web}}
                  policyTypes: [Egress]
                  egress: [{to: [{podSelector: {}}]}]
                """);
        assertEquals(List.of("pr/policy.yaml:3 DNS001"), lint(policy, "--against", cluster));
        String nobody = file(
                "pr/policy.yaml",
                "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: lock, namespace: shop}\n"
                        + "spec: {podSelector: {matchLabels: {app: none}}, policyTypes: [Egress]}\n");
        assertEquals(List.of("pr/policy.yaml:4 POL002"), lint(nobody, "--against", cluster));
    }

    @Test
    void manifestsWithoutNamespaceReplaceThoseOfTheNamespaceGiven() {
        String changed = file(
                "pr/web.yaml",
                named(DEPLOYMENT, "web").replace(", namespace: shop", "").replace("app: web", "app: shop"));
        assertEquals(List.of(), lint(changed, "--against", cluster));
        assertEquals(List.of("cluster.yaml:13 SVC001"), lint(changed, "--against", cluster, "-n", "shop"));
    }

    /** By itself a capture counts more than a manifest; here the manifest is what is to come. */
    @Test
    void manifestsCountMoreThanTheCapture() {
        String broken = file("pr/web.yaml", named(SERVICE, "web").replace("app: web", "app: wbe"));
        assertEquals(List.of("cluster.yaml:21 SVC001"), lint(broken, cluster));
        assertEquals(List.of("pr/web.yaml:4 SVC001"), lint(broken, "--against", cluster));
    }

    /** A folder may hold both; what it is checked against is not to be applied. */
    @Test
    void theCaptureIsNotReadTwice() {
        file("web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        assertEquals(List.of("cluster.yaml:13 SVC001"), lint(folder.toString(), "--against", cluster));
        Call nothing = sealane("lint", cluster, "--against", cluster);
        assertEquals(2, nothing.code());
        assertTrue(nothing.err().startsWith("sealane: nothing to read"), nothing.err());
    }

    @Test
    void theCaptureMayBeAnArchive() throws IOException {
        Path archive = folder.resolve("cluster.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive))) {
            zip.putNextEntry(new ZipEntry("all.yaml"));
            zip.write(Files.readAllBytes(Path.of(cluster)));
        }
        String changed = file("pr/web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        assertEquals(List.of("cluster.zip/all.yaml:13 SVC001"), lint(changed, "--against", archive.toString()));
    }

    /** What says how to read a dump is said of the one that is captured, not of what is laid over it. */
    @Test
    void theLayoutIsThatOfTheCapture() {
        String changed = file("pr/web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        Call wrong = sealane("lint", changed, "--against", cluster, "--input-format", "must-gather");
        assertEquals(2, wrong.code());
        assertTrue(wrong.err().contains(cluster + " has not the files of must-gather"), wrong.err());
        file("dump/shop/pods.json", "{\"kind\": \"PodList\", \"apiVersion\": \"v1\", \"items\": []}");
        file("dump/shop/services.json", "{\"kind\": \"ServiceList\", \"apiVersion\": \"v1\", \"items\": []}");
        file("dump/shop/replication-controllers.json", "{}");
        file("dump/shop/daemonsets.json", "{}");
        file("dump/shop/replicasets.json", "{}");
        file("dump/shop/events.json", "{}");
        file("dump/nodes.json", """
                {"kind": "NodeList", "apiVersion": "v1", "items": [
                  {"metadata": {"name": "a", "uid": "u", "resourceVersion": "7"}}]}
                """);
        String dump = folder.resolve("dump").toString();
        String service = file("pr/api.yaml", named(SERVICE, "api"));
        assertEquals(
                List.of("pr/api.yaml:4 SVC001"),
                lint(service, "--against", dump, "--input-format", "cluster-info-dump"));
    }

    @Test
    void whatCannotBeReadOfTheCaptureIsSaid() {
        String cut = file("dump/cut.yaml", captured(named(SERVICE, "web")) + "---\nkind: [\n");
        String added = file("pr/api.yaml", named(SERVICE, "api") + "---\n" + named(DEPLOYMENT, "api"));
        Call call = sealane("lint", added, "--against", folder.resolve("dump").toString());
        assertEquals(0, call.code(), call.out());
        assertTrue(call.out().contains("; not all of it could be read.\n"), call.out());
        assertFalse(call.out().contains(cut), call.out());
    }

    @Test
    void mistakes() {
        String web = file("pr/web.yaml", named(SERVICE, "web"));
        Call stdin = sealane("lint", web, "--against", "-");
        assertEquals(2, stdin.code());
        assertTrue(stdin.err().startsWith("sealane: --against takes a file or a folder, not standard input\n"));
        String empty = file("empty.yaml", "# nothing\n");
        Call nothing = sealane("lint", web, "--against", empty);
        assertEquals(2, nothing.code());
        assertEquals(
                "sealane: --against " + empty + ": there is no object in it",
                nothing.err().lines().findFirst().orElseThrow());
    }

    /** A namespace that the capture shows is not complete because the manifests have one object of a kind in it. */
    @Test
    void whatTheClusterWasNotAskedForMayBeThere() {
        String services = file("services.yaml", captured(named(SERVICE, "web"), named(SERVICE, "old")));
        String added = file("pr/api.yaml", named(SERVICE, "api") + "---\n" + named(DEPLOYMENT, "other"));
        assertEquals(List.of("pr/api.yaml:4 SVC001"), lint(added));
        assertEquals(List.of(), lint(added, "--against", services));
        String elsewhere = file(
                "pr/api.yaml", (named(SERVICE, "api") + "---\n" + named(DEPLOYMENT, "other")).replace("shop", "bank"));
        assertEquals(List.of("pr/api.yaml:4 SVC001"), lint(elsewhere, "--against", services));
    }

    /** Its operator has not made anything for it yet. */
    @Test
    void aNewCustomResourceMayMakePods() {
        String resource =
                "---\napiVersion: example.com/v1\nkind: Database\nmetadata: {name: orders, namespace: shop}\n";
        String service = named(SERVICE, "api");
        assertEquals(List.of("pr/a.yaml:4 SVC001"), lint(file("pr/a.yaml", service), "--against", cluster));
        assertEquals(
                1,
                sealane("lint", file("pr/a.yaml", service), "--against", cluster)
                        .code());
        String both = file("pr/a.yaml", service + resource);
        assertEquals(0, sealane("lint", both, "--against", cluster).code());
        String named = file("pr/a.yaml", service.replace("app: api", "database: orders") + resource);
        assertEquals(List.of(), lint(named, "--against", cluster));
    }

    @Test
    void jsonTellsWhatItWasCheckedAgainst() {
        String changed = file("pr/web.yaml", named(DEPLOYMENT, "web").replace("app: web", "app: shop"));
        String out = sealane("lint", changed, "--against", cluster, "--format", "json")
                .out();
        String against = out.substring(out.indexOf("\"against\""));
        assertTrue(against.contains("\"replaced\": 1,"), out);
        assertTrue(against.contains("\"madeAnew\": 2,"), out);
        assertTrue(against.contains("\"known\": 1,"), out);
        assertTrue(against.contains("\"readable\": true"), out);
        assertFalse(sealane("lint", changed, "--format", "json").out().contains("against"));
    }
}
