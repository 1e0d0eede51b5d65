package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.dump.Specimens;
import dev.sealane.finding.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The findings about one captured cluster are the same whichever collector wrote it down, save those for which it does
 * not collect enough.
 */
class DumpLayoutsLintTest {
    private static final String NO_POD = "SVC001 Service shop/cart";
    private static final String NO_CONTROLLER = "ING004 Ingress shop/front";
    private static final String NO_PORT = "ING007 Ingress shop/front";
    private static final String NO_CLASS = "ING001 Ingress bank/portal";
    private static final String NO_DNS = "DNS001 NetworkPolicy bank/ledger";

    private static final List<String> ALL = List.of(NO_POD, NO_CONTROLLER, NO_PORT, NO_CLASS, NO_DNS);

    /** What each collector leaves out, and so what cannot be found. */
    private static final Map<String, List<String>> FOUND = Map.ofEntries(
            Map.entry("kubectl-gather", ALL),
            // No IngressClasses.
            Map.entry("must-gather", List.of(NO_POD, NO_PORT, NO_DNS)),
            Map.entry("troubleshoot", ALL),
            // No IngressClasses and no NetworkPolicies.
            Map.entry("troubleshoot of 2021", List.of(NO_POD, NO_PORT)),
            Map.entry("support-bundle-kit", ALL),
            Map.entry("cilium-sysdump", ALL),
            Map.entry("sonobuoy", ALL),
            Map.entry("sonobuoy with the cluster's lists in each namespace", ALL),
            // No IngressClasses.
            Map.entry("sonobuoy of 2018", List.of(NO_POD, NO_PORT, NO_DNS)),
            // A backup does not say what it leaves out, so that only what contradicts itself is found.
            Map.entry("velero", List.of(NO_PORT, NO_DNS)),
            // Not of all namespaces.
            Map.entry("crash-diagnostics", List.of(NO_POD, NO_PORT, NO_CLASS, NO_DNS)),
            // Nodes, and pods of a few namespaces.
            Map.entry("insights", List.of()),
            // No Ingresses.
            Map.entry("calicoctl", List.of(NO_POD, NO_DNS)),
            // No IngressClasses and no NetworkPolicies.
            Map.entry("istioctl", List.of(NO_POD, NO_PORT)),
            Map.entry("sosreport", List.of(NO_POD, NO_PORT)),
            // Nodes only.
            Map.entry("rancher-logs-collector", List.of()),
            // Neither Ingresses nor NetworkPolicies.
            Map.entry("cluster-info-dump", List.of(NO_POD)),
            Map.entry("cluster-info-dump as YAML", List.of(NO_POD)),
            Map.entry("files", ALL));

    @Test
    void theClusterItself() {
        assertEquals(new TreeSet<>(ALL), findings(Lint.paths(Specimens.CLUSTER.toString())));
    }

    @TestFactory
    Stream<DynamicTest> specimens(@TempDir Path folder) {
        assertEquals(FOUND.keySet(), Specimens.all().keySet());
        return Specimens.all().keySet().stream().map(name -> DynamicTest.dynamicTest(name, () -> verify(name, folder)));
    }

    private static void verify(String name, Path temporary) throws IOException {
        Path folder = temporary.resolve(name);
        Specimens.write(name, folder);
        verify(name, Lint.paths(folder.toString()));
        Path archive = temporary.resolve(name + ".zip");
        pack(folder, archive);
        verify(name, Lint.paths(archive.toString()));
    }

    private static void pack(Path folder, Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive));
                Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
            }
        }
    }

    private static void verify(String name, Lint lint) {
        assertEquals(
                name.replaceAll(" .*", ""), lint.input.captures().getFirst().layout());
        assertEquals(new TreeSet<>(FOUND.get(name)), findings(lint), () -> String.join("\n", lint.lines()));
    }

    private static TreeSet<String> findings(Lint lint) {
        TreeSet<String> findings = new TreeSet<>();
        for (Finding finding : lint.findings()) {
            boolean object = finding.place().resource() != null;
            String where = object
                    ? finding.place().resource().ref().toString()
                    : lint.location(finding).toString();
            findings.add(finding.rule().id() + " " + where);
        }
        return findings;
    }
}
