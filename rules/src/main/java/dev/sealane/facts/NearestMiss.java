package dev.sealane.facts;

import java.util.List;

/**
 * What a selector that matches no pod comes closest to. A selecting Service without pods has one, unless the
 * input would not show its pods.
 *
 * @param text a clause such as {@code `app: web` is `app: wbe` in Deployment shop/web, deploy.yaml:9}
 * @param certainty LIKELY if an operator may create pods that the input does not show, unless the miss is a plain slip,
 *     and if the namespace has no pods at all, which may be just unused
 */
public record NearestMiss(Ref service, Text text, Certainty certainty, List<Evidence> evidence) implements Explained {
    public NearestMiss {
        evidence = List.copyOf(evidence);
    }

    /** The same, with a clause about Services and pods that were collected apart; empty if they were not. */
    public NearestMiss doubted(Text doubt) {
        return doubt.certainty() == Certainty.CERTAIN
                ? this
                : new NearestMiss(service, Text.of("%s%s", text, doubt), Certainty.LIKELY, evidence);
    }
}
