package org.sallyport.adapter.node.cloud;

/** A document that proves nothing; the message says why and holds nothing of it. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedException(String why) {
        super(why);
    }

    RefusedException(String why, Throwable cause) {
        super(why, cause);
    }
}
