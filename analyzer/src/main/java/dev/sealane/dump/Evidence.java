package dev.sealane.dump;

import java.time.Instant;
import java.util.List;

/**
 * What a dump says about itself.
 *
 * @param serverVersion of the API server, such as {@code v1.33.1}; empty if unknown
 * @param collected when collecting began, or null
 */
public record Evidence(String serverVersion, Instant collected, List<Asked> asked) {
    static final Evidence NONE = new Evidence("", null, List.of());

    public Evidence {
        asked = List.copyOf(asked);
    }
}
