package org.sallyport.core.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.condition.Condition;
import org.sallyport.core.edge.tls.OwnAuthority;
import org.sallyport.core.edge.tls.ServerCertificate;
import org.sallyport.core.edge.tls.TlsFiles;
import org.sallyport.spi.transport.Transport;

class ApiPortTest {
    private static final String HTTPS = "org.apache.felix.https.enable";

    @TempDir
    Path folder;

    private final FakeConfigurations configurations = new FakeConfigurations();
    private final TestWebServer web = new TestWebServer();
    private final int number = TestWebServer.freePort();
    private ServerCertificate certificate;
    private ApiPort port;

    @BeforeEach
    void leftoverOfACrash() {
        certificate = certificate();
        configurations.settings.put(HTTPS, true);
        port = port(60_000);
        port.bindWebServer(null);
    }

    @AfterEach
    void close() throws Exception {
        port.deactivate();
        web.close();
    }

    @Test
    void theWebServerItselfHasNoListenerThatAnyoneReaches() throws Exception {
        await().until(() -> web.connectors() == 1);
        await().until(() -> Boolean.FALSE.equals(configurations.settings.get(HTTPS)));

        assertThat(configurations.settings)
                .containsEntry("org.apache.felix.http.host", "127.0.0.1")
                .containsEntry("org.osgi.service.http.port", "0");
        assertThat(web.opened()).isEmpty();
    }

    @Test
    void staysClosedUntilReadyWithCertificateTransportAndAFrontThatAnswers() throws Exception {
        web.frontAnswers = false;
        port.bindTls(InstalledTls.of(certificate));
        port.bindTransport(new IdleTransport());
        assertClosed();
        port.bindReady(Condition.INSTANCE);
        assertClosed();

        web.frontAnswers = true;
        await().until(() -> web.opened().equals(List.of(number)));
        try (SSLSocket socket = TestWebServer.tls(number, certificate)) {
            assertThat(TestWebServer.ask(socket)).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void opensWithoutTransportAndFrontAfterAWhile() {
        port.deactivate();
        port = port(1);
        port.bindWebServer(null);
        web.frontAnswers = false;

        port.bindTls(InstalledTls.of(certificate));
        port.bindReady(Condition.INSTANCE);

        await().until(() -> web.opened().equals(List.of(number)));
    }

    @Test
    void aRenewedCertificateServesNewConnectionsAndDropsNone() throws Exception {
        IdleTransport transport = new IdleTransport();
        InstalledTls old = InstalledTls.of(certificate);
        port.bindTls(old);
        port.bindTransport(transport);
        port.bindReady(Condition.INSTANCE);
        await().until(() -> web.opened().equals(List.of(number)));
        try (SSLSocket before = TestWebServer.tls(number, certificate)) {
            assertThat(TestWebServer.ask(before)).startsWith("HTTP/1.1 400 ");
            port.unbindTransport(transport);
            ServerCertificate next = certificate();
            port.bindTls(InstalledTls.of(next));
            port.unbindTls(old);

            await().untilAsserted(() -> {
                try (SSLSocket after = TestWebServer.tls(number, next)) {
                    assertThat(after.getSession().getPeerCertificates()[0]).isEqualTo(next.leaf());
                    assertThat(TestWebServer.ask(after)).startsWith("HTTP/1.1 400 ");
                }
            });
            assertThat(TestWebServer.ask(before)).startsWith("HTTP/1.1 400 ");
            assertThat(web.opened()).containsExactly(number);
        }
    }

    @Test
    void closesBeforeTheWebServerStartsAnewAndOpensAgainAfterwards() throws Exception {
        port.bindTls(InstalledTls.of(certificate));
        port.bindTransport(new IdleTransport());
        port.bindReady(Condition.INSTANCE);
        await().until(() -> web.opened().equals(List.of(number)));

        port.unbindWebServer(null);
        assertThat(web.connectors()).isZero();
        assertClosed();

        port.bindWebServer(null);
        await().until(() -> web.opened().equals(List.of(number, number)));
    }

    @Test
    void closesWithItsBundle() {
        port.bindTls(InstalledTls.of(certificate));
        port.bindTransport(new IdleTransport());
        port.bindReady(Condition.INSTANCE);
        await().until(() -> web.opened().equals(List.of(number)));

        port.deactivate();

        assertThat(configurations.settings).isEmpty();
        assertThat(web.connectors()).isZero();
    }

    private void assertClosed() {
        await().during(Duration.ofMillis(300)).until(() -> {
            try (Socket socket = new Socket("127.0.0.1", number)) {
                return !socket.isConnected();
            } catch (java.net.ConnectException e) {
                return true;
            }
        });
    }

    private ApiPort port(long longestWaitMillis) {
        return new ApiPort(
                configurations.admin(),
                web,
                EdgeSettings.from(Configs.of(Map.of("api_port", number)), p -> null),
                longestWaitMillis);
    }

    private ServerCertificate certificate() {
        Path own = folder.resolve("tls-" + System.nanoTime());
        return new OwnAuthority(new TlsFiles(own), List.of("localhost"), Duration.ofDays(397)).current();
    }

    private record IdleTransport() implements Transport {
        @Override
        public String description() {
            return "idle";
        }

        @Override
        public int localPort() {
            return 0;
        }

        @Override
        public int connections() {
            return 0;
        }
    }
}
