package org.sallyport.core.edge.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** The server's certificate in the form that listeners take. */
public final class Keystore {
    private static final String ALIAS = "server";

    private Keystore() {}

    /** TLS 1.2 and 1.3; the whole chain is sent. */
    public static SSLContext context(ServerCertificate certificate) {
        char[] password = new char[0];
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(certificate, password), password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), null, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new SallyportException(CommonError.INTERNAL, "TLS cannot be set up", e);
        }
    }

    private static KeyStore keyStore(ServerCertificate certificate, char[] password)
            throws GeneralSecurityException, IOException {
        // PKCS #12 takes nothing but one straight line of issuers, and a succession sends more.
        KeyStore store = KeyStore.getInstance("JKS");
        store.load(null, null);
        store.setKeyEntry(
                ALIAS, certificate.key(), password, certificate.chain().toArray(Certificate[]::new));
        return store;
    }
}
