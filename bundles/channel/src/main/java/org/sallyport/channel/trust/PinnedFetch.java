package org.sallyport.channel.trust;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** One connection that gets through only when the server's chain ends in the pinned certificate authority. */
final class PinnedFetch {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final URI server;
    private final Fingerprint pin;
    private final HttpClient client;
    private final ProxySettings proxy;
    private volatile X509Certificate proven;
    private volatile String seen = "no certificate";

    PinnedFetch(URI server, Fingerprint pin, ProxySettings proxy) {
        if (!"https".equalsIgnoreCase(server.getScheme()) || server.getHost() == null) {
            throw new IllegalArgumentException("Not an https:// address: " + server);
        }
        this.server = server;
        this.pin = pin;
        this.proxy = proxy;
        this.client = HttpClient.newBuilder()
                .sslContext(CaTrust.contextOf(new PinnedTrustManager()))
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(DEADLINE)
                .proxy(proxy.selector())
                .build();
    }

    String pem() throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve("/"))
                .method("HEAD", HttpRequest.BodyPublishers.noBody())
                .timeout(DEADLINE);
        proxy.authorizationFor(server).ifPresent(value -> request.header(ProxySettings.AUTHORIZATION, value));
        try {
            client.send(request.build(), HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            // What follows the handshake does not matter: a server that speaks no HTTP has shown its chain as well.
            if (proven == null) {
                throw new IOException(
                        "The certificate authority %s of %s could not be verified: %s (sent: %s)"
                                .formatted(pin, server, reason(e), seen),
                        e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("Interrupted while connecting to " + server);
        }
        return Pem.of(proven);
    }

    private static String reason(Throwable failure) {
        Throwable deepest = failure;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return deepest.getMessage() == null ? deepest.getClass().getSimpleName() : deepest.getMessage();
    }

    private final class PinnedTrustManager extends CheckedTrustManager {
        PinnedTrustManager() {
            super(null);
        }

        @Override
        X509ExtendedTrustManager anchorsFor(X509Certificate[] chain) throws CertificateException {
            seen = Arrays.stream(chain)
                    .map(c -> c.getSubjectX500Principal().getName() + " " + Fingerprint.of(c))
                    .collect(Collectors.joining(", "));
            X509Certificate pinned = Arrays.stream(chain)
                    .filter(c -> Fingerprint.of(c).equals(pin))
                    .findFirst()
                    .orElseThrow(() ->
                            new CertificateException("no certificate with that fingerprint in the server's chain"));
            if (pinned.getBasicConstraints() < 0) {
                throw new CertificateException(
                        "the certificate with that fingerprint is not a certificate authority's");
            }
            pinned.checkValidity();
            return new Recording(CaTrust.trustManager(List.of(pinned)), pinned);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Notes the authority after PKIX and the host name check passed. */
    private final class Recording extends CheckedTrustManager {
        private final X509Certificate pinned;

        Recording(X509ExtendedTrustManager delegate, X509Certificate pinned) {
            super(delegate);
            this.pinned = pinned;
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
                throws CertificateException {
            super.checkServerTrusted(chain, authType, engine);
            proven = pinned;
        }
    }
}
