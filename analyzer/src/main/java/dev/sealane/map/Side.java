package dev.sealane.map;

import dev.sealane.policy.Endpoint;
import dev.sealane.policy.Policies.Chain;

/** One direction of some pods, as their policies decide it. Compared by identity. */
final class Side {
    final Chain chain;
    /** Some of these pods, which stand for all. */
    final Endpoint.Pods subject;
    /** For each way in which peers are seen, what is decided; null until it is asked for. */
    int[] decided;

    Side(Chain chain, Endpoint.Pods subject) {
        this.chain = chain;
        this.subject = subject;
    }
}
