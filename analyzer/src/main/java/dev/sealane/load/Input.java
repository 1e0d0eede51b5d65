package dev.sealane.load;

import dev.sealane.facts.Resource;
import dev.sealane.finding.Finding;
import java.util.List;

/**
 * What the given paths hold.
 *
 * @param resources in the order of files, documents and items
 * @param findings what is wrong with the input itself, SYN…
 * @param files how many files were read
 * @param captures what the files belong to, in the order of the paths
 */
public record Input(
        List<Resource> resources,
        List<Listing> listings,
        List<Finding> findings,
        List<Skipped> skipped,
        int files,
        List<Capture> captures) {}
