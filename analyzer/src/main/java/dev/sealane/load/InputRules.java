package dev.sealane.load;

import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import java.util.List;

/** The rules about the input itself. Loading applies them; there is nothing to match later. */
public final class InputRules {
    public static final Rule SYN001 = rule("SYN001", "yaml-syntax", Severity.ERROR, "Text is not valid YAML or JSON");
    public static final Rule SYN002 =
            rule("SYN002", "duplicate-key", Severity.ERROR, "Mapping has the same key twice: only the last one counts");
    public static final Rule SYN003 = rule("SYN003", "input-truncated", Severity.WARNING, "Input is cut off");
    public static final Rule SYN004 =
            rule("SYN004", "not-kubernetes", Severity.NOTE, "Document is not a Kubernetes object");
    public static final Rule SYN005 = rule("SYN005", "duplicate-resource", Severity.WARNING, "Object is defined twice");
    public static final Rule SYN006 = rule(
            "SYN006", "field-type-mismatch", Severity.ERROR, "Field has a type or a value that the API server rejects");
    public static final Rule SYN007 =
            rule("SYN007", "limit-exceeded", Severity.ERROR, "Input exceeds a limit and was not read");
    public static final Rule SYN008 =
            rule("SYN008", "template-not-rendered", Severity.WARNING, "Template was not rendered");

    private InputRules() {}

    /** All of them, by id. */
    public static List<Rule> all() {
        return List.of(SYN001, SYN002, SYN003, SYN004, SYN005, SYN006, SYN007, SYN008);
    }

    private static Rule rule(String id, String slug, Severity severity, String title) {
        return new Rule(id, slug, "input", severity, List.of(), title);
    }
}
