package org.sallyport.core.edge.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.X509Certificate;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Whether a private key belongs to a certificate, found out by a signature. */
final class KeyFit {
    private KeyFit() {}

    /** Throws {@code INVALID_ARGUMENT} that names the place when it does not. */
    static void require(PrivateKey key, X509Certificate certificate, String place) {
        if (!fits(key, certificate)) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "The private key in " + place + " is not the one of the certificate "
                            + certificate.getSubjectX500Principal());
        }
    }

    private static boolean fits(PrivateKey key, X509Certificate certificate) {
        String algorithm = algorithm(key.getAlgorithm());
        byte[] challenge = new byte[32];
        new SecureRandom().nextBytes(challenge);
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(key);
            signature.update(challenge);
            byte[] signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(challenge);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String algorithm(String key) {
        return switch (key) {
            case "RSA" -> "SHA256withRSA";
            case "EC", "ECDSA" -> "SHA256withECDSA";
            default -> key;
        };
    }
}
