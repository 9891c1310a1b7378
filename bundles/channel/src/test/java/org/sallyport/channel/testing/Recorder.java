package org.sallyport.channel.testing;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;

/** Keeps what a web-socket reported. */
public final class Recorder implements WebSocketListener {
    /** How it ended. */
    public record End(int code, String cause) {}

    public final CompletableFuture<WebSocketChannel> opened = new CompletableFuture<>();
    public final CompletableFuture<End> closed = new CompletableFuture<>();
    public final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();
    public final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    public final AtomicInteger writable = new AtomicInteger();

    @Override
    public void opened(WebSocketChannel channel) {
        opened.complete(channel);
    }

    @Override
    public void frame(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        frames.add(copy);
    }

    @Override
    public void text(String message) {
        texts.add(message);
    }

    @Override
    public void writable() {
        writable.incrementAndGet();
    }

    @Override
    public void closed(int code, String cause) {
        if (!closed.complete(new End(code, cause))) {
            throw new IllegalStateException("closed twice");
        }
    }

    public WebSocketChannel channel() throws Exception {
        return opened.get(10, TimeUnit.SECONDS);
    }

    public End end() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    public byte[] frame() throws Exception {
        byte[] frame = frames.poll(20, TimeUnit.SECONDS);
        if (frame == null) {
            throw new AssertionError("no frame in 20 s");
        }
        return frame;
    }
}
