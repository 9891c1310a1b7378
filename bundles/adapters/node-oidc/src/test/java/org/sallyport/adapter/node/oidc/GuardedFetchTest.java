package org.sallyport.adapter.node.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.node.AddressRange;

class GuardedFetchTest {
    private static final List<AddressRange> LOOPBACK = List.of(
            AddressRange.parse("127.0.0.0/8").orElseThrow(),
            AddressRange.parse("::1").orElseThrow());

    @TempDir
    private Path folder;

    private final AtomicInteger asked = new AtomicInteger();
    private HttpsServer server;
    private Path authority;
    private volatile int status = 200;
    private volatile String body = "{\"keys\":[]}";

    @BeforeEach
    void start() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        KeyPair keys = generator.generateKeyPair();
        X509Certificate certificate = certificate(keys);
        authority = Files.writeString(
                folder.resolve("ca.pem"),
                "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                        + "\n-----END CERTIFICATE-----\n");
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("key", keys.getPrivate(), new char[0], new Certificate[] {certificate});
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "https://localhost/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void theServersOwnMachineIsAskedOnlyIfTheOperatorAllowsIt() throws Exception {
        assertThatThrownBy(() -> fetch(List.of()).retrieveResource(url()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("allowed.addresses");
        assertThat(asked).hasValue(0);

        assertThat(fetch(LOOPBACK).retrieveResource(url()).getContent()).isEqualTo("{\"keys\":[]}");
    }

    @Test
    void onlyConfiguredAuthoritiesAreBelieved() {
        assertThatThrownBy(() -> new GuardedFetch("", LOOPBACK).retrieveResource(url()))
                .isInstanceOf(javax.net.ssl.SSLException.class);
        assertThat(asked).hasValue(0);
    }

    @Test
    void redirectsErrorsAndLongAnswersAreNotTaken() {
        status = 302;
        assertThatThrownBy(() -> fetch(LOOPBACK).retrieveResource(url())).hasMessageContaining("302");
        status = 200;
        body = "x".repeat(64 * 1024 + 1);
        assertThatThrownBy(() -> fetch(LOOPBACK).retrieveResource(url())).hasMessageContaining("bytes");
        assertThatThrownBy(() -> fetch(LOOPBACK)
                        .retrieveResource(URI.create("http://localhost/").toURL()))
                .hasMessageContaining("https");
    }

    private GuardedFetch fetch(List<AddressRange> allowed) {
        return new GuardedFetch(authority.toString(), allowed);
    }

    private URL url() throws IOException {
        return URI.create("https://localhost:" + server.getAddress().getPort() + "/keys")
                .toURL();
    }

    private static X509Certificate certificate(KeyPair keys) throws Exception {
        X500Name name = new X500Name("CN=localhost");
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.now().minusSeconds(60)),
                                Date.from(Instant.now().plusSeconds(3600)),
                                name,
                                keys.getPublic())
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, "localhost")))
                        .build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
    }
}
