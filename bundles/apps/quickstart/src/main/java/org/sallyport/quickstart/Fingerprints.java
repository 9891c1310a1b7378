package org.sallyport.quickstart;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.util.HexFormat;

/** SHA-256 of a certificate, as agents and command lines pin it. */
final class Fingerprints {
    private Fingerprints() {}

    static String sha256(Path pem) throws IOException {
        try (InputStream in = Files.newInputStream(pem)) {
            byte[] certificate = CertificateFactory.getInstance("X.509")
                    .generateCertificate(in)
                    .getEncoded();
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate));
        } catch (GeneralSecurityException e) {
            throw new IOException("%s is no certificate: %s".formatted(pem, e.getMessage()), e);
        }
    }
}
