package org.sallyport.core.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/**
 * The format of everything that is encrypted at rest, version 1: one byte version, eight bytes key id (big-endian), twelve bytes nonce, AES-256-GCM
 * cipher text with a tag of sixteen bytes. The first nine bytes and the row's name are associated data.
 */
final class Envelope {
    /** What an envelope has more than its content, in bytes. */
    static final int OVERHEAD = 37;

    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private Envelope() {}

    static byte[] seal(SecretKey key, long keyId, String row, byte[] content, SecureRandom random)
            throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, keyId, row, nonce);
        return ByteBuffer.allocate(content.length + OVERHEAD)
                .put(VERSION)
                .putLong(keyId)
                .put(nonce)
                .put(cipher.doFinal(content))
                .array();
    }

    /** Which key an envelope needs. */
    static long keyId(byte[] envelope) throws GeneralSecurityException {
        if (envelope.length < OVERHEAD || envelope[0] != VERSION) {
            throw new GeneralSecurityException("Not an envelope of version " + VERSION);
        }
        return ByteBuffer.wrap(envelope).getLong(1);
    }

    static byte[] open(SecretKey key, String row, byte[] envelope) throws GeneralSecurityException {
        long keyId = keyId(envelope);
        byte[] nonce = new byte[NONCE_BYTES];
        int start = 1 + Long.BYTES;
        ByteBuffer.wrap(envelope).get(start, nonce);
        return cipher(Cipher.DECRYPT_MODE, key, keyId, row, nonce)
                .doFinal(envelope, start + NONCE_BYTES, envelope.length - start - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, long keyId, String row, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(new byte[] {VERSION});
        cipher.updateAAD(ByteBuffer.allocate(Long.BYTES).putLong(0, keyId));
        cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
