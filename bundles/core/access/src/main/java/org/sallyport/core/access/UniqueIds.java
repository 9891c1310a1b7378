package org.sallyport.core.access;

import java.security.SecureRandom;
import java.util.Base64;

/** Random ids, secrets and tokens in the shapes that AWS's tools expect. */
final class UniqueIds {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final char[] BASE32 = ALPHABET.toCharArray();
    private static final int SECRET_BYTES = 30;
    private static final int TOKEN_BYTES = 96;
    private static final int WEB_TOKEN_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private UniqueIds() {}

    /** {@code AIDA} and 17 characters. */
    static String user() {
        return "AIDA" + base32(17);
    }

    /** {@code AGPA} and 17 characters. */
    static String group() {
        return "AGPA" + base32(17);
    }

    /** {@code AROA} and 17 characters. */
    static String role() {
        return "AROA" + base32(17);
    }

    /** {@code ANPA} and 17 characters. */
    static String policy() {
        return "ANPA" + base32(17);
    }

    /** {@code AIPA} and 17 characters. */
    static String profile() {
        return "AIPA" + base32(17);
    }

    /** Of a denial: 20 characters, 100 random bits. */
    static String reference() {
        return base32(20);
    }

    /** {@code AKIA} and 16 characters. */
    static String accessKey() {
        return "AKIA" + base32(16);
    }

    /** {@code ASIA} and 16 characters. */
    static String temporaryKey() {
        return "ASIA" + base32(16);
    }

    /** 40 characters, 240 random bits. */
    static String secret() {
        return Base64.getEncoder().encodeToString(bytes(SECRET_BYTES));
    }

    /** 128 characters, 768 random bits. */
    static String sessionToken() {
        return Base64.getEncoder().encodeToString(bytes(TOKEN_BYTES));
    }

    /** A password of 24 characters, 120 random bits. */
    static char[] password() {
        return base32(24).toCharArray();
    }

    /** A web session's token: 43 characters, 256 random bits. */
    static String webToken() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(WEB_TOKEN_BYTES));
    }

    /** The secret of a second factor: 32 characters of base32 for 160 random bits. */
    static String factorSecret() {
        return base32(32);
    }

    /** The bytes that base32 text without padding stands for. */
    static byte[] unbase32(String text) {
        byte[] bytes = new byte[text.length() * 5 / 8];
        int held = 0;
        int bits = 0;
        int at = 0;
        for (char c : text.toCharArray()) {
            int value = ALPHABET.indexOf(c);
            if (value < 0) {
                throw new IllegalArgumentException("no base32 text");
            }
            held = (held << 5 | value) & 0xffff;
            bits += 5;
            if (bits >= 8 && at < bytes.length) {
                bits -= 8;
                bytes[at++] = (byte) (held >> bits);
            }
        }
        return bytes;
    }

    private static String base32(int length) {
        StringBuilder text = new StringBuilder(length);
        for (byte b : bytes(length)) {
            text.append(BASE32[b & 31]);
        }
        return text.toString();
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }
}
