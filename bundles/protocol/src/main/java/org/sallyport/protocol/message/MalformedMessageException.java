package org.sallyport.protocol.message;

/** A frame from the network that is no message; the text says which field is wrong and holds no content. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    public MalformedMessageException(String message) {
        super(message);
    }
}
