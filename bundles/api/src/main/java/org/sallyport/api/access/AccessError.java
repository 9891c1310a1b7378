package org.sallyport.api.access;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures of authentication and authorisation; in brackets AWS's name on the wire. */
public enum AccessError implements ErrorCode {
    /** No signature at all (MissingAuthenticationTokenException). */
    AUTHENTICATION_MISSING(Kind.UNAUTHENTICATED),
    /** The Authorization header or query cannot be read (IncompleteSignatureException). */
    SIGNATURE_INCOMPLETE(Kind.UNAUTHENTICATED),
    /** Access key unknown, inactive or of a deleted principal; never says which (UnrecognizedClientException). */
    KEY_UNKNOWN(Kind.UNAUTHENTICATED),
    /** The signature is wrong, or scoped to another service, region or day (InvalidSignatureException). */
    SIGNATURE_WRONG(Kind.UNAUTHENTICATED),
    /** The request's date is more than five minutes from the server's clock (InvalidSignatureException, says both times). */
    CLOCK_SKEWED(Kind.UNAUTHENTICATED),
    /** Temporary credentials are over (ExpiredTokenException). */
    TOKEN_EXPIRED(Kind.UNAUTHENTICATED),
    /** The policy decision says no, or cannot be had (AccessDeniedException). */
    ACCESS_DENIED(Kind.DENIED),
    /** Sign-in refused: one text for unknown user and wrong password. */
    CREDENTIAL_REJECTED(Kind.UNAUTHENTICATED),
    /** The password is right and a code of the second factor is needed as well. */
    CODE_REQUIRED(Kind.UNAUTHENTICATED),
    /** The code of the second factor is wrong, or was used already. */
    CODE_REJECTED(Kind.UNAUTHENTICATED),
    /** Too many failed tries to sign in; free again within {@link WebSessions#LONGEST_WAIT}. */
    TOO_MANY_TRIES(Kind.EXHAUSTED),
    /** No web session of that token, or it is over. */
    SIGNED_OUT(Kind.UNAUTHENTICATED),
    /** The second factor is on already, or not on, or nobody began to turn it on. */
    SECOND_FACTOR_STATE(Kind.CONFLICT),
    /** No adapter can answer about this realm now. */
    PROVIDER_UNAVAILABLE(Kind.UNAVAILABLE),
    /** A user of that name does not exist (NoSuchEntity). */
    USER_UNKNOWN(Kind.ABSENT),
    /** No denial of that reference is kept: it never was, or is too old. */
    DECISION_UNKNOWN(Kind.ABSENT),
    /** A limit such as two access keys for a user is reached (LimitExceeded). */
    LIMIT_EXCEEDED(Kind.EXHAUSTED);

    private final Kind kind;

    AccessError(Kind kind) {
        this.kind = kind;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
