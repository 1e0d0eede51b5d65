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
import java.util.Map;
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
        assertTrue(json.contains("\"delivered\""), json);
        validate(json, "check-intent");
    }

    @Test
    void differences() throws IOException {
        Call call = Call.sealane(
                "diff", "docs/examples/segments.yaml", "docs/examples/segments-next.yaml", "--format", "json");
        assertTrue(call.out().contains("\"opened\""), call.out());
        validate(call.out(), "diff");
    }

    @Test
    void traces() throws IOException {
        String file = "docs/examples/shop.yaml";
        for (String target : List.of("shop/api:80", "api.shop:80", "dns", "internet")) {
            Call call = Call.sealane("trace", "-i", file, "--format", "json", "shop/web", target);
            assertTrue(List.of(0, 1, 4).contains(call.code()), call.err());
            validate(call.out(), "trace");
        }
        Call pairs = Call.with(
                "# who, what\nshop/web shop/api\ninternet shop/api\n",
                Map.of(),
                false,
                "trace",
                "-i",
                file,
                "--format",
                "json",
                "--from-file",
                "-");
        assertEquals(1, pairs.code());
        assertTrue(pairs.out().startsWith("["), pairs.out());
        validate(pairs.out(), "trace");
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
