package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.Credentials;
import software.amazon.awssdk.services.sts.model.Tag;

/** Temporary credentials, given and used by AWS's own SDK on a real server. */
@ExtendWith(LiveSystemExtension.class)
class RoleSessionsIT {
    private static final String ROLE = "it-session";

    private IamClient iam;
    private StsClient sts;
    private String arn;

    @BeforeEach
    void role(LiveSystem live) {
        iam = Clients.iam(live);
        sts = Clients.sts(live);
        arn = iam.createRole(r -> r.roleName(ROLE)
                        .assumeRolePolicyDocument(Documents.trusting("{\"AWS\":\"" + live.get("accountId") + "\"}")))
                .role()
                .arn();
        iam.putRolePolicy(
                r -> r.roleName(ROLE).policyName("look").policyDocument(Documents.allowing("ssm:Describe*", "*")));
    }

    @AfterEach
    void gone() {
        iam.deleteRolePolicy(r -> r.roleName(ROLE).policyName("look"));
        iam.deleteRole(r -> r.roleName(ROLE));
        iam.close();
        sts.close();
    }

    private static AwsSessionCredentials of(Credentials given) {
        return AwsSessionCredentials.create(given.accessKeyId(), given.secretAccessKey(), given.sessionToken());
    }

    private static void refused(String code, int status, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.statusCode()).as(e.getMessage()).isEqualTo(status);
        });
    }

    @Test
    void aRolesSessionMayDoWhatTheRoleMay(LiveSystem live) {
        var assumed = sts.assumeRole(r -> r.roleArn(arn)
                .roleSessionName("bob")
                .durationSeconds(900)
                .sourceIdentity("robert")
                .tags(Tag.builder().key("team").value("blue").build())
                .transitiveTagKeys("team"));

        String session = "arn:aws:sts::%s:assumed-role/%s/bob".formatted(live.get("accountId"), ROLE);
        assertThat(assumed.assumedRoleUser().arn()).isEqualTo(session);
        assertThat(assumed.assumedRoleUser().assumedRoleId()).startsWith("AROA").endsWith(":bob");
        assertThat(assumed.sourceIdentity()).isEqualTo("robert");
        assertThat(assumed.packedPolicySize()).isPositive();
        assertThat(assumed.credentials().accessKeyId()).startsWith("ASIA");
        assertThat(assumed.credentials().expiration())
                .isBetween(
                        Instant.now().plus(13, ChronoUnit.MINUTES),
                        Instant.now().plus(16, ChronoUnit.MINUTES));
        try (StsClient asRole = Clients.sts(live, of(assumed.credentials()));
                SsmClient ssm = Clients.ssm(live, of(assumed.credentials()))) {
            assertThat(asRole.getCallerIdentity().arn()).isEqualTo(session);
            assertThat(ssm.describeInstanceInformation().instanceInformationList())
                    .isNotEmpty();
            refused("AccessDeniedException", 400, () -> ssm.startSession(r -> r.target(live.nodeId())));
        }
        assertThat(iam.getRole(r -> r.roleName(ROLE)).role().roleLastUsed().lastUsedDate())
                .isNotNull();
    }

    @Test
    void aSessionPolicyLimits(LiveSystem live) {
        Credentials limited = sts.assumeRole(r ->
                        r.roleArn(arn).roleSessionName("bob").policy(Documents.allowing("ssm:DescribeSessions", "*")))
                .credentials();

        try (SsmClient ssm = Clients.ssm(live, of(limited))) {
            assertThat(ssm.describeSessions(r -> r.state("Active")).sessions()).isNotNull();
            refused("AccessDeniedException", 400, ssm::describeInstanceInformation);
        }
    }

    @Test
    void anotherRoleIsDeniedAsOneThatDoesNotExist() {
        refused(
                "AccessDenied",
                403,
                () -> sts.assumeRole(r -> r.roleArn(arn + "-nobody").roleSessionName("bob")));
        refused(
                "AccessDenied",
                403,
                () -> sts.assumeRole(
                        r -> r.roleArn(arn.replace(ROLE, "SSMServiceRole")).roleSessionName("bob")));
    }

    @Test
    void whatIsWrongWithARequestIsSaid() {
        refused(
                "MalformedPolicyDocument",
                400,
                () -> sts.assumeRole(r -> r.roleArn(arn).roleSessionName("bob").policy("{}")));
        refused("ValidationError", 400, () -> sts.assumeRole(r -> r.roleArn(arn).roleSessionName("a b")));
        refused(
                "ValidationError",
                400,
                () -> sts.assumeRole(r -> r.roleArn(arn).roleSessionName("bob").durationSeconds(7200)));
        String large = Documents.allowing("ssm:" + "a".repeat(2040), "*");
        refused(
                "PackedPolicyTooLarge",
                400,
                () -> sts.assumeRole(r -> r.roleArn(arn).roleSessionName("bob").policy(large)));
    }

    @Test
    void aSessionTokenIsTheUserWithoutIam(LiveSystem live) {
        Credentials given = sts.getSessionToken(r -> r.durationSeconds(900)).credentials();

        assertThat(sts.getAccessKeyInfo(r -> r.accessKeyId(given.accessKeyId())).account())
                .isEqualTo(live.get("accountId"));
        try (StsClient temporary = Clients.sts(live, of(given));
                SsmClient ssm = Clients.ssm(live, of(given));
                IamClient theirs = Clients.iam(live, of(given))) {
            assertThat(temporary.getCallerIdentity().arn())
                    .isEqualTo(sts.getCallerIdentity().arn());
            assertThat(ssm.describeInstanceInformation().instanceInformationList())
                    .isNotEmpty();
            refused("AccessDenied", 403, theirs::listUsers);
            refused("AccessDenied", 403, temporary::getSessionToken);
        }
        refused(
                "AccessDenied",
                403,
                () -> sts.getSessionToken(r ->
                        r.serialNumber("arn:aws:iam::000000000000:mfa/nobody").tokenCode("123456")));
    }

    @Test
    void aTokenThatNobodyVerifiesIsRefusedWithoutASignature(LiveSystem live) {
        try (StsClient unsigned =
                Clients.sts(live, AnonymousCredentialsProvider.create().resolveCredentials())) {
            refused(
                    "InvalidIdentityToken",
                    400,
                    () -> unsigned.assumeRoleWithWebIdentity(
                            r -> r.roleArn(arn).roleSessionName("bob").webIdentityToken("no token")));
        }
    }

    @Test
    void aDeletedRolesSessionIsOver(LiveSystem live) {
        String gone = iam.createRole(r -> r.roleName("it-gone")
                        .assumeRolePolicyDocument(Documents.trusting("{\"AWS\":\"" + live.get("accountId") + "\"}")))
                .role()
                .arn();
        Credentials given =
                sts.assumeRole(r -> r.roleArn(gone).roleSessionName("bob")).credentials();

        iam.deleteRole(r -> r.roleName("it-gone"));

        try (StsClient asRole = Clients.sts(live, of(given))) {
            refused("InvalidClientTokenId", 403, asRole::getCallerIdentity);
        }
    }
}
