package dev.sealane.policy;

import dev.sealane.facts.Answer;
import dev.sealane.facts.Text;

/**
 * Whether a rule means an endpoint.
 *
 * @param kind YES, NO, or why that is open
 * @param reason what it depends on, or what is not known; empty for YES and NO
 */
public record Match(Kind kind, Text reason) {
    public enum Kind {
        YES,
        NO,
        /** Implementations differ. */
        DEPENDS,
        /** The input does not tell. */
        UNKNOWN
    }

    public static final Match YES = new Match(Kind.YES, Text.of(""));
    public static final Match NO = new Match(Kind.NO, Text.of(""));

    static Match of(boolean matches) {
        return matches ? YES : NO;
    }

    static Match depends(String format, Object... arguments) {
        return new Match(Kind.DEPENDS, Text.of(format, arguments));
    }

    static Match unknown(String format, Object... arguments) {
        return new Match(Kind.UNKNOWN, Text.of(format, arguments));
    }

    /** An answer, with the reason for one that is open: implementations differ. */
    static Match of(Answer answer, Match open) {
        return answer == Answer.UNKNOWN ? open : of(answer == Answer.YES);
    }

    /** Whether it can be: everything but a plain no. */
    public boolean possible() {
        return kind != Kind.NO;
    }

    Match and(Match other) {
        if (kind == Kind.NO || other.kind == Kind.YES) {
            return this;
        }
        return other.kind == Kind.NO || kind == Kind.YES || other.kind == Kind.UNKNOWN ? other : this;
    }

    Match or(Match other) {
        if (kind == Kind.YES || other.kind == Kind.NO) {
            return this;
        }
        return other.kind == Kind.YES || kind == Kind.NO || other.kind == Kind.UNKNOWN ? other : this;
    }

    Match not() {
        return switch (kind) {
            case YES -> NO;
            case NO -> YES;
            case DEPENDS, UNKNOWN -> this;
        };
    }
}
