package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Runs every rule's fixtures and the examples of its page. */
class RuleFixturesTest {
    private static final Path FIXTURES = Path.of("fixtures/rules");
    private static final Path PAGES = Path.of("docs/rules");
    private static final Pattern EXAMPLE = Pattern.compile("## (Bad|Good)\\n.*?```yaml\\n(.*?)```", Pattern.DOTALL);

    @TestFactory
    Stream<DynamicNode> rules() {
        return Lint.RULES.rules().stream().map(rule -> dynamicContainer(rule.slug(), tests(rule)));
    }

    private static Stream<DynamicNode> tests(Rule rule) {
        Path bad = FIXTURES.resolve(rule.slug()).resolve("bad.yaml");
        Path good = FIXTURES.resolve(rule.slug()).resolve("good.yaml");
        List<DynamicNode> tests = new ArrayList<>();
        tests.add(dynamicTest("bad fixture", () -> bad(rule, bad)));
        tests.add(dynamicTest(
                "good fixture",
                () -> assertEquals(List.of(), Lint.paths(good.toString()).lines())));
        for (Kind needed : rule.needs()) {
            tests.add(dynamicTest(
                    "silent without " + needed,
                    () -> assertEquals(
                            List.of(), Lint.without(needed, bad.toString()).findings(rule))));
        }
        tests.add(dynamicTest("page", () -> page(rule)));
        return tests.stream();
    }

    private static void bad(Rule rule, Path fixture) throws IOException {
        Expectations expectations =
                new Expectations(Files.readString(fixture, java.nio.charset.StandardCharsets.ISO_8859_1));
        assertTrue(
                expectations.all.stream().anyMatch(expected -> expected.id().equals(rule.id())),
                "the fixture expects nothing of its rule");
        expectations.verify(Lint.paths(fixture.toString()));
    }

    private static void page(Rule rule) throws IOException {
        Matcher example = EXAMPLE.matcher(Files.readString(PAGES.resolve(rule.slug() + ".md")));
        List<String> seen = new ArrayList<>();
        while (example.find()) {
            Expectations expectations = new Expectations(example.group(2));
            boolean expects =
                    expectations.all.stream().anyMatch(expected -> expected.id().equals(rule.id()));
            assertEquals(example.group(1).equals("Bad"), expects, example.group(1));
            assertFalse(seen.contains(example.group(1)), "two examples " + example.group(1));
            seen.add(example.group(1));
            expectations.verify(Lint.text(example.group(2)));
        }
        assertEquals(List.of("Bad", "Good"), seen);
    }
}
