package org.sallyport.channel.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.channel.testing.TestApi;
import org.sallyport.channel.testing.TestCa;

class CaTrustTest {
    private final TestCa ca = new TestCa("Test authority");

    @Test
    void fetchesTheAuthorityThatTheFingerprintNames() throws Exception {
        try (TestApi api = api(ca.serverContext("localhost"))) {
            String pem = CaTrust.fetchPinned(api.uri("localhost"), ca.fingerprint());

            assertThat(Pem.certificates(pem)).containsExactly(ca.certificate());
            handshake(CaTrust.ofPem(List.of(pem)), api.port(), "HTTPS");
        }
    }

    @Test
    void takesFingerprintsWithColonsAndCapitals() throws Exception {
        String spelled = ca.fingerprint().toUpperCase(java.util.Locale.ROOT).replaceAll("(..)(?=.)", "$1:");
        try (TestApi api = api(ca.serverContext("localhost"))) {
            assertThat(CaTrust.fetchPinned(api.uri("localhost"), spelled)).contains("BEGIN CERTIFICATE");
        }
    }

    @Test
    void anotherFingerprintIsRefusedAndTheMessageSaysWhatWasSeen() throws Exception {
        TestCa other = new TestCa("Other authority");
        try (TestApi api = api(ca.serverContext("localhost"))) {
            assertThatThrownBy(() -> CaTrust.fetchPinned(api.uri("localhost"), other.fingerprint()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining(other.fingerprint())
                    .hasMessageContaining("Test authority")
                    .hasMessageContaining(ca.fingerprint());
        }
    }

    @Test
    void theRightAuthorityBesideALeafThatItDidNotSignIsRefused() throws Exception {
        TestCa attacker = new TestCa("Attacker");
        try (TestApi api = api(attacker.serverContext("localhost", ca.certificate()))) {
            assertThatThrownBy(() -> CaTrust.fetchPinned(api.uri("localhost"), ca.fingerprint()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("could not be verified");
        }
    }

    @Test
    void anAuthorityOfTheSameNameWithAnotherKeyIsRefused() throws Exception {
        TestCa attacker = new TestCa("Test authority");
        try (TestApi api = api(attacker.serverContext("localhost", ca.certificate()))) {
            assertThatThrownBy(() -> CaTrust.fetchPinned(api.uri("localhost"), ca.fingerprint()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theFingerprintOfALeafIsRefused() throws Exception {
        SSLContext context = ca.serverContext("localhost");
        try (TestApi api = api(context)) {
            String leaf = TestCa.fingerprint(handshake(CaTrust.ofPem(List.of(ca.pem())), api.port(), "HTTPS"));

            assertThatThrownBy(() -> CaTrust.fetchPinned(api.uri("localhost"), leaf))
                    .hasMessageContaining("not a certificate authority");
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        try (TestApi api = api(ca.serverContext("other.example"))) {
            assertThatThrownBy(() -> CaTrust.fetchPinned(api.uri("localhost"), ca.fingerprint()))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("localhost");
            assertThatThrownBy(() -> handshake(CaTrust.ofPem(List.of(ca.pem())), api.port(), "HTTPS"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aConnectionThatForgotTheHostNameCheckIsRefused() throws Exception {
        try (TestApi api = api(ca.serverContext("localhost"))) {
            assertThatThrownBy(() -> handshake(CaTrust.ofPem(List.of(ca.pem())), api.port(), null))
                    .isInstanceOf(SSLException.class)
                    .hasMessageContaining("host name check is switched off");
        }
    }

    @Test
    void systemRootsDoNotBelieveAPrivateAuthority() throws Exception {
        try (TestApi api = api(ca.serverContext("localhost"))) {
            assertThatThrownBy(() -> handshake(CaTrust.systemRoots(), api.port(), "HTTPS"))
                    .isInstanceOf(SSLException.class);
        }
    }

    @Test
    void aBundleMayHoldSeveralAuthoritiesAndText(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("bundle.pem");
        Files.writeString(file, "# first\n" + new TestCa("First").pem() + "# second\n" + ca.pem());
        try (TestApi api = api(ca.serverContext("localhost"))) {
            assertThat(handshake(CaTrust.fromBundle(file), api.port(), "HTTPS")).isNotNull();
        }
    }

    @Test
    void aBundleWithoutCertificatesIsRefusedByName(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("empty.pem"), "nothing");

        assertThatThrownBy(() -> CaTrust.fromBundle(file))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("empty.pem");
    }

    @Test
    void malformedFingerprintsAndPlainHttpAreRefusedBeforeConnecting() {
        assertThatThrownBy(() -> CaTrust.fetchPinned(URI.create("https://localhost:1"), "abc"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CaTrust.fetchPinned(URI.create("http://localhost:1"), ca.fingerprint()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aServerThatIsAwayIsAnError() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        assertThatThrownBy(() -> CaTrust.fetchPinned(URI.create("https://localhost:" + port), ca.fingerprint()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no certificate");
    }

    private static TestApi api(SSLContext context) throws IOException {
        return new TestApi(context, exchange -> TestApi.answer(exchange, 404, ""));
    }

    private static java.security.cert.X509Certificate handshake(CaTrust trust, int port, String identification)
            throws IOException {
        try (SSLSocket socket =
                (SSLSocket) trust.sslContext().getSocketFactory().createSocket("localhost", port)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm(identification);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return (java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0];
        }
    }
}
