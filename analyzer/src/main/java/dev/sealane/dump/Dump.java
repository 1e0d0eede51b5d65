package dev.sealane.dump;

import java.util.Map;
import java.util.Set;

/** The files of a folder or an archive, told apart. */
public interface Dump {
    DumpLayout layout();

    /** What a file is. Cheap; also answers for names that were not among those it was recognised from. */
    Member member(String name);

    /** Small files that hold evidence: query times, versions, errors, discovery. To be read before all others. */
    Set<String> evidenceFiles();

    /** @param texts of those of the {@link #evidenceFiles} that could be read, by name; what makes no sense is left out */
    Evidence evidence(Map<String, String> texts);

    /** The names of the clusters that stand side by side in it; empty if there is one. */
    Set<String> clusters();
}
