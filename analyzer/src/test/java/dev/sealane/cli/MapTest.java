package dev.sealane.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapTest {
    private static final String SHOP = "docs/examples/policed.yaml";

    /** By hand: db takes TCP 5432 of web and starts nothing; nothing else is policed. */
    @Test
    void listsWhatIsPossibleAndNothingElse() {
        assertEquals(
                """
                from,to,protocol,ports,verdict
                Deployment shop/web,Deployment shop/web,TCP,1-65535,allowed
                Deployment shop/web,Deployment shop/web,UDP,1-65535,allowed
                Deployment shop/web,Deployment shop/web,SCTP,1-65535,allowed
                Deployment shop/web,Deployment shop/db,TCP,5432,allowed
                """,
                Call.sealane("map", "--from", "shop/web", "--to", "namespace shop", "--format", "csv", SHOP)
                        .out());
    }

    @ParameterizedTest
    @CsvSource({"5432,1", "5432/tcp,1", "5432/UDP,0", "5433,0"})
    void asksForOnePort(String port, int lines) {
        String out = Call.sealane("map", "--to", "shop/db", "--port", port, "--format", "csv", SHOP)
                .out();
        assertEquals(lines, out.lines().count() - 1, out);
    }

    /** Of 203.0.113.0/24, which the policy of the vault names, and of nothing else. */
    @ParameterizedTest
    @CsvSource({"203.0.113.7,203.0.113.7/32", "203.0.113.0/25,203.0.113.0/25", "203.0.112.0/23,203.0.113.0/24"})
    void addressesOfARangeThatAPolicyNames(String from, String shown) {
        Call call = Call.sealane(
                "map", "--from", from, "--to", "pci/vault", "--format", "csv", "docs/examples/segments.yaml");
        assertEquals(
                "from,to,protocol,ports,verdict\n" + shown + ",Deployment pci/vault,TCP,8443,allowed\n", call.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"--from=*", "--exposed", "--isolated", "--unprotected"})
    void jsonIsAsTheSchemaSays(String option) throws IOException {
        String schema = Files.readString(Path.of("docs/map-output.schema.json"));
        for (String input : List.of(SHOP, "docs/examples/cluster.yaml")) {
            String json = Call.sealane("map", option, "--format", "json", input).out();
            assertTrue(json.contains("\"version\""), json);
            assertEquals(
                    List.of(),
                    SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                            .getSchema(schema)
                            .validate(json, InputFormat.JSON));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --port=0 | --port is 1 to 65535
            --port=80/ICMP | --port is 1 to 65535
            --to=shop/bd | nearest: shop/db
            --exposed --isolated | one at a time
            --exposed --format=csv | text or json
            --isolated --to=shop/db | go with the map
            """)
    void aMistakeIsSaid(String options, String message) {
        List<String> arguments = new ArrayList<>(List.of("map", SHOP));
        arguments.addAll(List.of(options.split(" ")));
        Call call = Call.sealane(arguments.toArray(String[]::new));
        assertEquals(2, call.code());
        assertTrue(call.err().contains(message), call.err());
    }
}
