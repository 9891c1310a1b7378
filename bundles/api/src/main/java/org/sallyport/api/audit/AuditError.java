package org.sallyport.api.audit;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures of the trail; in brackets AWS's name on the wire. */
public enum AuditError implements ErrorCode {
    /** The record of what was asked cannot be written, and without one it is not done (ServiceUnavailable). */
    AUDIT_UNAVAILABLE(Kind.UNAVAILABLE);

    private final Kind kind;

    AuditError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
