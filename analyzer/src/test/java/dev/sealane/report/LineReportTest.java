package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.load.InputRules;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineReportTest {
    @TempDir
    private Path folder;

    @Test
    void oneLineForEachFindingInOrder() {
        Sample sample = new Sample(folder).file("a.yaml", "a: b\n");
        sample.finding(Sample.NOTE, at("b.yaml", 1, 1), "n");
        sample.finding(Sample.ERROR, at("a.yaml", 10, 2), "two\nlines\u001b");
        sample.finding(Sample.ERROR, at("a.yaml", 9, 7), "e");
        sample.finding(Sample.WARNING, at("a.yaml", 9, 7), "w");
        sample.finding(InputRules.SYN004, at("a.yaml", 9, 3), "s");
        assertEquals("""
                a.yaml:9:3: note: s [SYN004]
                a.yaml:9:7: warning: w [POL002]
                a.yaml:9:7: error: e [SVC001]
                a.yaml:10:2: error: two\\u000alines\\u001b [SVC001]
                b.yaml:1:1: note: n [POL005]
                """, sample.local(LineReport.render(sample.report().entries())));
    }

    private Place at(String file, int line, int column) {
        return Place.of(new Location(folder.resolve(file).toString(), line, column, line, column));
    }
}
