package dev.sealane;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.finding.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every rule has its page and its fixtures, every page and fixture its rule, and names are as they should be. */
class RuleCatalogTest {
    private static final Path FIXTURES = Path.of("fixtures/rules");
    private static final Path PAGES = Path.of("docs/rules");

    /** Generated from the rules. */
    private static final String INDEX = "README.md";

    private static final List<String> HEADINGS =
            List.of("## What", "## Why", "## Bad", "## Good", "## Fix", "## What this cannot see");

    private static final Pattern ID = Pattern.compile("\\b(SVC|POD|EXP|DNS|ING|GTW|POL|CNI|KPX|NOD|SYN)\\d{3}\\b");

    /** A name says what is wrong, so that "allow service-selects-no-pod" reads well; these begin a remedy or a ban. */
    private static final Pattern REMEDY = Pattern.compile(
            "(no|avoid|ban|check|deny|disallow|ensure|forbid|must|prefer|prevent|require|use|validate|verify)-.*"
                    + "|.*-(should|must|check)(-.*)?|.*-rule");

    static List<Rule> rules() {
        return Lint.RULES.rules();
    }

    @Test
    void idsAndNamesAreUnique() {
        Set<String> seen = new HashSet<>();
        rules().forEach(rule -> assertTrue(seen.add(rule.id()), rule.id() + " is used twice"));
        rules().forEach(rule -> assertTrue(seen.add(rule.slug()), rule.slug() + " is used twice"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void nameNamesTheDefect(Rule rule) {
        assertFalse(REMEDY.matcher(rule.slug()).matches(), rule.slug() + " does not name a defect");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-endpoints", "check-selector", "require-class", "service-must-have-name"})
    void nameOfARemedyIsSeen(String slug) {
        assertTrue(REMEDY.matcher(slug).matches());
    }

    @ParameterizedTest
    @MethodSource("rules")
    void ruleHasItsFiles(Rule rule) {
        Path fixtures = FIXTURES.resolve(rule.slug());
        List<Path> missing = Stream.of(
                        PAGES.resolve(rule.slug() + ".md"), fixtures.resolve("bad.yaml"), fixtures.resolve("good.yaml"))
                .filter(Files::notExists)
                .toList();
        assertEquals(List.of(), missing, "missing for " + rule.id());
    }

    @Test
    void pagesAndFixturesHaveTheirRule() throws IOException {
        Set<String> slugs = rules().stream().map(Rule::slug).collect(Collectors.toCollection(TreeSet::new));
        assertEquals(slugs, names(FIXTURES));
        Set<String> pages = names(PAGES);
        pages.remove(INDEX);
        assertEquals(slugs.stream().map(slug -> slug + ".md").collect(Collectors.toCollection(TreeSet::new)), pages);
    }

    @ParameterizedTest
    @MethodSource("rules")
    void fixturesAreGoodOrBad(Rule rule) throws IOException {
        Set<String> others = names(FIXTURES.resolve(rule.slug()));
        others.removeIf(name -> name.matches("(good|bad)(-[a-z0-9]+)*\\.yaml"));
        assertEquals(Set.of(), others, "neither good nor bad, so that no test reads them");
    }

    @ParameterizedTest
    @MethodSource("rules")
    void pageHasTheForm(Rule rule) throws IOException {
        List<String> headings =
                proseOf(rule).filter(line -> line.startsWith("#")).toList();
        assertEquals("# " + rule.title() + " (" + rule.id() + ")", headings.getFirst());
        assertEquals(HEADINGS, headings.subList(1, headings.size()));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void pageNamesRulesThatExist(Rule rule) throws IOException {
        Set<String> ids = rules().stream().map(Rule::id).collect(Collectors.toSet());
        List<String> unknown = proseOf(rule)
                .flatMap(line -> ID.matcher(line).results().map(found -> found.group()))
                .filter(id -> !ids.contains(id))
                .toList();
        assertEquals(List.of(), unknown);
    }

    /** The lines of a rule's page that are in no block of code. */
    private static Stream<String> proseOf(Rule rule) throws IOException {
        String page = Files.readString(PAGES.resolve(rule.slug() + ".md"));
        return page.replaceAll("(?ms)^```.*?^```$", "").lines();
    }

    private static Set<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
