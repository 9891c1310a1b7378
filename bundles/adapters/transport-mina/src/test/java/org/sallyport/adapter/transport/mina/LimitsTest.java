package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.Upgrade;

/** What is still taken at a limit, and what is refused one beyond it. */
class LimitsTest {
    private static final Duration LONG = TestSettings.LONG;
    private static final int WORK_QUEUE = 256;
    private static final byte[] GET = bytes("GET / HTTP/1.1\r\nHost: x\r\n\r\n");

    private final TestPort port = new TestPort();
    private Listener listener;

    @AfterEach
    void stop() {
        port.close();
        if (listener != null) {
            listener.stop();
        }
    }

    /** Answers nothing until it is released. */
    private static final class Stuck implements ChannelEndpoint {
        final CountDownLatch released = new CountDownLatch(1);

        @Override
        public Answer request(WireRequest request) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return new Answer(200, "text/plain", "done");
        }

        @Override
        public Upgrade upgrade(WireRequest request) {
            return Upgrade.refuse(request(request));
        }
    }

    @Test
    void moreRequestsThanWorkersAndQueueHoldGet503AndMayTryAgain() throws Exception {
        Stuck stuck = new Stuck();
        AtomicInteger asked = new AtomicInteger();
        serve(new TestSettings().workers(1).get(), () -> {
            asked.incrementAndGet();
            return stuck;
        });
        List<SSLSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 1 + WORK_QUEUE; i++) {
                sockets.add(port.tls(listener.localPort()));
                sockets.get(i).getOutputStream().write(GET);
            }
            await().until(() -> asked.get() == 1 + WORK_QUEUE);
            SSLSocket surplus = port.tls(listener.localPort());
            sockets.add(surplus);
            surplus.getOutputStream().write(GET);
            assertThat(answer(surplus))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-After: 1\r\n")
                    .contains("busy");

            stuck.released.countDown();
            for (SSLSocket waiting : sockets.subList(0, 1 + WORK_QUEUE)) {
                assertThat(answer(waiting)).startsWith("HTTP/1.1 200 ");
            }
            surplus.getOutputStream().write(GET);
            assertThat(answer(surplus)).startsWith("HTTP/1.1 200 ");
        } finally {
            stuck.released.countDown();
            for (SSLSocket socket : sockets) {
                socket.close();
            }
        }
    }

    @Test
    void aHandshakeThatTricklesMeetsItsDeadline() throws Exception {
        serve(new TestSettings().handshake(Duration.ofMillis(500)).get(), () -> port.endpoint);
        try (Socket socket = TestPort.plain(listener.localPort())) {
            await().until(() -> listener.connections() == 1);
            socket.getOutputStream().write(new byte[] {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc});
            await().pollInterval(Duration.ofMillis(50)).until(() -> {
                try {
                    socket.getOutputStream().write(3);
                } catch (IOException e) {
                    // The other side has closed, which its count says as well.
                    return listener.connections() == 0;
                }
                return listener.connections() == 0;
            });
        }
    }

    @Test
    void aChunkedBodyMayHave16KiBAndNotOneByteMore() throws Exception {
        serve(TestPort.SETTINGS, () -> port.endpoint);
        String head = "POST /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String full = ("1000\r\n" + "x".repeat(4096) + "\r\n").repeat(4);
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream().write(bytes(head + full + "0\r\n\r\n"));
            assertThat(answer(socket)).startsWith("HTTP/1.1 201 ").contains("POST/a16384");
            socket.getOutputStream().write(bytes(head + full + "1\r\n"));
            assertThat(answer(socket)).startsWith("HTTP/1.1 413 ").contains("Connection: close");
        }
    }

    @Test
    void aHundredHeadersAndABodyOf16KiBAreTaken() throws Exception {
        serve(TestPort.SETTINGS, () -> port.endpoint);
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream()
                    .write(bytes("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 16384\r\n" + "A: b\r\n".repeat(98)
                            + "\r\n" + "x".repeat(16_384)));
            assertThat(answer(socket)).startsWith("HTTP/1.1 201 ").contains("POST/a16384");
        }
    }

    @Test
    void aMessageOf1MiBIsTaken() throws Exception {
        serve(TestPort.SETTINGS, () -> port.endpoint);
        Recorder client = port.connect(listener.localPort(), "/echo");
        client.channel().send(ByteBuffer.allocate(1 << 20));
        assertThat(client.frame()).hasSize(1 << 20);
    }

    @Test
    void aFrameInOnePacketWithTheUpgradeIsNotLost() throws Exception {
        serve(TestPort.SETTINGS, () -> port.endpoint);
        ByteBuffer frame = new FrameEncoder(Role.CLIENT).binary(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.write(Upgrade.clientRequest("localhost", "/echo", Upgrade.newKey(), List.of()));
        both.write(frame.array(), frame.position(), frame.remaining());
        try (SSLSocket socket = port.tls(listener.localPort())) {
            socket.getOutputStream().write(both.toByteArray());
            assertThat(head(socket)).startsWith("HTTP/1.1 101 ");
            assertThat(socket.getInputStream().readNBytes(5)).containsExactly(0x82, 3, 1, 2, 3);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', 1, 1, 1, 1, 1, 1, 1, host",
        "localhost, -1, 1, 1, 1, 1, 1, 1, port",
        "localhost, 65536, 1, 1, 1, 1, 1, 1, port",
        "localhost, 1, 0, 1, 1, 1, 1, 1, deadlines",
        "localhost, 1, -1, 1, 1, 1, 1, 1, deadlines",
        "localhost, 1, 1, 0, 1, 1, 1, 1, max.connections",
        "localhost, 1, 1, 1, 0, 1, 1, 1, max.per.address",
        "localhost, 1, 1, 1, 1, 0, 1, 1, max.pending",
        "localhost, 1, 1, 1, 1, 1, 0, 1, max.pending.per.address",
        "localhost, 1, 1, 1, 1, 1, 1, 0, workers",
        "localhost, 1, 1, 1, 1, 1, 1, 257, workers"
    })
    void settingsOutOfRangeAreRefusedByName(
            String host,
            int number,
            int seconds,
            int total,
            int perAddress,
            int pending,
            int pendingPerAddress,
            int workers,
            String named) {
        Duration time = Duration.ofSeconds(seconds);
        assertThatThrownBy(() -> new TransportSettings(
                        host,
                        number,
                        new TransportSettings.Deadlines(time, LONG, LONG, LONG, LONG, LONG, LONG.multipliedBy(2)),
                        new TransportSettings.Caps(total, perAddress, pending, pendingPerAddress),
                        AddressRanges.none(),
                        workers))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining(named);
    }

    private void serve(TransportSettings settings, Supplier<ChannelEndpoint> endpoint) {
        listener = new Listener(settings, () -> port.identity, endpoint);
        listener.start();
    }

    /** Head and body of one answer. */
    private static String answer(SSLSocket socket) throws IOException {
        String head = head(socket);
        int length = head.lines()
                .filter(line -> line.startsWith("Content-Length: "))
                .mapToInt(line -> Integer.parseInt(line.substring(16)))
                .findFirst()
                .orElseThrow();
        return head + new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
    }

    private static String head(SSLSocket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int octet = socket.getInputStream().read();
            assertThat(octet).as("after: " + head).isNotNegative();
            head.append((char) octet);
        }
        return head.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
