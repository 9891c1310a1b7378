package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.channel.testing.Recorder;

/** Peers that send a byte now and then, so that they are never silent and never done. */
class DripTest {
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TestPort port = new TestPort();
    private Listener listener;

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    /** Opens a connection up to the place where it begins to drip. */
    interface Opening {
        Socket open(TestPort port, int number) throws IOException;
    }

    static Stream<Arguments> places() {
        byte[] hello = {0x16, 3, 1, 2, 0, 1, 0, 1, (byte) 0xfc};
        Opening plain = (port, number) -> begun(TestPort.plain(number), hello);
        Opening head = (port, number) -> begun(port.tls(number), ascii("GET / HTTP/1.1\r\nA: "));
        Opening next = (port, number) ->
                begun(port.tls(number), ascii("GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /a HTTP/1.1\r\nA: "));
        Opening body = (port, number) ->
                begun(port.tls(number), ascii("POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n"));
        byte[] frame = {(byte) 0x82, (byte) 0xfe, 0x10, 0, 0, 0, 0, 0};
        byte[] fragments = {0x02, (byte) 0x80, 0, 0, 0, 0, 0x00, (byte) 0xfe, 0x10, 0, 0, 0, 0, 0};
        byte[] whole = {(byte) 0x82, (byte) 0x80, 0, 0, 0, 0, (byte) 0x82, (byte) 0xfe, 0x10, 0, 0, 0, 0, 0};
        return Stream.of(
                Arguments.of("TLS handshake", new TestSettings().handshake(SHORT), plain),
                Arguments.of("head", new TestSettings().request(SHORT), head),
                Arguments.of("head of a later request", new TestSettings().request(SHORT), next),
                Arguments.of("body", new TestSettings().request(SHORT), body),
                Arguments.of("first frame", new TestSettings().firstMessage(SHORT), upgraded(frame)),
                Arguments.of("frame", new TestSettings().message(SHORT), upgraded(frame)),
                Arguments.of("frame of a fragmented message", new TestSettings().message(SHORT), upgraded(fragments)),
                Arguments.of("frame after a whole message", new TestSettings().message(SHORT), upgraded(whole)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("places")
    void aDripMeetsItsDeadlineAndOthersAreServedMeanwhile(String place, TestSettings settings, Opening opening)
            throws Exception {
        serve(settings);
        Recorder other = port.connect(listener.localPort(), "/echo");
        echo(other, 1);
        try (Socket socket = opening.open(port, listener.localPort())) {
            await().pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> drip(socket) && listener.connections() == 1);
        }
        echo(other, 2);
    }

    @Test
    void pingsBetweenAreNoMessageAndDoNotHelp() throws Exception {
        serve(new TestSettings().firstMessage(SHORT));
        byte[] ping = {(byte) 0x89, (byte) 0x80, 0, 0, 0, 0};
        try (Socket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            await().pollInterval(Duration.ofMillis(100)).until(() -> {
                send(socket, ping);
                return listener.connections() == 0;
            });
        }
        assertThat(port.peers.take().cause()).contains("no first message");
    }

    @Test
    void aLargeMessageThatIsHeldUpByOurOwnPauseIsNotLate() throws Exception {
        serve(new TestSettings().message(SHORT));
        Recorder client = port.connect(listener.localPort(), "/echo");
        echo(client, 1);
        Peer peer = port.peers.take();
        peer.connection().pauseReading();
        client.channel().send(ByteBuffer.allocate(1 << 20));
        await().during(Duration.ofSeconds(3)).until(() -> !peer.closed.isDone());
        peer.connection().resumeReading();

        assertThat(client.frame()).hasSize(1 << 20);
    }

    @Test
    void manyRequestsInOnePacketWithoutEndpointAreAnsweredOneByOne() throws Exception {
        listener = new Listener(TestPort.SETTINGS, () -> port.identity, () -> null);
        listener.start();
        int count = 3_000;
        try (Socket socket = port.tls(listener.localPort())) {
            socket.getOutputStream()
                    .write(ascii("GET / HTTP/1.1\r\nHost: x\r\n\r\n".repeat(count)
                            + "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"));
            String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answers.split("HTTP/1.1 503 ", -1)).hasSize(count + 2);
        }
    }

    private static Opening upgraded(byte[] begin) {
        return (port, number) -> begun(port.upgraded(TestPort.plain(number), "/sink"), begin);
    }

    private static Socket begun(Socket socket, byte[] with) throws IOException {
        socket.getOutputStream().write(with);
        return socket;
    }

    /** Sends one more byte; whatever becomes of it, the port's count says. */
    private static boolean drip(Socket socket) {
        send(socket, new byte[] {'a'});
        return true;
    }

    private static void send(Socket socket, byte[] bytes) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write(bytes);
            out.flush();
        } catch (IOException e) {
            assertThat(e).as("closed by the port").isNotNull();
        }
    }

    private void serve(TestSettings settings) {
        listener = new Listener(settings.get(), () -> port.identity, () -> port.endpoint);
        listener.start();
    }

    private static void echo(Recorder client, int content) throws Exception {
        client.channel().send(ByteBuffer.wrap(new byte[] {(byte) content}));
        assertThat(client.frame()).containsExactly(content);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
