package org.sallyport.channel.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.channel.testing.TestCa;
import org.sallyport.channel.testing.TestProxy;
import org.sallyport.channel.testing.TestSocketServer;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;

class WebSocketConnectorTest {
    private static final FrameEncoder SERVER = new FrameEncoder(Role.SERVER);

    private final TestCa ca = new TestCa("Test authority");
    private final Recorder recorder = new Recorder();
    private WebSocketConnector connector = connector(ProxySettings.direct());

    @AfterEach
    void stop() {
        connector.close();
    }

    @Test
    void echoesMessagesOfAllSizesInOrder() throws Exception {
        Random random = new Random(7);
        int[] sizes = {0, 1, 125, 126, 1024, 65_535, 65_536, 300_000, 1 << 20};
        try (TestSocketServer server = server(WebSocketConnectorTest::echo)) {
            connect(server.uri("localhost"));
            WebSocketChannel channel = recorder.channel();
            for (int size : sizes) {
                byte[] message = new byte[size];
                random.nextBytes(message);
                channel.send(ByteBuffer.wrap(message));
                assertThat(recorder.frame()).isEqualTo(message);
            }
        }
    }

    @Test
    void theUpgradeCarriesPathQueryHostAndExtraHeaders() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        try (TestSocketServer server = server(peer -> {
            if (peer.requestLine().equals("GET /v1/data-channel/s-1?role=publish_subscribe HTTP/1.1")
                    && peer.headers().contains(Map.entry("Authorization", "signed"))
                    && peer.headers().stream()
                            .anyMatch(h ->
                                    h.getKey().equals("Host") && h.getValue().startsWith("localhost:"))) {
                seen.countDown();
            }
            peer.accept();
        })) {
            connector.connect(
                    server.uri("localhost"),
                    List.of(Map.entry("Authorization", "signed")),
                    WebSocketSettings.DEFAULT,
                    recorder);
            assertThat(seen.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void framesBehindTheAnswerInOnePacketAreNotLost() throws Exception {
        try (TestSocketServer server = server(peer -> {
            byte[] answer = org.sallyport.protocol.websocket.Upgrade.serverAnswer(peer.headers());
            ByteBuffer frame = SERVER.binary(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            ByteBuffer both = ByteBuffer.allocate(answer.length + frame.remaining())
                    .put(answer)
                    .put(frame)
                    .flip();
            peer.write(both);
            peer.in().read();
        })) {
            connect(server.uri("localhost"));
            assertThat(recorder.frame()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void anAnswerOtherThan101EndsItWithTheStatus() throws Exception {
        try (TestSocketServer server = server(peer -> peer.write(TestSocketServer.http("HTTP/1.1 403 Forbidden")))) {
            connect(server.uri("localhost"));
            assertThat(recorder.end().cause()).contains("403");
            assertThat(recorder.opened).isNotDone();
        }
    }

    @Test
    void aServerOfAnotherAuthorityIsRefused() throws Exception {
        TestCa other = new TestCa("Other authority");
        try (TestSocketServer server =
                new TestSocketServer(other.serverContext("localhost"), WebSocketConnectorTest::echo)) {
            connect(server.uri("localhost"));
            assertThat(recorder.end().cause()).startsWith("TLS:");
        }
    }

    @Test
    void aCertificateForAnotherNameIsRefused() throws Exception {
        try (TestSocketServer server =
                new TestSocketServer(ca.serverContext("other.example"), WebSocketConnectorTest::echo)) {
            connect(server.uri("localhost"));
            assertThat(recorder.end().cause()).startsWith("TLS:").contains("localhost");
        }
    }

    @Test
    void addressesAreCheckedLikeNames() throws Exception {
        try (TestSocketServer server =
                new TestSocketServer(ca.serverContext("127.0.0.1"), WebSocketConnectorTest::echo)) {
            connect(server.uri("127.0.0.1"));
            assertThat(recorder.channel()).isNotNull();
        }
    }

    @Test
    void nobodyListeningIsAnErrorAtOnce() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        connect(URI.create("wss://localhost:" + port + "/"));
        assertThat(recorder.end()).satisfies(end -> {
            assertThat(end.code()).isEqualTo(1006);
            assertThat(end.cause()).contains("cannot connect");
        });
    }

    @Test
    void aServerThatNeverShakesHandsMeetsTheDeadline() throws Exception {
        try (ServerSocket mute = new ServerSocket(0)) {
            connector.connect(
                    URI.create("wss://localhost:" + mute.getLocalPort() + "/"),
                    List.of(),
                    new WebSocketSettings(
                            Duration.ofMillis(600),
                            Duration.ofSeconds(1),
                            Duration.ofSeconds(2),
                            Duration.ofSeconds(2)),
                    recorder);
            assertThat(recorder.end().cause()).contains("not opened within");
        }
    }

    @Test
    void withoutPongsTheConnectionIsGivenUp() throws Exception {
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            peer.in().readAllBytes();
        })) {
            connector.connect(
                    server.uri("localhost"),
                    List.of(),
                    new WebSocketSettings(
                            Duration.ofSeconds(10),
                            Duration.ofMillis(200),
                            Duration.ofMillis(900),
                            Duration.ofMillis(900)),
                    recorder);
            assertThat(recorder.end().cause()).contains("no pong");
        }
    }

    @Test
    void aServerThatIsAskedAndSaysNothingIsGivenUp() throws Exception {
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            peer.in().readAllBytes();
        })) {
            connect(server.uri("localhost"));

            recorder.channel().probe(Duration.ofMillis(300));

            assertThat(recorder.end().cause()).contains("nothing came from the server");
        }
    }

    @Test
    void aServerIsAskedWithAPingAtOnceAndKeptWhenItAnswers() throws Exception {
        CompletableFuture<Void> asked = new CompletableFuture<>();
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            read(peer, new Sink() {
                @Override
                public void ping(byte[] payload) {
                    send(peer, SERVER.pong(payload));
                    asked.complete(null);
                }

                @Override
                public void binary(ByteBuffer message) {
                    send(peer, SERVER.binary(message));
                }
            });
        })) {
            connect(server.uri("localhost"));

            recorder.channel().probe(Duration.ofSeconds(10));

            asked.get(20, TimeUnit.SECONDS);
            recorder.channel().send(ByteBuffer.wrap(new byte[] {7}));
            assertThat(recorder.frame()).containsExactly(7);
        }
    }

    @Test
    void theServersCloseCodeAndReasonAreTold() throws Exception {
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            peer.write(SERVER.close(4001, "enough"));
            peer.in().readAllBytes();
        })) {
            connect(server.uri("localhost"));
            assertThat(recorder.end()).satisfies(end -> {
                assertThat(end.code()).isEqualTo(4001);
                assertThat(end.cause()).contains("enough");
            });
        }
    }

    @Test
    void ourCloseIsSentBehindWhatWasSentBefore() throws Exception {
        CountDownLatch orderly = new CountDownLatch(1);
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            read(peer, new Sink() {
                private int bytes;

                @Override
                public void binary(ByteBuffer message) {
                    bytes += message.remaining();
                }

                @Override
                public void close(int code, String reason) {
                    if (code == 1000 && bytes == 500_000) {
                        orderly.countDown();
                    }
                }
            });
        })) {
            connect(server.uri("localhost"));
            recorder.channel().send(ByteBuffer.allocate(500_000));
            recorder.channel().close(1000, "done");
            assertThat(orderly.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(recorder.end().code()).isEqualTo(1000);
        }
    }

    @Test
    void aServerThatDoesNotReadRaisesTheMarkAndReadingItLowersIt() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            read.await();
            peer.in().transferTo(java.io.OutputStream.nullOutputStream());
        })) {
            connect(server.uri("localhost"));
            WebSocketChannel channel = recorder.channel();
            int sent = 0;
            while (channel.send(ByteBuffer.allocate(32 * 1024)) || channel.queuedBytes() < 256 * 1024) {
                sent++;
                assertThat(sent).as("messages before the mark").isLessThan(10_000);
            }
            assertThat(recorder.writable).hasValue(0);
            read.countDown();
            org.awaitility.Awaitility.await()
                    .untilAsserted(() -> assertThat(recorder.writable).hasValue(1));
            assertThat(channel.queuedBytes()).isLessThan(64 * 1024);
        }
    }

    @Test
    void textTravelsBothWays() throws Exception {
        try (TestSocketServer server = server(peer -> {
            peer.accept();
            read(peer, new Sink() {
                @Override
                public void text(String message) {
                    send(peer, SERVER.text(message + " back"));
                }
            });
        })) {
            connect(server.uri("localhost"));
            recorder.channel().sendText("grüezi");
            assertThat(recorder.texts.poll(10, TimeUnit.SECONDS)).isEqualTo("grüezi back");
        }
    }

    @Test
    void goesThroughAProxyWithConnect() throws Exception {
        try (TestSocketServer server =
                        new TestSocketServer(ca.serverContext("far.example"), WebSocketConnectorTest::echo);
                TestProxy proxy = new TestProxy("HTTP/1.0 200 Connection established", server.port())) {
            connector.close();
            connector = connector(new ProxySettings(Optional.of(proxy.address()), List.of()));
            connect(server.uri("far.example"));
            recorder.channel().send(ByteBuffer.wrap(new byte[] {5}));
            assertThat(recorder.frame()).containsExactly(5);
            assertThat(proxy.requests()).containsExactly("CONNECT far.example:" + server.port() + " HTTP/1.1");
        }
    }

    @Test
    void aProxyIsToldWhoAsks() throws Exception {
        try (TestSocketServer server =
                        new TestSocketServer(ca.serverContext("far.example"), WebSocketConnectorTest::echo);
                TestProxy proxy = new TestProxy("HTTP/1.1 200 Connection established", server.port())) {
            connector.close();
            connector =
                    connector(new ProxySettings(Optional.of(proxy.address()), List.of(), Optional.of("Basic eDp5")));
            connect(server.uri("far.example"));
            recorder.channel().send(ByteBuffer.wrap(new byte[] {5}));
            assertThat(recorder.frame()).containsExactly(5);
            assertThat(proxy.heads())
                    .singleElement()
                    .asString()
                    .contains("\r\nProxy-Authorization: Basic eDp5\r\n\r\n");
        }
    }

    @Test
    void aProxyThatRefusesIsNamed() throws Exception {
        try (TestProxy proxy = new TestProxy("HTTP/1.1 407 Proxy Authentication Required", 0)) {
            connector.close();
            connector = connector(new ProxySettings(Optional.of(proxy.address()), List.of()));
            connect(URI.create("wss://far.example/"));
            assertThat(recorder.end().cause()).contains("proxy refused").contains("407");
        }
    }

    @Test
    void plainWebSocketsAreRefused() {
        assertThatThrownBy(() -> connect(URI.create("ws://localhost:1/"))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void closingTheConnectorClosesItsConnections() throws Exception {
        try (TestSocketServer server = server(WebSocketConnectorTest::echo)) {
            connect(server.uri("localhost"));
            recorder.channel();
            connector.close();
            assertThat(recorder.end().code()).isEqualTo(1001);
        }
    }

    private void connect(URI uri) {
        connector.connect(uri, List.of(), WebSocketSettings.DEFAULT, recorder);
    }

    private WebSocketConnector connector(ProxySettings proxy) {
        return new WebSocketConnector(CaTrust.ofPem(List.of(ca.pem())), proxy);
    }

    private TestSocketServer server(TestSocketServer.Script script) throws IOException {
        return new TestSocketServer(ca.serverContext("localhost"), script);
    }

    private static void echo(TestSocketServer.Peer peer) throws Exception {
        peer.accept();
        read(peer, new Sink() {
            @Override
            public void binary(ByteBuffer message) {
                send(peer, SERVER.binary(message));
            }

            @Override
            public void close(int code, String reason) {
                send(peer, SERVER.close(code, reason));
            }
        });
    }

    private static void send(TestSocketServer.Peer peer, ByteBuffer frame) {
        try {
            peer.write(frame);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void read(TestSocketServer.Peer peer, FrameSink sink) throws Exception {
        FrameDecoder decoder = new FrameDecoder(Role.SERVER, 1 << 20);
        byte[] buffer = new byte[16 * 1024];
        for (int count = peer.in().read(buffer); count >= 0; count = peer.in().read(buffer)) {
            decoder.feed(ByteBuffer.wrap(buffer, 0, count), sink);
        }
    }

    private abstract static class Sink implements FrameSink {
        @Override
        public void binary(ByteBuffer message) {}

        @Override
        public void text(String message) {}

        @Override
        public void ping(byte[] payload) {}

        @Override
        public void pong(byte[] payload) {}

        @Override
        public void close(int code, String reason) {}
    }
}
