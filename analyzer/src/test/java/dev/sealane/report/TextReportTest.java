package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.check.NotChecked;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import dev.sealane.load.InputRules;
import dev.sealane.load.Skipped;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TextReportTest {
    private static final String SERVICE = """
            apiVersion: v1
            kind: Service
            metadata:
              name: web
              namespace: shop
            spec:
              selector:
                app: web
              ports:
                - port: 80
            """;

    private static final String DEPLOYMENT = """
            apiVersion: apps/v1
            kind: Deployment
            metadata:
              name: front
              namespace: shop
            spec:
              template:
                metadata:
                  labels:
                    app: wbe
            """;

    @TempDir
    private Path folder;

    private Sample sample;

    @BeforeEach
    void start() {
        sample = new Sample(folder);
    }

    @Test
    void aFindingShowsItsLineAndWhatItRestsOn() {
        sample.file("svc.yaml", SERVICE).file("deploy.yaml", DEPLOYMENT);
        Place label = sample.object("front").at("spec.template.metadata.labels.app");
        sample.finding(
                Sample.ERROR,
                sample.object("web").at("spec.selector"),
                Text.of("selector %s matches no pod: `app: wbe` in %s", "app=web", label),
                new Evidence(Text.of("label app is wbe here"), label));
        assertEquals("""
                error[SVC001] service-selects-no-pod: selector app=web matches no pod: `app: wbe` in deploy.yaml:10
                  --> svc.yaml:7:3  Service shop/web
                   |
                 7 |   selector:
                   |   ^^^^^^^^^
                 8 |     app: web
                   = deploy.yaml:10:14: label app is wbe here

                1 error. Checked 2 objects of 2 files in 0.21 s.
                """, sample.text(false));
    }

    @Test
    void theMarginIsAsWideAsTheNumber() {
        sample.file("svc.yaml", "#\n".repeat(120) + SERVICE);
        sample.finding(Sample.WARNING, sample.object("web").at("spec.selector.app"), "m");
        assertEquals("""
                warning[POL002] policy-selects-no-pod: m
                    --> svc.yaml:128:10  Service shop/web
                     |
                 128 |     app: web
                     |          ^^^

                1 warning. Checked 1 object of 1 file in 0.21 s.
                """, sample.text(false));
    }

    @Test
    void theMarginIsAsWideAsTheLastNumber() {
        sample.file("svc.yaml", "#\n#\n" + SERVICE);
        sample.finding(Sample.ERROR, sample.object("web").at("spec.selector"), "m");
        assertEquals("""
                error[SVC001] service-selects-no-pod: m
                   --> svc.yaml:9:3  Service shop/web
                    |
                  9 |   selector:
                    |   ^^^^^^^^^
                 10 |     app: web

                1 error. Checked 1 object of 1 file in 0.21 s.
                """, sample.text(false));
    }

    @Test
    void aNoteIsShortUnlessVerbose() {
        sample.file("svc.yaml", SERVICE);
        sample.finding(Sample.NOTE, sample.object("web").at("spec.selector.app"), "m");
        String head = """
                note[POL005] peers-listed-separately: m
                  --> svc.yaml:8:10  Service shop/web
                """;
        String excerpt = """
                   |
                 8 |     app: web
                   |          ^^^
                """;
        String summary = "\n1 note. Checked 1 object of 1 file in 0.21 s.\n";
        assertEquals(head + summary, sample.text(false));
        assertEquals(head + excerpt + summary, sample.text(true));
    }

    @Test
    void theSameMessageAtManyPlacesIsOneBlock() {
        sample.file("svc.yaml", "a: 1\nb: 2\nc: 3\nd: 4\ne: 5\nf: 6\n");
        for (int line = 1; line <= 6; line++) {
            sample.finding(Sample.ERROR, at("svc.yaml", line, 1, 2), line == 2 ? "other" : "same");
        }
        assertEquals("""
                error[SVC001] service-selects-no-pod: same
                  --> svc.yaml:1:1
                   |
                 1 | a: 1
                   | ^
                   = the same at 4 more: svc.yaml:3, svc.yaml:4, svc.yaml:5, ... (-v shows them)

                error[SVC001] service-selects-no-pod: other
                  --> svc.yaml:2:1
                   |
                 2 | b: 2
                   | ^

                6 errors. Checked 0 objects of 1 file in 0.21 s.
                """, sample.text(false));
        assertTrue(sample.text(true)
                .contains("   = the same at 4 more: svc.yaml:3, svc.yaml:4, svc.yaml:5, svc.yaml:6\n"));
    }

    @Test
    void manyRelatedPlacesAreCut() {
        sample.file("svc.yaml", SERVICE);
        Evidence[] related = new Evidence[5];
        for (int i = 0; i < related.length; i++) {
            related[i] = new Evidence(Text.of("r%s", i + 1), at("svc.yaml", i + 1, 1, 2));
        }
        sample.finding(Sample.NOTE, sample.object("web").at("spec.selector.app"), "m", related);
        assertTrue(sample.text(false).contains("   = svc.yaml:3:1: r3\n   = and 2 more (-v shows them)\n"));
        assertTrue(sample.text(true).contains("   = svc.yaml:5:1: r5\n\n"));
    }

    @Test
    void whatIsNoKubernetesObjectIsOnlyListedWhenVerbose() {
        sample.file("values.yaml", "replicas: 1\n").file("svc.yaml", SERVICE);
        sample.finding(InputRules.SYN004, at("values.yaml", 1, 1, 2), "no kind");
        sample.skipped.add(new Skipped(folder.resolve("values.yaml").toString(), 1, "not a Kubernetes object"));
        assertEquals("""
                1 note. Checked 1 object of 2 files in 0.21 s.
                skipped:
                  1 not a Kubernetes object: values.yaml:1
                """, sample.text(false));
        assertTrue(sample.text(true).startsWith("note[SYN004] not-kubernetes: no kind\n  --> values.yaml:1:1\n\n"));
    }

    @Test
    void nothingToCheckIsNotTheSameAsNoFinding() {
        sample.file("empty.yaml", "# nothing\n");
        assertEquals("nothing to check. Checked 0 objects of 1 file in 0.21 s.\n", sample.text(false));
    }

    @Test
    void theSummarySaysWhatWasNotDone() {
        sample.file("svc.yaml", SERVICE);
        for (int i = 1; i <= 8; i++) {
            sample.skipped.add(new Skipped("f" + i + ".yaml", 0, "too large"));
        }
        sample.notChecked.add(new NotChecked(Sample.NOTE, "no nodes", "kubectl get nodes -o yaml"));
        for (String namespace : new String[] {"a", "b", "c"}) {
            sample.notChecked.add(
                    new NotChecked(Sample.ERROR, "no pods of " + namespace, "kubectl get pods -n " + namespace));
            sample.notChecked.add(
                    new NotChecked(Sample.WARNING, "no pods of " + namespace, "kubectl get pods -n " + namespace));
        }
        assertEquals("""
                no findings. Checked 1 object of 1 file in 0.21 s.
                skipped:
                  8 too large: f1.yaml, f2.yaml, f3.yaml, f4.yaml, f5.yaml, f6.yaml and 2 more
                not checked:
                  SVC001, POL002: no pods of a (kubectl get pods -n a)
                  SVC001, POL002: no pods of b (kubectl get pods -n b)
                  SVC001, POL002: no pods of c (kubectl get pods -n c)
                  and 1 more reason (-v shows them)
                """, sample.text(false));
        String verbose = sample.text(true);
        assertTrue(verbose.contains("f7.yaml, f8.yaml\n"));
        assertTrue(verbose.endsWith("  POL005: no nodes (kubectl get nodes -o yaml)\n"));
    }

    @Test
    void controlCharactersAreVisibleEverywhere() {
        String hostile = "x\u001b[31m\u202e\n";
        sample.file("svc.yaml", "a: \"\u001b[2J\u009b\u2066\"\n");
        sample.finding(
                Sample.ERROR,
                at("svc.yaml", 1, 1, 2),
                hostile,
                new Evidence(Text.of("%s", hostile), Place.of(new Location(hostile, 1, 1, 1, 1))));
        sample.skipped.add(new Skipped(hostile, 0, hostile));
        sample.notChecked.add(new NotChecked(Sample.ERROR, hostile, hostile));
        String text = sample.text(true);
        assertFalse(text.codePoints().anyMatch(c -> c != '\n' && (c < 0x20 || c > 0x7e)));
        assertEquals(8, text.split("x\\\\u001b\\[31m\\\\u202e\\\\u000a", -1).length);
        assertTrue(text.contains(" 1 | a: \"\\u001b[2J\\u009b\\u2066\"\n"));
    }

    @Test
    void coloursOnlyWhenAsked() {
        sample.file("svc.yaml", SERVICE);
        sample.finding(Sample.ERROR, sample.object("web").at("spec.selector.app"), "m");
        String coloured = TextReport.render(sample.report(), false, true);
        assertTrue(coloured.startsWith(
                "\u001b[1;31merror[SVC001]\u001b[0m \u001b[1mservice-selects-no-pod: m\u001b[0m\n"));
        String plain = TextReport.render(sample.report(), false, false);
        assertEquals(plain, coloured.replaceAll("\u001b\\[[0-9;]*m", ""));
    }

    private Place at(String file, int line, int column, int endColumn) {
        return Place.of(new Location(folder.resolve(file).toString(), line, column, line, endColumn));
    }
}
