package org.sallyport.spi.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * One web-socket connection, as frames. Implemented by a transport, used by the relay.
 *
 * <p>All methods may be called from any thread and never block. After {@code closed} was reported, they do nothing.
 */
@ConsumerType
public interface Connection {

    /** Unique in this server's life; for logs. */
    String id();

    /** The peer's address in text form. */
    String remoteAddress();

    /**
     * Sends one binary message, in the order of the calls. The content is copied before return.
     *
     * @return whether the bytes waiting to be written are still below the high mark of 256 KiB; after {@code false} the handler's
     *     {@code writable} comes once they are below the low mark of 64 KiB. The message is sent in either case.
     */
    boolean send(ByteBuffer message);

    /**
     * Sends a ping (RFC 6455 section 5.5.2), after what was sent before. Its answer comes as the handler's {@code pong}. A peer may answer
     * only the latest of several. Of more than 16 unanswered ones the oldest is forgotten: its answer is not told any more, that of
     * a later one says the same and more.
     *
     * @param payload 1 to 125 bytes, copied before return
     */
    void ping(ByteBuffer payload);

    /** Bytes accepted by {@link #send} and not yet written to the socket, encrypted ones included. */
    long queuedBytes();

    /** Stops reading from the socket; messages already decoded may still come. */
    void pauseReading();

    /** Reads again. */
    void resumeReading();

    /** Writes what was sent before, then closes. {@code code} as in RFC 6455 section 7.4, {@code reason} at most 120 bytes of UTF-8. */
    void close(int code, String reason);
}
