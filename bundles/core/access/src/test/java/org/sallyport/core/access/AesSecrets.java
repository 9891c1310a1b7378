package org.sallyport.core.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.sallyport.kernel.store.Secrets;

/** Envelopes under a key that lives as long as this object; the row is associated data, as the contract says. */
final class AesSecrets implements Secrets {
    private static final int IV = 12;
    private final SecureRandom random = new SecureRandom();
    private final SecretKeySpec key;

    AesSecrets() {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        key = new SecretKeySpec(bytes, "AES");
    }

    @Override
    public byte[] seal(String row, byte[] secret) {
        byte[] iv = new byte[IV];
        random.nextBytes(iv);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, row, iv, secret);
        byte[] envelope = Arrays.copyOf(iv, IV + sealed.length);
        System.arraycopy(sealed, 0, envelope, IV, sealed.length);
        return envelope;
    }

    @Override
    public byte[] open(String row, byte[] envelope) {
        return crypt(
                Cipher.DECRYPT_MODE,
                row,
                Arrays.copyOf(envelope, IV),
                Arrays.copyOfRange(envelope, IV, envelope.length));
    }

    private byte[] crypt(int mode, String row, byte[] iv, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(128, iv));
            cipher.updateAAD(row.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("envelope does not open for row " + row, e);
        }
    }
}
