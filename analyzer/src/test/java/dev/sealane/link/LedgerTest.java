package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.load.Input;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private static final String WEB = Linked.deployment("web", "app: web", "");
    private static final String POD = Linked.pod("web-1", "app: web", "", "");
    private static final String TEST_POD = POD.replace("namespace: shop", "namespace: test");
    private static final String CUSTOM =
            "apiVersion: example.org/v1, kind: Database, metadata: {name: db, namespace: shop}";

    private static Ledger manifests(String... objects) {
        return new Ledger(Linked.input(Linked.manifestsText(objects)), false);
    }

    private static Ledger capture(String... objects) {
        return new Ledger(Linked.input(Linked.captureText(objects)), false);
    }

    @Test
    void aManifestClosesItsKindInItsNamespace() {
        Ledger ledger = manifests(Linked.service("web", "app: web"));
        assertTrue(ledger.complete(Kind.SERVICE, "shop"));
        assertFalse(ledger.complete(Kind.SERVICE, "test"));
        assertFalse(ledger.complete(Kind.SERVICE, Coverage.EVERYWHERE));
        assertFalse(ledger.complete(Kind.POD, "shop"));
        assertFalse(ledger.proved(Kind.SERVICE, "shop"));
    }

    @Test
    void aWorkloadClosesPods() {
        Ledger ledger = manifests(WEB);
        assertTrue(ledger.complete(Kind.DEPLOYMENT, "shop"));
        assertTrue(ledger.complete(Kind.POD, "shop"));
        assertFalse(ledger.complete(Kind.POD, "test"));
        assertFalse(ledger.proved(Kind.POD, "shop"));
    }

    @Test
    void whatOthersUsuallyCreateIsNeverCompleteInManifests() {
        Ledger ledger = manifests(
                "apiVersion: v1, kind: Secret, metadata: {name: tls, namespace: shop}",
                "apiVersion: v1, kind: ConfigMap, metadata: {name: c, namespace: shop}");
        assertFalse(ledger.complete(Kind.SECRET, "shop"));
        assertFalse(ledger.complete(Kind.CONFIG_MAP, "shop"));
    }

    @Test
    void aListingOfOneNamespaceProvesThat() {
        Ledger ledger = capture(POD);
        assertTrue(ledger.proved(Kind.POD, "shop"));
        assertTrue(ledger.complete(Kind.POD, "shop"));
        assertFalse(ledger.proved(Kind.POD, "test"));
        assertFalse(ledger.proved(Kind.POD, Coverage.EVERYWHERE));
        assertFalse(ledger.complete(Kind.SERVICE, "shop"));
    }

    @Test
    void aListingWithTwoNamespacesProvesAll() {
        Ledger ledger = capture(POD, TEST_POD);
        assertTrue(ledger.proved(Kind.POD, "shop"));
        assertTrue(ledger.proved(Kind.POD, "unseen"));
        assertTrue(ledger.proved(Kind.POD, Coverage.EVERYWHERE));
    }

    @Test
    void aListingProvesClusterScopedKinds() {
        Ledger ledger = capture(Linked.namespace("shop", ""));
        assertTrue(ledger.proved(Kind.NAMESPACE, ""));
        assertFalse(ledger.proved(Kind.NODE, ""));
    }

    @Test
    void aCapturedWorkloadDoesNotClosePods() {
        Ledger ledger = capture(WEB);
        assertTrue(ledger.proved(Kind.DEPLOYMENT, "shop"));
        assertFalse(ledger.complete(Kind.POD, "shop"));
    }

    @Test
    void aListingThatHasMoreProvesNothing() {
        String text = Linked.captureText(POD, TEST_POD) + "metadata: {continue: abc}\n";
        Ledger ledger = new Ledger(Linked.input(text), false);
        assertFalse(ledger.proved(Kind.POD, "shop"));
        assertFalse(ledger.complete(Kind.POD, "shop"));
        assertEquals(
                Set.of(
                        new Coverage(Kind.POD, "shop", State.PARTIAL, Certainty.LIKELY, "metadata.continue"),
                        new Coverage(Kind.POD, "test", State.PARTIAL, Certainty.LIKELY, "metadata.continue"),
                        new Coverage(Kind.POD, "*", State.PARTIAL, Certainty.LIKELY, "metadata.continue")),
                new HashSet<>(ledger.facts(Set.of(Kind.POD))));
    }

    @Test
    void nothingIsMissingIfTheUserSaysSo() {
        Ledger ledger = new Ledger(Linked.input(Linked.manifestsText(WEB)), true);
        assertTrue(ledger.proved(Kind.SERVICE, "shop"));
        assertTrue(ledger.complete(Kind.NODE, ""));
    }

    @Test
    void namespacesAreThoseOfObjectsAndTheirOwn() {
        assertEquals(
                Set.of("shop", "test", "empty"),
                manifests(WEB, TEST_POD, Linked.namespace("empty", "")).namespaces());
    }

    @Test
    void aCustomResourceMakesAbsenceAmongManifestsLikely() {
        assertEquals(Certainty.LIKELY, manifests(WEB, CUSTOM).certainty(Kind.POD, "shop"));
        assertEquals(Certainty.CERTAIN, manifests(WEB, CUSTOM).certainty(Kind.POD, "test"));
        assertEquals(Certainty.CERTAIN, manifests(WEB).certainty(Kind.POD, "shop"));
        assertEquals(Certainty.CERTAIN, capture(POD, CUSTOM).certainty(Kind.POD, "shop"));
        String builtIn = "apiVersion: policy/v1, kind: PodDisruptionBudget, metadata: {name: web, namespace: shop}";
        assertEquals(Certainty.CERTAIN, manifests(WEB, builtIn).certainty(Kind.POD, "shop"));
    }

    @Test
    void factsOfManifests() {
        assertEquals(
                Set.of(
                        new Coverage(Kind.DEPLOYMENT, "shop", State.NONEMPTY, Certainty.CERTAIN, ""),
                        new Coverage(Kind.POD, "shop", State.NONEMPTY, Certainty.CERTAIN, "")),
                facts(manifests(WEB), Kind.DEPLOYMENT, Kind.POD, Kind.NODE, Kind.SERVICE));
    }

    @Test
    void factsOfACapture() {
        assertEquals(
                Set.of(
                        new Coverage(Kind.POD, "shop", State.NONEMPTY, Certainty.CERTAIN, ""),
                        new Coverage(Kind.POD, "test", State.NONEMPTY, Certainty.CERTAIN, ""),
                        new Coverage(Kind.POD, "empty", State.EMPTY, Certainty.CERTAIN, ""),
                        new Coverage(Kind.POD, Coverage.EVERYWHERE, State.NONEMPTY, Certainty.CERTAIN, ""),
                        new Coverage(Kind.NAMESPACE, "", State.NONEMPTY, Certainty.CERTAIN, "")),
                facts(capture(POD, TEST_POD, Linked.namespace("empty", "")), Kind.POD, Kind.NAMESPACE, Kind.NODE));
    }

    private static Set<Coverage> facts(Ledger ledger, Kind... kinds) {
        List<Coverage> facts = ledger.facts(Set.of(kinds));
        assertEquals(facts.size(), new HashSet<>(facts).size());
        return new HashSet<>(facts);
    }

    @Test
    void anEmptyTypedListIsAnAnswerToo() {
        Input input = Linked.input("apiVersion: networking.k8s.io/v1\nkind: IngressClassList\nitems: []\n");
        Ledger ledger = new Ledger(input, false);
        assertTrue(ledger.proved(Kind.INGRESS_CLASS, ""));
        assertEquals(
                List.of(new Coverage(Kind.INGRESS_CLASS, "", State.EMPTY, Certainty.CERTAIN, "")),
                ledger.facts(Set.of(Kind.INGRESS_CLASS)));
    }
}
