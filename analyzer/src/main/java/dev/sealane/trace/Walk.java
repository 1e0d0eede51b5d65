package dev.sealane.trace;

import dev.sealane.facts.Text;
import dev.sealane.policy.Cause;
import dev.sealane.policy.Decision;
import java.util.ArrayList;
import java.util.List;

/** A trace that is being written down. */
final class Walk {
    private final List<Hop> hops = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private String at = "";
    private Reach verdict = Reach.REACHABLE;
    private Text reason;
    private Text allowed;

    Walk hop(String next) {
        close();
        at = next;
        return this;
    }

    private void close() {
        if (!at.isEmpty()) {
            hops.add(new Hop(at, steps));
            steps.clear();
            at = "";
        }
    }

    Walk step(Step step) {
        steps.add(step);
        return this;
    }

    void judge(Reach judged, Text why) {
        Reach both = verdict.and(judged);
        if (both != verdict || reason == null && judged != Reach.REACHABLE) {
            reason = why;
        }
        verdict = both;
    }

    /** The packet ends here. */
    void lost(Step.Lost step) {
        step(step);
        judge(Reach.UNREACHABLE, step.detail());
    }

    void filter(String direction, Decision decision, Reach judged) {
        if (decision.causes().isEmpty()) {
            step(new Step.Filtered(Text.of("%s: %s", direction, decision.reason()), null));
        }
        for (Cause cause : decision.causes()) {
            boolean first = cause == decision.causes().getFirst();
            Text text = first
                    ? Text.of("%s: %s", direction, decision.reason())
                    : Text.of("%s: also by %s", direction, cause.policy());
            step(new Step.Filtered(text, cause.place()));
        }
        if (decision.filtered()) {
            step(new Step.Filtered(Text.of("%s: rules of layer 7 then look at each request", direction), null));
        }
        judge(judged, Text.of("%s: %s", direction, decision.reason()));
        if (judged == Reach.REACHABLE && !decision.causes().isEmpty() && (allowed == null || decision.unenforced())) {
            allowed = Text.of("%s: %s", direction, decision.reason());
        }
    }

    Reach verdict() {
        return verdict;
    }

    Trace end(int ways) {
        close();
        Text said = reason != null ? reason : allowed != null ? allowed : Text.of("nothing is in the way");
        return new Trace(verdict, said, hops, ways);
    }
}
