package org.sallyport.adapter.node.activation;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes activation codes and compares them. A code has 192 random bits, so one keyed hash is enough: there is nothing to guess that a slow
 * hash would protect.
 */
final class Codes {
    private static final int CODE_BYTES = 24;
    private static final int SALT_BYTES = 16;
    private static final int RECEIPT_BYTES = 9;

    /** Longest code that an agent can send; more is not hashed. */
    private static final int MAX_CODE = 250;

    private static final String HASH = "HmacSHA256";

    private final SecureRandom random = new SecureRandom();

    /** Compared against when the activation is unknown, so that the answer takes the same path. */
    private final Hashed nobody = hash(code());

    /** A code as it is kept; both in base64. */
    record Hashed(String salt, String hash) {}

    /** 32 characters of the URL-safe base64 alphabet. */
    String code() {
        return text(CODE_BYTES);
    }

    /** A name for one registration, 12 characters. */
    String receipt() {
        return text(RECEIPT_BYTES);
    }

    Hashed hash(String code) {
        String salt = text(SALT_BYTES);
        return new Hashed(salt, encode(mac(salt, code)));
    }

    /** What nobody's code matches. */
    Hashed nobody() {
        return nobody;
    }

    /** Whether the code is the one that was hashed; in constant time. */
    static boolean matches(String code, Hashed kept) {
        boolean tooLong = code.length() > MAX_CODE;
        byte[] shown = mac(kept.salt(), tooLong ? "" : code);
        return MessageDigest.isEqual(ascii(encode(shown)), ascii(kept.hash())) && !tooLong;
    }

    private String text(int bytes) {
        byte[] content = new byte[bytes];
        random.nextBytes(content);
        return encode(content);
    }

    private static byte[] mac(String salt, String code) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(ascii(salt), HASH));
            return mac.doFinal(code.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has " + HASH, e);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static String encode(byte[] content) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(content);
    }
}
