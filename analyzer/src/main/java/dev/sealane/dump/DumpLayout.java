package dev.sealane.dump;

import java.util.Collection;

/** One collector's way of laying out what it collected. */
public interface DumpLayout {
    /** For {@code --input-format} and reports, such as {@code must-gather}. */
    String name();

    /**
     * Null if these are not the files of such a dump.
     *
     * @param names relative to the folder or archive that the user gave, separated by {@code /}
     */
    Dump recognise(Collection<String> names);
}
