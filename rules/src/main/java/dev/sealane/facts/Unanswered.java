package dev.sealane.facts;

/**
 * A question about the cluster that came up and that the input does not answer.
 *
 * @param question a word that rules name among their needs: {@code cni}, {@code controllers}, {@code peers},
 *     {@code policies}
 * @param reason a clause
 * @param collect the command that would collect the answer
 */
public record Unanswered(String question, String reason, String collect) {}
