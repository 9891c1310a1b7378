package org.sallyport.channel.websocket;

import java.nio.ByteBuffer;

/**
 * Call-backs of one web-socket. One at a time, on the connector's network thread, which all its web-sockets share: they do not block.
 * {@link #closed} comes exactly once, also when the connection was never made.
 */
public interface WebSocketListener {
    /** The server accepted; from now on {@link WebSocketChannel#send} works. */
    void opened(WebSocketChannel channel);

    /** A whole binary message, at most 1 MiB; the buffer is valid until return. */
    void frame(ByteBuffer message);

    /** A whole text message. */
    default void text(String message) {}

    /** After {@code send} returned false: what waits is below the low mark. */
    default void writable() {}

    /**
     * Last call.
     *
     * @param code close code of either side (RFC 6455, section 7.4), 1006 when the connection broke or was never made
     * @param cause for people and logs
     */
    void closed(int code, String cause);
}
