package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** In docs/examples/segments-next.yaml another office may reach the vault. */
class DiffCommandTest {
    private static final String OLD = "docs/examples/segments.yaml";
    private static final String NEW = "docs/examples/segments-next.yaml";

    @TempDir
    Path folder;

    @Test
    void theSameTwice() {
        Call call = Call.sealane("diff", OLD, OLD, "--fail-on", "any");
        assertEquals(0, call.code(), call.out());
        assertTrue(call.out().contains("Connections: 0 opened, 0 closed, 0 changed"), call.out());
    }

    @Test
    void forwardsOpensWhatBackwardsCloses() {
        List<String> forwards = Call.sealane("diff", OLD, NEW).out().lines().toList();
        List<String> backwards = Call.sealane("diff", NEW, OLD).out().lines().toList();
        assertTrue(forwards.stream()
                .anyMatch(line -> line.startsWith("  opened: 198.51.100.0/24 -> Deployment pci/vault")));
        assertTrue(forwards.stream()
                .anyMatch(line -> line.startsWith("  closed: 203.0.113.0/24 -> Deployment pci/vault")));
        assertTrue(backwards.stream()
                .anyMatch(line -> line.startsWith("  opened: 203.0.113.0/24 -> Deployment pci/vault")));
        assertTrue(backwards.stream()
                .anyMatch(line -> line.startsWith("  closed: 198.51.100.0/24 -> Deployment pci/vault")));
    }

    /** The rest of the addresses is put together in other ranges on each side, and is the same. */
    @Test
    void onlyTheAddressesThatDifferAreTold() throws IOException {
        String policy = """
                apiVersion: networking.k8s.io/v1
                kind: NetworkPolicy
                metadata: {name: out, namespace: shop}
                spec:
                  podSelector: {}
                  policyTypes: [Egress]
                  egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [10.0.0.0/8]}}]}]
                ---
                """;
        Path old = Files.writeString(folder.resolve("old.yaml"), policy + Files.readString(Path.of(OLD)));
        Path changed = Files.writeString(
                folder.resolve("new.yaml"),
                policy.replace("10.0.0.0/8]", "10.0.0.0/8, 192.168.0.0/16]") + Files.readString(Path.of(OLD)));
        List<String> lines = Call.sealane("diff", old.toString(), changed.toString())
                .out()
                .lines()
                .toList();
        List<String> told = lines.stream()
                .filter(line -> line.startsWith("  opened") || line.startsWith("  closed"))
                .toList();
        assertEquals(3, told.size(), lines.toString());
        for (String line : told) {
            assertTrue(line.startsWith("  closed: Deployment shop/api, Deployment shop/web -> 192.168.0.0/16, "), line);
        }
    }

    @Test
    void exitCodes() {
        assertEquals(0, Call.sealane("diff", OLD, NEW).code());
        assertEquals(
                1, Call.sealane("diff", OLD, NEW, "--fail-on", "error,opened").code());
        assertEquals(1, Call.sealane("diff", OLD, NEW, "--fail-on", "any").code());
        assertEquals(0, Call.sealane("diff", OLD, NEW, "--fail-on", "never").code());
        assertEquals(2, Call.sealane("diff", OLD).code());
        assertEquals(2, Call.sealane("diff", OLD, "missing.yaml").code());
    }

    @Test
    void findingsAndObjects() throws IOException {
        Path changed = Files.writeString(folder.resolve("new.yaml"), Files.readString(Path.of(OLD)) + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: front, namespace: shop}
                spec:
                  selector: {app: wep}
                  ports: [{port: 80}]
                """);
        Call call = Call.sealane("diff", OLD, changed.toString());
        assertEquals(1, call.code(), call.out());
        assertTrue(call.out().contains("Objects: 1 added, 0 removed, 0 changed"), call.out());
        assertTrue(call.out().contains("  + Service shop/front"), call.out());
        assertTrue(call.out().contains("  new: ") && call.out().contains("[SVC001]"), call.out());
        Call back = Call.sealane("diff", changed.toString(), OLD);
        assertEquals(0, back.code(), back.out());
        assertTrue(back.out().contains("  fixed: ") && back.out().contains("  - Service shop/front"), back.out());
    }

    @Test
    void markdownCannotBeWrittenByTheInput() throws IOException {
        Path changed = Files.writeString(folder.resolve("new.yaml"), Files.readString(Path.of(OLD)) + """
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: "<img src=x>[a](http://b) @all", namespace: shop}
                spec: {ports: [{port: 80}]}
                """);
        Call call = Call.sealane("diff", OLD, changed.toString(), "--format", "markdown");
        assertFalse(call.out().contains("<img"), call.out());
        assertFalse(call.out().contains("[a]"), call.out());
        assertFalse(call.out().contains("@all"), call.out());
        assertTrue(call.out().contains("&lt;img"), call.out());
    }
}
