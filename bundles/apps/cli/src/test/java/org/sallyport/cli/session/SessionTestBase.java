package org.sallyport.cli.session;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.TerminalSize;
import org.sallyport.protocol.stream.StreamSettings;

/** One session of a person at a node that the test plays. */
abstract class SessionTestBase {
    static final TerminalSize SIZE = new TerminalSize(90, 30);
    static final URI STREAM = URI.create("wss://server.example:8444/v1/data-channel/s-1");

    final TestNode node = new TestNode();
    final TestScreen screen = new TestScreen();
    ShellSession session = new ShellSession("s-1", Client.first(), node, screen, SIZE, true);

    @AfterEach
    void stop() {
        screen.go();
        session.close();
        node.close();
    }

    static SessionSettings settings(StreamSettings stream) {
        return new SessionSettings(stream, SessionSettings.UNATTENDED, TestNode::now, System::currentTimeMillis);
    }

    /** Of a pipe, by clocks that can be put forward. */
    static SessionSettings clocks(AtomicLong steady, AtomicLong wall) {
        return new SessionSettings(
                StreamSettings.forClient(),
                SessionSettings.UNATTENDED,
                () -> TestNode.now() + steady.get(),
                () -> System.currentTimeMillis() + wall.get());
    }

    /** Begins, and waits for the connection. */
    CompletableFuture<Outcome> begin() {
        CompletableFuture<Outcome> outcome = session.begin("token-0", STREAM);
        await().until(() -> !node.openings.isEmpty());
        return outcome;
    }

    static byte[] output(long sequence, String text) {
        return frame(MessageTypes.OUTPUT_STREAM_DATA, sequence, PayloadType.OUTPUT, bytes(text));
    }

    static byte[] frame(String type, long sequence, int payloadType, byte[] payload) {
        return new AgentMessage(type, 1, 1_000, sequence, 0, UUID.randomUUID(), payloadType, payload).encode();
    }

    static byte[] pattern(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) (i * 31 + i / 251);
        }
        return bytes;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static CompletableFuture<Void> inBackground(Interruptible work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    interface Interruptible {
        void run() throws InterruptedException;
    }
}
