package org.sallyport.core.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;

class OperatorCertificateTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path folder;

    private final CertificateIssuer issuer = new CertificateIssuer(Clock.fixed(NOW, ZoneOffset.UTC));
    private CertificateIssuer.Issued authority;
    private KeyPair keys;
    private X509Certificate leaf;

    @BeforeEach
    void files() throws Exception {
        authority = issuer.authority("Operator CA");
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        keys = generator.generateKeyPair();
        leaf = issuer.server(authority, keys.getPublic(), List.of("gate.example.org"), Duration.ofDays(90));
        write("chain.pem", Pem.certificate(leaf));
        write("key.pem", Pem.privateKey(keys.getPrivate()));
        write("ca.pem", Pem.certificate(authority.certificate()));
    }

    private void write(String name, String pem) throws Exception {
        Files.writeString(folder.resolve(name), pem);
    }

    private ServerCertificate load(Instant now) {
        return new OperatorCertificate(
                        new TlsFiles(folder.resolve("tls")),
                        folder.resolve("chain.pem"),
                        folder.resolve("key.pem"),
                        folder.resolve("ca.pem"),
                        Clock.fixed(now, ZoneOffset.UTC))
                .current();
    }

    @Test
    void takesAWholeChainAndPublishesItsAuthority() throws Exception {
        ServerCertificate loaded = load(NOW);

        assertThat(loaded.chain()).containsExactly(leaf, authority.certificate());
        assertThat(loaded.authority()).isEqualTo(authority.certificate());
        assertThat(Files.readString(folder.resolve("tls/ca.pem"))).isEqualTo(loaded.authorityPem());
    }

    @Test
    void theAuthorityMayStandInTheChainAsWell() throws Exception {
        write("chain.pem", Pem.certificate(leaf) + Pem.certificate(authority.certificate()));

        assertThat(load(NOW).chain()).containsExactly(leaf, authority.certificate());
    }

    @Test
    void refusesAKeyOfAnotherCertificate() throws Exception {
        write("key.pem", Pem.privateKey(issuer.newKey().getPrivate()));

        refused(NOW, "tls.key", "is not the one of the certificate");
    }

    @Test
    void refusesAnExpiredCertificate() {
        refused(NOW.plus(Duration.ofDays(91)), "tls.chain", "expired on");
    }

    @Test
    void refusesAChainOfAnotherAuthority() throws Exception {
        write("ca.pem", Pem.certificate(issuer.authority("Other CA").certificate()));

        refused(NOW, "tls.chain", "does not lead to the authority");
    }

    @Test
    void refusesFilesWithoutTheirContent() throws Exception {
        write("chain.pem", Pem.privateKey(keys.getPrivate()));
        refused(NOW, "tls.chain", "holds no certificate");
        write("chain.pem", Pem.certificate(leaf));
        write("key.pem", Pem.certificate(leaf));
        refused(NOW, "tls.key", "holds no unencrypted private key");
        Files.delete(folder.resolve("key.pem"));
        refused(NOW, "tls.key", "cannot be read");
    }

    private void refused(Instant now, String attribute, String problem) {
        assertThatThrownBy(() -> load(now))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining(attribute)
                .hasMessageContaining(problem);
    }
}
