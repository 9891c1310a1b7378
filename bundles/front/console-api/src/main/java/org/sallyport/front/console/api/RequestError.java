package org.sallyport.front.console.api;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures of a request before it reaches any service. */
enum RequestError implements ErrorCode {
    /** A change that does not come from the console's own pages. */
    REQUEST_FORGED(Kind.DENIED),
    /** The body is no JSON of the shape asked for. */
    BODY_INVALID(Kind.INVALID),
    BODY_TOO_LARGE(Kind.INVALID),
    /** The body did not come in time. */
    BODY_LATE(Kind.INVALID),
    /** As many event streams as one person, or the server, may have. */
    STREAM_LIMIT(Kind.EXHAUSTED);

    private final Kind kind;

    RequestError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
