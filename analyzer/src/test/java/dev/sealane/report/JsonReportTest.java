package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sealane.check.NotChecked;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Location;
import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import dev.sealane.load.Skipped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonReportTest {
    @TempDir
    private Path folder;

    @Test
    void everyFieldIsThere() throws IOException {
        Sample sample = new Sample(folder).file("svc.yaml", """
                apiVersion: v1
                kind: Service
                metadata:
                  name: web
                  namespace: shop
                spec:
                  selector:
                    app: web
                """);
        Place selector = sample.object("web").at("spec.selector.app");
        Place outside = Place.of(new Location("x.yaml", 1, 1, 1, 2));
        sample.finding(Sample.ERROR, selector, "not \"here\"", new Evidence(Text.of("see %s", selector), outside));
        sample.skipped.add(new Skipped("big.yaml", 0, "too large"));
        sample.notChecked.add(new NotChecked(Sample.NOTE, "no nodes", "kubectl get nodes -o yaml"));
        String json = sample.local(JsonReport.render(sample.report()));
        assertEquals("""
                {
                  "version": 1,
                  "findings": [
                    {
                      "id": "SVC001",
                      "rule": "service-selects-no-pod",
                      "severity": "error",
                      "message": "not \\"here\\"",
                      "ref": {
                        "group": "",
                        "kind": "Service",
                        "namespace": "shop",
                        "name": "web"
                      },
                      "location": {
                        "file": "svc.yaml",
                        "line": 8,
                        "column": 10,
                        "endLine": 8,
                        "endColumn": 13,
                        "path": "spec.selector.app"
                      },
                      "related": [
                        {
                          "message": "see svc.yaml:8",
                          "ref": null,
                          "location": {
                            "file": "x.yaml",
                            "line": 1,
                            "column": 1,
                            "endLine": 1,
                            "endColumn": 2,
                            "path": ""
                          }
                        }
                      ]
                    }
                  ],
                  "notChecked": [
                    {
                      "id": "POL005",
                      "reason": "no nodes",
                      "collect": "kubectl get nodes -o yaml"
                    }
                  ],
                  "skipped": [
                    {
                      "file": "big.yaml",
                      "line": 0,
                      "count": 1,
                      "reason": "too large"
                    }
                  ],
                  "summary": {
                    "errors": 1,
                    "warnings": 0,
                    "notes": 0,
                    "objects": 1,
                    "files": 1
                  }
                }
                """, json);
        assertEquals(List.of(), validate(json));
    }

    @Test
    void emptyListsAreValid() throws IOException {
        String json = JsonReport.render(new Sample(folder).file("a.yaml", "").report());
        assertTrue(json.contains("\"findings\": [],\n"));
        assertEquals(List.of(), validate(json));
    }

    @Test
    void whatATerminalActsOnIsEscaped() throws IOException {
        Sample sample = new Sample(folder).file("a.yaml", "a: b\n");
        String hostile = "\u0000\n\u001b\u007f\u009b\u202e\u2028 ü😀";
        sample.finding(Sample.ERROR, Place.of(new Location("a.yaml", 1, 1, 1, 1)), hostile);
        String json = JsonReport.render(sample.report());
        assertTrue(json.contains("\"message\": \"\\u0000\\n\\u001B\\u007F\\u009b\\u202e\\u2028 ü😀\""), json);
        assertEquals(List.of(), validate(json));
    }

    /** The schema must not be one that lets everything pass. */
    @Test
    void theSchemaRejectsOtherOutputs() throws IOException {
        String json = JsonReport.render(new Sample(folder).file("a.yaml", "").report());
        assertFalse(validate(json.replace("\"errors\": 0", "\"errors\": -1")).isEmpty());
        assertFalse(validate(json.replace("\"version\": 1", "\"version\": 2")).isEmpty());
        assertFalse(
                validate(json.replace("\"findings\": []", "\"findings\": [{}]")).isEmpty());
        assertFalse(validate(json.replace("\"skipped\"", "\"left\"")).isEmpty());
    }

    private static List<Error> validate(String json) throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("docs/lint-output.schema.json")));
        return schema.validate(json, InputFormat.JSON);
    }
}
