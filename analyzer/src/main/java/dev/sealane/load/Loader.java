package dev.sealane.load;

import dev.sealane.facts.Explained.Evidence;
import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Ref;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Text;
import dev.sealane.load.Cutter.CutList;
import dev.sealane.load.InputFiles.InputFile;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Reads files, folders and standard input into {@link Resource}s. */
public final class Loader {
    /** How much text is in memory at a time, in bytes, unless one file alone is longer. */
    private static final long BATCH = 64L << 20;

    /** Less text than this, in bytes, is read faster by one thread. */
    private static final int WORTH_THREADS = 512 << 10;

    /** A stretch to be read by one thread; of a list that was cut, {@code list} is what all its items share. */
    private record Unit(String file, SourceText text, Stretch stretch, WholeList list) {}

    private record WholeList(DocumentReader.Head head, Stretch document) {}

    private final InputStream stdin;
    private final String stdinName;
    private final ObjectReader objects;
    private final Locations locations = new Locations();
    private final Set<Path> visited = new HashSet<>();

    /**
     * @param namespace for objects that name none
     * @param stdin what the path {@code -} means
     * @param stdinName the name of its text in locations
     */
    public Loader(String namespace, InputStream stdin, String stdinName) {
        this.stdin = stdin;
        this.stdinName = stdinName;
        this.objects = new ObjectReader(namespace, new Interner());
    }

    /**
     * Reads everything that the paths mean. What is wrong with the text becomes a finding. May be called again: what
     * was read by a call before is left out.
     *
     * @param paths of files and folders, or {@code -} for standard input
     * @throws UsageError if a path does not exist, or no file is found
     */
    public Input load(List<String> paths) {
        return load(paths, List.of());
    }

    /** @param rendered texts to be read as well */
    public Input load(List<String> paths, List<Rendered> rendered) {
        InputFiles input = new InputFiles(paths, stdinName, visited);
        Part all = new Part();
        all.skipped.addAll(input.skipped());
        List<Unit> units = new ArrayList<>();
        long size = 0;
        int read = 0;
        for (InputFile file : input.files()) {
            try {
                SourceText text = read(file);
                cut(file.name(), text, units);
                size += text.bytes.length;
                read++;
            } catch (IOException unreadable) {
                Location start = new Location(file.name(), 1, 1, 1, 1);
                all.find(InputRules.SYN001, start, "cannot be read: " + InputFiles.reason(unreadable));
            }
            if (size > BATCH) {
                read(units, size, all);
                units.clear();
                size = 0;
            }
        }
        for (Rendered made : rendered) {
            SourceText text = SourceText.of(made.text());
            locations.rendered(made, text);
            cut(made.name(), text, units);
            size += text.bytes.length;
            read++;
        }
        read(units, size, all);
        all.skipped.replaceAll(this::written);
        return finish(all, read);
    }

    private Skipped written(Skipped skipped) {
        int line = skipped.line();
        Location at = locations.written(new Location(skipped.file(), line, 1, line, 1));
        return new Skipped(at.file(), at.line(), skipped.reason());
    }

    /** Turns places of what was loaded into lines and columns. */
    public Locations locations() {
        return locations;
    }

    private SourceText read(InputFile file) throws IOException {
        if (file.error() != null) {
            throw file.error();
        }
        if (file.path() == null) {
            SourceText text = SourceText.of(stdin.readAllBytes());
            locations.keep(file.name(), text);
            return text;
        }
        if (!Files.isRegularFile(file.path())) {
            SourceText text = SourceText.of(Files.readAllBytes(file.path()));
            locations.keep(file.name(), text);
            return text;
        }
        if (Files.size(file.path()) > Integer.MAX_VALUE - 8) {
            throw new IOException("it is larger than 2 GB");
        }
        locations.know(file.name(), file.path());
        return SourceText.of(Files.readAllBytes(file.path()));
    }

    private void cut(String file, SourceText text, List<Unit> units) {
        for (Stretch document : Cutter.documents(text)) {
            CutList list = Cutter.list(text, document);
            DocumentReader.Head head = list == null ? null : reader(file, text).head(list);
            if (head == null) {
                units.add(new Unit(file, text, document, null));
            } else {
                WholeList whole = new WholeList(head, document);
                list.items().forEach(item -> units.add(new Unit(file, text, item, whole)));
            }
        }
    }

    private DocumentReader reader(String file, SourceText text) {
        return new DocumentReader(file, text, objects);
    }

    private void read(List<Unit> units, long size, Part all) {
        Stream<Unit> stream = size < WORTH_THREADS ? units.stream() : units.parallelStream();
        List<Part> parts = stream.map(this::read).toList();
        for (int i = 0; i < parts.size(); i++) {
            WholeList list = units.get(i).list;
            if (list == null) {
                all.add(parts.get(i));
                continue;
            }
            int first = i;
            while (i + 1 < parts.size() && units.get(i + 1).list == list) {
                i++;
            }
            all.add(joined(units.get(first), parts.subList(first, i + 1)));
        }
    }

    private Part read(Unit unit) {
        DocumentReader reader = reader(unit.file, unit.text);
        if (unit.list == null) {
            return reader.document(unit.stretch);
        }
        try {
            return reader.item(unit.stretch, unit.list.head);
        } catch (SyntaxError.UnknownAlias definedElsewhere) {
            return null;
        }
    }

    /** The parts of one list; the list read anew as a whole if an item refers to another. */
    private Part joined(Unit first, List<Part> items) {
        DocumentReader reader = reader(first.file, first.text);
        if (items.contains(null)) {
            return reader.document(first.list.document);
        }
        Part list = new Part();
        items.forEach(list::add);
        reader.endOfList(first.list.head, first.list.document, list);
        return list;
    }

    private static Input finish(Part all, int files) {
        Map<Ref, Resource> byRef = new LinkedHashMap<>();
        for (Resource resource : all.resources) {
            Resource before = byRef.putIfAbsent(resource.ref(), resource);
            if (before == null) {
                continue;
            }
            if (supersedes(resource, before)) {
                byRef.put(resource.ref(), resource);
            } else if (resource.name().endsWith("*")) {
                Origin origin = resource.meta().origin();
                String reason = "a further " + resource.ref() + " by the same generateName";
                all.skipped.add(new Skipped(origin.file(), origin.line(), reason));
            } else if (!before.meta().captured() && !resource.meta().captured()) {
                Evidence first = new Evidence(Text.of("defined here first"), before.at("metadata.name"));
                all.find(
                        InputRules.SYN005,
                        resource.at("metadata.name"),
                        resource.ref() + " is defined twice: this one is left out, the one before it counts",
                        List.of(first));
            }
        }
        Set<String> templates = new HashSet<>();
        all.findings.removeIf(finding -> finding.rule() == InputRules.SYN008
                && !templates.add(finding.place().location().file()));
        return new Input(
                List.copyOf(byRef.values()),
                List.copyOf(all.listings),
                List.copyOf(all.findings),
                List.copyOf(all.skipped),
                files,
                List.of());
    }

    /**
     * Whether an object takes the place of one with the same identity: what the API server printed last is what there
     * is. A manifest beside a capture is left out without a word: it is what was applied, or will be.
     */
    private static boolean supersedes(Resource resource, Resource before) {
        if (!resource.meta().captured() || !before.meta().captured()) {
            return resource.meta().captured();
        }
        return version(resource).compareTo(version(before)) > 0;
    }

    /** Resource versions are to be compared as numbers (KEP-5504); one that is none is older than all. */
    private static BigInteger version(Resource resource) {
        String version = resource.meta().resourceVersion();
        return version.matches("[0-9]+") ? new BigInteger(version) : BigInteger.ONE.negate();
    }
}
