package org.sallyport.adapter.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An issuer on loopback with TLS, a discovery document and a key that can be replaced. Any thread. */
public final class IssuerServer implements AutoCloseable {
    private static final String REALM = "/realms/test";
    private static final int DROPS = -1;

    /** How often discovery document and keys were asked for. */
    public final AtomicInteger discoveries = new AtomicInteger();

    public final AtomicInteger keys = new AtomicInteger();

    private final HttpsServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Path authority;
    private final AtomicInteger number = new AtomicInteger();
    private volatile RSAKey key;
    private volatile Answer answer = new Answer(200, null);

    /** @param body in place of what is right; null for that */
    private record Answer(int status, String body) {}

    /** @param folder where the authority's certificate is kept */
    public IssuerServer(Path folder) throws IOException, GeneralSecurityException, JOSEException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair pair = generator.generateKeyPair();
        X509Certificate certificate = certificate(pair);
        authority = Files.writeString(
                folder.resolve("issuer-ca.pem"),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(pair, certificate)));
        server.createContext(REALM + Discovery.PATH, exchange -> {
            discoveries.incrementAndGet();
            answer(exchange, "{\"issuer\":\"" + issuer() + "\",\"jwks_uri\":\"" + jwks() + "\"}");
        });
        server.createContext("/keys", exchange -> {
            keys.incrementAndGet();
            answer(exchange, new JWKSet((JWK) key.toPublicJWK()).toString());
        });
        server.setExecutor(threads);
        rotate();
        server.start();
    }

    /** The certificate that it is believed by. */
    public Path authority() {
        return authority;
    }

    public String issuer() {
        return "https://" + provider();
    }

    /** The issuer without its scheme. */
    public String provider() {
        return "localhost:" + server.getAddress().getPort() + REALM;
    }

    public String jwks() {
        return "https://localhost:" + server.getAddress().getPort() + "/keys";
    }

    /** From here on it signs with another key, and shows that alone. */
    public void rotate() throws JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k" + number.incrementAndGet()).generate();
    }

    /** Everything is answered so; with 200 and null, what is right. */
    public void answers(int status, String body) {
        answer = new Answer(status, body);
    }

    /** The claims of a token that is good for an hour. */
    public JWTClaimsSet.Builder claims(String subject, String audience) {
        Instant now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer())
                .subject(subject)
                .audience(audience)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(3600)));
    }

    public String signed(JWTClaimsSet claims) throws JOSEException {
        return signed(new JWSHeader.Builder(JWSAlgorithm.RS256), claims);
    }

    public String signed(JWSHeader.Builder header, JWTClaimsSet claims) throws JOSEException {
        RSAKey now = key;
        SignedJWT token = new SignedJWT(header.keyID(now.getKeyID()).build(), claims);
        token.sign(new RSASSASigner(now));
        return token.serialize();
    }

    /** From here on answers come byte by byte and never end. */
    public void answersDropByDrop() {
        answer = new Answer(DROPS, null);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange, String right) throws IOException {
        Answer now = answer;
        exchange.getResponseHeaders().add("Location", "https://localhost/elsewhere");
        if (now.status() == DROPS) {
            drip(exchange);
            return;
        }
        byte[] bytes = (now.body() == null ? right : now.body()).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(now.status(), bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        try {
            while (true) {
                exchange.getResponseBody().write(' ');
                exchange.getResponseBody().flush();
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SSLContext context(KeyPair pair, X509Certificate certificate)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", pair.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    private static X509Certificate certificate(KeyPair pair) throws GeneralSecurityException, CertIOException {
        X500Name name = new X500Name("CN=localhost");
        Instant now = Instant.now();
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(new JcaX509v3CertificateBuilder(
                                    name,
                                    BigInteger.ONE,
                                    Date.from(now.minusSeconds(60)),
                                    Date.from(now.plusSeconds(3600)),
                                    name,
                                    pair.getPublic())
                            .addExtension(
                                    Extension.subjectAlternativeName,
                                    false,
                                    new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                            .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate())));
        } catch (OperatorCreationException e) {
            throw new GeneralSecurityException(e);
        }
    }
}
