package org.sallyport.channel.api;

/** The service answered with an error. The message is the service's own, bounded and without control characters. */
public final class ServiceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    public ServiceException(int status, String code, String message) {
        super(message);
        this.status = status;
        this.code = code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }

    /** AWS's name of the error without name space, for instance {@code TargetNotConnected}; {@code HTTP <status>} when it has none. */
    public String code() {
        return code;
    }

    @Override
    public String toString() {
        return code + ": " + getMessage();
    }
}
