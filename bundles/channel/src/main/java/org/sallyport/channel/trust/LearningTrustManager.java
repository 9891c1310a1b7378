package org.sallyport.channel.trust;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Believes a set of authorities that grows by their own word: after a chain has passed all checks, a {@link Successors successor} that it
 * brings is believed from the next connection on.
 */
final class LearningTrustManager extends ExplainingTrustManager {
    /** Enough for decades; more would be somebody's joke. */
    private static final int MAX_AUTHORITIES = 16;

    private record Trusted(List<X509Certificate> authorities, X509ExtendedTrustManager check) {}

    private final Consumer<String> learned;
    private volatile Trusted trusted;

    LearningTrustManager(List<X509Certificate> authorities, Consumer<String> learned) {
        super(CaTrust.trustManager(authorities));
        this.learned = learned;
        this.trusted = new Trusted(List.copyOf(authorities), CaTrust.trustManager(authorities));
    }

    @Override
    X509ExtendedTrustManager anchorsFor(X509Certificate[] chain) {
        return trusted.check();
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        super.checkServerTrusted(chain, authType, engine);
        learn(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, java.net.Socket socket)
            throws CertificateException {
        super.checkServerTrusted(chain, authType, socket);
        learn(chain);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return trusted.check().getAcceptedIssuers();
    }

    private void learn(X509Certificate[] chain) {
        List<X509Certificate> fresh = Successors.in(chain, trusted.authorities());
        if (!fresh.isEmpty()) {
            add(fresh).forEach(authority -> learned.accept(Pem.of(authority)));
        }
    }

    private synchronized List<X509Certificate> add(List<X509Certificate> fresh) {
        List<X509Certificate> all = new ArrayList<>(trusted.authorities());
        List<X509Certificate> added = fresh.stream()
                .filter(authority -> !all.contains(authority))
                .limit(Math.max(0, MAX_AUTHORITIES - all.size()))
                .toList();
        all.addAll(added);
        trusted = new Trusted(List.copyOf(all), CaTrust.trustManager(all));
        return added;
    }
}
