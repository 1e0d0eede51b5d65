package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every JSON that is written about a fixture, and every one that was committed, is as the schema says. */
class SchemaTest {
    @TestFactory
    Stream<DynamicTest> ofFixtures() throws IOException {
        return files(".yaml").stream()
                .map(file -> dynamicTest(file.toString(), () -> {
                    String json = Call.sealane("lint", "--format", "json", file.toString())
                            .out();
                    assertTrue(json.contains("\"version\": 1"), json);
                    validate(json, "lint");
                    validate(
                            Call.sealane("coverage", "--format", "json", file.toString())
                                    .out(),
                            "coverage");
                }));
    }

    @Test
    void againstACluster() throws IOException {
        String json = Call.sealane(
                        "lint",
                        "--format",
                        "json",
                        "docs/examples/pull-request.yaml",
                        "--against",
                        "docs/examples/cluster.yaml")
                .out();
        assertTrue(json.contains("\"against\""), json);
        validate(json, "lint");
    }

    @Test
    void intents() throws IOException {
        String json = Call.sealane(
                        "check-intent",
                        "docs/examples/segments.intent",
                        "-i",
                        "docs/examples/segments.yaml",
                        "--format",
                        "json")
                .out();
        assertTrue(json.contains("\"fails\""), json);
        validate(json, "check-intent");
    }

    @TestFactory
    Stream<DynamicTest> committed() throws IOException {
        return files(".json").stream()
                .filter(file -> file.startsWith("fixtures/expected"))
                .map(file -> dynamicTest(file.toString(), () -> {
                    boolean coverage = file.toString().endsWith(".coverage.json");
                    validate(Files.readString(file), coverage ? "coverage" : "lint");
                }));
    }

    private static List<Path> files(String extension) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("fixtures"))) {
            return files.filter(file -> file.toString().endsWith(extension))
                    .sorted()
                    .toList();
        }
    }

    private static void validate(String json, String command) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs/" + command + "-output.schema.json")));
        assertEquals(List.of(), schema.validate(json, InputFormat.JSON));
    }
}
