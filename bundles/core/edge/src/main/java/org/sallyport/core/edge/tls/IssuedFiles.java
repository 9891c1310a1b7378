package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Private keys with their certificates, one file each, so that they change together. */
final class IssuedFiles {
    private final TlsFiles files;

    IssuedFiles(TlsFiles files) {
        this.files = files;
    }

    Optional<CertificateIssuer.Issued> read(String name) {
        return files.readPrivate(name).map(pem -> parse(name, pem));
    }

    void write(String name, CertificateIssuer.Issued issued) {
        String pem = Pem.privateKey(issued.key()) + Pem.certificate(issued.certificate());
        files.write(name, pem.getBytes(StandardCharsets.US_ASCII), TlsFiles.PRIVATE);
    }

    private CertificateIssuer.Issued parse(String name, byte[] pem) {
        try {
            PrivateKey key = Pem.privateKey(pem).orElseThrow(() -> damaged(name, null));
            X509Certificate certificate =
                    Pem.certificates(pem).stream().findFirst().orElseThrow(() -> damaged(name, null));
            KeyFit.require(key, certificate, files.path(name).toString());
            return new CertificateIssuer.Issued(key, certificate);
        } catch (IOException | GeneralSecurityException e) {
            throw damaged(name, e);
        }
    }

    private SallyportException damaged(String name, Exception cause) {
        return new SallyportException(
                CommonError.INVALID_ARGUMENT,
                files.path(name) + " does not hold a private key and its certificate; restore it from a backup, or"
                        + " remove it to have a new one made",
                cause);
    }
}
