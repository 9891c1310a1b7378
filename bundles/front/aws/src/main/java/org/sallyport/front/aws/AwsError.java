package org.sallyport.front.aws;

import static java.util.Map.entry;

import java.util.Map;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.session.SessionError;

/**
 * How AWS names a failure. The JSON and the query protocol differ in the names of authentication failures and in their status.
 *
 * @param json name in the JSON protocol
 * @param jsonStatus HTTP status there
 * @param query name in the query protocol
 * @param queryStatus HTTP status there
 */
record AwsError(String json, int jsonStatus, String query, int queryStatus) {
    private static final AwsError UNAVAILABLE = same("ServiceUnavailable", 503);
    private static final AwsError INTERNAL = new AwsError("InternalServerError", 500, "InternalFailure", 500);
    private static final AwsError ACCESS_DENIED = new AwsError("AccessDeniedException", 400, "AccessDenied", 403);
    private static final AwsError VALIDATION = new AwsError("ValidationException", 400, "ValidationError", 400);
    private static final AwsError SIGNATURE =
            new AwsError("InvalidSignatureException", 400, "SignatureDoesNotMatch", 403);
    private static final AwsError UNAUTHENTICATED =
            new AwsError("UnrecognizedClientException", 400, "InvalidClientTokenId", 403);
    private static final AwsError THROTTLED = new AwsError("ThrottlingException", 400, "Throttling", 400);

    private static final Map<ErrorCode, AwsError> NAMED = Map.ofEntries(
            entry(RequestError.OPERATION_UNKNOWN, new AwsError("UnknownOperationException", 400, "InvalidAction", 400)),
            entry(RequestError.SERIALIZATION, new AwsError("SerializationException", 400, "MalformedQueryString", 400)),
            entry(RequestError.MISTYPED, new AwsError("SerializationException", 400, "MalformedInput", 400)),
            entry(RequestError.VALIDATION, VALIDATION),
            entry(RequestError.LOOKUP_ATTRIBUTES, same("InvalidLookupAttributesException", 400)),
            entry(RequestError.TIME_RANGE, same("InvalidTimeRangeException", 400)),
            entry(
                    RequestError.BODY_TOO_LARGE,
                    new AwsError("RequestEntityTooLargeException", 413, "RequestEntityTooLarge", 413)),
            entry(RequestError.BODY_LATE, new AwsError("RequestTimeoutException", 408, "RequestTimeout", 408)),
            entry(
                    AccessError.AUTHENTICATION_MISSING,
                    new AwsError("MissingAuthenticationTokenException", 400, "MissingAuthenticationToken", 403)),
            entry(
                    AccessError.SIGNATURE_INCOMPLETE,
                    new AwsError("IncompleteSignatureException", 400, "IncompleteSignature", 400)),
            entry(AccessError.KEY_UNKNOWN, UNAUTHENTICATED),
            entry(AccessError.SIGNATURE_WRONG, SIGNATURE),
            entry(AccessError.CLOCK_SKEWED, SIGNATURE),
            entry(AccessError.TOKEN_EXPIRED, new AwsError("ExpiredTokenException", 400, "ExpiredToken", 403)),
            entry(AccessError.ACCESS_DENIED, ACCESS_DENIED),
            entry(AccessError.USER_UNKNOWN, same("NoSuchEntity", 404)),
            entry(AccessError.DECISION_UNKNOWN, same("InvalidAuthorizationMessageException", 400)),
            entry(AccessError.LIMIT_EXCEEDED, same("LimitExceeded", 409)),
            entry(DocumentError.DOCUMENT_UNKNOWN, same("InvalidDocument", 400)),
            entry(DocumentError.PARAMETERS_INVALID, same("InvalidParameters", 400)),
            entry(NodeError.ACTIVATION_REFUSED, same("InvalidActivation", 400)),
            entry(NodeError.ACTIVATION_UNKNOWN, same("InvalidActivationId", 400)),
            entry(NodeError.PUBLIC_KEY_REFUSED, VALIDATION),
            entry(NodeError.FINGERPRINT_MISMATCH, same("MachineFingerprintDoesNotMatch", 400)),
            entry(NodeError.NODE_UNKNOWN, same("InvalidInstanceId", 400)),
            entry(NodeError.ROLE_UNKNOWN, VALIDATION),
            entry(NodeError.SETTING_UNKNOWN, same("ServiceSettingNotFound", 400)),
            entry(NodeError.NODE_LIMIT, same("RegistrationLimitExceeded", 400)),
            entry(NodeError.RESOURCE_UNKNOWN, same("InvalidResourceId", 400)),
            entry(NodeError.RESOURCE_TYPE_UNKNOWN, same("InvalidResourceType", 400)),
            entry(NodeError.PROOF_REFUSED, same("InvalidActivation", 400)),
            entry(NodeError.NODE_PENDING, same("InvalidInstanceId", 400)),
            entry(NodeError.FILTER_UNKNOWN, same("InvalidFilterKey", 400)),
            entry(NodeError.FILTER_VALUE, same("InvalidInstanceInformationFilterValue", 400)),
            entry(NodeError.PROPERTY_FILTER_VALUE, same("InvalidInstancePropertyFilterValue", 400)),
            entry(NodeError.TOO_MANY_TAGS, same("TooManyTagsError", 400)),
            entry(SessionError.TARGET_NOT_CONNECTED, same("TargetNotConnected", 400)),
            entry(SessionError.TIER_REFUSED, same("BadRequest", 400)),
            entry(SessionError.SESSION_LIMIT, THROTTLED),
            entry(SessionError.RECORDING_IMPOSSIBLE, same("InternalServerError", 500)),
            entry(SessionError.SESSION_UNKNOWN, same("DoesNotExistException", 400)),
            entry(CommonError.INVALID_ARGUMENT, VALIDATION),
            entry(CommonError.INVALID_NEXT_TOKEN, same("InvalidNextToken", 400)),
            entry(CommonError.SERVICE_AWAY, UNAVAILABLE),
            entry(CommonError.INTERNAL, INTERNAL));

    /** AWS's name for a failure; one that has none of its own gets the name of its kind. */
    static AwsError of(ErrorCode code) {
        if (code instanceof IamError iam) {
            return same(iam.wireName(), iam.httpStatus());
        }
        AwsError named = NAMED.get(code);
        return named == null ? of(code.kind()) : named;
    }

    private static AwsError of(Kind kind) {
        return switch (kind) {
            case INVALID, CONFLICT -> VALIDATION;
            case UNAUTHENTICATED -> UNAUTHENTICATED;
            case DENIED -> ACCESS_DENIED;
            case ABSENT -> same("DoesNotExistException", 400);
            case EXHAUSTED -> THROTTLED;
            case UNAVAILABLE -> UNAVAILABLE;
            case INTERNAL -> INTERNAL;
        };
    }

    private static AwsError same(String name, int status) {
        return new AwsError(name, status, name, status);
    }
}
