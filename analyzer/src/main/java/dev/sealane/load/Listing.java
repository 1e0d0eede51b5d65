package dev.sealane.load;

import dev.sealane.facts.Coverage;
import dev.sealane.facts.Kind;
import java.time.Instant;
import java.util.Set;

/**
 * The API server's answer to one listing, or the lack of one: evidence of what exists, and of what does not.
 *
 * @param kinds those of its items; of a typed list, its kind even without items
 * @param namespaces those of its items, or the one that was asked for
 * @param everyNamespace whether all namespaces were asked for: no single-namespace request shows items of two
 * @param state what came of it; {@link Coverage.State#NONEMPTY} and {@link Coverage.State#EMPTY} are whole answers
 * @param file where it was read, or which says what became of it
 * @param time when the server was asked, or null
 * @param reason why it is not a whole answer, such as {@code Forbidden} or {@link #CONTINUED}; else empty
 */
public record Listing(
        Set<Kind> kinds,
        Set<String> namespaces,
        boolean everyNamespace,
        Coverage.State state,
        String file,
        Instant time,
        String reason) {
    /** The reason of a list that is one page of an answer, and not the last. */
    public static final String CONTINUED = "metadata.continue";

    public Listing {
        kinds = Set.copyOf(kinds);
        namespaces = Set.copyOf(namespaces);
    }

    /** Whether an object that is not in the answer does not exist where it was asked for. */
    public boolean whole() {
        return state == Coverage.State.NONEMPTY || state == Coverage.State.EMPTY;
    }
}
