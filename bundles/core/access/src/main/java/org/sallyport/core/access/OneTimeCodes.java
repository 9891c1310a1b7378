package org.sallyport.core.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords as RFC 6238 has them, with what authenticators agree on: SHA-1, six digits, 30 s. */
final class OneTimeCodes {
    private static final long STEP_SECONDS = 30;

    /** Steps before and after the present one whose codes are taken, for clocks that differ. */
    private static final int DRIFT = 1;

    private static final int MODULUS = 1_000_000;
    private static final Pattern CODE = Pattern.compile("[0-9]{6}");

    private OneTimeCodes() {}

    /** The step whose code this is, near that time; empty when it is none's. */
    static OptionalLong step(byte[] secret, String code, Instant now) {
        OptionalLong found = OptionalLong.empty();
        if (!CODE.matcher(code).matches()) {
            return found;
        }
        long present = now.getEpochSecond() / STEP_SECONDS;
        for (long step = present - DRIFT; step <= present + DRIFT; step++) {
            if (MessageDigest.isEqual(ascii(code(secret, step)), ascii(code))) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String code(byte[] secret, long step) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret, "HmacSHA1"));
            byte[] hash =
                    mac.doFinal(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
            int offset = hash[hash.length - 1] & 0xf;
            int value = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
            return "%06d".formatted(value % MODULUS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA1", e);
        }
    }

    private static byte[] ascii(String code) {
        return code.getBytes(StandardCharsets.US_ASCII);
    }
}
