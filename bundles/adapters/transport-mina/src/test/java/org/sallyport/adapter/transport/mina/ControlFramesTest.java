package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.spi.transport.Connection;

/** Pings that the relay asks for, their answers, and closes that a peer must be able to read. */
class ControlFramesTest {
    private final TestPort port = new TestPort();
    private final Listener listener = new Listener(TestPort.SETTINGS, () -> port.identity, () -> port.endpoint);

    @BeforeEach
    void start() {
        listener.start();
    }

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    @Test
    void aPingComesBehindTheDataAndItsPongSaysThatAllWasRead() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel();
        Peer peer = port.peers.take();
        for (int i = 0; i < 20; i++) {
            peer.connection().send(ByteBuffer.allocate(40_000));
        }
        peer.connection().ping(ping("a"));

        assertThat(peer.pongs.poll(20, TimeUnit.SECONDS)).isEqualTo("a");
        assertThat(client.frames).hasSize(20);
    }

    @Test
    void framesArriveInTheOrderOfTheCallsAndThePayloadIsCopied() throws Exception {
        try (SSLSocket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            Connection connection = port.peers.take().connection();
            ByteBuffer payload = ping("one");
            connection.send(ping("data"));
            connection.ping(payload);
            payload.put(0, (byte) 'x');
            connection.send(ping("more"));

            assertThat(read(socket, 3)).containsExactly("data", "ping one", "more");
        }
    }

    @Test
    void pongsThatNobodyAskedForAreNotTold() throws Exception {
        try (SSLSocket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            Peer peer = port.peers.take();
            peer.connection().ping(ping("asked"));
            FrameEncoder encoder = new FrameEncoder(Role.CLIENT);
            for (String pong : List.of("foreign", "", "asked", "asked", "last")) {
                write(socket, encoder.pong(pong.getBytes(StandardCharsets.US_ASCII)));
            }
            write(socket, encoder.text("end"));

            assertThat(peer.texts.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
            assertThat(peer.pongs).containsExactly("asked");
        }
    }

    @Test
    void aLaterPongAnswersTheEarlierPingsToo() throws Exception {
        try (SSLSocket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            Peer peer = port.peers.take();
            for (String ping : List.of("1", "2", "3")) {
                peer.connection().ping(ping(ping));
            }
            FrameEncoder encoder = new FrameEncoder(Role.CLIENT);
            for (String pong : List.of("2", "1", "3")) {
                write(socket, encoder.pong(pong.getBytes(StandardCharsets.US_ASCII)));
            }
            write(socket, encoder.text("end"));

            assertThat(peer.texts.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
            assertThat(peer.pongs).containsExactly("2", "3");
        }
    }

    @Test
    void ofManyUnansweredPingsTheOldestAreForgotten() throws Exception {
        try (SSLSocket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            Peer peer = port.peers.take();
            for (int i = 0; i < OwnPings.MAX + 1; i++) {
                peer.connection().ping(ping("p" + i));
            }
            assertThat(read(socket, OwnPings.MAX + 1)).contains("ping p0", "ping p" + OwnPings.MAX);
            FrameEncoder encoder = new FrameEncoder(Role.CLIENT);
            for (String pong : List.of("p0", "p1")) {
                write(socket, encoder.pong(pong.getBytes(StandardCharsets.US_ASCII)));
            }
            write(socket, encoder.text("end"));

            assertThat(peer.texts.poll(20, TimeUnit.SECONDS)).isEqualTo("end");
            assertThat(peer.pongs).containsExactly("p1");
        }
    }

    @Test
    void aPongIsToldWhenReadingGoesOnAfterAPause() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel();
        Peer peer = port.peers.take();
        peer.connection().pauseReading();
        peer.connection().ping(ping("held"));
        peer.connection().send(ping("data"));
        assertThat(client.frame()).hasSize(4);
        peer.connection().resumeReading();

        assertThat(peer.pongs.poll(20, TimeUnit.SECONDS)).isEqualTo("held");
    }

    @Test
    void whoSendsAWholeMessageThatIsTooLargeLearnsItsCloseCode() throws Exception {
        for (int extra : new int[] {1, 1 << 20, 6 << 20}) {
            Recorder client = port.connect(listener.localPort(), "/sink");
            client.channel().send(ByteBuffer.allocate((1 << 20) + extra));

            assertThat(client.end().code()).isEqualTo(1009);
            assertThat(port.peers.take().cause()).contains("at most 1048576 bytes");
        }
    }

    @Test
    void aPeerThatGoesOnSendingAfterItsCloseIsDroppedAtABound() throws Exception {
        byte[] tooBig = {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 0, 0x10, 0, 1, 0, 0, 0, 0};
        byte[] part = new byte[64 * 1024];
        long sent = 0;
        try (SSLSocket socket = port.upgraded(TestPort.plain(listener.localPort()), "/sink")) {
            socket.getOutputStream().write(tooBig);
            while (sent < 200L << 20) {
                socket.getOutputStream().write(part);
                sent += part.length;
            }
        } catch (IOException e) {
            assertThat(sent).isLessThan(64L << 20);
        }
        assertThat(sent).isLessThan(200L << 20);
        assertThat(port.peers.take().cause()).contains("at most");
    }

    private static void write(SSLSocket socket, ByteBuffer frame) throws IOException {
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        socket.getOutputStream().write(bytes);
    }

    /** Reads that many frames. */
    private static List<String> read(SSLSocket socket, int count) throws Exception {
        List<String> seen = new ArrayList<>();
        FrameDecoder decoder = new FrameDecoder(Role.CLIENT, 1 << 20);
        FrameSink sink = new FrameSink() {
            @Override
            public void binary(ByteBuffer message) {
                seen.add(StandardCharsets.US_ASCII.decode(message).toString());
            }

            @Override
            public void text(String message) {
                seen.add("text " + message);
            }

            @Override
            public void ping(byte[] payload) {
                seen.add("ping " + new String(payload, StandardCharsets.US_ASCII));
            }

            @Override
            public void pong(byte[] payload) {
                seen.add("pong");
            }

            @Override
            public void close(int code, String reason) {
                seen.add("close " + code);
            }
        };
        while (seen.size() < count) {
            int octet = socket.getInputStream().read();
            assertThat(octet).as("after " + seen).isNotNegative();
            decoder.feed(ByteBuffer.wrap(new byte[] {(byte) octet}), sink);
        }
        return seen;
    }

    private static ByteBuffer ping(String payload) {
        return ByteBuffer.wrap(payload.getBytes(StandardCharsets.US_ASCII));
    }
}
