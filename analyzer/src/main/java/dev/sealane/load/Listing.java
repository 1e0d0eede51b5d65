package dev.sealane.load;

import dev.sealane.facts.Kind;
import java.util.Set;

/**
 * The API server's answer to one listing: evidence of what exists, and of what does not.
 *
 * @param kinds those of its items; of a typed list, its kind even without items
 * @param namespaces those of its items
 * @param everyNamespace whether all namespaces were asked for: no single-namespace request shows items of two
 * @param partial whether the server had more ({@code metadata.continue})
 */
public record Listing(Set<Kind> kinds, Set<String> namespaces, boolean everyNamespace, boolean partial) {
    public Listing {
        kinds = Set.copyOf(kinds);
        namespaces = Set.copyOf(namespaces);
    }
}
