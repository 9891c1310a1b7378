package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.document.DocumentError;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.Kind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.node.NodeError;
import org.sallyport.api.session.SessionError;

class AwsErrorTest {
    @ParameterizedTest
    @CsvSource({
        "AUTHENTICATION_MISSING, MissingAuthenticationTokenException, 400, MissingAuthenticationToken, 403",
        "SIGNATURE_INCOMPLETE, IncompleteSignatureException, 400, IncompleteSignature, 400",
        "KEY_UNKNOWN, UnrecognizedClientException, 400, InvalidClientTokenId, 403",
        "SIGNATURE_WRONG, InvalidSignatureException, 400, SignatureDoesNotMatch, 403",
        "CLOCK_SKEWED, InvalidSignatureException, 400, SignatureDoesNotMatch, 403",
        "TOKEN_EXPIRED, ExpiredTokenException, 400, ExpiredToken, 403",
        "ACCESS_DENIED, AccessDeniedException, 400, AccessDenied, 403",
        "PROVIDER_UNAVAILABLE, ServiceUnavailable, 503, ServiceUnavailable, 503",
    })
    void authenticationFailuresHaveTheNamesOfTheirProtocol(
            AccessError code, String json, int jsonStatus, String query, int queryStatus) {
        assertThat(AwsError.of(code)).isEqualTo(new AwsError(json, jsonStatus, query, queryStatus));
    }

    @ParameterizedTest
    @CsvSource({
        "ACTIVATION_REFUSED, InvalidActivation",
        "ACTIVATION_UNKNOWN, InvalidActivationId",
        "PUBLIC_KEY_REFUSED, ValidationException",
        "FINGERPRINT_MISMATCH, MachineFingerprintDoesNotMatch",
        "NODE_UNKNOWN, InvalidInstanceId",
        "ROLE_UNKNOWN, ValidationException",
        "SETTING_UNKNOWN, ServiceSettingNotFound",
        "NODE_LIMIT, RegistrationLimitExceeded",
        "RESOURCE_UNKNOWN, InvalidResourceId",
        "RESOURCE_TYPE_UNKNOWN, InvalidResourceType",
        "TOO_MANY_TAGS, TooManyTagsError",
        "PROOF_REFUSED, InvalidActivation",
        "NODE_PENDING, InvalidInstanceId",
        "FILTER_UNKNOWN, InvalidFilterKey",
        "FILTER_VALUE, InvalidInstanceInformationFilterValue",
        "PROPERTY_FILTER_VALUE, InvalidInstancePropertyFilterValue",
        "SETTING_REFUSED, ValidationException",
    })
    void failuresAboutNodesHaveAwsNames(NodeError code, String name) {
        assertThat(AwsError.of(code).json()).isEqualTo(name);
        assertThat(AwsError.of(code).jsonStatus()).isEqualTo(400);
    }

    /** StartSession's model has no name of its own for it. */
    @Test
    void aSessionWithoutARecordIsAnInternalServerError() {
        assertThat(AwsError.of(SessionError.RECORDING_IMPOSSIBLE).json()).isEqualTo("InternalServerError");
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyFailureHasAStatusOfItsKind(ErrorCode code) {
        int status = AwsError.of(code).jsonStatus();

        if (code instanceof IamError iam) {
            assertThat(AwsError.of(code))
                    .isEqualTo(new AwsError(iam.wireName(), iam.httpStatus(), iam.wireName(), iam.httpStatus()));
        } else if (code.kind() == Kind.INTERNAL || code == SessionError.RECORDING_IMPOSSIBLE) {
            assertThat(status).isEqualTo(500);
        } else if (code.kind() == Kind.UNAVAILABLE && code != SessionError.TARGET_NOT_CONNECTED) {
            assertThat(status).isEqualTo(503);
        } else {
            assertThat(status).isBetween(400, 499);
        }
    }

    static Stream<ErrorCode> all() {
        return Stream.<ErrorCode[]>of(
                        RequestError.values(),
                        AccessError.values(),
                        CommonError.values(),
                        DocumentError.values(),
                        IamError.values(),
                        NodeError.values(),
                        SessionError.values())
                .flatMap(Stream::of);
    }
}
