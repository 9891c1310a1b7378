package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;

/** Takes what a {@link FrameDecoder} has read, in order, on the thread that feeds it. */
public interface FrameSink {
    /** A whole binary message, fragments joined; the buffer is valid until this call returns. */
    void binary(ByteBuffer message);

    /** A whole text message, fragments joined. */
    void text(String message);

    /** To be answered by a pong with the same payload, at most 125 bytes. */
    void ping(byte[] payload);

    void pong(byte[] payload);

    /**
     * The peer's last frame; bytes after it are ignored.
     *
     * @param code {@link CloseCode#NONE} when the frame has none
     */
    void close(int code, String reason);
}
