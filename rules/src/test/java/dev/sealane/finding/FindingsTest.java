package dev.sealane.finding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sealane.facts.Certainty;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Labels;
import dev.sealane.facts.Location;
import dev.sealane.facts.NearestMiss;
import dev.sealane.facts.Place;
import dev.sealane.facts.Pod;
import dev.sealane.facts.PodSpec;
import dev.sealane.facts.Samples;
import dev.sealane.facts.Selector;
import dev.sealane.facts.Service;
import dev.sealane.facts.Text;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindingsTest {
    private static final Service WEB = Samples.service("ClusterIP", Selector.EVERYTHING);
    private static final Pod POD = Samples.pod("web-1", Labels.NONE, PodSpec.EMPTY, "");

    private final Findings findings = new Findings();

    private static Rule rule(String id, Severity severity) {
        return new Rule(id, "slug", "service", severity, List.of(Kind.SERVICE), "Title");
    }

    @Test
    void takesTheRuleThatIsFiring() {
        Rule first = rule("SVC001", Severity.ERROR);
        Rule second = rule("SVC002", Severity.NOTE);
        findings.firing(first, List.of());
        findings.add(WEB.at("spec.selector"), "selector %s", "app=web");
        findings.firing(second, List.of());
        findings.add(WEB.at("spec"), "plain");
        assertEquals(
                List.of(
                        new Finding(
                                first,
                                Severity.ERROR,
                                WEB.at("spec.selector"),
                                Text.of("selector %s", "app=web"),
                                List.of()),
                        new Finding(second, Severity.NOTE, WEB.at("spec"), Text.of("plain"), List.of())),
                findings.list());
    }

    @Test
    void theOtherObjectsThatWereMatchedAreRelated() {
        findings.firing(rule("SVC001", Severity.ERROR), List.of(WEB, POD, "no object"));
        findings.add(WEB.at("spec.selector"), "x");
        assertEquals(
                List.of(new Evidence(Text.of("%s", POD.ref()), POD.at("metadata.name"))),
                findings.list().get(0).related());
    }

    @Test
    void anExplainedFactBringsItsEvidence() {
        Evidence evidence = new Evidence(Text.of("labels here"), POD.at("metadata.labels"));
        NearestMiss miss = new NearestMiss(WEB.ref(), Text.of("near"), Certainty.CERTAIN, List.of(evidence, evidence));
        findings.firing(rule("SVC001", Severity.ERROR), List.of(WEB, miss));
        findings.add(WEB.at("spec.selector"), "x");
        assertEquals(List.of(evidence, evidence), findings.list().get(0).related());
    }

    @Test
    void aPlaceOutsideAnyObjectIsRelatedToAllThatWereMatched() {
        findings.firing(rule("SYN001", Severity.ERROR), List.of(WEB));
        findings.add(Place.of(new Location("broken.yaml", 1, 1, 1, 2)), "x");
        assertEquals(
                List.of(new Evidence(Text.of("%s", WEB.ref()), WEB.at("metadata.name"))),
                findings.list().get(0).related());
    }

    @ParameterizedTest
    @CsvSource({
        "ERROR,   CERTAIN, ERROR",
        "ERROR,   LIKELY,  WARNING",
        "WARNING, CERTAIN, WARNING",
        "WARNING, LIKELY,  WARNING",
        "NOTE,    CERTAIN, NOTE",
        "NOTE,    LIKELY,  NOTE",
    })
    void whatIsOnlyLikelyIsNoError(Severity ofRule, Certainty certainty, Severity severity) {
        findings.firing(rule("SVC001", ofRule), List.of());
        findings.add(WEB.at("spec"), certainty, "%s", "x");
        assertEquals(severity, findings.list().get(0).severity());
        assertSame(ofRule, findings.list().get(0).rule().severity());
    }

    @Test
    void theListIsACopy() {
        List<Finding> before = findings.list();
        findings.firing(rule("SVC001", Severity.ERROR), List.of());
        findings.add(WEB.at("spec"), "x");
        assertEquals(List.of(), before);
        assertThrows(UnsupportedOperationException.class, () -> findings.list().clear());
    }
}
