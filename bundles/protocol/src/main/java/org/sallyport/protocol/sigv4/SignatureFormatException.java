package org.sallyport.protocol.sigv4;

/** A request whose signature fields are missing, doubled or not well formed; the text says which and holds no secret. */
public final class SignatureFormatException extends Exception {
    private static final long serialVersionUID = 1L;

    public SignatureFormatException(String message) {
        super(message);
    }
}
