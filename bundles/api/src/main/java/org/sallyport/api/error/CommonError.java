package org.sallyport.api.error;

/** Failures that belong to no single capability. */
public enum CommonError implements ErrorCode {
    /** An argument breaks a stated limit. */
    INVALID_ARGUMENT(Kind.INVALID),
    /** A page token that this server did not issue for this list. */
    INVALID_NEXT_TOKEN(Kind.INVALID),
    /** An adapter or bundle that this needs is not there now. */
    SERVICE_AWAY(Kind.UNAVAILABLE),
    /** A defect of the server. */
    INTERNAL(Kind.INTERNAL);

    private final Kind kind;

    CommonError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
