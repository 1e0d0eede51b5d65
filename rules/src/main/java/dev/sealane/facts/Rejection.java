package dev.sealane.facts;

/**
 * A field that the API server's validation rejects for what it says, not for its type.
 *
 * @param object the object that the field is in
 */
public record Rejection(Ref object, Place place, Text reason) {}
