package org.sallyport.adapter.transport.mina;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.transport.ChannelEndpoint;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.spi.transport.Connection;

/** Two connections relayed into each other, each pausing the other at its mark, from network threads and others. */
class StallTest {
    private static final int ROUNDS = Integer.getInteger("sallyport.stall.rounds", 200);

    private final TestPort port = new TestPort();
    private final Cross[] ends = {new Cross(), new Cross()};
    private final AtomicInteger next = new AtomicInteger();
    private final Listener listener = new Listener(TestPort.SETTINGS, () -> port.identity, () -> new ChannelEndpoint() {
        @Override
        public Answer request(WireRequest request) {
            return new Answer(404, "text/plain", "");
        }

        @Override
        public Upgrade upgrade(WireRequest request) {
            return Upgrade.accept(ends[next.getAndIncrement()]);
        }
    });

    @AfterEach
    void stop() {
        port.close();
        listener.stop();
    }

    @Test
    void crossedConnectionsWithPausesNeverStall() throws Exception {
        ends[0].other = ends[1];
        ends[1].other = ends[0];
        listener.start();
        Counting[] clients = {new Counting(), new Counting()};
        for (Counting client : clients) {
            port.connector.connect(
                    TestPort.uri(listener.localPort(), "/cross"), List.of(), WebSocketSettings.DEFAULT, client);
        }
        List<WebSocketChannel> channels = new ArrayList<>();
        for (Counting client : clients) {
            channels.add(client.opened.get(10, TimeUnit.SECONDS));
        }
        for (Cross end : ends) {
            end.connection.get(10, TimeUnit.SECONDS);
        }
        Random random = new Random(1);
        long[] sent = new long[2];
        for (int round = 0; round < ROUNDS; round++) {
            int burst = 8 + random.nextInt(24);
            for (int i = 0; i < burst; i++) {
                for (int side = 0; side < 2; side++) {
                    int size = 1 + random.nextInt(48 * 1024);
                    channels.get(side).send(ByteBuffer.allocate(size));
                    sent[side] += size;
                }
                if (i % 4 == 0) {
                    WebSocketChannel client = channels.get(random.nextInt(2));
                    hiccup(client::pauseReading, client::resumeReading);
                    Connection end = ends[random.nextInt(2)].connection.join();
                    hiccup(end::pauseReading, end::resumeReading);
                }
            }
            if (round % 10 == 0) {
                int side = random.nextInt(2);
                sent[side] += fillUp(channels.get(side), channels.get(1 - side), ends[0].pauses, ends[1].pauses);
            }
            channels.forEach(WebSocketChannel::resumeReading);
            long toSecond = sent[0];
            long toFirst = sent[1];
            await("round " + round)
                    .pollInterval(Duration.ofMillis(1))
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> clients[1].bytes.get() == toSecond && clients[0].bytes.get() == toFirst);
        }
        assertThat(ends[0].pauses.get() + ends[1].pauses.get())
                .as("the marks were reached")
                .isPositive();
    }

    /** Keeps one client from reading until the relay has paused the other, which takes more than the kernel's buffers. */
    private static long fillUp(WebSocketChannel from, WebSocketChannel to, AtomicInteger first, AtomicInteger second) {
        int before = first.get() + second.get();
        long sent = 0;
        while (first.get() + second.get() == before) {
            // A late end of a hiccup may have undone the pause.
            to.pauseReading();
            if (from.queuedBytes() < 512 * 1024) {
                from.send(ByteBuffer.allocate(64 * 1024));
                sent += 64 * 1024;
                assertThat(sent).isLessThan(512L << 20);
            }
            Thread.onSpinWait();
        }
        return sent;
    }

    /** A pause and, from another thread a moment later, the end of one. */
    private static void hiccup(Runnable pause, Runnable resume) {
        pause.run();
        CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS).execute(resume);
    }

    /** Forwards to the other end and stops reading while that is full. */
    private static final class Cross implements ConnectionHandler {
        final CompletableFuture<Connection> connection = new CompletableFuture<>();
        final AtomicInteger pauses = new AtomicInteger();
        volatile Cross other;

        @Override
        public void opened(Connection opened) {
            connection.complete(opened);
        }

        @Override
        public void text(String message) {}

        @Override
        public void frame(ByteBuffer message) {
            if (!other.connection.join().send(message)) {
                pauses.incrementAndGet();
                connection.join().pauseReading();
            }
        }

        @Override
        public void writable() {
            other.connection.join().resumeReading();
        }

        @Override
        public void closed(String cause) {}
    }

    /** Counts what arrives. */
    private static final class Counting implements WebSocketListener {
        final CompletableFuture<WebSocketChannel> opened = new CompletableFuture<>();
        final AtomicLong bytes = new AtomicLong();

        @Override
        public void opened(WebSocketChannel channel) {
            opened.complete(channel);
        }

        @Override
        public void frame(ByteBuffer message) {
            bytes.addAndGet(message.remaining());
        }

        @Override
        public void closed(int code, String cause) {}
    }
}
