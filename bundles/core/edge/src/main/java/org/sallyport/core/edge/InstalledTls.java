package org.sallyport.core.edge;

import javax.net.ssl.SSLContext;
import org.sallyport.api.edge.TlsIdentity;
import org.sallyport.core.edge.tls.Keystore;
import org.sallyport.core.edge.tls.ServerCertificate;

/** One certificate in use, registered as {@link TlsIdentity} for all and under its own name for the API port. */
record InstalledTls(SSLContext serverContext, String caFingerprint, String caPem) implements TlsIdentity {

    static InstalledTls of(ServerCertificate certificate) {
        return new InstalledTls(
                Keystore.context(certificate),
                ServerCertificate.fingerprint(certificate.authority()),
                certificate.authorityPem());
    }
}
