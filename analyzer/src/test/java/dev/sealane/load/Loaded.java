package dev.sealane.load;

import dev.sealane.facts.Location;
import dev.sealane.facts.Resource;
import dev.sealane.finding.Finding;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What was loaded, in the words in which tests expect it. */
record Loaded(Input input, Locations locations) {
    static final Path FIXTURES = Path.of("fixtures/inputs");

    static Loaded paths(String... paths) {
        Loader loader = new Loader("default", new ByteArrayInputStream(new byte[0]), "stdin");
        return new Loaded(loader.load(List.of(paths)), loader.locations());
    }

    static Loaded bytes(byte[] text, String name) {
        Loader loader = new Loader("default", new ByteArrayInputStream(text), name);
        return new Loaded(loader.load(List.of("-")), loader.locations());
    }

    static Loaded yaml(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), "stdin");
    }

    static Loaded json(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), "stdin.json");
    }

    static Loaded fixture(String name) {
        try {
            return bytes(Files.readAllBytes(FIXTURES.resolve(name)), name);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@code kind/name} of each resource. */
    List<String> names() {
        return input.resources().stream()
                .map(resource -> resource.ref().kind() + "/" + resource.name())
                .toList();
    }

    /** {@code line:column-endLine:endColumn id message} of each finding, by place. */
    List<String> findings() {
        return input.findings().stream()
                .sorted(java.util.Comparator.comparing(this::line))
                .map(this::words)
                .toList();
    }

    /** {@code line id} of each finding, by place. */
    List<String> briefly() {
        return input.findings().stream()
                .sorted(java.util.Comparator.comparing(this::line))
                .map(finding -> line(finding) + " " + finding.rule().id())
                .toList();
    }

    private int line(Finding finding) {
        return locations.of(finding.place()).line();
    }

    private String words(Finding finding) {
        Location at = locations.of(finding.place());
        return span(at) + " " + finding.rule().id() + " " + finding.message();
    }

    static String span(Location at) {
        return at.line() + ":" + at.column() + "-" + at.endLine() + ":" + at.endColumn();
    }

    /** The only resource of this type. */
    <T extends Resource> T only(Class<T> type) {
        List<T> found = input.resources().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        if (found.size() != 1) {
            throw new AssertionError("expected one " + type.getSimpleName() + " in " + names() + findings());
        }
        return found.getFirst();
    }
}
