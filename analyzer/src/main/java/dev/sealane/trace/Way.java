package dev.sealane.trace;

import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One way from a client to an endpoint.
 *
 * @param key equal for those that differ in names alone
 * @param before what happens at the client first
 * @param write writes it down, for all those alike together
 */
record Way(End client, Object key, List<Step> before, List<String> endpoints, BiConsumer<Walk, List<String>> write) {
    /** This one as far as a hop, and from there that one. */
    Way then(String hop, Way onward) {
        return new Way(client, Arrays.asList(key, onward.key), before, onward.endpoints, (walk, alike) -> {
            write.accept(walk, endpoints);
            if (walk.verdict() != Reach.UNREACHABLE) {
                walk.hop(hop);
                onward.write.accept(walk, alike);
            }
        });
    }

    /** This one when something else has been written down; it ends there if the packet does. */
    Way after(Consumer<Walk> first) {
        return new Way(client, key, before, endpoints, (walk, alike) -> {
            first.accept(walk);
            if (walk.verdict() != Reach.UNREACHABLE) {
                write.accept(walk, alike);
            }
        });
    }

    Way behind(Aim aim) {
        return new Way(client, key, aim.steps(), endpoints, write);
    }

    /** One that stays where it starts. */
    static Way at(End client) {
        return new Way(client, "", List.of(), List.of(), (walk, endpoints) -> {});
    }

    /** One that ends there. */
    static Way lost(End client, String at, Text text, Place place, boolean refused) {
        return new Way(
                client,
                List.of("lost", at, text.toString()),
                List.of(),
                List.of(),
                (walk, endpoints) -> walk.hop(at).lost(new Step.Lost(text, place, refused)));
    }

    /** One of which the input does not tell how it goes on. */
    static Way unknown(End client, String at, Text text, Place place) {
        return new Way(client, List.of("unknown", at, text.toString()), List.of(), List.of(), (walk, endpoints) -> {
            walk.hop(at).step(new Step.Selected(text, place, List.of()));
            walk.judge(Reach.UNKNOWN, text);
        });
    }
}
