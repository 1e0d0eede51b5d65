package dev.sealane.load;

import dev.sealane.facts.Location;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Text that was not written but made from other text, such as from the templates of a chart. It is read as if it were a
 * file, and its places are shown where they were written.
 *
 * @param name of the text itself, for places that nobody knows the origin of
 * @param sources the files that it was made from, by their names in locations
 * @param written turns a place in the text into the place that it was made from, or gives it back unchanged
 */
public record Rendered(String name, byte[] text, Map<String, Path> sources, UnaryOperator<Location> written) {
    public Rendered {
        sources = Map.copyOf(sources);
    }
}
