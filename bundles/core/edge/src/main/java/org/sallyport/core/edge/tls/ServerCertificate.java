package org.sallyport.core.edge.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;

/**
 * A private key with its certificates.
 *
 * @param chain the server's certificate first, the authority's last
 * @param authority the certificate that peers pin
 */
public record ServerCertificate(PrivateKey key, List<X509Certificate> chain, X509Certificate authority) {
    public ServerCertificate {
        chain = List.copyOf(chain);
    }

    public X509Certificate leaf() {
        return chain.get(0);
    }

    /** The authority's certificate as PEM text. */
    public String authorityPem() {
        return Pem.certificate(authority);
    }

    /** SHA-256 of a certificate, lower-case hexadecimal. */
    public static String fingerprint(X509Certificate certificate) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("Every certificate has an encoding and every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "ServerCertificate[" + leaf().getSubjectX500Principal() + " until " + leaf().getNotAfter() + "]";
    }
}
