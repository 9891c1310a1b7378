package org.sallyport.core.node;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeError;

/** Reads the public keys that nodes send: base64 of a DER SubjectPublicKeyInfo, RSA, 2048 to 4096 bits. */
final class PublicKeys {
    private static final String TYPE = "Rsa";

    /** More than a key of 4096 bits takes. */
    private static final int MAX_TEXT = 1024;

    private static final int MIN_BITS = 2048;
    private static final int MAX_BITS = 4096;
    private static final int MAX_EXPONENT_BITS = 64;

    private PublicKeys() {}

    /**
     * The key of a stranger.
     *
     * @throws SallyportException {@code PUBLIC_KEY_REFUSED}
     */
    static PublicKey parse(String type, String base64) {
        if (!TYPE.equals(type)) {
            throw refused("its type must be " + TYPE, null);
        }
        if (base64 == null || base64.isEmpty() || base64.length() > MAX_TEXT) {
            throw refused("it must be base64 text of 1 to " + MAX_TEXT + " characters", null);
        }
        byte[] der;
        try {
            der = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw refused("it is not base64", e);
        }
        RSAPublicKey key = rsa(der);
        checkStrength(key);
        if (!Arrays.equals(der, key.getEncoded())) {
            throw refused("it is not the DER form of a SubjectPublicKeyInfo", null);
        }
        return key;
    }

    /** How a key is kept. */
    static String text(PublicKey key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }

    /** A key that was kept. */
    static PublicKey kept(String text) {
        return parse(TYPE, text);
    }

    private static RSAPublicKey rsa(byte[] der) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der));
        } catch (GeneralSecurityException e) {
            throw refused("it is not an RSA key as a DER SubjectPublicKeyInfo", e);
        }
    }

    private static void checkStrength(RSAPublicKey key) {
        int bits = key.getModulus().bitLength();
        if (bits < MIN_BITS || bits > MAX_BITS) {
            throw refused("it has %d bits; %d to %d are accepted".formatted(bits, MIN_BITS, MAX_BITS), null);
        }
        BigInteger exponent = key.getPublicExponent();
        boolean usable = exponent.testBit(0)
                && exponent.compareTo(BigInteger.ONE) > 0
                && exponent.bitLength() <= MAX_EXPONENT_BITS;
        if (!usable || !key.getModulus().testBit(0)) {
            throw refused("its numbers are not those of an RSA key", null);
        }
    }

    private static SallyportException refused(String why, Exception cause) {
        return new SallyportException(
                NodeError.PUBLIC_KEY_REFUSED,
                "The node's public key is refused: " + why + ". Make a new RSA key pair of 2048 bits.",
                cause);
    }
}
