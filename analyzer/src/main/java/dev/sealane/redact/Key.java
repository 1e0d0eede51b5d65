package dev.sealane.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The secret that stand-ins depend on: who does not have it can neither undo nor try them. */
public final class Key {
    private final Mac mac;

    private Key(byte[] secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new one that nobody knows. */
    public static Key random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new Key(secret);
    }

    /** The same for the same words. */
    public static Key of(String words) {
        return new Key(words.getBytes(StandardCharsets.UTF_8));
    }

    byte[] bytes(String text) {
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    boolean bit(String text) {
        return (bytes(text)[0] & 1) != 0;
    }
}
