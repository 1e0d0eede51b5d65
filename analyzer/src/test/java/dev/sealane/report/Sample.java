package dev.sealane.report;

import dev.sealane.check.NotChecked;
import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Kind;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.finding.Finding;
import dev.sealane.finding.Rule;
import dev.sealane.finding.Severity;
import dev.sealane.load.Input;
import dev.sealane.load.Loader;
import dev.sealane.load.Skipped;
import dev.sealane.report.Report.Summary;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A report about files that a test writes, with findings that it makes up. */
final class Sample {
    static final Rule ERROR = rule("SVC001", "service-selects-no-pod", Severity.ERROR);
    static final Rule WARNING = rule("POL002", "policy-selects-no-pod", Severity.WARNING);
    static final Rule NOTE = rule("POL005", "peers-listed-separately", Severity.NOTE);

    final List<NotChecked> notChecked = new ArrayList<>();
    final List<Skipped> skipped = new ArrayList<>();
    private final Path folder;
    private final List<Finding> findings = new ArrayList<>();
    private final List<String> files = new ArrayList<>();
    private Loader loader;
    private Input input;

    Sample(Path folder) {
        this.folder = folder;
    }

    static Rule rule(String id, String slug, Severity severity) {
        return new Rule(id, slug, "service", severity, List.of(Kind.SERVICE), "Title");
    }

    Sample file(String name, String text) {
        Path file = folder.resolve(name);
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        files.add(file.toString());
        return this;
    }

    /** The object of this name. */
    Resource object(String name) {
        return input().resources().stream()
                .filter(resource -> resource.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    Sample finding(Rule rule, Place place, String message, Evidence... related) {
        findings.add(new Finding(rule, rule.severity(), place, Text.of("%s", message), List.of(related)));
        return this;
    }

    Sample finding(Rule rule, Place place, Text message, Evidence... related) {
        findings.add(new Finding(rule, rule.severity(), place, message, List.of(related)));
        return this;
    }

    /** What the loader itself found. */
    List<Finding> loaded() {
        return input().findings();
    }

    Sample add(List<Finding> more) {
        findings.addAll(more);
        return this;
    }

    Report report() {
        Summary summary = new Summary(input().resources().size(), input().files(), Duration.ofMillis(210));
        return Report.of(findings, loader.locations(), notChecked, skipped, summary);
    }

    String text(boolean verbose) {
        return local(TextReport.render(report(), verbose, false));
    }

    /** Without the name of the temporary folder. */
    String local(String output) {
        return output.replace(folder.toString().replace('\\', '/') + "/", "");
    }

    private Input input() {
        if (input == null) {
            loader = new Loader("default", InputStream.nullInputStream(), "-");
            input = loader.load(files);
        }
        return input;
    }
}
