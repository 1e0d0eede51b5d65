package dev.sealane.trace;

import dev.sealane.facts.Text;

/** The way back of what has arrived. */
final class ReplyPath {
    private ReplyPath() {}

    static void write(Walk walk, End client, boolean masqueraded) {
        if (walk.verdict() == Reach.UNREACHABLE) {
            return;
        }
        walk.hop(client.at());
        walk.step(new Step.Routed(
                masqueraded
                        ? Text.of(
                                "the reply comes back through the node that translated, which undoes it; no policy holds it up")
                        : Text.of("the reply comes back; no policy holds up the reply to what is allowed"),
                null));
    }
}
