package dev.sealane.facts;

import java.util.List;

/**
 * A Secret, without its values.
 *
 * @param keys of {@code data} and {@code stringData}
 * @param certificate the value of {@code tls.crt} in PEM, which is public; empty if absent
 */
public record Secret(Meta meta, String type, List<String> keys, String certificate) implements Resource {
    public Secret {
        keys = List.copyOf(keys);
    }

    /** Without the certificate, which fills a screen. */
    @Override
    public String toString() {
        return ref() + " " + type + " " + keys;
    }
}
