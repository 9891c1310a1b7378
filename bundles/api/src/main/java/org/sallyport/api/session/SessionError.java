package org.sallyport.api.session;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures about sessions; in brackets AWS's name on the wire. */
public enum SessionError implements ErrorCode {
    /** The target does not exist or has no control channel (TargetNotConnected). */
    TARGET_NOT_CONNECTED(Kind.UNAVAILABLE),
    /** The tier does not allow the session (code and text of the tier policy, AWS: BadRequest). */
    TIER_REFUSED(Kind.INVALID),
    /** The node, the person or the server has as many sessions as it may (ThrottlingException). */
    SESSION_LIMIT(Kind.EXHAUSTED),
    /** No such session, told to who may know (DoesNotExistException). */
    SESSION_UNKNOWN(Kind.ABSENT),
    /** A data channel for a session that is over ({@code Session is already terminated}). */
    SESSION_OVER(Kind.CONFLICT),
    /** The record of the session cannot be kept: disk full or failing (InternalServerError). */
    RECORDING_IMPOSSIBLE(Kind.UNAVAILABLE),
    /** A token that is wrong, used, expired or of another session, end or client. */
    TOKEN_REFUSED(Kind.UNAUTHENTICATED);

    private final Kind kind;

    SessionError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
