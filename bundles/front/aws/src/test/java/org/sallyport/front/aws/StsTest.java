package org.sallyport.front.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.RoleSessions;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.IamError;
import org.sallyport.front.aws.Recorder.Asked;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.InvalidAuthorizationMessageException;
import software.amazon.awssdk.services.sts.model.PolicyDescriptorType;
import software.amazon.awssdk.services.sts.model.ProvidedContext;
import software.amazon.awssdk.services.sts.model.StsException;
import software.amazon.awssdk.services.sts.model.Tag;

/** STS, as AWS's own client writes and reads it. */
class StsTest {
    private final Front front = new Front();
    private final StsClient sts = AwsClients.sts(front);
    private final Recorder<RoleSessions> sessions = front.iam.sessions;

    private static void isTemporary(software.amazon.awssdk.services.sts.model.Credentials credentials) {
        assertThat(credentials.accessKeyId()).isEqualTo(FakeSts.CREDENTIALS.accessKeyId());
        assertThat(credentials.secretAccessKey()).isEqualTo(FakeSts.CREDENTIALS.secretAccessKey());
        assertThat(credentials.sessionToken()).isEqualTo(FakeSts.CREDENTIALS.sessionToken());
        assertThat(credentials.expiration()).isEqualTo(FakeSts.CREDENTIALS.expires());
    }

    @Test
    void aRoleIsAssumed() {
        var assumed = sts.assumeRole(r -> r.roleArn(FakeSts.ROLE)
                .roleSessionName("bob")
                .durationSeconds(900)
                .policy("{}")
                .policyArns(policy(FakeIam.POLICY), policy(FakeIam.LIMIT))
                .tags(Tag.builder().key("team").value("blue + réd").build())
                .transitiveTagKeys("team")
                .sourceIdentity("robert")
                .externalId("outside")
                .serialNumber("arn:aws:iam::000000000000:mfa/bob")
                .tokenCode("123456"));

        isTemporary(assumed.credentials());
        assertThat(assumed.assumedRoleUser().arn()).isEqualTo(FakeSts.SESSION.arn());
        assertThat(assumed.assumedRoleUser().assumedRoleId()).isEqualTo(FakeSts.SESSION.id());
        assertThat(assumed.packedPolicySize()).isEqualTo(6);
        assertThat(assumed.sourceIdentity()).isEqualTo("robert");
        assertThat(sessions.last())
                .isEqualTo(Asked.byCaller(
                        "assumeRole",
                        new RoleSessions.RoleWanted(
                                FakeSts.ROLE,
                                "bob",
                                Optional.of(Duration.ofMinutes(15)),
                                new RoleSessions.Scope(
                                        Optional.of("{}"),
                                        List.of(FakeIam.POLICY, FakeIam.LIMIT),
                                        List.of(FakeIam.TEAM),
                                        List.of("team"),
                                        Optional.of("robert")),
                                Optional.of("outside"),
                                Optional.of(new RoleSessions.Code("arn:aws:iam::000000000000:mfa/bob", "123456")))));
    }

    @Test
    void aRoleIsAssumedWithNothingButItsName() {
        sts.assumeRole(r -> r.roleArn(FakeSts.ROLE).roleSessionName("bob"));

        assertThat(sessions.last())
                .isEqualTo(Asked.byCaller("assumeRole", RoleSessions.RoleWanted.named(FakeSts.ROLE, "bob")));
    }

    @Test
    void aWebIdentityAssumesARoleWithoutASignature() {
        var assumed = sts.assumeRoleWithWebIdentity(r -> r.roleArn(FakeSts.ROLE)
                .roleSessionName("bob")
                .webIdentityToken("a.b.c.d")
                .durationSeconds(900)
                .policy("{}")
                .policyArns(policy(FakeIam.POLICY)));

        isTemporary(assumed.credentials());
        assertThat(assumed.subjectFromWebIdentityToken()).isEqualTo("subject");
        assertThat(assumed.audience()).isEqualTo("audience");
        assertThat(assumed.provider()).isEqualTo("https://id.example.org");
        assertThat(assumed.assumedRoleUser().arn()).isEqualTo(FakeSts.SESSION.arn());
        Origin origin = (Origin) sessions.last().arguments().get(0);
        assertThat(origin.sourceIp()).contains(Front.SOURCE);
        assertThat(origin.userAgent())
                .hasValueSatisfying(agent -> assertThat(agent).contains("aws-sdk-java"));
        assertThat(origin.secure()).isTrue();
        assertThat(sessions.last().arguments().get(1))
                .isEqualTo(new RoleSessions.WebRoleWanted(
                        FakeSts.ROLE,
                        "bob",
                        "a.b.c.d",
                        Optional.of(Duration.ofMinutes(15)),
                        Optional.of("{}"),
                        List.of(FakeIam.POLICY)));
    }

    @Test
    void aSessionTokenIsGiven() {
        isTemporary(sts.getSessionToken(r -> r.durationSeconds(1800)
                        .serialNumber("arn:aws:iam::000000000000:mfa/bob")
                        .tokenCode("123456"))
                .credentials());
        assertThat(sessions.last())
                .isEqualTo(Asked.byCaller(
                        "sessionToken",
                        Optional.of(Duration.ofMinutes(30)),
                        Optional.of(new RoleSessions.Code("arn:aws:iam::000000000000:mfa/bob", "123456"))));

        sts.getSessionToken();
        assertThat(sessions.last()).isEqualTo(Asked.byCaller("sessionToken", Optional.empty(), Optional.empty()));
    }

    @Test
    void halfASecondFactorIsRefused() {
        assertThatThrownBy(() -> sts.getSessionToken(r -> r.tokenCode("123456")))
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.awsErrorDetails().errorCode()).isEqualTo("ValidationError");
                    assertThat(e.statusCode()).isEqualTo(400);
                });
        assertThat(sessions.last()).isNull();
    }

    @Test
    void whatThisServerCannotTakeIsRefused() {
        assertThatThrownBy(() -> sts.assumeRoleWithWebIdentity(r -> r.roleArn(FakeSts.ROLE)
                        .roleSessionName("bob")
                        .webIdentityToken("a.b.c.d")
                        .providerId("www.example.com")))
                .hasMessageContaining("ProviderId");
        assertThatThrownBy(() -> sts.assumeRole(r -> r.roleArn(FakeSts.ROLE)
                        .roleSessionName("bob")
                        .providedContexts(ProvidedContext.builder()
                                .providerArn(FakeIam.LIMIT)
                                .contextAssertion("assertion")
                                .build())))
                .hasMessageContaining("ProvidedContexts");
        assertThat(sessions.last()).isNull();
    }

    @Test
    void whyIsToldToWhoMayAsk() throws Exception {
        JsonNode why = new ObjectMapper()
                .readTree(sts.decodeAuthorizationMessage(r -> r.encodedMessage("reference-1"))
                        .decodedMessage());

        assertThat(why.get("allowed").asBoolean()).isFalse();
        assertThat(why.get("explicitDeny").asBoolean()).isTrue();
        JsonNode statement = why.get("matchedStatements").get("items").get(0);
        assertThat(statement.get("effect").asText()).isEqualTo("DENY");
        assertThat(statement.get("actions").get("items").get(0).get("value").asText())
                .isEqualTo("ssm:*");
        assertThat(why.get("failures").get("items")).isEmpty();
        assertThat(why.get("context").get("principal").get("arn").asText()).isEqualTo(FakeIam.USER.arn());
        assertThat(why.get("context").get("action").asText()).isEqualTo("ssm:StartSession");
        assertThat(why.get("context")
                        .get("conditions")
                        .get("items")
                        .get(0)
                        .get("key")
                        .asText())
                .isEqualTo("aws:username");
        assertThat(why.get("text").asText()).isEqualTo("denied");
        assertThat(front.iam.explainer.last()).isEqualTo(Asked.byCaller("get", "reference-1"));
    }

    @Test
    void whyIsNotToldToOthersAndNotOfNothing() {
        front.decisions.allow = false;
        assertThatThrownBy(() -> sts.decodeAuthorizationMessage(r -> r.encodedMessage("reference-1")))
                .isInstanceOfSatisfying(
                        StsException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
        assertThat(front.iam.explainer.last()).isNull();

        front.decisions.allow = true;
        front.iam.explainer.refuse(new SallyportException(AccessError.DECISION_UNKNOWN, "no"));
        assertThatThrownBy(() -> sts.decodeAuthorizationMessage(r -> r.encodedMessage("reference-1")))
                .isInstanceOf(InvalidAuthorizationMessageException.class);
    }

    @Test
    void theAccountOfAKeyIsTold() {
        assertThat(sts.getAccessKeyInfo(r -> r.accessKeyId(FakeSts.CREDENTIALS.accessKeyId()))
                        .account())
                .isEqualTo(FakeIam.ACCOUNT);
        assertThat(front.iam.account.last()).isEqualTo(Asked.byCaller("ofKey", FakeSts.CREDENTIALS.accessKeyId()));
    }

    @Test
    void theCallerIsTold() {
        var caller = sts.getCallerIdentity();

        assertThat(caller.arn()).isEqualTo(KnownKeyVerifier.CALLER.arn());
        assertThat(caller.userId()).isEqualTo(KnownKeyVerifier.CALLER.id());
        assertThat(caller.account()).isEqualTo("000000000000");
    }

    @ParameterizedTest
    @CsvSource({
        "MALFORMED_POLICY_DOCUMENT, MalformedPolicyDocumentException",
        "PACKED_POLICY_TOO_LARGE, PackedPolicyTooLargeException",
        "INVALID_IDENTITY_TOKEN, InvalidIdentityTokenException",
        "EXPIRED_TOKEN, ExpiredTokenException",
        "IDP_REJECTED_CLAIM, IdpRejectedClaimException",
        "IDP_COMMUNICATION_ERROR, IdpCommunicationErrorException",
    })
    void theClientKnowsTheFailures(IamError error, String type) {
        sessions.refuse(new SallyportException(error, "no"));

        assertThatThrownBy(() -> sts.assumeRoleWithWebIdentity(
                        r -> r.roleArn(FakeSts.ROLE).roleSessionName("bob").webIdentityToken("a.b.c.d")))
                .isInstanceOfSatisfying(StsException.class, e -> {
                    assertThat(e.getClass().getSimpleName()).isEqualTo(type);
                    assertThat(e.statusCode()).isEqualTo(error.httpStatus());
                });
    }

    private static PolicyDescriptorType policy(String arn) {
        return PolicyDescriptorType.builder().arn(arn).build();
    }
}
