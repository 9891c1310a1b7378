package org.sallyport.api.error;

import java.util.Objects;

/**
 * The one exception of this project. The message is written for the person who must act: what, which one, what to try.
 * It holds no secret and may be shown to the caller as it is.
 */
public final class SallyportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;

    public SallyportException(ErrorCode code, String message) {
        this(code, message, null);
    }

    public SallyportException(ErrorCode code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code);
    }

    /** Which failure this is. */
    public ErrorCode code() {
        return code;
    }
}
