package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.spi.transport.Connection;

/** The server's end of a connection: counts what comes and, if asked, sends it back. */
final class Peer implements ConnectionHandler {
    final CompletableFuture<Connection> opened = new CompletableFuture<>();
    final CompletableFuture<String> closed = new CompletableFuture<>();
    final AtomicInteger writable = new AtomicInteger();
    final AtomicLong bytes = new AtomicLong();
    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
    private final boolean echo;

    Peer(boolean echo) {
        this.echo = echo;
    }

    Connection connection() throws Exception {
        return opened.get(10, TimeUnit.SECONDS);
    }

    String cause() throws Exception {
        return closed.get(20, TimeUnit.SECONDS);
    }

    @Override
    public void opened(Connection connection) {
        opened.complete(connection);
    }

    @Override
    public void text(String message) {
        texts.add(message);
    }

    @Override
    public void frame(ByteBuffer message) {
        bytes.addAndGet(message.remaining());
        if (echo) {
            opened.join().send(message);
        }
    }

    @Override
    public void pong(ByteBuffer payload) {
        pongs.add(StandardCharsets.US_ASCII.decode(payload).toString());
    }

    @Override
    public void writable() {
        writable.incrementAndGet();
    }

    @Override
    public void closed(String cause) {
        if (!closed.complete(cause)) {
            throw new IllegalStateException("closed twice");
        }
    }
}
