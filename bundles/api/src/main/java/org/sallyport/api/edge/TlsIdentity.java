package org.sallyport.api.edge;

import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The server's certificate, its own or the operator's. Registered once it exists; registered anew after a renewal, so a listener that
 * re-binds uses the new one.
 */
@ProviderType
public interface TlsIdentity {

    /** For listeners: TLS 1.2 and 1.3, sends the whole chain with the certificate authority. */
    SSLContext serverContext();

    /** SHA-256 of the certificate authority's certificate, lower-case hexadecimal: what agents and command lines pin. */
    String caFingerprint();

    /** The certificate authority's certificate, PEM. */
    String caPem();
}
