package dev.sealane.check;

import dev.sealane.finding.Finding;
import java.util.List;
import java.util.Set;

/**
 * The cluster that manifests were checked against.
 *
 * @param path as the user gave it
 * @param objects that were captured
 * @param replaced how many of these the manifests hold as well
 * @param dropped how many of these controllers would make anew: pods of replaced workloads and the like
 * @param known findings in objects of the cluster, or in its text, that it has without the manifests as well; they are
 *     not among those of {@link Checked}
 */
public record Baseline(String path, int objects, int replaced, int dropped, List<Finding> known) {
    /** Broken text, text that was cut off, text beyond a limit. */
    private static final Set<String> UNREAD = Set.of("SYN001", "SYN003", "SYN007");

    public Baseline {
        known = List.copyOf(known);
    }

    /** Whether all of it could be read, so that what is not in it is not in the cluster as far as it says so. */
    public boolean readable() {
        return known.stream()
                .noneMatch(finding -> UNREAD.contains(finding.rule().id()));
    }
}
