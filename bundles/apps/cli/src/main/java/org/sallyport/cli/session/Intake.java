package org.sallyport.cli.session;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import org.sallyport.channel.websocket.WebSocketChannel;
import org.sallyport.channel.websocket.WebSocketListener;

/**
 * Carries the events of one connection over to the session's lane, in order. Reading stops while more than 256 KiB wait for the lane, and
 * goes on below 64 KiB; each connection counts for itself.
 */
final class Intake implements WebSocketListener {
    static final long HIGH_MARK = 256 * 1024;
    static final long LOW_MARK = 64 * 1024;

    /** The session; each call comes on its lane. */
    interface Events {
        void opened(WebSocketChannel channel);

        void received(byte[] frame);

        void writable();

        void closed(String cause);
    }

    private final Executor lane;
    private final Events events;
    private WebSocketChannel channel;
    private long waiting;
    private boolean paused;

    Intake(Executor lane, Events events) {
        this.lane = lane;
        this.events = events;
    }

    @Override
    public void opened(WebSocketChannel opened) {
        synchronized (this) {
            channel = opened;
        }
        lane.execute(() -> events.opened(opened));
    }

    @Override
    public void frame(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        added(copy.length);
        lane.execute(() -> {
            try {
                events.received(copy);
            } finally {
                took(copy.length);
            }
        });
    }

    @Override
    public void writable() {
        lane.execute(() -> events.writable());
    }

    @Override
    public void closed(int code, String cause) {
        lane.execute(() -> events.closed(cause));
    }

    // Decision and call are one step: a resume that overtook its pause would stop the connection for good.
    private synchronized void added(int length) {
        waiting += length;
        if (!paused && waiting > HIGH_MARK) {
            paused = true;
            channel.pauseReading();
        }
    }

    private synchronized void took(int length) {
        waiting -= length;
        if (paused && waiting < LOW_MARK) {
            paused = false;
            channel.resumeReading();
        }
    }
}
