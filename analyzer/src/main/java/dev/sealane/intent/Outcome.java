package dev.sealane.intent;

import dev.sealane.policy.Decision;
import dev.sealane.trace.Traces;
import java.util.List;

/**
 * Whether an assertion holds.
 *
 * @param pairs how many pairs of ends were asked about
 * @param examples some of those that contradict it, or that cannot be told; empty if it holds
 * @param counterexample the first of those that contradict it, followed hop by hop; null unless it fails
 */
public record Outcome(Assertion assertion, Result result, int pairs, List<Example> examples, Traces counterexample) {
    public enum Result {
        HOLDS,
        FAILS,
        UNKNOWN
    }

    /** One pair of ends and what is decided about them. */
    public record Example(String from, String to, Ports.Range ports, Decision decision) {}

    public Outcome {
        examples = List.copyOf(examples);
    }
}
