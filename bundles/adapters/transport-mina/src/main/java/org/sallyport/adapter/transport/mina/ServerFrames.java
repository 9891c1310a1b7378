package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.channel.link.Link;
import org.sallyport.protocol.websocket.CloseCode;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.WebSocketProtocolException;
import org.sallyport.spi.transport.Connection;

/** The web-socket part of a connection (RFC 6455, server's side). {@link Connection}'s methods from any thread, the rest on the network thread. */
final class ServerFrames implements Connection {
    static final int MAX_MESSAGE = 1 << 20;
    static final int MAX_TEXT = 16 * 1024;
    private static final byte[] PING = {};
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private record LocalClose(String cause, long nanos) {}

    private final ServerConnection connection;
    private final Link link;
    private final ConnectionHandler handler;
    private final FrameDecoder decoder = new FrameDecoder(Role.SERVER, MAX_MESSAGE);
    private final FrameEncoder encoder = new FrameEncoder(Role.SERVER);
    private final FrameSink sink = new Frames();
    private final OwnPings pings = new OwnPings();
    private final AtomicReference<LocalClose> localClose = new AtomicReference<>();
    private final long openedAt;
    private long lastByte;
    private long lastPing;
    private long messageSince;
    private boolean midMessage;
    private boolean settled;
    private byte[] pongOwed;
    private boolean finished;

    ServerFrames(ServerConnection connection, Link link, ConnectionHandler handler, long now) {
        this.connection = connection;
        this.link = link;
        this.handler = handler;
        this.openedAt = now;
        this.lastByte = now;
        this.lastPing = now;
    }

    void opened() {
        handler.opened(this);
    }

    void received(ByteBuffer bytes) {
        lastByte = System.nanoTime();
        if (finished) {
            return;
        }
        try {
            decoder.feed(bytes, sink);
            noteMessage(decoder.midMessage());
        } catch (WebSocketProtocolException e) {
            finish(e.closeCode(), e.getMessage(), "the peer broke the protocol: " + e.getMessage());
        }
    }

    private void noteMessage(boolean begun) {
        messageSince = begun && !midMessage ? lastByte : messageSince;
        midMessage = begun;
    }

    void tick(long now, TransportSettings.Deadlines deadlines) {
        LocalClose local = localClose.get();
        if (local != null && now - local.nanos() > CLOSE_NANOS) {
            link.closeNow(local.cause());
            return;
        }
        if (finished) {
            return;
        }
        if (link.paused()) {
            // Nothing is read, so nothing can be seen; a dead peer shows when writing fails or reading begins again.
            lastByte = now;
            messageSince = now;
        }
        if (now - lastByte > deadlines.silence().toNanos()) {
            finished = true;
            link.closeNow(
                    "nothing came from the peer for " + deadlines.silence().toSeconds() + " s");
        } else if (midMessage && now - messageSince > deadlines.message().toNanos()) {
            late("no whole message in time");
        } else if (!settled && now - openedAt > deadlines.firstMessage().toNanos()) {
            late("no first message in time");
        } else {
            pingWhenDue(now, deadlines);
        }
    }

    private void late(String what) {
        finish(CloseCode.POLICY, what, what);
    }

    private void pingWhenDue(long now, TransportSettings.Deadlines deadlines) {
        if (now - lastPing >= deadlines.ping().toNanos()) {
            lastPing = now;
            if (link.queuedBytes() < Link.HIGH_MARK) {
                link.send(encoder.ping(PING));
            }
        }
    }

    void drained() {
        if (pongOwed != null) {
            link.send(encoder.pong(pongOwed));
            pongOwed = null;
        }
        if (delivering()) {
            handler.writable();
        }
    }

    void closed(String cause) {
        LocalClose local = localClose.get();
        handler.closed(local == null ? cause : local.cause());
    }

    @Override
    public String id() {
        return connection.id();
    }

    @Override
    public String remoteAddress() {
        return connection.remoteAddress();
    }

    @Override
    public boolean send(ByteBuffer message) {
        return link.send(encoder.binary(message));
    }

    @Override
    public void ping(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        pings.send(copy, () -> link.send(encoder.ping(copy)));
    }

    @Override
    public long queuedBytes() {
        return link.queuedBytes();
    }

    @Override
    public void pauseReading() {
        link.pauseReading(true);
    }

    @Override
    public void resumeReading() {
        link.pauseReading(false);
    }

    @Override
    public void close(int code, String reason) {
        if (localClose.compareAndSet(null, new LocalClose("closed here: " + code + " " + reason, System.nanoTime()))) {
            link.send(encoder.close(code, reason));
            // The peer's own close can only be seen by reading.
            link.pauseReading(false);
        }
    }

    /** Ends a connection whose peer broke a rule or is late, and may go on sending. */
    private void finish(int code, String reason, String cause) {
        finished = true;
        if (localClose.get() == null) {
            link.send(encoder.close(code, reason));
        }
        link.closeLingering(cause);
    }

    /** A message is complete: the peer has shown that it means to speak. */
    private void message() {
        noteMessage(false);
        if (!settled) {
            settled = true;
            connection.settled();
        }
    }

    /** A control frame is complete; the message that it may stand in is not. */
    private void control() {
        noteMessage(decoder.midMessage());
    }

    private boolean delivering() {
        return !finished && localClose.get() == null;
    }

    private final class Frames implements FrameSink {
        @Override
        public void binary(ByteBuffer message) {
            message();
            if (delivering()) {
                handler.frame(message);
            }
        }

        @Override
        public void text(String message) {
            message();
            if (message.length() > MAX_TEXT || message.getBytes(StandardCharsets.UTF_8).length > MAX_TEXT) {
                String fault = "a text may have at most " + MAX_TEXT + " bytes";
                finish(CloseCode.TOO_BIG, fault, fault);
            } else if (delivering()) {
                handler.text(message);
            }
        }

        @Override
        public void ping(byte[] payload) {
            control();
            // A peer that pings and does not read gets one answer when it does, not a queue of them.
            if (link.queuedBytes() < Link.HIGH_MARK) {
                link.send(encoder.pong(payload));
            } else {
                pongOwed = payload;
            }
        }

        @Override
        public void pong(byte[] payload) {
            control();
            if (pings.answeredBy(payload) && delivering()) {
                handler.pong(ByteBuffer.wrap(payload));
            }
        }

        @Override
        public void close(int code, String reason) {
            finished = true;
            if (localClose.get() == null) {
                link.send(encoder.close(code, ""));
            }
            link.closeAfterFlush("closed by the peer: " + code + (reason.isEmpty() ? "" : " " + reason));
        }
    }
}
