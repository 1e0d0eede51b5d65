package dev.sealane.check;

import dev.sealane.finding.Rule;

/**
 * A rule that could not judge everything it is about.
 *
 * @param reason a clause, such as {@code the pods of namespace shop are not in the input}
 * @param collect the command that would collect what is missing
 */
public record NotChecked(Rule rule, String reason, String collect) {}
