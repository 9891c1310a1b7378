package org.sallyport.protocol.audit;

/** A line is not what a line of the trail looks like. The message says what is wrong, for people. */
public final class MalformedLineException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedLineException(String message) {
        super(message);
    }
}
