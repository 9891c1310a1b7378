package org.sallyport.channel.trust;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * A set of certificate authorities and the TLS context that believes these, whom they introduce as their successors, and no others. Any
 * thread.
 *
 * <p>The certificate chain, its dates and the host name are checked on each connection. There is no way to switch a check off: a
 * connection whose user forgot to ask for the host name check is refused as well.
 */
public final class CaTrust {
    private static final long MAX_BUNDLE_BYTES = 4L << 20;

    private final SSLContext context;
    private final String origin;
    private final List<X509Certificate> authorities;

    private CaTrust(SSLContext context, String origin, List<X509Certificate> authorities) {
        this.context = context;
        this.origin = origin;
        this.authorities = List.copyOf(authorities);
    }

    /** The roots of the Java runtime, which on most Linux distributions are the system's. */
    public static CaTrust systemRoots() {
        return new CaTrust(contextOf(new ExplainingTrustManager(trustManager(null))), "the system's roots", List.of());
    }

    /**
     * Believes the certificates in these PEM texts only; each text may hold several. Where one of them introduces its successor, that is
     * believed as well, as long as this object lives.
     *
     * @throws IllegalArgumentException none of the texts holds a certificate, or one cannot be read
     */
    public static CaTrust ofPem(List<String> pems) {
        return ofPem(pems, successor -> {});
    }

    /**
     * As {@link #ofPem(List)}, for who keeps the set.
     *
     * @param learned gets a successor's certificate, PEM, once, on a thread of the handshake: it must not wait long nor throw
     */
    public static CaTrust ofPem(List<String> pems, Consumer<String> learned) {
        List<X509Certificate> authorities =
                pems.stream().flatMap(pem -> Pem.certificates(pem).stream()).toList();
        if (authorities.isEmpty()) {
            throw new IllegalArgumentException("No certificate authority given: expected at least one PEM certificate");
        }
        return new CaTrust(
                contextOf(new LearningTrustManager(authorities, learned)),
                authorities.size() + " pinned certificate authorities",
                authorities);
    }

    /**
     * Believes the certificates of a PEM file only, as {@code AWS_CA_BUNDLE} names it; at most 4 MiB.
     *
     * @throws IOException the file cannot be read, is too large or holds no certificate
     */
    public static CaTrust fromBundle(Path file) throws IOException {
        if (Files.size(file) > MAX_BUNDLE_BYTES) {
            throw new IOException("CA bundle " + file + " is larger than 4 MiB; give a file of PEM certificates");
        }
        try {
            return ofPem(List.of(Files.readString(file, StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException e) {
            throw new IOException("CA bundle " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * Fetches the certificate authority that a server's chain ends in, provided it is the one that the fingerprint names. The TLS
     * handshake itself fails unless the chain holds that certificate, really is signed by it, is in date and names the host; so
     * nothing is ever believed for having been seen.
     *
     * @param server {@code https://host[:port]}
     * @param sha256Fingerprint SHA-256 of the certificate, 64 hexadecimal digits, colons allowed
     * @param proxy how to reach the server
     * @return the certificate, PEM, to be kept and given to {@link #ofPem}
     * @throws IOException the server cannot be reached, or does not match; the message says what was seen
     * @throws IllegalArgumentException the fingerprint or the URI is malformed
     */
    public static String fetchPinned(URI server, String sha256Fingerprint, ProxySettings proxy) throws IOException {
        return new PinnedFetch(server, Fingerprint.parse(sha256Fingerprint), proxy).pem();
    }

    /** {@link #fetchPinned(URI, String, ProxySettings)} with the proxy that the environment names. */
    public static String fetchPinned(URI server, String sha256Fingerprint) throws IOException {
        return fetchPinned(server, sha256Fingerprint, ProxySettings.fromEnvironment(System.getenv()));
    }

    /** TLS 1.2 and 1.3 client context. */
    public SSLContext sslContext() {
        return context;
    }

    /** SHA-256 of each authority that was given, 64 lower-case hexadecimal digits; empty for the system's roots. */
    public List<String> fingerprints() {
        return authorities.stream().map(one -> Fingerprint.of(one).hex()).toList();
    }

    /** Each authority that was given, PEM, without text around it; empty for the system's roots. */
    public List<String> pems() {
        return authorities.stream().map(Pem::of).toList();
    }

    @Override
    public String toString() {
        return "CaTrust[" + origin + "]";
    }

    static SSLContext contextOf(TrustManager trust) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trust}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime offers no TLS", e);
        }
    }

    /** PKIX validation against these authorities; the runtime's roots for {@code null}. */
    static X509ExtendedTrustManager trustManager(List<X509Certificate> authorities) {
        try {
            KeyStore store = null;
            if (authorities != null) {
                store = KeyStore.getInstance(KeyStore.getDefaultType());
                store.load(null, null);
                for (int i = 0; i < authorities.size(); i++) {
                    store.setCertificateEntry("ca-" + i, authorities.get(i));
                }
            }
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            for (TrustManager manager : factory.getTrustManagers()) {
                if (manager instanceof X509ExtendedTrustManager extended) {
                    return extended;
                }
            }
            throw new IllegalStateException("This Java runtime has no PKIX trust manager");
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("The trusted certificates cannot be used: " + e.getMessage(), e);
        }
    }
}
