package org.sallyport.channel.trust;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Refuses connections that would not check the host name, before it lets the delegate validate. So neither a caller that forgot to
 * ask for it nor a system property of the HTTP client can turn that check off.
 */
class CheckedTrustManager extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager delegate;

    CheckedTrustManager(X509ExtendedTrustManager delegate) {
        this.delegate = delegate;
    }

    /** Validates a chain; the trust anchors may depend on it. */
    X509ExtendedTrustManager anchorsFor(X509Certificate[] chain) throws CertificateException {
        return delegate;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        requireHostCheck(engine.getSSLParameters());
        anchorsFor(chain).checkServerTrusted(chain, authType, engine);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        if (!(socket instanceof SSLSocket tls)) {
            throw new CertificateException("Not a TLS socket");
        }
        requireHostCheck(tls.getSSLParameters());
        anchorsFor(chain).checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("The host name cannot be checked on this connection");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw new CertificateException("Client side only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("Client side only");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("Client side only");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return delegate.getAcceptedIssuers();
    }

    private static void requireHostCheck(SSLParameters parameters) throws CertificateException {
        if (!"HTTPS".equalsIgnoreCase(parameters.getEndpointIdentificationAlgorithm())) {
            throw new CertificateException("The host name check is switched off on this connection; it is refused");
        }
    }
}
