package dev.sealane.dump;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * A dump in some folder.
 *
 * @param root empty, or ending in a slash; what is outside of it counts as plain files
 * @param members by name below the root
 * @param evidenceFiles with their whole names
 */
record Recognised(
        DumpLayout layout,
        String root,
        Function<String, Member> members,
        Set<String> evidenceFiles,
        Function<Map<String, String>, Evidence> reader,
        Set<String> clusters)
        implements Dump {
    Recognised {
        evidenceFiles = Set.copyOf(evidenceFiles);
        clusters = Set.copyOf(clusters);
    }

    /** Without evidence. */
    Recognised(DumpLayout layout, String root, Function<String, Member> members) {
        this(layout, root, members, Set.of(), texts -> Evidence.NONE, Set.of());
    }

    @Override
    public Member member(String name) {
        // What macOS puts beside each file in its archives.
        if (name.substring(name.lastIndexOf('/') + 1).startsWith("._")) {
            return Member.LOG;
        }
        return name.startsWith(root) ? members.apply(name.substring(root.length())) : PlainFiles.of(name);
    }

    @Override
    public Evidence evidence(Map<String, String> texts) {
        return reader.apply(texts);
    }
}
