package dev.sealane.facts;

import java.util.List;

/**
 * What a selector that matches no pod comes closest to. Every selecting Service without pods has one.
 *
 * @param text a clause such as {@code `app: web` is `app: wbe` in Deployment shop/web, deploy.yaml:9}
 */
public record NearestMiss(Ref service, Text text, List<Evidence> evidence) implements Explained {
    public NearestMiss {
        evidence = List.copyOf(evidence);
    }
}
