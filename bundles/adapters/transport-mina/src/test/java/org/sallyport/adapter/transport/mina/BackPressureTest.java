package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.testing.Recorder;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.spi.transport.Connection;

class BackPressureTest {
    private static final int HIGH = 256 * 1024;
    private static final int LOW = 64 * 1024;
    private static final int CHUNK = 32 * 1024;
    /** What frames and TLS records add to at most nine chunks: 4 bytes each, and 22 bytes to each of at most three records in it. */
    private static final int OVERHEAD = 9 * (4 + 3 * 22);

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
    void aSlowReaderRaisesTheMarkAndWritableComesOnceItReads() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel().pauseReading();
        Peer peer = port.peers.take();
        Connection connection = peer.connection();

        int sent = fill(connection::send, connection::queuedBytes);
        assertThat(connection.send(ByteBuffer.allocate(0))).isFalse();
        assertThat(connection.queuedBytes()).isBetween((long) HIGH, (long) HIGH + CHUNK + OVERHEAD);
        int before = peer.writable.get();

        client.channel().resumeReading();
        await().until(() -> peer.writable.get() == before + 1);
        for (int i = 0; i < sent; i++) {
            assertThat(client.frame()).hasSize(CHUNK);
        }
        assertThat(client.frame()).isEmpty();
        await().until(() -> connection.queuedBytes() == 0);
        assertThat(peer.writable).hasValue(before + 1);
    }

    @Test
    void aPausedServerStopsTheClientAndLosesNothing() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        WebSocketChannel channel = client.channel();
        Peer peer = port.peers.take();
        Connection connection = peer.connection();
        connection.pauseReading();
        int sent = fill(channel::send, channel::queuedBytes);
        long before = peer.bytes.get();
        assertThat(before).isLessThan((long) sent * CHUNK);

        connection.resumeReading();
        long all = (long) sent * CHUNK;
        await().atMost(Duration.ofSeconds(30)).until(() -> peer.bytes.get() == all);
        await().until(() -> client.writable.get() >= 1);
        assertThat(channel.queuedBytes()).isLessThan(LOW);
    }

    @Test
    void aPeerThatNeverReadsIsDroppedBeforeItsQueueFillsTheHeap() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel().pauseReading();
        Peer peer = port.peers.take();
        Connection connection = peer.connection();
        for (int i = 0; i < 64 && !peer.closed.isDone(); i++) {
            connection.send(ByteBuffer.allocate(1 << 20));
        }

        assertThat(peer.cause()).contains("does not read");
        assertThat(connection.queuedBytes()).isZero();
    }

    @Test
    void aCloseThatThePeerHoldsUpIsFinishedByForce() throws Exception {
        Recorder client = port.connect(listener.localPort(), "/sink");
        client.channel().pauseReading();
        Peer peer = port.peers.take();
        fill(peer.connection()::send, peer.connection()::queuedBytes);
        peer.connection().close(1000, "bye");

        assertThat(peer.cause()).contains("bye");
        await().until(() -> listener.connections() == 0);
    }

    /** Sends until the queue stays over the mark for a while, which is when the kernel's buffers are full too. */
    private static int fill(Predicate<ByteBuffer> send, LongSupplier queued) {
        int sent = 0;
        while (!staysOverMark(queued)) {
            send.test(ByteBuffer.allocate(CHUNK));
            sent++;
            assertThat(sent).isLessThan(10_000);
        }
        return sent;
    }

    private static boolean staysOverMark(LongSupplier queued) {
        long end = System.nanoTime() + Duration.ofMillis(300).toNanos();
        while (System.nanoTime() < end) {
            if (queued.getAsLong() < HIGH) {
                return false;
            }
            Thread.onSpinWait();
        }
        return true;
    }
}
