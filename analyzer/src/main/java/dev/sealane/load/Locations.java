package dev.sealane.load;

import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Place;
import dev.sealane.facts.Resource;
import dev.sealane.facts.Secret;
import dev.sealane.load.InputFiles.InputFile;
import dev.sealane.load.InputFiles.Root;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Turns places into lines and columns, on demand. Only what is asked for is read again: a short file as a whole, of a
 * long one the stretches that hold the objects. Not for several threads.
 */
public final class Locations {
    /** A file of up to so many bytes is read as a whole. */
    private static final int SHORT = 4 << 20;

    /** So many bytes of text are kept for excerpts. */
    private static final long KEPT = 64L << 20;

    private record Spot(Origin origin, String path) {}

    private final List<InputFiles> inputs = new ArrayList<>();
    private final Map<String, UnaryOperator<Location>> written = new HashMap<>();
    private final Map<String, Path> sources = new HashMap<>();
    private final Map<String, InputFile> files = new HashMap<>();
    private final Map<String, List<SourceText>> texts = new HashMap<>();
    private final Map<Spot, Layout.Found> found = new HashMap<>();
    private final Map<String, List<Origin>> secrets = new HashMap<>();
    private long kept;

    private Origin currentOrigin;
    private Layout currentLayout;

    Locations() {}

    void add(InputFiles input, List<Rendered> rendered) {
        inputs.add(input);
        for (Root root : input.roots()) {
            root.files.forEach(file -> files.putIfAbsent(file.name(), file));
        }
        for (Rendered text : rendered) {
            written.put(text.name(), text.written());
            sources.putAll(text.sources());
        }
    }

    /** Looks up many places at once: each file is read, and each stretch of text parsed, once. */
    public void prepare(Collection<Place> places) {
        Map<String, List<Place>> byFile = new HashMap<>();
        for (Place place : places) {
            byFile.computeIfAbsent(file(place), unseen -> new ArrayList<>()).add(place);
        }
        for (InputFiles input : inputs) {
            prepare(input, byFile);
        }
        currentOrigin = null;
        currentLayout = null;
        JsonCursor.forget();
    }

    private void prepare(InputFiles input, Map<String, List<Place>> byFile) {
        for (Root root : input.roots()) {
            Set<InputFile> wanted = new HashSet<>();
            for (InputFile file : root.files) {
                if (byFile.containsKey(file.name()) && file.error() == null && !texts.containsKey(file.name())) {
                    wanted.add(file);
                }
            }
            if (wanted.isEmpty()) {
                continue;
            }
            try {
                input.read(root, wanted, (file, in) -> {
                    List<Place> inFile = byFile.get(file.name());
                    List<SourceText> parts = parts(file.name(), in, inFile);
                    texts.put(file.name(), parts);
                    inFile.stream()
                            .filter(place -> place.location() == null)
                            .sorted(Comparator.comparing(place -> origin(place).offset()))
                            .forEach(this::find);
                    long size =
                            parts.stream().mapToLong(part -> part.bytes.length).sum();
                    kept += size;
                    if (kept > KEPT) {
                        kept -= size;
                        texts.put(file.name(), List.of());
                    }
                });
            } catch (IOException gone) {
                // Its places fall back to the lines that are known.
                currentOrigin = null;
            }
        }
    }

    /** The location of a place, or that of its nearest ancestor that is written. Never null. */
    public Location of(Place place) {
        return written(place.location() == null ? find(place).location() : place.location());
    }

    private Location written(Location location) {
        return written.getOrDefault(location.file(), UnaryOperator.identity()).apply(location);
    }

    /** The same with the place where it was written. */
    Skipped written(Skipped skipped) {
        int line = skipped.line();
        Location at = written(new Location(skipped.file(), line, 1, line, 1));
        return new Skipped(at.file(), at.line(), skipped.count(), skipped.reason());
    }

    /** Whether the place itself is written. */
    public boolean exact(Place place) {
        return place.location() != null || find(place).exact();
    }

    /** Lines of a file as they are written, from 1; those that it does not have, or that are not at hand, are left out. */
    public List<String> lines(String file, int first, int last) {
        List<String> lines = new ArrayList<>();
        for (SourceText text : texts(file)) {
            for (int line = Math.max(text.firstLine(), first); line <= Math.min(last, text.lastLine()); line++) {
                lines.add(text.lineText(line));
            }
        }
        return lines;
    }

    /** How long a line of a file is, in bytes; 0 if there is no such line. */
    public int length(String file, int line) {
        for (SourceText text : texts(file)) {
            if (line >= text.firstLine() && line <= text.lastLine()) {
                return text.lineLength(line);
            }
        }
        return 0;
    }

    private static Origin origin(Place place) {
        return place.resource().meta().origin();
    }

    private static String file(Place place) {
        return place.location() == null
                ? origin(place).file()
                : place.location().file();
    }

    private List<SourceText> texts(String file) {
        List<SourceText> known = texts.get(file);
        if (known != null) {
            return known;
        }
        InputFile source = files.get(file);
        texts.put(file, List.of());
        if (source != null && source.error() == null) {
            try {
                inputs.getFirst()
                        .read(source.root(), Set.of(source), (same, in) -> texts.put(file, parts(file, in, List.of())));
            } catch (IOException gone) {
                return List.of();
            }
        }
        Path template = sources.get(file);
        if (source == null && template != null) {
            try (InputStream in = Files.newInputStream(template)) {
                texts.put(file, parts(file, in, List.of()));
            } catch (IOException gone) {
                return List.of();
            }
        }
        return texts.get(file);
    }

    /** All of a short text, or the stretches of a long one in which these places are. */
    private List<SourceText> parts(String name, InputStream file, List<Place> places) throws IOException {
        TextStream in = new TextStream(file);
        byte[] start = new byte[SHORT];
        int length = in.read(start, 0);
        List<SourceText> parts = new ArrayList<>();
        if (length < SHORT) {
            parts.add(SourceText.part(Arrays.copyOf(start, length), 0, 1));
        } else {
            Set<Origin> stretches = new HashSet<>();
            for (Place place : places) {
                if (place.location() == null) {
                    Origin origin = origin(place);
                    stretches.add(new Origin("", origin.line(), origin.offset(), origin.length(), ""));
                }
            }
            for (Origin stretch : stretches.stream()
                    .sorted(Comparator.comparing(Origin::offset))
                    .toList()) {
                byte[] bytes = stretch(stretch, start, in);
                if (bytes != null) {
                    parts.add(SourceText.part(bytes, stretch.offset(), stretch.line()));
                }
            }
        }
        parts.forEach(Noise::takeOut);
        parts.forEach(part -> blank(name, part));
        return parts;
    }

    /** Overwrites the values of Secrets wherever text is kept. */
    void blank(List<Resource> resources) {
        for (Resource resource : resources) {
            if (resource instanceof Secret) {
                Origin origin = resource.meta().origin();
                secrets.computeIfAbsent(origin.file(), unseen -> new ArrayList<>())
                        .add(origin);
            }
        }
        inputs.getLast().piped().forEach((file, bytes) -> blank(file, SourceText.part(bytes, 0, 1)));
        BlockCursor.forget();
        JsonCursor.forget();
    }

    private void blank(String file, SourceText text) {
        Map<Stretch, List<String>> items = new HashMap<>();
        for (Origin secret : secrets.getOrDefault(file, List.of())) {
            long from = secret.offset() - text.from;
            if (from >= 0 && from + secret.length() <= text.bytes.length) {
                items.computeIfAbsent(
                                new Stretch(secret.line(), (int) from, secret.length()), unseen -> new ArrayList<>())
                        .add(secret.item());
            }
        }
        items.forEach((stretch, objects) -> {
            SourceText part = text.copy(stretch);
            try {
                Layout layout = Layout.of(file, part, part.all());
                objects.forEach(layout::blank);
            } catch (SyntaxError withNoise) {
                part.blank(0, stretch.length());
            }
            System.arraycopy(part.bytes, 0, text.bytes, stretch.offset(), stretch.length());
        });
    }

    /** Null if the text is shorter by now. Stretches do not overlap. */
    private static byte[] stretch(Origin stretch, byte[] start, TextStream in) throws IOException {
        byte[] bytes = new byte[stretch.length()];
        int have = 0;
        if (stretch.offset() < start.length) {
            have = (int) Math.min(stretch.length(), start.length - stretch.offset());
            System.arraycopy(start, (int) stretch.offset(), bytes, 0, have);
        } else if (stretch.offset() > in.position()) {
            in.skip(stretch.offset() - in.position());
        }
        return have + in.read(bytes, have) < bytes.length ? null : bytes;
    }

    private Layout.Found find(Place place) {
        Spot spot = new Spot(origin(place), place.path());
        Layout.Found known = found.get(spot);
        if (known == null) {
            Layout layout = layout(spot.origin);
            known = layout == null ? null : layout.find(spot.origin.item(), spot.path);
            if (known == null) {
                int line = spot.origin.line();
                known = new Layout.Found(new Location(spot.origin.file(), line, 1, line, 1), false);
            }
            found.put(spot, known);
        }
        return known;
    }

    /** Null if the file has changed since and has no such stretch any more. */
    private Layout layout(Origin origin) {
        boolean same = currentOrigin != null
                && origin.file().equals(currentOrigin.file())
                && origin.offset() == currentOrigin.offset()
                && origin.length() == currentOrigin.length();
        if (!same) {
            currentOrigin = origin;
            currentLayout = null;
            for (SourceText text : texts(origin.file())) {
                long from = origin.offset() - text.from;
                if (from >= 0 && from + origin.length() <= text.bytes.length) {
                    Stretch stretch = new Stretch(origin.line(), (int) from, origin.length());
                    try {
                        currentLayout = Layout.of(origin.file(), text, stretch);
                    } catch (SyntaxError changed) {
                        currentLayout = null;
                    }
                }
            }
        }
        return currentLayout;
    }
}
