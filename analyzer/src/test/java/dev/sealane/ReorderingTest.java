package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.sealane.finding.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the order of the input, and one allowance more, may not change. */
class ReorderingTest {
    /** Inputs in which no object is written twice: which of the two counts is a matter of order. */
    private static final List<List<String>> INPUTS = List.of(
            documents("fixtures/clusters/shop"),
            documents("fixtures/rules/policy-blocks-dns/bad.yaml"),
            documents("fixtures/rules/policy-blocks-dns-server/bad.yaml"),
            documents("fixtures/rules/service-selects-no-pod/bad.yaml"),
            documents("fixtures/rules/target-port-name-partial/bad.yaml"));

    private static List<String> documents(String path) {
        List<String> documents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of(path))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("values.yaml"))
                    .sorted()
                    .toList()) {
                documents.addAll(List.of(Files.readString(file).split("(?m)^---.*\n")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return documents;
    }

    private static String joined(List<String> documents) {
        return String.join("\n---\n", documents);
    }

    /** Rule and object of each finding. Which of two duplicates is the second is a matter of order. */
    private static List<String> found(String text) {
        return Lint.text(text).findings().stream()
                .filter(finding ->
                        !List.of("ING012", "SYN005").contains(finding.rule().id()))
                .map(ReorderingTest::name)
                .sorted()
                .toList();
    }

    private static String name(Finding finding) {
        return finding.rule().id() + " " + finding.severity() + " "
                + finding.place().resource().ref() + " " + finding.place().path();
    }

    @Property(tries = 25)
    void theOrderOfDocumentsChangesNothing(@ForAll long seed) {
        for (List<String> documents : INPUTS) {
            List<String> shuffled = new ArrayList<>(documents);
            Collections.shuffle(shuffled, new Random(seed));
            List<String> found = found(joined(documents));
            assertFalse(found.isEmpty());
            assertEquals(found, found(joined(shuffled)));
        }
    }

    @Property(tries = 60)
    void anotherAllowanceNeverKeepsAnybodyFromDns(@ForAll long seed) {
        Random random = new Random(seed);
        List<String> policies = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            policies.add(policy("p" + i, random));
        }
        String deployment = """
                {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: shop},
                 spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: x}]}}}}
                """;
        policies.add(deployment);
        policies.add("{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny, namespace: shop},"
                + " spec: {podSelector: {}, policyTypes: [Egress]}}");
        long before = blocked(joined(policies));
        policies.add(random.nextInt(policies.size()), policy("more", random));
        long after = blocked(joined(policies));
        assertFalse(after > before, () -> joined(policies));
    }

    private static long blocked(String text) {
        return found(text).stream()
                .filter(finding -> finding.startsWith("DNS001"))
                .count();
    }

    private static String policy(String name, Random random) {
        List<String> peers = List.of(
                "{podSelector: {}}",
                "{namespaceSelector: {}}",
                "{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}",
                "{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}",
                "{ipBlock: {cidr: 0.0.0.0/0}}",
                "{ipBlock: {cidr: 203.0.113.0/24}}");
        List<String> ports =
                List.of("{port: 53, protocol: UDP}", "{port: 53}", "{port: dns, protocol: UDP}", "{port: 443}");
        String peer = peers.get(random.nextInt(peers.size()));
        String port = ports.get(random.nextInt(ports.size()));
        String rule = random.nextInt(4) == 0 ? "{to: [" + peer + "]}" : "{to: [" + peer + "], ports: [" + port + "]}";
        return "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: " + name
                + ", namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress], egress: [" + rule + "]}}";
    }
}
