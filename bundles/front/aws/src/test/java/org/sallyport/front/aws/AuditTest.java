package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.audit.AuditEntry;
import org.sallyport.api.audit.AuditQuery;
import org.sallyport.api.audit.Failure;
import org.sallyport.api.audit.Weight;
import org.sallyport.api.error.SallyportException;
import org.sallyport.front.aws.model.OperationModel;
import org.sallyport.front.aws.model.ServiceModels;
import org.sallyport.test.contract.KeptTrail;

/** Every request is told to the trail before it is answered, and what needs its record is refused without. */
class AuditTest {
    private static final String LOOKUP = "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.LookupEvents";
    private static final String START = "{\"Target\":\"mi-0123456789abcdef0\",\"Reason\":\"look\"}";

    private final Front front = new Front();

    static List<OperationModel> models() {
        return new ServiceModels().all();
    }

    @Test
    void aChangeIsToldBeforeAndAfter() {
        Answer answer = front.json("AmazonSSM.StartSession", START);

        KeptTrail.Told told = front.trail.last();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(told.subject.source()).isEqualTo("ssm.amazonaws.com");
        assertThat(told.subject.name()).isEqualTo("StartSession");
        assertThat(told.weight).isEqualTo(Weight.CHANGES);
        assertThat(told.actor.principal()).isPresent();
        assertThat(told.actor.accessKeyId()).contains(KnownKeyVerifier.KEY);
        assertThat(told.begun && told.answered && told.closed).isTrue();
        assertThat(told.parameters).containsEntry("Reason", "look");
        assertThat(told.response).containsKey("SessionId");
        assertThat(told.failure).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("models")
    void anUnsignedRequestIsToldWithItsRefusal(OperationModel model) {
        for (WireRequest request : List.of(
                Front.jsonRequest(model.target(), "{}"),
                Front.queryRequest("Action=" + model.name() + "&Version=2011-06-15"))) {
            front.dispatcher.handle(request);

            KeptTrail.Told told = front.trail.last();
            assertThat(told.actor.unknown()).isTrue();
            assertThat(told.failure).isPresent();
            assertThat(told.answered && told.closed).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("models")
    void onAFullTrailOnlyReadingsAndRoutineGoOn(OperationModel model) {
        front.trail.full = true;
        Answer answer = FormSamples.isForm(model)
                ? front.query(FormSamples.of(model), model.signingName())
                : front.dispatcher.handle(Front.signed(
                        Front.jsonRequest(model.target(), OutputShapesTest.input(model.target())),
                        model.signingName()));

        boolean issues = model.name().equals("GetSessionToken");
        boolean goesOn = model.name().matches("(Get|Describe|List|Lookup|Simulate|Decode).*")
                || model.name().equals("UpdateInstanceInformation");
        assertThat(answer.status())
                .as(new String(answer.body(), StandardCharsets.UTF_8))
                .isEqualTo(goesOn && !issues ? answered(model) : 503);
    }

    @Test
    void withoutATrailAChangeIsRefusedAndNotDone() {
        front.dispatcher.trail = null;

        assertThat(front.json("AmazonSSM.StartSession", START).status()).isEqualTo(503);
        assertThat(front.json("AmazonSSM.DescribeSessions", "{\"State\":\"Active\"}")
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AmazonSSM.Nonsense", "AmazonSSM.StartSession"})
    void whatCannotBeReadIsTold(String target) {
        front.json(target, "{not json");

        assertThat(front.trail.last().failure).isPresent();
        assertThat(front.trail.last().begun).isFalse();
    }

    @Test
    void aRequestWithoutItsBodyAndAnotherMethodAreTold() {
        WireRequest request = Front.jsonRequest("AmazonSSM.StartSession", "");
        front.dispatcher.unknown(request);
        front.dispatcher.refuse(request, new SallyportException(RequestError.BODY_TOO_LARGE, "The body is too large"));

        assertThat(front.trail.calls)
                .extracting(told -> told.failure.map(Failure::code).orElse(""))
                .containsExactly("UnknownOperationException", "RequestEntityTooLargeException");
    }

    @Test
    void whatTheModelCallsSensitiveIsHidden() {
        front.json("AmazonSSM.RegisterManagedInstance", OutputShapesTest.REGISTRATION);

        assertThat(front.trail.last().weight).isEqualTo(Weight.ISSUES);
        assertThat(front.trail.last().parameters).containsKey("ActivationCode");
    }

    @Test
    void recordsAreFoundAsInCloudTrail() {
        front.trail.entries.add(new AuditEntry(
                7,
                "id-7",
                Instant.EPOCH,
                "ssm.amazonaws.com",
                "StartSession",
                false,
                Optional.of("alice"),
                Optional.of("AKIA"),
                "192.0.2.1",
                Optional.empty(),
                List.of("arn:x"),
                "{}"));
        Answer answer = front.dispatcher.handle(Front.signed(
                Front.jsonRequest(
                        LOOKUP,
                        "{\"LookupAttributes\":[{\"AttributeKey\":\"Username\",\"AttributeValue\":\"alice\"}],\"StartTime\":5}"),
                "cloudtrail"));

        assertThat(Front.body(answer).at("/Events/0/Username").asText()).isEqualTo("alice");
        assertThat(Front.body(answer).at("/Events/0/ReadOnly").asText()).isEqualTo("false");
        assertThat(Front.body(answer).at("/NextToken").asText()).isEqualTo("1-2");
        AuditQuery query = front.trail.queries.get(0);
        assertThat(query.user()).contains("alice");
        assertThat(query.from()).contains(Instant.ofEpochSecond(5));
    }

    @Test
    void whatRecordsCannotBeFoundByIsRefused() {
        Map<String, String> refused = Map.of(
                "{\"LookupAttributes\":[{\"AttributeKey\":\"ResourceType\",\"AttributeValue\":\"a\"}]}",
                "InvalidLookupAttributesException",
                "{\"StartTime\":9,\"EndTime\":5}",
                "InvalidTimeRangeException",
                "{\"MaxResults\":51}",
                "ValidationException");
        refused.forEach((body, error) -> assertThat(front.dispatcher
                        .handle(Front.signed(Front.jsonRequest(LOOKUP, body), "cloudtrail"))
                        .headers())
                .containsEntry("x-amzn-ErrorType", error));
    }

    /** What never exists is not found. */
    private static int answered(OperationModel model) {
        return model.name().equals("GetAccountPasswordPolicy") ? 404 : 200;
    }
}
