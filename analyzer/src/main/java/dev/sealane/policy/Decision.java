package dev.sealane.policy;

import dev.sealane.facts.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What is decided about a connection, and by what.
 *
 * @param reason in words
 * @param causes the rules and policies that decided; empty if no policy has a say
 * @param filtered whether layer 7 rules filter what is allowed
 * @param unenforced whether it is allowed only because nothing enforces the denial that {@code causes} ask for
 */
public record Decision(Verdict verdict, Text reason, List<Cause> causes, boolean filtered, boolean unenforced) {
    public Decision {
        causes = List.copyOf(causes);
    }

    static Decision of(Verdict verdict, Text reason, List<Cause> causes) {
        return new Decision(verdict, reason, causes, false, false);
    }

    /** Both ends must let it through. A denial names those that deny, everything else names both. */
    public Decision and(Decision other) {
        if (causes.isEmpty() && verdict == Verdict.ALLOWED) {
            return other;
        }
        if (other.causes.isEmpty() && other.verdict == Verdict.ALLOWED) {
            return this;
        }
        Verdict both = verdict.and(other.verdict);
        if (both == Verdict.ALLOWED) {
            return join(both, this, other, Text.of("%s, and %s", reason, other.reason));
        }
        if (verdict == both && other.verdict == both) {
            return join(both, this, other, Text.of("%s, and %s", reason, other.reason));
        }
        return verdict == both ? this : other;
    }

    /** A rule that may or may not apply stands in front of {@code otherwise}. */
    static Decision either(Match match, Decision applied, Decision otherwise) {
        if (applied.verdict == otherwise.verdict) {
            return otherwise;
        }
        boolean unknown = match.kind() == Match.Kind.UNKNOWN
                || applied.verdict == Verdict.UNKNOWN
                || otherwise.verdict == Verdict.UNKNOWN;
        return join(unknown ? Verdict.UNKNOWN : Verdict.DEPENDS, applied, otherwise, match.reason());
    }

    private static Decision join(Verdict verdict, Decision one, Decision other, Text reason) {
        List<Cause> causes = new ArrayList<>(one.causes);
        other.causes.stream().filter(cause -> !one.causes.contains(cause)).forEach(causes::add);
        return new Decision(
                verdict, reason, causes, one.filtered || other.filtered, one.unenforced || other.unenforced);
    }
}
