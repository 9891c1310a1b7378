package org.sallyport.adapter.transport.mina;

/** The peer's request breaks HTTP or a limit; the message goes into the answer and holds nothing of the request. */
final class BadRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int status;

    BadRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
