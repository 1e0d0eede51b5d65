package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.finding.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text says about itself: {@code # expect: SVC001 part of the message} on the line where the finding must be.
 * Several on one line are separated by {@code # expect:} again.
 */
final class Expectations {
    private static final Pattern EXPECT = Pattern.compile("# expect: ([A-Z]{3}\\d{3}) ?(.*?)\\s*(?=# expect:|$)");

    /** One finding that must be there. */
    record Expected(int line, String id, String part) {}

    final List<Expected> all = new ArrayList<>();

    Expectations(String text) {
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = EXPECT.matcher(lines.get(i));
            while (matcher.find()) {
                all.add(new Expected(i + 1, matcher.group(1), matcher.group(2)));
            }
        }
    }

    /** Checks that each expectation is met by a finding of its own, at exactly that field, and that none is left. */
    void verify(Lint lint) {
        List<Finding> left = new ArrayList<>(lint.findings());
        for (Expected expected : all) {
            Finding met = left.stream()
                    .filter(finding -> finding.rule().id().equals(expected.id())
                            && lint.location(finding).line() == expected.line()
                            && lint.message(finding).contains(expected.part()))
                    .findFirst()
                    .orElse(null);
            assertTrue(met != null, () -> expected + " is not among\n" + String.join("\n", lint.lines()));
            assertTrue(
                    lint.locations.exact(met.place()),
                    () -> "the input has no field " + met.place().path() + ", where " + expected + " is reported");
            left.remove(met);
        }
        assertEquals(
                List.of(),
                left.stream()
                        .map(finding ->
                                lint.location(finding) + " " + finding.rule().id() + " " + lint.message(finding))
                        .toList(),
                "findings that nothing expects");
    }
}
