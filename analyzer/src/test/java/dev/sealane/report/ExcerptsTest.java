package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptsTest {
    @TempDir
    private Path folder;

    private Sample sample;

    @BeforeEach
    void start() {
        sample = new Sample(folder);
    }

    @Test
    void tabsTakeTheWidthOfTheSpacesShown() {
        assertEquals(excerpt("    a:    b", "          ^"), line("\ta:\tb", 5, 6));
    }

    @Test
    void columnsCountCodePoints() {
        assertEquals(excerpt("a: 😀 # x", "      ^"), line("a: 😀 # x", 6, 7));
    }

    @ParameterizedTest
    @CsvSource({
        "'a: 😀 # x', 4, 5, '   ^^'",
        "名前: wéb, 5, 8, '      ^^^'",
        "e\u0301: ｶ, 5, 6, '   ^'",
        "a\u0301, 2, 3, ' ^'"
    })
    void marksAreAsWideAsWhatTheyMark(String text, int column, int endColumn, String mark) {
        assertEquals(excerpt(text, mark), line(text, column, endColumn));
    }

    @ParameterizedTest
    @ValueSource(strings = {"  value: x: y", "- {name: A, value: x}", "\"value\" : \"x\"", "{'value': 'x'}"})
    void valuesOfVariablesAreNotShown(String line) {
        assertEquals(Optional.empty(), line(line, 1, 2));
    }

    @Test
    void aLineThatNobodyWroteIsNotShown() {
        assertEquals(Optional.empty(), line("x".repeat(100_000), 5, 6));
    }

    @Test
    void escapesAreMarkedInFull() {
        assertEquals(excerpt("a: \\u001bb", "   ^^^^^^^"), line("a: \u001bb", 4, 6));
    }

    @Test
    void anEmptyStretchHasOneCaret() {
        assertEquals(excerpt("a:", "  ^"), line("a:", 3, 3));
        assertEquals(excerpt("a:", "  ^"), line("a:", 9, 9));
    }

    @Test
    void aStretchOfSeveralLinesIsShownWhole() {
        sample.file("f.yaml", "x: 1\na:  # why\n  b: 1\n\tc: 2\nd: 3\n");
        Location location = new Location(folder.resolve("f.yaml").toString(), 2, 1, 4, 6);
        Excerpt expected = new Excerpt(List.of("a:  # why", "  b: 1", "    c: 2"), "^^");
        assertEquals(Optional.of(expected), excerpt(Place.of(location), location));
    }

    @Test
    void aLongStretchIsShownByItsFirstLine() {
        sample.file("f.yaml", "a:\n" + "  - b\n".repeat(9));
        Location five = new Location(folder.resolve("f.yaml").toString(), 1, 1, 5, 6);
        assertEquals(5, excerpt(Place.of(five), five).orElseThrow().lines().size());
        Location six = new Location(folder.resolve("f.yaml").toString(), 1, 1, 6, 6);
        assertEquals(excerpt("a:", "^^"), excerpt(Place.of(six), six));
    }

    @Test
    void ofAFieldThatIsNotThereItsParentIsShownByItsFirstLine() {
        sample.file("svc.yaml", """
                apiVersion: v1
                kind: Service
                metadata:
                  name: web
                spec:
                  type: ClusterIP
                """);
        Place place = sample.object("web").at("spec.selector");
        Location location = sample.report().locations().of(place);
        assertEquals(excerpt("spec:", "^^^^^"), excerpt(place, location));
    }

    @Test
    void windowsLineEndsAreNotShown() {
        assertEquals(excerpt("a: b", "   ^"), line("a: b\r", 4, 5));
    }

    @Test
    void aLongLineIsCutAroundTheMark() {
        String line = "x".repeat(10_000) + "HERE" + "y".repeat(20_000);
        Optional<Excerpt> excerpt = line(line, 10_001, 10_005);
        assertEquals(
                excerpt("..." + "x".repeat(40) + "HERE" + "y".repeat(116) + "...", " ".repeat(43) + "^^^^"), excerpt);
    }

    @Test
    void aLongMarkIsCutToo() {
        String line = "x".repeat(400);
        assertEquals(excerpt("x".repeat(160) + "...", " ".repeat(9) + "^".repeat(151)), line(line, 10, 401));
    }

    @Test
    void aLineThatIsNotThereHasNone() {
        sample.file("f.yaml", "a: b\n");
        Location location = new Location(folder.resolve("f.yaml").toString(), 7, 1, 7, 1);
        assertEquals(Optional.empty(), excerpt(Place.of(location), location));
        Location elsewhere = new Location(folder.resolve("absent.yaml").toString(), 1, 1, 1, 1);
        assertEquals(Optional.empty(), excerpt(Place.of(elsewhere), elsewhere));
    }

    @Test
    void aSecretIsNeverShown() {
        sample.file("secret.yaml", """
                apiVersion: v1
                kind: Secret
                metadata:
                  name: s
                data:
                  password: aHVudGVyMg==
                """);
        Place place = sample.object("s").at("data.password");
        Location location = sample.report().locations().of(place);
        assertEquals(6, location.line());
        assertEquals(Optional.empty(), excerpt(place, location));
    }

    @ParameterizedTest
    @ValueSource(strings = {"kind: Secret", "\"kind\":\"Secret\"", "kind:  'Secret' # x", "kind: SecretList"})
    void outsideObjectsAWordInTheFileHidesIt(String kind) {
        sample.file("broken.yaml", kind + "\ndata: {a: aHVudGVyMg==\n");
        Location location = new Location(folder.resolve("broken.yaml").toString(), 2, 1, 2, 2);
        assertEquals(Optional.empty(), excerpt(Place.of(location), location));
    }

    @ParameterizedTest
    @ValueSource(strings = {"secretName: x", "imagePullSecrets: []", "kind: SealedSecret"})
    void otherWordsHideNothing(String other) {
        sample.file("broken.yaml", other + "\ndata: {a\n");
        Location location = new Location(folder.resolve("broken.yaml").toString(), 2, 1, 2, 5);
        assertEquals(excerpt("data: {a", "^^^^"), excerpt(Place.of(location), location));
    }

    @Test
    void aSecretBesideAnObjectOnItsLineHidesTheLine() {
        sample.file(
                "list.json",
                "{\"apiVersion\":\"v1\",\"kind\":\"List\",\"items\":["
                        + "{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"s\"},\"data\":{\"a\":\"aHVudGVyMg==\"}},"
                        + "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"web\"}}]}");
        Place place = sample.object("web").at("metadata.name");
        Location location = sample.report().locations().of(place);
        assertTrue(location.column() > 100);
        assertEquals(Optional.empty(), excerpt(place, location));
    }

    @Test
    void aBrokenDocumentWithASecretShowsNothingOfIt() {
        sample.file("broken.yaml", """
                apiVersion: v1
                kind: Secret
                metadata: {name: s}
                stringData:
                  a: "hunter2
                   b: c
                """);
        assertFalse(sample.loaded().isEmpty());
        sample.add(sample.loaded());
        assertFalse(sample.text(true).contains("hunter2"));
    }

    private Optional<Excerpt> line(String line, int column, int endColumn) {
        sample.file("f.yaml", line + "\n");
        Location location = new Location(folder.resolve("f.yaml").toString(), 1, column, 1, endColumn);
        return excerpt(Place.of(location), location);
    }

    private Optional<Excerpt> excerpt(Place place, Location location) {
        return new Excerpts(sample.report().locations()).of(place, location);
    }

    private static Optional<Excerpt> excerpt(String text, String mark) {
        return Optional.of(new Excerpt(List.of(text), mark));
    }
}
