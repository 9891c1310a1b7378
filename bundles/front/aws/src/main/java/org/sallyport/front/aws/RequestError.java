package org.sallyport.front.aws;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** What can be wrong with a request before an operation sees it; in brackets AWS's name on the wire. */
public enum RequestError implements ErrorCode {
    /** No operation of that name (UnknownOperationException, InvalidAction). */
    OPERATION_UNKNOWN(Kind.INVALID),
    /** The body is not what its protocol says, or has values of wrong types (SerializationException). */
    SERIALIZATION(Kind.INVALID),
    /** A parameter of the query protocol has another type than the service model says (SerializationException, MalformedInput). */
    MISTYPED(Kind.INVALID),
    /** A value breaks a constraint of the service model (ValidationException). */
    VALIDATION(Kind.INVALID),
    /** Attributes that records cannot be found by (InvalidLookupAttributesException). */
    LOOKUP_ATTRIBUTES(Kind.INVALID),
    /** A time that begins after it ends (InvalidTimeRangeException). */
    TIME_RANGE(Kind.INVALID),
    /** The body is over 1 MiB (RequestEntityTooLargeException, HTTP 413). */
    BODY_TOO_LARGE(Kind.INVALID),
    /** The body came too slowly (RequestTimeoutException, HTTP 408). */
    BODY_LATE(Kind.INVALID);

    private final Kind kind;

    RequestError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
