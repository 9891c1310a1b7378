package org.sallyport.channel.link;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.protocol.websocket.FrameEncoder;
import org.sallyport.protocol.websocket.Role;

/**
 * What both ends of a web-socket do alike: frames out, answers to pings, and the close that was asked for here. {@link #send}, {@link
 * #ping}, {@link #close} and {@link #asked} from any thread, the rest on the loop's thread.
 */
public final class WebSocketEnd {
    private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** The first close that was asked for here. */
    public record Asked(int code, String reason, long nanos) {}

    private final Link link;
    private final FrameEncoder encoder;
    private final AtomicReference<Asked> asked = new AtomicReference<>();
    private byte[] pongOwed;

    public WebSocketEnd(Link link, Role role) {
        this.link = link;
        this.encoder = new FrameEncoder(role);
    }

    /** As {@link Link#send}. */
    public boolean send(ByteBuffer message) {
        return link.send(encoder.binary(message));
    }

    /** As {@link Link#send}. */
    public boolean send(String message) {
        return link.send(encoder.text(message));
    }

    public void ping(byte[] payload) {
        link.send(encoder.ping(payload));
    }

    /** Answers a ping. A peer that pings and does not read gets one answer when it does, not a queue of them. */
    public void pong(byte[] payload) {
        if (link.queuedBytes() < Link.HIGH_MARK) {
            link.send(encoder.pong(payload));
        } else {
            pongOwed = payload;
        }
    }

    /** What waited is below the low mark. */
    public void drained() {
        if (pongOwed != null) {
            link.send(encoder.pong(pongOwed));
            pongOwed = null;
        }
    }

    /** Sends a close frame, at the first call, and reads on: the peer may be waiting for that, and its own close is only seen so. */
    public void close(int code, String reason) {
        if (asked.compareAndSet(null, new Asked(code, reason, System.nanoTime()))) {
            link.send(encoder.close(code, reason));
            link.pauseReading(false);
        }
    }

    public Optional<Asked> asked() {
        return Optional.ofNullable(asked.get());
    }

    /** Whether a close was asked for here and the peer has not answered it for five seconds. */
    public boolean closeOverdue(long nowNanos) {
        Asked begun = asked.get();
        return begun != null && nowNanos - begun.nanos() > CLOSE_NANOS;
    }

    /** Sends the close frame that ends the connection, unless one was sent already. */
    public void lastWord(int code, String reason) {
        if (asked.get() == null) {
            link.send(encoder.close(code, reason));
        }
    }
}
