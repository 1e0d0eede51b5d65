package dev.sealane.link;

import static dev.sealane.link.Linked.deployment;
import static dev.sealane.link.Linked.service;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.NearestMiss;
import dev.sealane.facts.Spelling;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearMissesTest {
    private static final String CUSTOM =
            "apiVersion: example.org/v1, kind: Database, metadata: {name: db, namespace: shop}";

    private static NearestMiss miss(String... objects) {
        return Linked.manifests(objects).one(NearestMiss.class);
    }

    /** With each place as its path. */
    private static String text(NearestMiss miss) {
        return miss.text().render(place -> place.path());
    }

    @Test
    void aValueThatIsNearlyRight() {
        NearestMiss miss = miss(service("web", "app: web"), deployment("web", "app: wbe", ""));
        assertEquals("`app: web` is `app: wbe` in Deployment shop/web, spec.template.metadata.labels.app", text(miss));
        assertEquals(1, miss.evidence().size());
        assertEquals(
                "spec.template.metadata.labels.app",
                miss.evidence().getFirst().place().path());
        assertEquals(
                "the labels of Deployment shop/web",
                miss.evidence().getFirst().message().toString());
    }

    @Test
    void aLabelThatIsAbsentBesideOneThatMatches() {
        NearestMiss miss = miss(service("web", "app: web, tier: front"), deployment("web", "app: web", ""));
        assertEquals(
                "`tier: front` is not among the labels of Deployment shop/web, spec.template.metadata.labels",
                text(miss));
    }

    @Test
    void theRightValueUnderAnotherKey() {
        NearestMiss miss = miss(service("web", "app: web"), deployment("web", "name: web", ""));
        assertEquals(
                "`app: web` is not among the labels of Deployment shop/web, spec.template.metadata.labels", text(miss));
    }

    @Test
    void everyLabelThatDiffersIsNamed() {
        NearestMiss miss = miss(
                service("web", "app: web, release: blue, tier: front"),
                deployment("web", "app: web, release: bleu, tier: back", ""));
        assertEquals(
                "`release: blue` is `release: bleu` in Deployment shop/web, spec.template.metadata.labels.release; "
                        + "`tier: front` is `tier: back` in Deployment shop/web, spec.template.metadata.labels.tier",
                text(miss));
        assertEquals(2, miss.evidence().size());
    }

    @Test
    void theWorkloadWithMoreLabelsThatMatchIsNearer() {
        String far = deployment("far", "app: other, tier: front", "");
        String near = deployment("near", "app: web, tier: front, zone: b", "");
        String service = service("web", "app: web, tier: front, zone: a");
        String expected = "`zone: a` is `zone: b` in Deployment shop/near, spec.template.metadata.labels.zone";
        assertEquals(expected, text(miss(service, far, near)));
        assertEquals(expected, text(miss(service, near, far)));
    }

    @Test
    void aLabelThatMatchesCountsForMoreThanOneThatNearlyDoes() {
        String matching = deployment("matching", "app: web", "");
        String nearly = deployment("nearly", "app: wbe", "");
        String elsewhere = deployment("elsewhere", "name: web", "");
        assertEquals(
                "`tier: x` is not among the labels of Deployment shop/matching, spec.template.metadata.labels",
                text(miss(service("web", "app: web, tier: x"), elsewhere, nearly, matching)));
        assertEquals(
                "`app: web` is `app: wbe` in Deployment shop/nearly, spec.template.metadata.labels.app",
                text(miss(service("web", "app: web"), elsewhere, nearly)));
    }

    @Test
    void theValueWithFewerEditsIsNearer() {
        String far = deployment("far", "app: billing-100", "");
        String near = deployment("near", "app: billing-500", "");
        assertEquals(
                "`app: billing-500s` is `app: billing-500` in Deployment shop/near, spec.template.metadata.labels.app",
                text(miss(service("web", "app: billing-500s"), far, near)));
    }

    @Test
    void theFirstOfEquallyNearOnes() {
        assertEquals(
                "`app: web` is `app: wbe` in Deployment shop/one, spec.template.metadata.labels.app",
                text(miss(
                        service("web", "app: web"),
                        deployment("one", "app: wbe", ""),
                        deployment("two", "app: wbe", ""))));
    }

    @Test
    void podsOfAnotherNamespace() {
        NearestMiss miss = miss(
                service("web", "app: web"),
                deployment("web", "app: web", "").replace("namespace: shop", "namespace: test"),
                deployment("db", "kind: other", ""));
        assertEquals(
                "Deployment test/web, in another namespace, has these labels, spec.template.metadata.labels",
                text(miss));
        assertEquals(1, miss.evidence().size());
    }

    @Test
    void nothingLikeIt() {
        assertEquals(
                "no pod there has a label like it",
                text(miss(service("web", "app: web"), deployment("db", "kind: other", ""))));
        assertEquals("there is no pod and no workload in that namespace", text(miss(service("web", "app: web"))));
    }

    @Test
    void whatAnOperatorMayCreateIsLikelyOnly() {
        String other = deployment("db", "kind: other", "");
        assertEquals(Certainty.CERTAIN, miss(service("web", "app: web"), other).certainty());
        assertEquals(
                List.of(),
                Linked.manifests(service("web", "app: web"), other, CUSTOM).all(NearestMiss.class));
        String elsewhere = deployment("web", "app: web", "").replace("namespace: shop", "namespace: test");
        assertEquals(
                Certainty.LIKELY,
                miss(service("web", "app: web"), elsewhere, CUSTOM).certainty());
    }

    @ParameterizedTest
    @CsvSource({
        "'app: web',                   'app: wbe',                          CERTAIN",
        "'app: web, tier: front',      'app: web, tier: back',              CERTAIN",
        "'app: web, tier: front',      'app: web',                          CERTAIN",
        "'app: web, tier: front',      'app: wbe, tier: frond',             CERTAIN",
        "'app: web',                   'name: web',                         LIKELY",
        "'app: web, tier: front',      'app: shop, tier: back, name: web',  LIKELY",
        "'app: web, a: x1, b: y1',     'app: web, a: xx, b: yy',            LIKELY",
    })
    void aPlainSlipIsCertainAllTheSame(String selector, String labels, Certainty certainty) {
        assertEquals(
                certainty,
                miss(service("web", selector), deployment("web", labels, ""), CUSTOM)
                        .certainty());
    }

    @ParameterizedTest
    @CsvSource({
        "web,      web,      true",
        "web,      wbe,      true",
        "web,      we,       false",
        "ab,       ba,       false",
        "abc,      acb,      true",
        "abc,      xyc,      false",
        "frontend, fronted,  true",
        "frontend, fontend,  true",
        "frontend, backend,  false",
        "abcdef,   abcxyf,   true",
        "abcdef,   abxyzf,   false",
        "web,      web-v2,   true",
        "web-v2,   web,      true",
        "we,       web,      false",
        "web,      app-web,  false",
    })
    void alike(String one, String other, boolean alike) {
        assertEquals(alike, NearMisses.alike(one, other));
        assertEquals(alike, NearMisses.alike(other, one));
    }

    @Test
    void wordsThatAreTooLongForALabelAreNotCompared() {
        assertTrue(NearMisses.alike("a".repeat(62) + "b", "a".repeat(62) + "c"));
        assertFalse(NearMisses.alike("a".repeat(63) + "b", "a".repeat(63) + "c"));
    }

    @ParameterizedTest
    @CsvSource({
        "'',     '',       0",
        "'',     abc,      3",
        "abc,    '',       3",
        "abc,    abc,      0",
        "abc,    abd,      1",
        "abc,    ab,       1",
        "abc,    abcd,     1",
        "abc,    acb,      1",
        "abc,    bac,      1",
        "ca,     abc,      3",
        "kitten, sitting,  3",
        "ab,     ba,       1",
        "abcd,   badc,     2",
    })
    void edits(String one, String other, int edits) {
        assertEquals(edits, Spelling.edits(one, other));
        assertEquals(edits, Spelling.edits(other, one));
    }

    @Property
    void editsAgreeWithTheDefinition(
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'c') String one,
            @ForAll @StringLength(max = 6) @CharRange(from = 'a', to = 'c') String other) {
        assertEquals(byDefinition(one, other), Spelling.edits(one, other));
    }

    /** By recursion from the end, trying every last edit. */
    private static int byDefinition(String one, String other) {
        int m = one.length();
        int n = other.length();
        if (m == 0 || n == 0) {
            return m + n;
        }
        String shorter = one.substring(0, m - 1);
        String otherShorter = other.substring(0, n - 1);
        if (one.charAt(m - 1) == other.charAt(n - 1)) {
            return byDefinition(shorter, otherShorter);
        }
        int best = 1 + byDefinition(shorter, otherShorter);
        best = Math.min(best, 1 + byDefinition(shorter, other));
        best = Math.min(best, 1 + byDefinition(one, otherShorter));
        if (m > 1 && n > 1 && one.charAt(m - 1) == other.charAt(n - 2) && one.charAt(m - 2) == other.charAt(n - 1)) {
            best = Math.min(best, 1 + byDefinition(one.substring(0, m - 2), other.substring(0, n - 2)));
        }
        return best;
    }

    /** A comparison letter by letter would take gigabytes. */
    @Test
    void whatIsNoLabelIsNotCompared() {
        assertFalse(NearMisses.alike("e".repeat(100_000), "w".repeat(100_000)));
        assertTrue(NearMisses.alike("e".repeat(62) + "w", "e".repeat(63)));
    }
}
