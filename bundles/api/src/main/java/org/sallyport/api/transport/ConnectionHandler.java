package org.sallyport.api.transport;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.spi.transport.Connection;

/**
 * Call-backs of one connection. The transport calls them one after the other, never two at once, on its network threads: they do not
 * block. Buffers are valid until the call returns.
 */
@ProviderType
public interface ConnectionHandler {

    /** First call, once the upgrade was answered. */
    void opened(Connection connection);

    /** A whole text message, at most 16 KiB, UTF-8 checked. */
    void text(String message);

    /** A whole binary message, at most 1 MiB. */
    void frame(ByteBuffer message);

    /**
     * The peer's answer to a ping of {@code Connection.ping}: it has read all that was sent before it. Pings that a transport sends by itself
     * and pongs that nobody asked for are not told.
     */
    default void pong(ByteBuffer payload) {}

    /** What waited to be written is below the low mark again. */
    void writable();

    /** Last call. {@code cause} is for logs. */
    void closed(String cause);
}
