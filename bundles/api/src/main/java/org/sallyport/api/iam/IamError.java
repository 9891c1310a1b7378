package org.sallyport.api.iam;

import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;

/** Failures of {@link org.sallyport.api.iam}; each has the name and the HTTP status that IAM and STS give it on the wire. */
public enum IamError implements ErrorCode {
    /** What is named does not exist. */
    NO_SUCH_ENTITY(Kind.ABSENT, "NoSuchEntity", 404),
    /** Something of that name, compared without case, exists already. */
    ENTITY_ALREADY_EXISTS(Kind.CONFLICT, "EntityAlreadyExists", 409),
    /** Something still hangs on what is to be deleted. */
    DELETE_CONFLICT(Kind.CONFLICT, "DeleteConflict", 409),
    /** A quota of IAM is used up; the message names it. */
    LIMIT_EXCEEDED(Kind.EXHAUSTED, "LimitExceeded", 409),
    /** A policy document that IAM refuses; the message is AWS's. */
    MALFORMED_POLICY_DOCUMENT(Kind.INVALID, "MalformedPolicyDocument", 400),
    /** A parameter has a value that does not fit, for instance duplicate tag keys. */
    INVALID_INPUT(Kind.INVALID, "InvalidInput", 400),
    /** A parameter breaks its length, pattern or range. */
    VALIDATION_ERROR(Kind.INVALID, "ValidationError", 400),
    /** What came with the server, for instance an AWS managed policy, is not changed. */
    UNMODIFIABLE_ENTITY(Kind.CONFLICT, "UnmodifiableEntity", 400),
    /** The policy cannot be attached to this. */
    POLICY_NOT_ATTACHABLE(Kind.INVALID, "PolicyNotAttachable", 400),
    /** A password that the identity provider finds too weak. */
    PASSWORD_POLICY_VIOLATION(Kind.INVALID, "PasswordPolicyViolation", 400),
    /** Session policies and session tags together are too large. */
    PACKED_POLICY_TOO_LARGE(Kind.INVALID, "PackedPolicyTooLarge", 400),
    /** The token of a web identity cannot be read, or its signature is wrong. */
    INVALID_IDENTITY_TOKEN(Kind.INVALID, "InvalidIdentityToken", 400),
    /** The token of a web identity is over. */
    EXPIRED_TOKEN(Kind.INVALID, "ExpiredTokenException", 400),
    /** The provider of a web identity refuses the token. */
    IDP_REJECTED_CLAIM(Kind.DENIED, "IDPRejectedClaim", 403),
    /** No verifier for that provider answers now. */
    IDP_COMMUNICATION_ERROR(Kind.UNAVAILABLE, "IDPCommunicationError", 400),
    /** A page marker that this server did not issue for this list. */
    INVALID_MARKER(Kind.INVALID, "ValidationError", 400),
    /** The policy adapter is away or failed, so nothing can be simulated or stored. */
    SERVICE_FAILURE(Kind.UNAVAILABLE, "ServiceUnavailable", 503);

    private final Kind kind;
    private final String wireName;
    private final int httpStatus;

    IamError(Kind kind, String wireName, int httpStatus) {
        this.kind = kind;
        this.wireName = wireName;
        this.httpStatus = httpStatus;
    }

    @Override
    public Kind kind() {
        return kind;
    }

    /** AWS's code, for instance {@code NoSuchEntity}. */
    public String wireName() {
        return wireName;
    }

    /** The status that AWS answers it with. */
    public int httpStatus() {
        return httpStatus;
    }
}
