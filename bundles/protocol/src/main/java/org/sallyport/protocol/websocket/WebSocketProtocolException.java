package org.sallyport.protocol.websocket;

/** The peer broke RFC 6455 or a limit; nothing more can be read from it. The text holds no content of frames. */
public final class WebSocketProtocolException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int closeCode;

    public WebSocketProtocolException(int closeCode, String message) {
        super(message);
        this.closeCode = closeCode;
    }

    /** Code for the close frame that tells the peer, see {@link CloseCode}. */
    public int closeCode() {
        return closeCode;
    }
}
