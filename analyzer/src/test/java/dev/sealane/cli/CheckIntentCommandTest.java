package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By docs/examples/segments.yaml: web may reach api on port http, 8080; api and an office may reach vault on 8443. */
class CheckIntentCommandTest {
    private static final String SEGMENTS = "docs/examples/segments.yaml";

    @TempDir
    Path folder;

    private Call check(String assertions, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("some.intent"), assertions);
        List<String> arguments = new ArrayList<>(List.of("check-intent", file.toString()));
        arguments.addAll(List.of(more));
        if (!arguments.contains("-i")) {
            arguments.addAll(List.of("-i", SEGMENTS));
        }
        return Call.sealane(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | allow: shop/web -> shop/api:8080",
                "0 | allow: shop/web -> shop/api:http",
                "1 | allow: shop/web -> shop/api:9090",
                "1 | allow: shop/web -> shop/api:8080/UDP",
                "1 | allow: shop/web -> shop/api:8080-8081",
                "1 | deny: shop/web -> shop/api",
                "0 | deny: shop/web -> shop/api:8081-65535",
                "0 | deny: pci/vault -> shop/api",
                "0 | allow: pci/vault -> shop/web",
                "0 | allow: shop/api -> pci/vault",
                "1 | allow: namespace shop -> pci/vault:8443",
                "1 | deny: namespace shop -> pci/vault:8443",
                "0 | only: shop/web -> shop/api",
                "1 | only: shop/api -> pci/vault",
                "1 | only: shop/web -> pci/vault:8443",
                "0 | only: * -> pci/vault",
                "1 | deny: internet -> namespace pci",
                "0 | deny: internet -> namespace pci:443",
                "1 | deny: 203.0.113.7 -> pci/vault",
                "0 | deny: 203.0.114.0/24 -> pci/vault",
                "1 | deny: 203.0.112.0/23 -> pci/vault",
                "0 | deny: 2001:db8::/32 -> pci/vault",
                "1 | deny: * -> pci/vault:8443",
                "1 | only: internet -> shop/web",
                "0 | only: * -> shop/web",
                "0 | allow: shop/api -> internet:443",
                "0 | deny: shop/app=web -> pci/app=vault:8443",
            })
    void oneAssertion(int code, String assertion) throws IOException {
        Call call = check(assertion);
        assertEquals(code, call.code(), call.out() + call.err());
        assertEquals("", call.err());
    }

    @Test
    void whatDependsOnTheCniCannotBeTold() throws IOException {
        Path cluster = Files.writeString(
                folder.resolve("cluster.yaml"),
                Files.readString(Path.of(SEGMENTS)).replace("203.0.113.0/24", "10.0.0.0/8"));
        Call call = check("deny: shop/web -> pci/vault:8443", "-i", cluster.toString());
        assertEquals(4, call.code(), call.out());
        assertTrue(call.out().contains("cannot tell: deny: shop/web -> pci/vault:8443"), call.out());
        assertTrue(
                call.out().contains("Deployment shop/web may reach Deployment pci/vault on port 8443/TCP"), call.out());
    }

    /** The port of a Service stands for the port behind it, whether that has a number or a name. */
    @Test
    void portsOfServices() throws IOException {
        Path cluster = Files.writeString(folder.resolve("cluster.yaml"), Files.readString(Path.of(SEGMENTS)) + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: front, namespace: shop}
                spec:
                  selector: {app: api}
                  ports:
                    - {name: web, port: 80, targetPort: http}
                    - {name: admin, port: 81, targetPort: 9999}
                """);
        String input = cluster.toString();
        assertEquals(0, check("allow: shop/web -> shop/front:80", "-i", input).code());
        assertEquals(0, check("allow: shop/web -> shop/front:web", "-i", input).code());
        assertEquals(1, check("allow: shop/web -> shop/front:81", "-i", input).code());
        assertEquals(1, check("allow: shop/web -> shop/front", "-i", input).code());
        assertEquals(0, check("deny: shop/web -> shop/front:admin", "-i", input).code());
    }

    /** Two running pods that are not the same, and a port that is declared; the ends are those of the command. */
    @Test
    void aCounterexampleIsTraced() throws IOException {
        Path cluster = Files.writeString(
                folder.resolve("cluster.yaml"),
                String.join(
                        "\n---\n",
                        """
                apiVersion: v1
                kind: Namespace
                metadata: {name: shop}""",
                        pod("a", "10.42.0.1", "False"),
                        pod("b", "10.42.0.2", "True"),
                        pod("c", "10.42.0.3", "True"),
                        """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: closed, namespace: shop}
                spec: {podSelector: {}, policyTypes: [Ingress], ingress: []}
                """));
        String input = cluster.toString();
        Call denied = check("allow: shop/app=web -> shop/app=web:8000-9000", "-i", input);
        assertEquals(1, denied.code(), denied.err());
        List<String> lines = denied.out().lines().map(String::strip).toList();
        int trace = lines.indexOf("trace shop/pod/b shop/pod/c:8080/TCP: unreachable");
        assertTrue(trace > 0, denied.out());
        assertEquals("1  Pod shop/b", lines.get(trace + 1));
        assertTrue(lines.get(trace + 2).startsWith("filtered    egress to 10.42.0.3:8080/TCP"), denied.out());
        assertEquals("2  Pod shop/c", lines.get(trace + 3));
        assertTrue(lines.get(trace + 5).startsWith("lost        dropped  [" + input), denied.out());
        assertEquals(
                1,
                Call.sealane("trace", "-i", input, "shop/pod/b", "shop/pod/c:8080/TCP")
                        .code());

        Call allowed = check("deny: 203.0.113.7 -> pci/vault:8443");
        assertTrue(allowed.out().contains("trace 203.0.113.7 pci/deployment/vault:8443/TCP: reachable"), allowed.out());
        assertEquals(
                0,
                Call.sealane("trace", "-i", SEGMENTS, "203.0.113.7", "pci/deployment/vault:8443/TCP")
                        .code());
        assertFalse(check("deny: 203.0.114.7 -> pci/vault:8443").out().contains("trace"));
    }

    private static String pod(String name, String address, String ready) {
        return """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: %s
                  namespace: shop
                  labels: {app: web}
                  ownerReferences: [{apiVersion: apps/v1, kind: StatefulSet, name: web, controller: true}]
                spec:
                  containers:
                    - {name: web, image: example.com/web:1, ports: [{containerPort: 8080}]}
                status:
                  phase: Running
                  podIPs: [{ip: %s}]
                  conditions: [{type: Ready, status: "%s"}]""".formatted(name, address, ready);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "permit: shop/web -> shop/api | is no assertion",
                "allow: shop/web shop/api | is no assertion",
                "allow: -> shop/api | a selector is missing",
                "allow: shop/web -> shop/api:0 | is no port",
                "allow: shop/web -> shop/api:80/ICMP | is no port",
                "allow: shop/wep -> shop/api | nearest: shop/web",
                "allow: shop/web -> shop/api:grpc | has a port called grpc",
                "# nothing | has no assertion",
            })
    void mistakes(String assertion, String message) throws IOException {
        Call call = check(assertion);
        assertEquals(2, call.code(), call.out());
        assertTrue(call.err().contains(message), call.err());
        assertEquals(2, call.err().lines().count(), call.err());
    }

    @Test
    void aMistakeNamesItsLine() throws IOException {
        Call call = check("# first\n\nallow: shop/web -> shop/apy\n");
        assertTrue(call.err().contains("some.intent:3: "), call.err());
    }

    @Test
    void noFile() {
        Call call = Call.sealane("check-intent");
        assertEquals(2, call.code(), call.err());
    }

    @Test
    void noSuchFile() {
        Call call =
                Call.sealane("check-intent", folder.resolve("missing.intent").toString(), "-i", SEGMENTS);
        assertEquals(2, call.code());
        assertTrue(call.err().startsWith("sealane: cannot read "), call.err());
        assertTrue(call.err().contains("missing.intent: no such file"), call.err());
    }

    @Test
    void junit() throws Exception {
        Call call = check(
                "allow: shop/web -> shop/api:8080 # fine\ndeny: internet -> namespace pci\n", "--format", "junit");
        assertEquals(1, call.code());
        var suite = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(call.out().getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        assertEquals("2", suite.getAttribute("tests"));
        assertEquals("1", suite.getAttribute("failures"));
        var cases = suite.getElementsByTagName("testcase");
        assertEquals(
                "1: allow: shop/web -> shop/api:8080",
                cases.item(0).getAttributes().getNamedItem("name").getNodeValue());
        assertEquals(1, suite.getElementsByTagName("failure").getLength());
        String failure = suite.getElementsByTagName("failure").item(0).getTextContent();
        assertTrue(failure.contains("\ntrace 203.0.113.0/24 pci/deployment/vault:8443/TCP: reachable\n"), failure);
        assertTrue(failure.contains("\n    delivered   port 8443/TCP"), failure);
        assertFalse(call.out().contains("\u001b"));
    }
}
