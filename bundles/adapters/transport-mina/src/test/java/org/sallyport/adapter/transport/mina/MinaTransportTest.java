package org.sallyport.adapter.transport.mina;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
        component.modified(new TestSettings().open(1, 1).workers(1).get());

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
                        new TransportSettings.Deadlines(
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(10),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(20),
                                Duration.ofSeconds(60),
                                Duration.ofSeconds(30),
                                Duration.ofSeconds(90)),
                        new TransportSettings.Caps(50_000, 20_000, 8_192, 1_024),
                        AddressRanges.none(),
                        32));
    }

    @Test
    void everyAttributeIsTaken() {
        Map<String, Object> values = Map.ofEntries(
                entry("host", "127.0.0.1"),
                entry("port", 1),
                entry("handshake_seconds", 2),
                entry("request_seconds", 3),
                entry("idle_seconds", 4),
                entry("first_message_seconds", 5),
                entry("message_seconds", 6),
                entry("ping_seconds", 7),
                entry("silence_seconds", 8),
                entry("max_connections", 9),
                entry("max_per_address", 10),
                entry("max_pending", 11),
                entry("max_pending_per_address", 12),
                entry("proxy_from", new String[] {"10.0.0.0/8", "::1"}),
                entry("workers", 13));

        assertThat(TransportSettings.from(config(values), "9999"))
                .isEqualTo(new TransportSettings(
                        "127.0.0.1",
                        1,
                        new TransportSettings.Deadlines(
                                Duration.ofSeconds(2),
                                Duration.ofSeconds(3),
                                Duration.ofSeconds(4),
                                Duration.ofSeconds(5),
                                Duration.ofSeconds(6),
                                Duration.ofSeconds(7),
                                Duration.ofSeconds(8)),
                        new TransportSettings.Caps(9, 10, 11, 12),
                        AddressRanges.parse(List.of("10.0.0.0/8", "::1")),
                        13));
        assertThatThrownBy(() -> TransportSettings.from(
                        config(Map.of("proxy_from", new String[] {"balancer.example.org"})), null))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("proxy.from")
                .hasMessageContaining("balancer.example.org");
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
        return new TestSettings().port(number).get();
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
