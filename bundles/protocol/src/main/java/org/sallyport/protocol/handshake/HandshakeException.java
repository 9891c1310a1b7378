package org.sallyport.protocol.handshake;

/** The handshake failed and the session cannot go on; the text may be shown to the person, it may quote the other end. */
public final class HandshakeException extends Exception {
    private static final long serialVersionUID = 1L;

    public HandshakeException(String message) {
        super(message);
    }

    HandshakeException(String message, Throwable cause) {
        super(message, cause);
    }
}
