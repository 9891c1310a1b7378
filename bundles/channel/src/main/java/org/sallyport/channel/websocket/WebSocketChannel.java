package org.sallyport.channel.websocket;

import java.nio.ByteBuffer;
import java.time.Duration;

/** One open web-socket. Any thread; no method blocks. After {@link WebSocketListener#closed} they do nothing. */
public interface WebSocketChannel {

    /**
     * Sends one binary message, in the order of the calls. The content is copied before return.
     *
     * @return whether the bytes waiting to be written are still below the high mark of 256 KiB; after {@code false} the listener's
     *     {@code writable} comes once they are below the low mark of 64 KiB. The message is sent in either case. More than 16 MiB
     *     waiting end the connection.
     */
    boolean send(ByteBuffer message);

    /** Sends one text message; result as for {@link #send}. */
    boolean sendText(String message);

    /** Bytes accepted and not yet written to the socket, encrypted ones included. */
    long queuedBytes();

    /** Stops reading from the socket; messages already decoded may still come. Deadlines for pongs rest. */
    void pauseReading();

    /** Reads again. */
    void resumeReading();

    /**
     * Asks whether the server is still there: a ping at once. When nothing comes from it within the deadline, the connection is closed as
     * broken. While one question is open, another is not asked; while reading is paused, the deadline rests.
     *
     * @param deadline kept to about a quarter of a second
     */
    void probe(Duration deadline);

    /** Writes what was sent before, then closes; at the latest after five seconds. {@code code} as in RFC 6455, section 7.4. */
    void close(int code, String reason);
}
