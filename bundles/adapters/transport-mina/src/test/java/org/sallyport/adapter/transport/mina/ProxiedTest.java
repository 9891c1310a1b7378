package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections that come through a load balancer which names their source. */
class ProxiedTest {
    private static final String BALANCER = "127.0.0.3";

    private final TestPort port = new TestPort();
    private Listener listener;

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    @Test
    void theSourceIsWhatAListedBalancerSays() throws Exception {
        serve(new TestSettings().proxies(BALANCER));
        try (SSLSocket socket = port.upgraded(balanced("PROXY TCP4 192.0.2.7 10.0.0.1 4711 443\r\n"), "/sink")) {
            assertThat(port.peers.take().connection().remoteAddress()).isEqualTo("192.0.2.7");
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void aBalancersOwnConnectionCountsForItself() throws Exception {
        serve(new TestSettings().proxies(BALANCER));
        try (SSLSocket socket = port.upgraded(balanced("PROXY UNKNOWN\r\n"), "/sink")) {
            assertThat(port.peers.take().connection().remoteAddress()).isEqualTo(BALANCER);
            assertThat(socket.isClosed()).isFalse();
        }
    }

    @Test
    void anUnlistedPeerIsNotBelievedAndAListedOneMustSayIt() throws Exception {
        serve(new TestSettings().proxies(BALANCER));
        Socket unlisted = TestPort.plain(listener.localPort(), "127.0.0.4");
        unlisted.getOutputStream().write("PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> port.tls(unlisted)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> port.tls(TestPort.plain(listener.localPort(), BALANCER)))
                .isInstanceOf(IOException.class);
        await().until(() -> listener.connections() == 0);
        try (SSLSocket direct = port.upgraded(TestPort.plain(listener.localPort(), "127.0.0.4"), "/sink")) {
            assertThat(port.peers.take().connection().remoteAddress()).isEqualTo("127.0.0.4");
            assertThat(direct.isClosed()).isFalse();
        }
    }

    @Test
    void limitsCountTheSourceAndNotTheBalancer() throws Exception {
        serve(new TestSettings().proxies(BALANCER).open(1000, 1));
        try (SSLSocket first = port.upgraded(balanced("PROXY TCP4 192.0.2.7 10.0.0.1 1 2\r\n"), "/sink");
                SSLSocket other = port.upgraded(balanced("PROXY TCP4 192.0.2.8 10.0.0.1 1 2\r\n"), "/sink")) {
            assertThatThrownBy(() -> port.tls(balanced("PROXY TCP4 192.0.2.7 10.0.0.1 3 4\r\n")))
                    .isInstanceOf(IOException.class);
            assertThat(first.isClosed() || other.isClosed()).isFalse();
            await().until(() -> listener.connections() == 2);
        }
    }

    @Test
    void aHeaderThatNeverComesMeetsTheDeadline() throws Exception {
        serve(new TestSettings().proxies(BALANCER).handshake(Duration.ofMillis(500)));
        try (Socket socket = balanced("PROXY ")) {
            assertThat(socket.getInputStream().read()).isNegative();
        }
        await().until(() -> listener.connections() == 0);
    }

    private Socket balanced(String header) throws IOException {
        Socket socket = TestPort.plain(listener.localPort(), BALANCER);
        socket.getOutputStream().write(header.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private void serve(TestSettings settings) {
        listener = new Listener(settings.get(), () -> port.identity, () -> port.endpoint);
        listener.start();
    }
}
