package dev.sealane.load;

import dev.sealane.facts.Location;
import dev.sealane.facts.Origin;
import dev.sealane.facts.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Turns places into lines and columns, on demand. Only files that are asked for are read again, one at a time. Not for
 * several threads.
 */
public final class Locations {
    private record Spot(Origin origin, String path) {}

    private final Map<String, SourceText> kept = new HashMap<>();
    private final Map<String, Path> paths = new HashMap<>();
    private final Map<Spot, Layout.Found> found = new HashMap<>();

    private final Map<String, UnaryOperator<Location>> written = new HashMap<>();

    private String currentFile = "";
    private SourceText currentText;
    private Origin currentOrigin;
    private Layout currentLayout;

    Locations() {}

    /** Notes the text of a file that cannot be read a second time: standard input, or a pipe. */
    void keep(String file, SourceText text) {
        kept.put(file, text);
    }

    /** Notes where a file is. */
    void know(String file, Path path) {
        paths.put(file, path);
    }

    /** Notes that a text was made from other files. */
    void rendered(Rendered rendered, SourceText text) {
        kept.put(rendered.name(), text);
        paths.putAll(rendered.sources());
        written.put(rendered.name(), rendered.written());
    }

    /** Where a place of a text was written. */
    Location written(Location location) {
        return written.getOrDefault(location.file(), UnaryOperator.identity()).apply(location);
    }

    /** Looks up many places at once: each stretch of text is parsed once, whatever their order is. */
    public void prepare(Collection<Place> places) {
        places.stream()
                .filter(place -> place.location() == null)
                .sorted(Comparator.comparing((Place place) -> origin(place).file())
                        .thenComparing(place -> origin(place).offset()))
                .forEach(this::find);
    }

    /** The location of a place, or that of its nearest ancestor that is written. Never null. */
    public Location of(Place place) {
        return written(place.location() == null ? find(place).location() : place.location());
    }

    /** Whether the place itself is written. */
    public boolean exact(Place place) {
        return place.location() != null || find(place).exact();
    }

    /** Lines of a file as they are written, from 1; those that it does not have are left out. */
    public List<String> lines(String file, int first, int last) {
        SourceText text = text(file);
        List<String> lines = new ArrayList<>();
        if (text != null) {
            for (int line = Math.max(1, first); line <= Math.min(last, text.lines()); line++) {
                lines.add(text.lineText(line));
            }
        }
        return lines;
    }

    /** How long a line of a file is, in bytes; 0 if there is no such line. */
    public int length(String file, int line) {
        SourceText text = text(file);
        return text == null || line < 1 || line > text.lines() ? 0 : text.lineLength(line);
    }

    private static Origin origin(Place place) {
        return place.resource().meta().origin();
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
            SourceText text = text(origin.file());
            if (text != null && origin.offset() + origin.length() <= text.bytes.length) {
                Stretch stretch = new Stretch(origin.line(), (int) origin.offset(), origin.length());
                try {
                    currentLayout = Layout.of(origin.file(), text, stretch);
                } catch (SyntaxError changed) {
                    currentLayout = null;
                }
            }
        }
        return currentLayout;
    }

    /** Null if the file cannot be read any more. */
    private SourceText text(String file) {
        SourceText text = kept.get(file);
        if (text != null) {
            return text;
        }
        if (!file.equals(currentFile)) {
            currentFile = file;
            currentText = null;
            Path path = paths.get(file);
            if (path != null) {
                try {
                    currentText = SourceText.of(Files.readAllBytes(path));
                } catch (IOException gone) {
                    currentText = null;
                }
            }
        }
        return currentText;
    }
}
