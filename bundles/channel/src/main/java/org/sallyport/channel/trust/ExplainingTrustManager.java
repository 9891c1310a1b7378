package org.sallyport.channel.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Says of a chain that it refuses what was seen, to be compared with the fingerprint that the operator names. */
class ExplainingTrustManager extends CheckedTrustManager {
    ExplainingTrustManager(X509ExtendedTrustManager delegate) {
        super(delegate);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            super.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            X509Certificate last = chain[chain.length - 1];
            CertificateException explained =
                    new CertificateException("%s; the server's chain ends in \"%s\" with SHA-256 %s"
                            .formatted(
                                    e.getMessage(),
                                    last.getSubjectX500Principal().getName(),
                                    Fingerprint.of(last)));
            // Not as the cause: callers show the text of the deepest one, and that is this.
            explained.addSuppressed(e);
            throw explained;
        }
    }
}
