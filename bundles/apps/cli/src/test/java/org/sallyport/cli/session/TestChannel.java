package org.sallyport.cli.session;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;

/** One connection to {@link TestNode}: in order, on its thread, and lost as a whole. */
final class TestChannel implements WebSocketChannel {
    private final Executor net;
    private final WebSocketListener listener;
    private final Consumer<String> texts;
    private final Consumer<ByteBuffer> frames;
    private final Queue<byte[]> held = new ArrayDeque<>();
    private boolean broken;
    private boolean reading = true;

    final List<Duration> probes = new CopyOnWriteArrayList<>();
    final AtomicInteger sent = new AtomicInteger();
    final AtomicInteger pauses = new AtomicInteger();
    volatile boolean roomy = true;
    volatile int closeCode;

    TestChannel(Executor net, WebSocketListener listener, Consumer<String> texts, Consumer<ByteBuffer> frames) {
        this.net = net;
        this.listener = listener;
        this.texts = texts;
        this.frames = frames;
    }

    @Override
    public boolean send(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        sent.incrementAndGet();
        post(() -> frames.accept(ByteBuffer.wrap(copy)));
        return roomy;
    }

    @Override
    public boolean sendText(String message) {
        post(() -> texts.accept(message));
        return roomy;
    }

    @Override
    public long queuedBytes() {
        return 0;
    }

    @Override
    public void pauseReading() {
        pauses.incrementAndGet();
        post(() -> reading = false);
    }

    @Override
    public void resumeReading() {
        post(() -> {
            reading = true;
            while (reading && !held.isEmpty()) {
                listener.frame(ByteBuffer.wrap(held.remove()));
            }
        });
    }

    @Override
    public void probe(Duration deadline) {
        probes.add(deadline);
    }

    @Override
    public void close(int code, String reason) {
        closeCode = code;
        post(() -> breakOff("closed here"));
    }

    void writable() {
        roomy = true;
        post(listener::writable);
    }

    /** To the client; on the network thread. */
    void deliver(byte[] frame) {
        if (broken) {
            return;
        }
        held.add(frame);
        while (reading && !held.isEmpty()) {
            listener.frame(ByteBuffer.wrap(held.remove()));
        }
    }

    void breakOff() {
        breakOff("connection reset");
    }

    private void breakOff(String cause) {
        if (!broken) {
            broken = true;
            held.clear();
            listener.closed(1006, cause);
        }
    }

    private void post(Runnable event) {
        try {
            net.execute(() -> {
                if (!broken) {
                    event.run();
                }
            });
        } catch (RejectedExecutionException e) {
            // The test is over.
            broken = true;
        }
    }
}
