package org.sallyport.core.edge.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.SallyportException;

class OwnAuthorityTest {
    private static final Duration LIFE = Duration.ofDays(397);
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    @TempDir
    Path temporary;

    private Path folder;
    private TlsFiles files;

    @BeforeEach
    void folder() {
        folder = temporary.resolve("tls");
        files = new TlsFiles(folder);
    }

    private ServerCertificate at(Instant now, String... names) {
        Clock clock = Clock.fixed(now, ZoneOffset.UTC);
        return new OwnAuthority(files, List.of(names), LIFE, clock, "cellar.example.org").current();
    }

    private static Set<String> names(X509Certificate certificate) throws Exception {
        return certificate.getSubjectAlternativeNames().stream()
                .map(n -> n.get(1).toString())
                .collect(Collectors.toSet());
    }

    @Test
    void makesAnAuthorityAndACertificateForAllNamesOfThisServer() throws Exception {
        ServerCertificate made = at(NOW, "Gate.example.org", "10.1.2.3", "2001:db8::7");

        X509Certificate authority = made.authority();
        assertThat(authority.getSubjectX500Principal().getName()).matches("CN=Sallyport CA [0-9a-f]{8} on cellar.*");
        assertThat(authority.getBasicConstraints()).isZero();
        assertThat(authority.getPublicKey().getAlgorithm()).isEqualTo("EC");
        assertThat(Duration.between(NOW, authority.getNotAfter().toInstant())).isGreaterThan(Duration.ofDays(3650));
        X509Certificate leaf = made.leaf();
        leaf.verify(authority.getPublicKey());
        assertThat(leaf.getBasicConstraints()).isEqualTo(-1);
        assertThat(leaf.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(names(leaf))
                .containsExactlyInAnyOrder(
                        "gate.example.org",
                        "10.1.2.3",
                        "2001:db8:0:0:0:0:0:7",
                        "cellar.example.org",
                        "localhost",
                        "127.0.0.1",
                        "0:0:0:0:0:0:0:1");
        assertThat(Duration.between(
                        leaf.getNotBefore().toInstant(), leaf.getNotAfter().toInstant()))
                .isEqualTo(LIFE);
        assertThat(made.chain()).containsExactly(leaf, authority);
    }

    @Test
    void filesWithKeysBelongToTheServerAlone() throws Exception {
        ServerCertificate made = at(NOW, "gate.example.org");

        try (var all = Files.list(folder)) {
            assertThat(all.collect(Collectors.toMap(f -> f.getFileName().toString(), OwnAuthorityTest::mode)))
                    .containsEntry("ca-key.pem", "rw-------")
                    .containsEntry("server.pem", "rw-------")
                    .containsEntry("ca.pem", "rw-r--r--")
                    .hasSize(3);
        }
        assertThat(Files.readString(folder.resolve("ca.pem"))).isEqualTo(made.authorityPem());
    }

    @Test
    void keepsItsCertificateOverARestart() {
        ServerCertificate made = at(NOW, "gate.example.org");

        assertThat(at(NOW.plus(LIFE.dividedBy(2)), "GATE.example.org").chain()).isEqualTo(made.chain());
    }

    @Test
    void renewsWhenAThirdOfTheLifeIsLeft() {
        ServerCertificate made = at(NOW, "gate.example.org");

        ServerCertificate renewed = at(NOW.plus(LIFE.multipliedBy(2).dividedBy(3)), "gate.example.org");

        assertThat(renewed.leaf()).isNotEqualTo(made.leaf());
        assertThat(renewed.authority()).isEqualTo(made.authority());
    }

    @Test
    void renewsWhenTheNamesChange() throws Exception {
        ServerCertificate made = at(NOW, "gate.example.org");

        ServerCertificate renewed = at(NOW, "gate.example.org", "door.example.org");

        assertThat(renewed.authority()).isEqualTo(made.authority());
        assertThat(names(renewed.leaf())).contains("door.example.org");
    }

    @Test
    void aNewAuthorityBringsANewCertificate() throws Exception {
        ServerCertificate made = at(NOW, "gate.example.org");
        Files.delete(folder.resolve("ca-key.pem"));

        ServerCertificate next = at(NOW, "gate.example.org");

        assertThat(next.authority()).isNotEqualTo(made.authority());
        next.leaf().verify(next.authority().getPublicKey());
    }

    @Test
    void refusesAKeyThatOthersCanRead() throws Exception {
        at(NOW, "gate.example.org");
        Files.setPosixFilePermissions(folder.resolve("ca-key.pem"), PosixFilePermissions.fromString("rw-r-----"));

        assertThatThrownBy(() -> at(NOW, "gate.example.org"))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("ca-key.pem")
                .hasMessageContaining("0600");
    }

    @Test
    void saysWhichFileIsDamaged() throws Exception {
        at(NOW, "gate.example.org");
        Files.writeString(folder.resolve("server.pem"), "not PEM");

        assertThatThrownBy(() -> at(NOW, "gate.example.org"))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("server.pem");
    }

    private static String mode(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
