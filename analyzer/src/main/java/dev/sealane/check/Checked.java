package dev.sealane.check;

import dev.sealane.finding.Finding;
import java.util.List;

/**
 * What checking found.
 *
 * @param findings in no particular order, those of loading included
 * @param notChecked in the order of the rules' ids
 */
public record Checked(List<Finding> findings, List<NotChecked> notChecked) {}
