package dev.sealane.facts;

import java.time.Instant;

/**
 * An Event.
 *
 * @param involved the object that it is about
 * @param lastSeen the newest time that it carries, or null
 */
public record Event(Meta meta, Ref involved, String type, String reason, String message, Instant lastSeen)
        implements Resource {}
