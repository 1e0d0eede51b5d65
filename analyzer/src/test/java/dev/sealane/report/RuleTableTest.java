package dev.sealane.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sealane.check.RuleSet;
import dev.sealane.facts.Kind;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class RuleTableTest {
    private static final List<Rule> RULES = List.of(
            new Rule("DNS001", "policy-blocks-dns", "dns", Severity.ERROR, List.of(), "No | DNS"),
            new Rule(
                    "SVC027",
                    "target-port-undeclared",
                    "service",
                    Severity.NOTE,
                    List.of(Kind.SERVICE, Kind.INGRESS),
                    "No port"));

    @Test
    void text() {
        assertEquals("""
                ID      RULE                    TOPIC     SEVERITY  FINDS
                DNS001  policy-blocks-dns       dns       error     No | DNS
                SVC027  target-port-undeclared  service   note      No port
                """, RuleTable.text(RULES));
    }

    @Test
    void json() {
        assertEquals("""
                {
                  "version": 1,
                  "rules": [
                    {
                      "id": "SVC027",
                      "rule": "target-port-undeclared",
                      "topic": "service",
                      "severity": "note",
                      "title": "No port",
                      "needs": [
                        {
                          "group": "",
                          "kind": "Service"
                        },
                        {
                          "group": "networking.k8s.io",
                          "kind": "Ingress"
                        }
                      ]
                    }
                  ]
                }
                """, RuleTable.json(RULES.subList(1, 2)));
    }

    @Test
    void markdown() {
        assertEquals("""
                # Rules

                <!-- Made by `sealane rules --format markdown`. -->

                ## dns

                | id | rule | severity | finds | needs |
                |--|--|--|--|--|
                | DNS001 | [policy-blocks-dns](policy-blocks-dns.md) | error | No \\| DNS |  |

                ## service

                | id | rule | severity | finds | needs |
                |--|--|--|--|--|
                | SVC027 | [target-port-undeclared](target-port-undeclared.md) | note | No port | Service, Ingress |
                """, RuleTable.markdown(RULES));
    }

    @Test
    void theIndexIsCurrent() throws IOException {
        assertEquals(
                RuleTable.markdown(RuleSet.builtIn().rules()),
                Files.readString(Path.of("docs/rules/README.md")),
                "write it with: sealane rules --format markdown > docs/rules/README.md");
    }
}
