package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.Upgrade;

class HostileTest {
    private static final Duration SHORT = Duration.ofMillis(500);

    private final TestPort port = new TestPort();
    private Listener listener;

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    static Stream<Arguments> brokenFrames() {
        byte[] plain = {(byte) 0x82, 1, 0};
        byte[] reserved = {(byte) 0xc2, (byte) 0x80, 0, 0, 0, 0};
        byte[] longPing = {(byte) 0x89, (byte) 0xfe, 0, 126, 0, 0, 0, 0};
        byte[] orphan = {(byte) 0x80, (byte) 0x80, 0, 0, 0, 0};
        byte[] tooBig = ByteBuffer.allocate(14)
                .put((byte) 0x82)
                .put((byte) 0xff)
                .putLong((1 << 20) + 1)
                .putInt(0)
                .array();
        byte[] huge = ByteBuffer.allocate(14)
                .put((byte) 0x82)
                .put((byte) 0xff)
                .putLong(Long.MAX_VALUE)
                .putInt(0)
                .array();
        byte[] badText = {(byte) 0x81, (byte) 0x81, 0, 0, 0, 0, (byte) 0xff};
        byte[] longText = array(new FrameEncoder(Role.CLIENT).text("x".repeat(16 * 1024 + 1)));
        return Stream.of(
                Arguments.of("unmasked", plain, 1002),
                Arguments.of("reserved bit", reserved, 1002),
                Arguments.of("long ping", longPing, 1002),
                Arguments.of("continuation of nothing", orphan, 1002),
                Arguments.of("message over 1 MiB", tooBig, 1009),
                Arguments.of("absurd length", huge, 1009),
                Arguments.of("text that is no UTF-8", badText, 1007),
                Arguments.of("text over 16 KiB", longText, 1009));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenFrames")
    void brokenFramesCloseTheirConnectionWithTheRightCodeAndNoOther(String name, byte[] bytes, int code)
            throws Exception {
        serve(TestPort.SETTINGS);
        Recorder bystander = port.connect(listener.localPort(), "/echo");
        bystander.channel();
        try (SSLSocket socket = upgraded("/sink")) {
            socket.getOutputStream().write(bytes);
            assertThat(closeCode(socket)).isEqualTo(code);
        }
        bystander.channel().send(ByteBuffer.wrap(new byte[] {9}));
        assertThat(bystander.frame()).containsExactly(9);
    }

    @Test
    void fragmentsAreJoinedWithPingsBetween() throws Exception {
        serve(TestPort.SETTINGS);
        try (SSLSocket socket = upgraded("/echo")) {
            byte[] fragmented = {
                0x02,
                (byte) 0x82,
                0,
                0,
                0,
                0,
                1,
                2,
                (byte) 0x89,
                (byte) 0x81,
                0,
                0,
                0,
                0,
                7,
                0x00,
                (byte) 0x81,
                0,
                0,
                0,
                0,
                3,
                (byte) 0x80,
                (byte) 0x81,
                0,
                0,
                0,
                0,
                4
            };
            for (byte octet : fragmented) {
                socket.getOutputStream().write(octet);
            }
            byte[] answers = socket.getInputStream().readNBytes(3 + 6);
            assertThat(answers).containsExactly(0x8a, 1, 7, 0x82, 4, 1, 2, 3, 4);
        }
    }

    static Stream<Arguments> garbage() {
        byte[] random = new byte[300];
        new Random(3).nextBytes(random);
        byte[] record = new byte[600];
        new Random(4).nextBytes(record);
        byte[] head = {0x16, 3, 1, 2, 0};
        System.arraycopy(head, 0, record, 0, head.length);
        return Stream.of(
                Arguments.of("plain HTTP", "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)),
                Arguments.of("random bytes", random),
                Arguments.of("a TLS record of nonsense", record));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("garbage")
    void garbageClosesOnlyItsOwnConnection(String name, byte[] bytes) throws Exception {
        serve(TestPort.SETTINGS);
        Recorder bystander = port.connect(listener.localPort(), "/echo");
        bystander.channel();
        try (Socket socket = TestPort.plain(listener.localPort())) {
            socket.getOutputStream().write(bytes);
            assertGone(socket);
        }
        bystander.channel().send(ByteBuffer.wrap(new byte[] {9}));
        assertThat(bystander.frame()).containsExactly(9);
        await().until(() -> listener.connections() == 1);
    }

    @Test
    void garbageAfterAnEstablishedHandshakeClosesTheConnection() throws Exception {
        serve(TestPort.SETTINGS);
        try (Socket socket = TestPort.plain(listener.localPort());
                SSLSocket tls = (SSLSocket)
                        port.trust.sslContext().getSocketFactory().createSocket(socket, "localhost", 1, false)) {
            var parameters = tls.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            tls.setSSLParameters(parameters);
            tls.startHandshake();
            byte[] random = new byte[300];
            new Random(5).nextBytes(random);
            socket.getOutputStream().write(random);
            await().until(() -> listener.connections() == 0);
        }
    }

    @Test
    void aConnectionThatNeverShakesHandsIsClosed() throws Exception {
        serve(new TestSettings().handshake(SHORT).get());
        try (Socket socket = TestPort.plain(listener.localPort())) {
            assertGone(socket);
        }
    }

    @Test
    void aRequestSentByteByByteMeetsTheDeadline() throws Exception {
        serve(new TestSettings().request(SHORT).get());
        try (SSLSocket socket = port.tls(listener.localPort())) {
            await().pollInterval(Duration.ofMillis(50))
                    .atMost(Duration.ofSeconds(10))
                    .until(() -> {
                        try {
                            socket.getOutputStream().write('A');
                            return listener.connections() == 0;
                        } catch (IOException e) {
                            return true;
                        }
                    });
        }
        await().until(() -> listener.connections() == 0);
    }

    @Test
    void aBodyThatNeverComesMeetsTheDeadline() throws Exception {
        serve(new TestSettings().request(SHORT).get());
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream().write(bytes("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"));
            assertGone(socket);
        }
    }

    @Test
    void anIdleConnectionIsClosedAfterItsAnswer() throws Exception {
        serve(new TestSettings().idle(SHORT).get());
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream().write(bytes("GET /a HTTP/1.1\r\nHost: x\r\n\r\n"));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("201 Created");
        }
    }

    @Test
    void aSilentWebSocketIsGivenUpAndOneThatAnswersPingsIsNot() throws Exception {
        serve(new TestSettings()
                .silence(Duration.ofMillis(300), Duration.ofMillis(1_500))
                .get());
        Recorder answering = port.connect(listener.localPort(), "/echo");
        answering.channel();
        Peer kept = port.peers.take();
        try (SSLSocket silent = upgraded("/sink")) {
            assertThat(port.peers.take().cause()).contains("nothing came from the peer");
            assertThat(silent.getInputStream().read()).isEqualTo(0x89);
        }
        assertThat(kept.closed).isNotDone();
        answering.channel().send(ByteBuffer.wrap(new byte[] {1}));
        assertThat(answering.frame()).containsExactly(1);
    }

    @Test
    void aPausedConnectionIsNotTakenForSilent() throws Exception {
        serve(new TestSettings()
                .silence(Duration.ofMillis(200), Duration.ofMillis(600))
                .get());
        Recorder client = port.connect(listener.localPort(), "/echo");
        Peer peer = port.peers.take();
        peer.connection().pauseReading();
        await().during(Duration.ofMillis(1_500)).until(() -> !peer.closed.isDone());
        peer.connection().resumeReading();
        client.channel().send(ByteBuffer.wrap(new byte[] {1}));
        assertThat(client.frame()).containsExactly(1);
    }

    @Test
    void connectionsOfOneAddressAreCapped() throws Exception {
        serve(new TestSettings().open(1000, 3).get());
        assertCapOfThree();
    }

    @Test
    void connectionsInTotalAreCapped() throws Exception {
        serve(new TestSettings().open(3, 1000).get());
        assertCapOfThree();
    }

    @ParameterizedTest
    @MethodSource("org.sallyport.adapter.transport.mina.RequestReaderTest#refused")
    void badRequestsGetTheirStatusAndTheConnectionEnds(String name, String request, int status) throws Exception {
        serve(TestPort.SETTINGS);
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = readUntilGone(socket);
            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).startsWith("HTTP/1.1 " + status + " ");
        }
    }

    @Test
    void upgradesThatBreakTheRulesGet400() throws Exception {
        serve(TestPort.SETTINGS);
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream()
                    .write(bytes("GET /echo HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
                            + "Sec-WebSocket-Version: 8\r\nSec-WebSocket-Key: " + Upgrade.newKey() + "\r\n\r\n"));
            assertThat(new String(readUntilGone(socket), StandardCharsets.US_ASCII))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private void assertCapOfThree() throws Exception {
        List<SSLSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            sockets.add(port.tls(listener.localPort()));
        }
        try (Socket fourth = TestPort.plain(listener.localPort())) {
            assertGone(fourth);
        }
        sockets.get(0).close();
        await().until(() -> listener.connections() == 2);
        sockets.set(0, port.tls(listener.localPort()));
        for (SSLSocket socket : sockets) {
            socket.close();
        }
        await().until(() -> listener.connections() == 0);
    }

    private void serve(TransportSettings settings) {
        listener = new Listener(settings, () -> port.identity, () -> port.endpoint);
        listener.start();
    }

    private SSLSocket upgraded(String path) throws IOException {
        return port.upgraded(TestPort.plain(listener.localPort()), path);
    }

    private static int closeCode(SSLSocket socket) throws Exception {
        int[] code = new int[1];
        new FrameDecoder(Role.CLIENT, 1 << 20).feed(ByteBuffer.wrap(readUntilGone(socket)), new FrameSink() {
            @Override
            public void binary(ByteBuffer message) {}

            @Override
            public void text(String message) {}

            @Override
            public void ping(byte[] payload) {}

            @Override
            public void pong(byte[] payload) {}

            @Override
            public void close(int received, String reason) {
                code[0] = received;
            }
        });
        return code[0];
    }

    /** Reads to the end; a reset counts as an end, a time-out does not. */
    private static byte[] readUntilGone(Socket socket) throws IOException {
        byte[] all = new byte[64 * 1024];
        int length = 0;
        try {
            for (int count = socket.getInputStream().read(all); count >= 0; ) {
                length += count;
                count = socket.getInputStream().read(all, length, all.length - length);
            }
        } catch (SocketException | SSLException e) {
            return Arrays.copyOf(all, length);
        }
        return Arrays.copyOf(all, length);
    }

    private static void assertGone(Socket socket) throws IOException {
        readUntilGone(socket);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }
}
