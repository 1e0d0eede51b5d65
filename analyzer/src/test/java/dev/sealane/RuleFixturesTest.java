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
    Stream<DynamicNode> rules() throws IOException {
        List<DynamicNode> all = new ArrayList<>();
        for (Rule rule : Lint.RULES.rules()) {
            all.add(dynamicContainer(rule.slug(), tests(rule)));
        }
        return all.stream();
    }

    private static Stream<DynamicNode> tests(Rule rule) throws IOException {
        List<DynamicNode> tests = new ArrayList<>();
        for (Path bad : fixtures(rule, "bad")) {
            tests.add(dynamicTest(bad.getFileName().toString(), () -> bad(rule, bad)));
            for (Kind needed : rule.needs()) {
                tests.add(dynamicTest(
                        bad.getFileName() + " without " + needed,
                        () -> assertEquals(
                                List.of(), Lint.without(needed, bad.toString()).findings(rule))));
            }
        }
        for (Path good : fixtures(rule, "good")) {
            tests.add(dynamicTest(
                    good.getFileName().toString(),
                    () -> assertEquals(List.of(), Lint.paths(good.toString()).lines())));
        }
        tests.add(dynamicTest("page", () -> page(rule)));
        return tests.stream();
    }

    /** All that show the rule, or that must be silent: {@code bad.yaml}, and {@code bad-openshift.yaml} and the like. */
    private static List<Path> fixtures(Rule rule, String kind) throws IOException {
        try (Stream<Path> files = Files.list(FIXTURES.resolve(rule.slug()))) {
            return files.filter(file -> file.getFileName().toString().startsWith(kind))
                    .sorted()
                    .toList();
        }
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
