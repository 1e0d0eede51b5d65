package dev.sealane.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Coverage;
import dev.sealane.facts.Coverage.State;
import dev.sealane.facts.Kind;
import dev.sealane.load.Input;
import dev.sealane.load.Listing;
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

    private static Listing listing(Kind kind, State state, String reason, String... namespaces) {
        boolean every = List.of(namespaces).contains(Coverage.EVERYWHERE);
        Set<String> named = new HashSet<>(List.of(namespaces));
        named.remove(Coverage.EVERYWHERE);
        return new Listing(Set.of(kind), named, every, state, "f", null, reason);
    }

    private static Ledger listings(String objects, Listing... listings) {
        Input input = Linked.input(objects);
        return new Ledger(new Input(input.resources(), List.of(listings), List.of(), List.of(), 1, List.of()), false);
    }

    @Test
    void aFailedListingProvesNothingAndItsReasonIsKept() {
        Ledger ledger = listings(
                Linked.captureText(POD, TEST_POD),
                listing(Kind.SECRET, State.FAILED, "Forbidden", "shop"),
                listing(Kind.POD, State.FAILED, "Forbidden", "test"),
                listing(Kind.NODE, State.FAILED, "timeout"));
        assertEquals(
                new Coverage(Kind.SECRET, "shop", State.FAILED, Certainty.LIKELY, "Forbidden"),
                ledger.of(Kind.SECRET, "shop"));
        assertEquals(State.NOT_COLLECTED, ledger.of(Kind.SECRET, "test").state());
        assertEquals(
                new Coverage(Kind.POD, "test", State.PARTIAL, Certainty.LIKELY, "Forbidden"),
                ledger.of(Kind.POD, "test"),
                "one is there all the same");
        assertEquals("timeout", ledger.of(Kind.NODE, "").reason());
        assertEquals(State.FAILED, ledger.of(Kind.NODE, "").state());
        assertEquals(
                "single objects, no list of all", ledger.of(Kind.POD, "shop").reason());
        assertFalse(ledger.complete(Kind.POD, "test"));
    }

    @Test
    void whatFailedEverywhereFailedInEachNamespace() {
        Ledger ledger = listings(
                Linked.captureText(POD, TEST_POD),
                listing(Kind.SECRET, State.FAILED, "Forbidden", "*"),
                listing(Kind.SECRET, State.EMPTY, "", "shop"));
        assertEquals("Forbidden", ledger.of(Kind.SECRET, "test").reason());
        assertEquals("Forbidden", ledger.of(Kind.SECRET, "*").reason());
        assertEquals(State.EMPTY, ledger.of(Kind.SECRET, "shop").state());
    }

    /** In whatever order they come. */
    @Test
    void aWholeListingMakesUpForOneThatFailed() {
        for (List<Listing> listings : List.of(
                List.of(
                        listing(Kind.POD, State.FAILED, "Forbidden", "shop"),
                        listing(Kind.POD, State.NONEMPTY, "", "shop")),
                List.of(
                        listing(Kind.POD, State.NONEMPTY, "", "shop"),
                        listing(Kind.POD, State.PARTIAL, "cut off", "shop")))) {
            Ledger ledger = listings(Linked.captureText(POD), listings.toArray(Listing[]::new));
            assertEquals(
                    new Coverage(Kind.POD, "shop", State.NONEMPTY, Certainty.CERTAIN, ""), ledger.of(Kind.POD, "shop"));
        }
    }

    /** Pages are in the order of namespaces: the last has not the first ones. */
    @Test
    void theLastOfSeveralPagesIsNotTheWholeAnswer() {
        Listing first = listing(Kind.POD, State.PARTIAL, "metadata.continue", "shop", "*");
        Listing last = listing(Kind.POD, State.NONEMPTY, "", "test", "zoo", "*");
        Listing all = listing(Kind.POD, State.NONEMPTY, "", "shop", "test", "zoo", "*");
        String text = Linked.captureText(POD, TEST_POD);
        assertFalse(listings(text, first, last).complete(Kind.POD, "test"));
        assertEquals(
                "metadata.continue",
                listings(text, first, last).of(Kind.POD, "*").reason());
        assertTrue(listings(text, first, all).complete(Kind.POD, "*"));
        assertTrue(listings(text, last).complete(Kind.POD, "shop"));
    }

    @Test
    void whatIsRedactedIsThereButProvesNoAbsence() {
        Ledger ledger = listings(
                Linked.captureText(POD),
                listing(Kind.POD, State.PARTIAL, "cut off", "shop"),
                listing(Kind.POD, State.REDACTED, "anonymised", "shop"),
                listing(Kind.POD, State.FAILED, "Forbidden", "shop"));
        assertEquals(
                new Coverage(Kind.POD, "shop", State.REDACTED, Certainty.LIKELY, "anonymised"),
                ledger.of(Kind.POD, "shop"));
        assertFalse(ledger.complete(Kind.POD, "shop"));
    }

    @Test
    void eachNamespaceTogetherIsEverywhereIfAllNamespacesAreKnown() {
        String text = Linked.captureText(POD, TEST_POD);
        Listing[] both = {listing(Kind.POD, State.NONEMPTY, "", "shop"), listing(Kind.POD, State.NONEMPTY, "", "test")};
        assertFalse(listings(text, both).proved(Kind.POD, "*"));
        Listing namespaces = listing(Kind.NAMESPACE, State.NONEMPTY, "");
        assertTrue(listings(text, both[0], both[1], namespaces).proved(Kind.POD, "*"));
        assertFalse(listings(text, both[0], namespaces).proved(Kind.POD, "*"));
    }

    @Test
    void objectsAreCountedAndNamespacesThatWereAskedForAreKnown() {
        Ledger ledger = listings(Linked.captureText(POD, TEST_POD), listing(Kind.SERVICE, State.EMPTY, "", "lone"));
        assertEquals(1, ledger.count(Kind.POD, "shop"));
        assertEquals(2, ledger.count(Kind.POD, "*"));
        assertEquals(0, ledger.count(Kind.POD, "lone"));
        assertEquals(0, ledger.count(Kind.NODE, ""));
        assertEquals(Set.of("shop", "test", "lone"), ledger.askedFor());
        assertEquals(Set.of("shop", "test"), ledger.namespaces());
        assertEquals(Set.of(Kind.POD, Kind.SERVICE), ledger.kinds());
    }
}
