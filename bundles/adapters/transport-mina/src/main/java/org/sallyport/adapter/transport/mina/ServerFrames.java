package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.sallyport.api.transport.ConnectionHandler;
import org.sallyport.channel.link.Link;
import org.sallyport.channel.link.WebSocketEnd;
import org.sallyport.protocol.websocket.CloseCode;
import org.sallyport.protocol.websocket.FrameDecoder;
import org.sallyport.protocol.websocket.FrameSink;
import org.sallyport.protocol.websocket.Role;
import org.sallyport.protocol.websocket.WebSocketProtocolException;
import org.sallyport.spi.transport.Connection;

/** The web-socket part of a connection (RFC 6455, server's side). {@link Connection}'s methods from any thread, the rest on the network thread. */
final class ServerFrames implements Connection {
    static final int MAX_MESSAGE = 1 << 20;
    static final int MAX_TEXT = 16 * 1024;
    private static final byte[] PING = {};
    private final ServerConnection connection;
    private final Link link;
    private final ConnectionHandler handler;
    private final FrameDecoder decoder = new FrameDecoder(Role.SERVER, MAX_MESSAGE);
    private final WebSocketEnd end;
    private final FrameSink sink = new Frames();
    private final OwnPings pings = new OwnPings();
    private final long openedAt;
    private long lastByte;
    private long lastPing;
    private long messageSince;
    private boolean midMessage;
    private boolean settled;
    private boolean finished;

    ServerFrames(ServerConnection connection, Link link, ConnectionHandler handler, long now) {
        this.connection = connection;
        this.link = link;
        this.end = new WebSocketEnd(link, Role.SERVER);
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
        if (end.closeOverdue(now)) {
            link.closeNow("the peer did not answer the close");
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
                end.ping(PING);
            }
        }
    }

    void drained() {
        end.drained();
        if (delivering()) {
            handler.writable();
        }
    }

    void closed(String cause) {
        handler.closed(end.asked()
                .map(own -> "closed here: " + own.code() + " " + own.reason())
                .orElse(cause));
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
        return end.send(message);
    }

    @Override
    public void ping(ByteBuffer payload) {
        byte[] copy = new byte[payload.remaining()];
        payload.duplicate().get(copy);
        pings.send(copy, () -> end.ping(copy));
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
        end.close(code, reason);
    }

    /** Ends a connection whose peer broke a rule or is late, and may go on sending. */
    private void finish(int code, String reason, String cause) {
        finished = true;
        end.lastWord(code, reason);
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
        return !finished && end.asked().isEmpty();
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
            end.pong(payload);
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
            end.lastWord(code, "");
            link.closeAfterFlush("closed by the peer: " + code + (reason.isEmpty() ? "" : " " + reason));
        }
    }
}
