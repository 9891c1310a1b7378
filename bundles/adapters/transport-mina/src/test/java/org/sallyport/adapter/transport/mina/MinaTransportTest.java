package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.SallyportException;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.spi.transport.Transport;

class MinaTransportTest {
    private final TestPort port = new TestPort();
    private final MinaTransport component = new MinaTransport();
    private final AtomicReference<Transport> published = new AtomicReference<>();

    @AfterEach
    void stop() {
        port.close();
        component.deactivate();
        assertThat(published).hasValue(null);
    }

    @Test
    void listensOnceCertificateAndEndpointHaveBeenThere() throws Exception {
        component.activate(TestPort.SETTINGS, this::publish);
        assertThat(published).hasValue(null);
        component.bindIdentity(port.identity);
        assertThat(published).hasValue(null);
        component.bindEndpoint(port.endpoint);

        echo(port.connect(published.get().localPort(), "/echo"), 1);
    }

    @Test
    void anEndpointThatIsAwayMeans503AndConnectionsLiveOn() throws Exception {
        serve();
        Recorder client = port.connect(published.get().localPort(), "/echo");
        echo(client, 1);
        component.unbindEndpoint(port.endpoint);

        try (SSLSocket socket = port.tls(published.get().localPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1");
        }
        echo(client, 2);
        component.bindEndpoint(port.endpoint);
        echo(port.connect(published.get().localPort(), "/echo"), 3);
    }

    @Test
    void aRenewedCertificateServesNewConnectionsAndOldOnesLiveOn() throws Exception {
        serve();
        Recorder old = port.connect(published.get().localPort(), "/echo");
        echo(old, 1);
        component.unbindIdentity(port.identity);
        assertThatThrownBy(() -> port.tls(published.get().localPort())).isInstanceOf(java.io.IOException.class);
        component.bindIdentity(new TestPort.Identity(port.ca.serverContext("localhost")));

        echo(port.connect(published.get().localPort(), "/echo"), 2);
        echo(old, 3);
    }

    @Test
    void anotherPortMovesTheListenerAndLeavesConnectionsAlone() throws Exception {
        serve();
        int before = published.get().localPort();
        Recorder client = port.connect(before, "/echo");
        echo(client, 1);
        int free;
        try (ServerSocket probe = new ServerSocket(0)) {
            free = probe.getLocalPort();
        }
        component.modified(withPort(free));

        assertThat(published.get().localPort()).isEqualTo(free);
        echo(client, 2);
        echo(port.connect(free, "/echo"), 3);
        assertThat(port.connect(before, "/echo").end().cause()).contains("cannot connect");
    }

    @Test
    void aPortThatIsTakenLeavesTheOldOneServing() throws Exception {
        component.bindIdentity(port.identity);
        component.bindEndpoint(port.endpoint);
        int first;
        try (ServerSocket probe = new ServerSocket(0)) {
            first = probe.getLocalPort();
        }
        component.activate(withPort(first), this::publish);
        try (ServerSocket taken = new ServerSocket(0)) {
            assertThatThrownBy(() -> component.modified(withPort(taken.getLocalPort())))
                    .isInstanceOf(SallyportException.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()));
            echo(port.connect(first, "/echo"), 1);
        }
    }

    @Test
    void limitsChangeUnderLiveConnections() throws Exception {
        serve();
        Recorder client = port.connect(published.get().localPort(), "/echo");
        echo(client, 1);
        TransportSettings s = TestPort.SETTINGS;
        component.modified(new TransportSettings(
                s.host(), s.port(), s.handshake(), s.request(), s.idle(), s.ping(), s.silence(), 1, 1, 1));

        assertThat(port.connect(published.get().localPort(), "/echo").end().code())
                .isEqualTo(1006);
        echo(client, 2);
    }

    @Test
    void deactivationTellsConnectionsAndEndsWithinTwoSeconds() throws Exception {
        serve();
        Recorder reading = port.connect(published.get().localPort(), "/echo");
        Recorder deaf = port.connect(published.get().localPort(), "/sink");
        echo(reading, 1);
        deaf.channel().pauseReading();
        Peer first = port.peers.take();
        Peer second = port.peers.take();
        long start = System.nanoTime();
        component.deactivate();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(reading.end().code()).isEqualTo(1001);
        assertThat(first.cause()).contains("1001");
        assertThat(second.cause()).contains("1001");
    }

    @Test
    void everyDefaultIsTheDocumentedOne() {
        TransportSettings settings = TransportSettings.from(config(Map.of()), null);

        assertThat(settings)
                .isEqualTo(new TransportSettings(
                        "0.0.0.0",
                        8444,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(90),
                        50_000,
                        20_000,
                        8));
    }

    @Test
    void everyAttributeIsTaken() {
        Map<String, Object> values = Map.of(
                "host", "127.0.0.1",
                "port", 1,
                "handshake_seconds", 2,
                "request_seconds", 3,
                "idle_seconds", 4,
                "ping_seconds", 5,
                "silence_seconds", 6,
                "max_connections", 7,
                "max_per_address", 8,
                "workers", 9);

        assertThat(TransportSettings.from(config(values), "9999"))
                .isEqualTo(new TransportSettings(
                        "127.0.0.1",
                        1,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(6),
                        7,
                        8,
                        9));
    }

    @Test
    void theFrameworkPropertyGivesThePortWhenTheConfigurationDoesNot() {
        assertThat(TransportSettings.from(config(Map.of()), "9444").port()).isEqualTo(9444);
        assertThatThrownBy(() -> TransportSettings.from(config(Map.of()), "many"))
                .isInstanceOf(SallyportException.class);
        assertThatThrownBy(() -> TransportSettings.from(config(Map.of("silence_seconds", 30)), null))
                .hasMessageContaining("silence");
    }

    private void serve() {
        component.activate(TestPort.SETTINGS, this::publish);
        component.bindEndpoint(port.endpoint);
        component.bindIdentity(port.identity);
    }

    private Runnable publish(Transport transport) {
        published.set(transport);
        return () -> published.set(null);
    }

    private static TransportSettings withPort(int number) {
        TransportSettings s = TestPort.SETTINGS;
        return new TransportSettings(
                s.host(),
                number,
                s.handshake(),
                s.request(),
                s.idle(),
                s.ping(),
                s.silence(),
                s.maxConnections(),
                s.maxPerAddress(),
                s.workers());
    }

    private static void echo(Recorder client, int content) throws Exception {
        client.channel().send(ByteBuffer.wrap(new byte[] {(byte) content}));
        assertThat(client.frame()).containsExactly(content);
    }

    private static MinaTransport.Config config(Map<String, Object> set) {
        Map<String, Object> values = new HashMap<>(set);
        return (MinaTransport.Config) Proxy.newProxyInstance(
                MinaTransport.Config.class.getClassLoader(),
                new Class<?>[] {MinaTransport.Config.class},
                (proxy, method, args) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }
}
