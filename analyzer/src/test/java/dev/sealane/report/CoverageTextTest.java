package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.check.NotChecked;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.link.Linker;
import dev.sealane.load.Capture;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
import dev.sealane.load.Loader;
import dev.sealane.load.Skipped;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CoverageTextTest {
    private static final Rule PODS =
            new Rule("SVC001", "no-pod", "service", Severity.ERROR, List.of(Kind.SERVICE, Kind.POD), "There is no pod");
    private static final Rule NODES =
            new Rule("NOD001", "no-node", "node", Severity.ERROR, List.of(Kind.NODE), "There is no node");
    private static final Rule SYNTAX =
            new Rule("SYN001", "yaml-syntax", "input", Severity.ERROR, List.of(), "It is no YAML");

    private final List<Listing> listings = new ArrayList<>();
    private final List<Capture> captures = new ArrayList<>();
    private final List<Skipped> skipped = new ArrayList<>();
    private final List<NotChecked> notChecked = new ArrayList<>();
    private String objects = "[]";
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    private CoverageTextTest listing(Kind kind, State state, String reason, String... namespaces) {
        boolean every = List.of(namespaces).contains(Coverage.EVERYWHERE);
        Set<String> named = every ? Set.of() : Set.of(namespaces);
        listings.add(new Listing(Set.of(kind), named, every, state, "f", null, reason));
        return this;
    }

    private CoverageReport report() {
        Input read = new Loader(
                        "default", new ByteArrayInputStream(objects.getBytes(StandardCharsets.UTF_8)), "in.yaml")
                .load(List.of("-"));
        Input input = new Input(read.resources(), listings, List.of(), skipped, 3, captures);
        return new CoverageReport(input, Linker.link(input, false), List.of(NODES, PODS, SYNTAX), notChecked, now);
    }

    private String text() {
        return CoverageText.render(report(), false);
    }

    private static String pod(String name, String namespace, String created) {
        return "- {apiVersion: v1, kind: Pod, metadata: {name: " + name + ", namespace: " + namespace
                + ", uid: u, resourceVersion: \"7\", creationTimestamp: \"" + created + "\"}}\n";
    }

    @Test
    void whatIsLackingComesFirstWithTheRulesThatLackIt() {
        objects = pod("a", "shop", "2026-01-01T11:00:00Z");
        listing(Kind.POD, State.NONEMPTY, "", "shop")
                .listing(Kind.SERVICE, State.FAILED, "Forbidden", "shop")
                .listing(Kind.SECRET, State.PARTIAL, "metadata.continue", "*");
        notChecked.add(new NotChecked(PODS, "no services", "kubectl get services"));
        assertEquals("""
                1 of 2 rules can judge all that they are about: node 1 of 1, service 0 of 1.
                What the others lack, and how to collect it:

                No services
                    SVC001  There is no pod
                  $ kubectl get services

                Read 1 object of 3 files. The newest time in them is 2026-01-01 11:00:00 UTC, 60 minutes ago.

                cluster  Node
                            -

                namespace  Pod  Service
                shop         1   failed
                (a number: so many, and no others)

                Not whole:
                  Secret of the cluster: partial (metadata.continue)
                  Service of shop: failed (Forbidden)
                """, text());
    }

    @Test
    void namespacesOfWhichTheSameIsKnownAreOneLine() {
        objects = pod("a", "a", "2026-01-01T11:00:00Z")
                + pod("b", "b", "2026-01-01T11:00:00Z")
                + pod("c", "c", "2026-01-01T11:00:00Z")
                + pod("c2", "c", "2026-01-01T11:00:00Z");
        listing(Kind.POD, State.NONEMPTY, "", "*").listing(Kind.SERVICE, State.EMPTY, "", "d");
        assertTrue(text().contains("""
                                namespace          Pod  Service
                                a, b and 1 more      4        -
                                d                empty    empty
                                (a number: so many, and no others; -: not collected)
                                """), text());
        assertTrue(CoverageText.render(report(), true).contains("""
                                namespace    Pod  Service
                                a              1        -
                                b              1        -
                                c              2        -
                                d          empty    empty
                                """), text());
    }

    @Test
    void manifestsAreMarked() {
        objects = "- {apiVersion: v1, kind: Service, metadata: {name: a, namespace: shop}}\n";
        assertEquals("""
                All 2 rules can judge all that they are about.

                Read 1 object of 3 files.

                cluster  Node
                            -

                namespace  Pod  Service
                shop         -       1*
                (*: manifests, taken for all there is; -: not collected)
                """, text());
    }

    @Test
    void nothingIsNothing() {
        assertTrue(text().startsWith("There is nothing to judge.\n\nRead 0 objects of 3 files.\n"), text());
    }

    @Test
    void capturesTellWhereTheyComeFromAndHowTheyDifferInAge() {
        Instant ten = Instant.parse("2026-01-01T10:00:00Z");
        captures.add(new Capture("old\u001b", "files", "", null, ten, Map.of()));
        captures.add(new Capture(
                "mg.tar.gz",
                "must-gather",
                "v1.34.2",
                ten,
                Instant.parse("2026-01-01T10:05:00Z"),
                Map.of("objects", 12, "logs", 1)));
        assertTrue(text().contains("""
                                The newest time in them is 2026-01-01 10:05:00 UTC, 115 minutes ago.
                                  old\\u001b: files, collected 2026-01-01 10:00:00 UTC, 5 minutes before the newest time
                                  mg.tar.gz: must-gather, server v1.34.2, 1 file of logs, 12 files of objects, collected\
                                 2026-01-01 10:00:00 UTC to 2026-01-01 10:05:00 UTC
                                """), text());
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-01T11:59:00Z, 60 seconds ago",
        "2026-01-01T11:58:00Z, 2 minutes ago",
        "2026-01-01T10:00:00Z, 2 hours ago",
        "2025-12-30T12:00:00Z, 2 days ago",
        "2026-01-01T12:00:01Z, which is in the future",
    })
    void agesAreInTheLargestUnitOfWhichThereAreTwo(String created, String age) {
        objects = pod("a", "shop", created);
        assertTrue(text().contains(", " + age + ".\n"), text());
    }

    @Test
    void whatWasSkippedIsCounted() {
        skipped.add(new Skipped("a", 0, "a log"));
        skipped.add(new Skipped("b", 0, "a log"));
        assertTrue(text().contains("  skipped 2: a log\n"), text());
    }

    /** Otherwise a cluster with many custom resources would have a line for each of them in each namespace. */
    @Test
    void theLedgerLeavesOutWhatNobodyNeedsAndNobodyCollected() {
        objects = pod("a", "shop", "2026-01-01T11:00:00Z");
        listing(Kind.POD, State.NONEMPTY, "", "*").listing(Kind.SECRET, State.EMPTY, "", "bank");
        List<String> ledger = report().ledger().stream()
                .map(entry -> entry.coverage().kind() + " " + entry.coverage().namespace() + " "
                        + entry.coverage().state().word())
                .toList();
        assertEquals(
                List.of(
                        "Node  not collected",
                        "Pod * nonempty",
                        "Pod bank empty",
                        "Pod shop nonempty",
                        "Secret bank empty",
                        "Service bank not collected",
                        "Service shop not collected"),
                ledger);
        assertFalse(text().contains("Secret"), text());
        assertTrue(CoverageText.render(report(), true).contains("Secret"));
    }
}
