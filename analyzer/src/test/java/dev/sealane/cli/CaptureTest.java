package dev.sealane.cli;

import static dev.sealane.cli.Call.sealane;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the printed script, with a kubectl that answers from files. */
class CaptureTest {
    /** Answers what there is a file for, refuses Ingresses as kubectl does, and has an empty list of all else. */
    private static final String KUBECTL = """
            #!/bin/sh
            here=${0%/*}
            printf '%s\\n' "$*" >>"$here/calls"
            for word in "$@"; do
                case $word in
                    version) [ ! -e "$here/down" ] || { echo 'connection refused' >&2; exit 1; }
                        echo 'serverVersion: {gitVersion: v1.34.0}'; exit ;;
                    api-resources) cat "$here/api-resources"; exit ;;
                    ingresses.*) printf 'apiVersion: v1\\nitems: []\\nkind: List\\n'
                        echo 'Warning: something else' >&2
                        echo 'Error from server (Forbidden): ingresses is forbidden' >&2
                        exit 1 ;;
                    debug) cat >"$here/program"; cat "$here/stream"; exit ;;
                    delete) exit ;;
                    jsonpath=*) cat "$here/node-names"; exit ;;
                esac
                [ ! -e "$here/answers/$word" ] || { cat "$here/answers/$word"; exit; }
            done
            case $* in
                *go-template=*) ;;
                *) printf 'apiVersion: v1\\nitems: []\\nkind: List\\nmetadata:\\n  resourceVersion: ""\\n' ;;
            esac
            """;

    private static final String API_RESOURCES = """
            NAME              SHORTNAMES   APIVERSION                 NAMESPACED   KIND
            configmaps        cm           v1                         true         ConfigMap
            namespaces        ns           v1                         false        Namespace
            nodes             no           v1                         false        Node
            pods              po           v1                         true         Pod
            secrets                        v1                         true         Secret
            services          svc          v1                         true         Service
            deployments       deploy       apps/v1                    true         Deployment
            ingresses         ing          networking.k8s.io/v1       true         Ingress
            networkpolicies   netpol       networking.k8s.io/v1       true         NetworkPolicy
            networkpolicies                crd.projectcalico.org/v1   true         NetworkPolicy
            """;

    private static final String SERVICES = """
            apiVersion: v1
            items:
            - apiVersion: v1
              kind: Service
              metadata:
                name: web
                namespace: shop
                resourceVersion: "10"
                uid: 7d7f7e2c-0000-4000-8000-000000000001
              spec:
                ports:
                - port: 80
                selector:
                  app: wbe
            kind: List
            metadata:
              resourceVersion: ""
            """;

    private static final String PODS = """
            apiVersion: v1
            items:
            - apiVersion: v1
              kind: Pod
              metadata:
                labels:
                  app: web
                name: web-1
                namespace: shop
                resourceVersion: "11"
                uid: 7d7f7e2c-0000-4000-8000-000000000002
              spec:
                containers:
                - image: web
                  name: web
              status:
                phase: Running
            kind: List
            metadata:
              resourceVersion: ""
            """;

    /** What kubectl makes of the template; of what should be certificates, one comes with a key. */
    private static final String SECRETS = """
            object\t"shop"\t"web-tls"\t"u1"\t"12"\t"2026-01-01T00:00:00Z"\t"kubernetes.io/tls"
            pem\t"tls.crt"\t"-----BEGIN CERTIFICATE-----\\nQUJD\\n-----END CERTIFICATE-----\\n-----BEGIN PRIVATE KEY-----\\nS0VZ\\n-----END PRIVATE KEY-----\\n"
            key\t"tls.key"
            object\t"shop"\t"db"\t"u2"\t"13"\t"2026-01-01T00:00:00Z"\t"Opaque"
            key\t"pass\\"word: #"
            Error executing template: hunter2
            key\thunter2
            \thunter2
            """;

    @TempDir
    private Path folder;

    private Path script;

    @BeforeEach
    void prepare() throws IOException {
        Path kubectl = Files.writeString(folder.resolve("kubectl"), KUBECTL);
        assertTrue(kubectl.toFile().setExecutable(true));
        Files.writeString(folder.resolve("api-resources"), API_RESOURCES);
        Path answers = Files.createDirectory(folder.resolve("answers"));
        Files.writeString(answers.resolve("services"), SERVICES);
        Files.writeString(answers.resolve("pods"), PODS);
        Files.writeString(answers.resolve("secrets"), SECRETS);
        script = print();
    }

    private Path print(String... options) {
        Path file = folder.resolve("capture.sh");
        List<String> words = new ArrayList<>(List.of("capture", "--output", file.toString()));
        words.addAll(List.of(options));
        Call call = sealane(words.toArray(String[]::new));
        assertEquals(0, call.code(), call.err());
        return file;
    }

    static List<String> shells() {
        return Stream.of("sh", "dash", "bash", "busybox sh")
                .filter(shell -> Stream.of(System.getenv("PATH").split(":"))
                        .anyMatch(bin -> Files.isExecutable(Path.of(bin, shell.split(" ")[0]))))
                .toList();
    }

    private record Ran(int code, String err) {}

    private Ran run(String shell, String... arguments) {
        List<String> words = new ArrayList<>(List.of(shell.split(" ")));
        words.add(script.toString());
        words.addAll(List.of(arguments));
        Path err = folder.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(err.toFile());
        builder.environment().put("PATH", folder + ":" + System.getenv("PATH"));
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return new Ran(process.exitValue(), Files.readString(err));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String read(String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of the ledger by group and kind, without the time. */
    private Map<String, List<String>> ledger(String dump) {
        Map<String, List<String>> rows = new TreeMap<>();
        read(dump + "/ledger.tsv").lines().skip(1).forEach(line -> {
            List<String> fields = Arrays.asList(line.split("\t", -1));
            assertEquals(7, fields.size(), line);
            assertTrue(fields.get(0).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"), line);
            String kind = fields.get(3).isEmpty() ? fields.get(2) : fields.get(3) + "/" + fields.get(2);
            List<String> rest = List.of(fields.get(1), fields.get(4), fields.get(5), fields.get(6));
            assertEquals(null, rows.put(fields.get(4).equals("*") ? kind : kind + " " + fields.get(4), rest), line);
        });
        return rows;
    }

    @ParameterizedTest
    @MethodSource("shells")
    void collects(String shell) {
        Ran ran = run(shell, "dump");
        assertEquals(0, ran.code(), ran.err());
        assertTrue(ran.err().contains("9 answers, 1 failed"), ran.err());
        assertTrue(ran.err().endsWith("Next: sealane lint ./dump\n"), ran.err());
        assertEquals(SERVICES, read("dump/cluster/services.yaml"));
        assertFalse(Files.exists(folder.resolve("dump/cluster/services.err")));

        Map<String, List<String>> ledger = ledger("dump");
        assertEquals(List.of("0", "*", "cluster/services.yaml", ""), ledger.get("Service"));
        assertEquals(List.of("0", "-", "cluster/nodes.yaml", ""), ledger.get("Node -"));
        assertEquals(
                List.of("0", "*", "cluster/networkpolicies.networking.k8s.io.yaml", ""),
                ledger.get("networking.k8s.io/NetworkPolicy"));
        assertEquals(
                List.of("0", "*", "cluster/networkpolicies.crd.projectcalico.org.yaml", ""),
                ledger.get("crd.projectcalico.org/NetworkPolicy"));
        assertEquals(List.of("absent", "*", "-", "not served"), ledger.get("gateway.networking.k8s.io/HTTPRoute"));
        assertEquals(List.of("absent", "*", "-", "not served"), ledger.get("projectcalico.org/NetworkPolicy"));
        assertSecretsAreReducedToKeysAndCertificates();
    }

    /** kubectl prints an empty list as well, which would say that there are none. */
    @Test
    void whatFailedHasNoAnswer() {
        run("sh", "dump");
        assertEquals(
                List.of("1", "*", "-", "Error from server (Forbidden): ingresses is forbidden"),
                ledger("dump").get("networking.k8s.io/Ingress"));
        assertFalse(Files.exists(folder.resolve("dump/cluster/ingresses.networking.k8s.io.yaml")));
        assertTrue(read("dump/cluster/ingresses.networking.k8s.io.err").contains("Forbidden"));
    }

    @Test
    void theResultCanBeChecked() {
        run("sh", "dump");
        Call coverage = sealane("coverage", folder.resolve("dump.tar.gz").toString());
        assertTrue(coverage.out().contains("sealane-capture"), coverage.out());
        assertTrue(coverage.out().contains("ingresses is forbidden"), coverage.out());
        Call call = sealane("lint", "--format", "line", folder.resolve("dump").toString());
        assertEquals(1, call.out().lines().count(), call.out());
        assertTrue(
                call.out().contains("cluster/services.yaml:13:5: error: selector app=wbe matches no pod"), call.out());
    }

    private void assertSecretsAreReducedToKeysAndCertificates() {
        assertEquals("""
                apiVersion: v1
                items:
                - apiVersion: v1
                  kind: Secret
                  metadata:
                    creationTimestamp: "2026-01-01T00:00:00Z"
                    name: "web-tls"
                    namespace: "shop"
                    resourceVersion: "12"
                    uid: "u1"
                  type: "kubernetes.io/tls"
                  data:
                    "tls.key": ""
                  stringData:
                    "tls.crt": "-----BEGIN CERTIFICATE-----\\nQUJD\\n-----END CERTIFICATE-----\\n"
                - apiVersion: v1
                  kind: Secret
                  metadata:
                    creationTimestamp: "2026-01-01T00:00:00Z"
                    name: "db"
                    namespace: "shop"
                    resourceVersion: "13"
                    uid: "u2"
                  type: "Opaque"
                  data:
                    "pass\\"word: #": ""
                kind: SecretList
                """, read("dump/cluster/secrets.yaml"));
    }

    /** The template itself names no value but that of a certificate. */
    @Test
    void secretValuesAreNotAskedFor() {
        String text = read("capture.sh");
        String template = text.substring(text.indexOf("\nSECRETS="), text.indexOf("\nCONFIG_MAPS="));
        assertEquals(1, template.split("\\(base64decode \\$v\\)", -1).length - 1);
        assertEquals(2, template.split("\\$v\\b", -1).length - 1, "the loop's variable, and the certificate");
        run("sh", "dump");
        assertTrue(read("calls")
                .lines()
                .filter(call -> call.contains(" secrets "))
                .allMatch(call -> call.contains("go-template=")));
    }

    @Test
    void namespaces() {
        script = print("--namespace", "shop,kube-system");
        assertEquals(0, run("sh", "dump").code());
        Map<String, List<String>> ledger = ledger("dump");
        assertEquals(List.of("0", "shop", "namespaces/shop/pods.yaml", ""), ledger.get("Pod shop"));
        assertEquals(
                List.of("0", "kube-system", "namespaces/kube-system/pods.yaml", ""), ledger.get("Pod kube-system"));
        assertEquals(List.of("0", "-", "cluster/nodes.yaml", ""), ledger.get("Node -"));
        assertFalse(read("calls").contains("--all-namespaces"));
        assertTrue(read("calls").contains("get pods --namespace=kube-system -o yaml"));
    }

    @Test
    void aFolderMayBeCalledAnything() {
        for (String name : List.of("a b", "it's \"$HOME\"", "-n", "$(touch evil)")) {
            Ran ran = run("sh", name.startsWith("-") ? "./" + name : name);
            assertEquals(0, ran.code(), ran.err());
            assertTrue(Files.exists(folder.resolve(name).resolve("cluster/pods.yaml")), name);
            assertTrue(Files.exists(folder.resolve(name + ".tar.gz")), name);
        }
        assertFalse(Files.exists(folder.resolve("evil")));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Files.createDirectory(folder.resolve("dump"));
        assertEquals(2, run("sh", "dump").code());
        assertEquals(2, run("sh", "--no-such-option").code());
        try (Stream<Path> files = Files.list(folder.resolve("dump"))) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void withoutServer() throws IOException {
        Files.createFile(folder.resolve("down"));
        Ran ran = run("sh", "dump");
        assertEquals(1, ran.code());
        assertTrue(ran.err().contains("kubectl does not reach the API server: connection refused"), ran.err());
        assertFalse(Files.exists(folder.resolve("dump")));
    }

    /** Where it is not known what the server has, everything is asked for. */
    @Test
    void withoutDiscovery() throws IOException {
        Files.writeString(folder.resolve("api-resources"), "");
        run("sh", "dump");
        assertTrue(ledger("dump").values().stream().noneMatch(row -> row.get(0).equals("absent")));
    }

    @ParameterizedTest
    @MethodSource("shells")
    void capturesOnANode(String shell) throws IOException {
        Path command = Files.writeString(folder.resolve("iptables-save"), """
                #!/bin/sh
                echo '*nat'
                echo 'something to say' >&2
                printf ':PREROUTING ACCEPT [0:0]'
                """);
        assertTrue(command.toFile().setExecutable(true));
        Files.writeString(folder.resolve("nft"), "#!/bin/sh\necho broken >&2\nexit 3\n");
        assertTrue(folder.resolve("nft").toFile().setExecutable(true));
        Ran ran = run(shell, "--node", "edge-a", "dump");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("*nat\n:PREROUTING ACCEPT [0:0]\n", read("dump/nodes/edge-a/iptables-save-c.txt"));
        assertEquals("something to say\n", read("dump/nodes/edge-a/iptables-save-c.err"));
        assertFalse(Files.exists(folder.resolve("dump/nodes/edge-a/nft-list-ruleset.txt")));
        assertTrue(read("dump/nodes/edge-a/failed.tsv").contains("nft-list-ruleset.txt\t3\tbroken\n"));
        assertFalse(Files.exists(folder.resolve("calls")), "kubectl is not needed");
        assertEquals(2, run(shell, "--node", "edge-a", "dump").code(), "it is there already");
        assertEquals(2, run(shell, "--node", "../x", "dump").code());
    }

    @Test
    void capturesThroughPods() throws IOException {
        Files.writeString(folder.resolve("node-names"), "edge-a\n../evil\n$(touch evil)\n");
        Files.writeString(folder.resolve("stream"), """
                Creating debugging pod node-debugger-edge-a-x7x7x with container debugger on node edge-a.
                # begin ip-rule.txt
                |# end 0
                |0: from all lookup local
                # end 0
                # begin ../../../evil.txt
                |evil
                # end 0
                # begin /tmp/evil.txt
                |evil
                # end 0
                """);
        Ran ran = run("sh", "--debug-nodes", "dump");
        assertEquals(0, ran.code(), ran.err());
        assertEquals("# end 0\n0: from all lookup local\n", read("dump/nodes/edge-a/ip-rule.txt"));
        try (Stream<Path> files = Files.list(folder.resolve("dump/nodes/edge-a"))) {
            assertEquals(
                    List.of("ip-rule.txt"),
                    files.map(f -> f.getFileName().toString()).toList());
        }
        assertTrue(read("program").contains("run nft-list-ruleset.txt nft list ruleset"));
        List<String> pods = read("calls")
                .lines()
                .filter(call -> call.matches(".* (debug|delete) .*"))
                .toList();
        assertEquals(2, pods.size(), pods.toString());
        assertTrue(pods.get(0).contains("debug node/edge-a --profile=sysadmin"), pods.get(0));
        assertTrue(pods.get(1).contains("delete pod node-debugger-edge-a-x7x7x"), pods.get(1));
        assertEquals(List.of("0", "edge-a", "nodes/edge-a", ""), ledger("dump").get("-/node edge-a"));
    }

    @Test
    void withoutNodes() {
        script = print("--no-nodes");
        String text = read("capture.sh");
        assertFalse(text.contains("debug"), text);
        assertFalse(text.contains("NODES"), text);
        assertEquals(2, run("sh", "--debug-nodes", "dump").code());
        assertEquals(0, run("sh", "dump").code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;reboot", "-x", "", "A", "a'b"})
    void noOtherNamespaces(String namespace) {
        Call call = sealane("capture", "--namespace=" + namespace);
        assertEquals(2, call.code());
        assertEquals("", call.out());
    }
}
