package dev.sealane.trace;

import dev.sealane.facts.Place;
import dev.sealane.facts.Text;
import java.util.List;
import java.util.Locale;

/** What happens to a packet at a hop. */
public sealed interface Step {
    /** In words. */
    Text detail();

    /** Where what decides is written, or null. */
    Place decidedBy();

    /** The kind of step, as outputs spell it. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** A name became an address, or an object was found for what the user wrote. */
    record Resolved(Text detail, Place decidedBy) implements Step {}

    /** @param endpoints the names, or else addresses, of the endpoints that this stands for */
    record Selected(Text detail, Place decidedBy, List<String> endpoints) implements Step {
        public Selected {
            endpoints = List.copyOf(endpoints);
        }
    }

    /** @param source whether the source is translated (SNAT), not the destination (DNAT) */
    record Translated(Text detail, Place decidedBy, boolean source, Tuple before, Tuple after) implements Step {}

    /** A policy has let it through, or not. */
    record Filtered(Text detail, Place decidedBy) implements Step {}

    record Routed(Text detail, Place decidedBy) implements Step {}

    /** @param packet as it arrives */
    record Delivered(Text detail, Place decidedBy, Tuple packet) implements Step {}

    /** @param refused whether the client is told at once, and does not wait in vain */
    record Lost(Text detail, Place decidedBy, boolean refused) implements Step {}
}
