package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.SessionError;
import org.sallyport.protocol.sigv4.SigningCredentials;

class DispatcherTest {
    private static final String STATUS = "AmazonSSM.GetConnectionStatus";
    private static final String STATUS_BODY = "{\"Target\":\"" + FakeNodes.ID + "\"}";
    private static final String IDENTITY = "Action=GetCallerIdentity&Version=2011-06-15";

    private final Front front = new Front();

    private static void assertFailed(Answer answer, int status, String type) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.contentType()).isEqualTo("application/x-amz-json-1.1");
        assertThat(answer.headers()).containsEntry("x-amzn-ErrorType", type).containsKey("x-amzn-RequestId");
        assertThat(Front.body(answer).get("__type").asText()).isEqualTo(type);
        assertThat(Front.body(answer).get("message").asText()).isNotEmpty();
    }

    @Test
    void aSignedCallReachesItsOperation() {
        Answer answer = front.json(STATUS, STATUS_BODY);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.headers()).containsOnlyKeys("x-amzn-RequestId");
        assertThat(Front.body(answer).get("Status").asText()).isEqualTo("connected");
    }

    @Test
    void anUnsignedCallIsRefusedBeforeItsBodyIsRead() {
        Answer answer = front.dispatcher.handle(Front.jsonRequest(STATUS, "{{{"));

        assertFailed(answer, 400, "MissingAuthenticationTokenException");
    }

    @Test
    void aWrongSecretIsRefused() {
        SigningCredentials wrong = new SigningCredentials(KnownKeyVerifier.KEY, "guess", Optional.empty());

        Answer answer = front.dispatcher.handle(Front.signed(Front.jsonRequest(STATUS, STATUS_BODY), "ssm", wrong));

        assertFailed(answer, 400, "InvalidSignatureException");
    }

    @Test
    void aSignatureForAnotherServiceIsRefused() {
        Answer answer = front.dispatcher.handle(Front.signed(Front.jsonRequest(STATUS, STATUS_BODY), "sts"));

        assertFailed(answer, 400, "InvalidSignatureException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AmazonSSM.NoSuchOperation",
                "TrentService.Decrypt",
                "EC2WindowsMessageDeliveryService.SendReply",
                "StartSession",
                ""
            })
    void anUnknownOperationHasAwsNameForIt(String target) {
        assertFailed(front.json(target, "{}"), 400, "UnknownOperationException");
    }

    @ParameterizedTest
    @CsvSource({
        "Action=ListMoons&Version=2010-05-08, https://iam.amazonaws.com/doc/2010-05-08/",
        "Action=AssumeMoon&Version=2011-06-15, https://sts.amazonaws.com/doc/2011-06-15/",
        "Action=GetCallerIdentity&Version=1999-01-01, https://sts.amazonaws.com/doc/2011-06-15/",
        "nothing, https://sts.amazonaws.com/doc/2011-06-15/",
    })
    void anUnknownActionHasAwsNameForIt(String form, String namespace) {
        Xml xml = Xml.of(front.query(form, "sts"));

        assertThat(xml.namespace()).isEqualTo(namespace);
        assertThat(xml.root()).isEqualTo("ErrorResponse");
        assertThat(xml.text("Code")).isEqualTo("InvalidAction");
        assertThat(xml.text("Type")).isEqualTo("Sender");
    }

    @Test
    void anOperationWhoseServiceIsAwayIsUnavailableAndComesBack() {
        Operation operation = front.operations.stream()
                .filter(o -> o.getClass().getSimpleName().equals("GetConnectionStatus"))
                .findFirst()
                .orElseThrow();
        Map<String, Object> properties = Front.properties(operation);

        front.dispatcher.unbindOperation(operation, properties);
        assertFailed(front.json(STATUS, STATUS_BODY), 503, "ServiceUnavailable");

        front.dispatcher.bindOperation(operation, properties);
        assertThat(front.json(STATUS, STATUS_BODY).status()).isEqualTo(200);
    }

    @Test
    void theNewOneServesWhenTheOldOneGoesAfterIt() {
        Operation old = call -> Output.empty().with("Status", "notconnected");
        Operation next = call -> Output.empty().with("Status", "connected");
        Map<String, Object> properties = Map.of(Serves.PREFIX_ + "target", STATUS, Serves.PREFIX_ + "signed", true);
        front.dispatcher.bindOperation(old, properties);

        front.dispatcher.bindOperation(next, properties);
        front.dispatcher.unbindOperation(old, properties);

        assertThat(Front.body(front.json(STATUS, STATUS_BODY)).get("Status").asText())
                .isEqualTo("connected");
    }

    @Test
    void withoutVerifierNothingSignedIsServed() {
        front.dispatcher.verifier = null;

        assertFailed(front.json(STATUS, STATUS_BODY), 503, "ServiceUnavailable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "\"text\"",
                "{\"Target\":\"a\",\"Target\":\"b\"}",
                "{\"Target\":\"a\"} trailing",
                "{\"Target\":",
                "{\"Target\":7}",
                "{\"Target\":{\"a\":1}}",
                "not json",
            })
    void aBodyThatIsNotWhatTheModelSaysIsASerializationException(String body) {
        assertFailed(front.json(STATUS, body), 400, "SerializationException");
    }

    @Test
    void aBodyNestedTooDeepIsASerializationException() {
        String deep = "{\"Target\":\"a\",\"Unknown\":" + "[".repeat(32) + "]".repeat(32) + "}";

        assertFailed(front.json(STATUS, deep), 400, "SerializationException");
    }

    @Test
    void invalidUtf8IsASerializationException() {
        byte[] body = {'{', '"', 'T', '"', ':', '"', (byte) 0xC0, (byte) 0x80, '"', '}'};
        var text = Front.jsonRequest(STATUS, "");
        var request = new org.sallyport.api.access.WireRequest("POST", "/", "", text.headers(), body, Front.SOURCE);

        assertFailed(front.dispatcher.handle(Front.signed(request, "ssm")), 400, "SerializationException");
    }

    @Test
    void unknownMembersAreIgnored() {
        assertThat(front.json(STATUS, "{\"Target\":\"" + FakeNodes.ID + "\",\"Later\":{\"a\":[1]}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aBrokenConstraintIsAValidationException() {
        Answer answer = front.json(STATUS, "{}");

        assertFailed(answer, 400, "ValidationException");
        assertThat(Front.body(answer).get("message").asText())
                .isEqualTo("1 validation error detected: Value null at 'target' failed to satisfy constraint:"
                        + " Member must not be null");
    }

    @Test
    void aBodyThatWasNotTakenIsToldInTheCallersProtocol() {
        SallyportException refusal = new SallyportException(RequestError.BODY_TOO_LARGE, "Too large");

        assertFailed(
                front.dispatcher.refuse(Front.jsonRequest(STATUS, ""), refusal), 413, "RequestEntityTooLargeException");
        assertThat(Xml.of(front.dispatcher.refuse(Front.queryRequest(""), refusal))
                        .text("Code"))
                .isEqualTo("RequestEntityTooLarge");
    }

    @Test
    void aDefectIsToldWithAReferenceAndNothingElse() {
        front.nodes.failure = new IllegalStateException("row 7 of table secrets");

        Answer answer = front.json(STATUS, STATUS_BODY);

        assertFailed(answer, 500, "InternalServerError");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                .contains(answer.headers().get("x-amzn-RequestId"))
                .doesNotContain("secrets")
                .doesNotContain("Exception");
    }

    @Test
    void anInternalFailureOfAServiceIsToldWithAReferenceOnly() {
        front.nodes.failure = new SallyportException(CommonError.INTERNAL, "statement 12 failed");

        Answer answer = front.json(STATUS, STATUS_BODY);

        assertFailed(answer, 500, "InternalServerError");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).doesNotContain("statement");
    }

    @ParameterizedTest
    @CsvSource({
        "TARGET_NOT_CONNECTED, TargetNotConnected",
        "TIER_REFUSED, BadRequest",
        "SESSION_LIMIT, ThrottlingException",
        "SESSION_UNKNOWN, DoesNotExistException",
    })
    void aRefusalOfAServiceHasAwsName(SessionError refusal, String name) {
        front.sessions.refusal = refusal;

        assertFailed(front.json("AmazonSSM.StartSession", STATUS_BODY), 400, name);
    }

    @Test
    void callerIdentityIsAnsweredInXml() {
        Xml xml = Xml.of(front.query(IDENTITY, "sts"));

        assertThat(xml.root()).isEqualTo("GetCallerIdentityResponse");
        assertThat(xml.namespace()).isEqualTo("https://sts.amazonaws.com/doc/2011-06-15/");
        assertThat(xml.text("Arn")).isEqualTo(KnownKeyVerifier.CALLER.arn());
        assertThat(xml.text("UserId")).isEqualTo("AIDAEXAMPLE");
        assertThat(xml.text("Account")).isEqualTo("000000000000");
        assertThat(xml.text("RequestId")).isNotEmpty();
    }

    @Test
    void theQueryProtocolHasItsOwnNamesForRefusals() {
        Answer unsigned = front.dispatcher.handle(Front.queryRequest(IDENTITY));
        assertThat(unsigned.status()).isEqualTo(403);
        assertThat(Xml.of(unsigned).text("Code")).isEqualTo("MissingAuthenticationToken");

        front.decisions.allow = false;
        Answer denied = front.query(IDENTITY, "sts");
        assertThat(denied.status()).isEqualTo(403);
        assertThat(Xml.of(denied).text("Code")).isEqualTo("AccessDenied");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {IDENTITY + "&Action=Other", "Action=%G1&Version=2011-06-15", "Action=%", IDENTITY + "&a=%C0%80"})
    void aMalformedFormIsRefused(String form) {
        assertThat(Xml.of(front.query(form, "sts")).text("Code")).isEqualTo("MalformedQueryString");
    }

    @Test
    void aFormOfTooManyParametersIsRefused() {
        assertThat(Xml.of(front.query("a=1&".repeat(1001) + IDENTITY, "sts")).text("Code"))
                .isEqualTo("MalformedQueryString");
    }
}
