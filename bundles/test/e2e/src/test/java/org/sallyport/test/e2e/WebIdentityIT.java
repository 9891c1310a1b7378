package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.adapter.issuer.IssuerServer;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Who has a token of an issuer works in a role that trusts it: configured, used and replaced in a running server. */
@Tag("long")
class WebIdentityIT {
    private static final String ADAPTER = "org.sallyport.adapter.identity.oidc";
    private static final String AUDIENCE = "sallyport";

    private IssuerServer issuer;
    private StsClient anybody;
    private String role;

    @Test
    void aTokenOpensAShellAndWhatIsWrongWithAnotherIsSaid() throws Exception {
        Path data = LiveSystem.work("web-identity");
        Path etc = shipped(data.resolve("etc"));
        Path plugins = LiveSwapIT.copyOfShipped(data.resolve("plugins"));
        issuer = new IssuerServer(Files.createDirectories(data.resolve("issuer")));
        Map<String, String> environment =
                Map.of("SALLYPORT_ETC", etc.toString(), "SALLYPORT_PLUGINS", plugins.toString());
        try (LiveSystem live = LiveSystem.startWith(environment, data);
                IamClient iam = Clients.iam(live)) {
            anybody = Clients.sts(live, AnonymousCredentialsProvider.create().resolveCredentials());
            role = iam.createRole(r -> r.roleName("operators").assumeRolePolicyDocument(trust(live)))
                    .role()
                    .arn();
            iam.putRolePolicy(
                    r -> r.roleName("operators").policyName("shell").policyDocument(Documents.allowing("ssm:*", "*")));
            refused("InvalidIdentityToken", 400, token(claims()));

            configure(etc);

            assertWorks(live);
            whatIsWrongIsSaid();
            assertChangeIsRecorded(live);
            LiveSwapIT.nextVersion(plugins, ADAPTER);
            LiveSwapIT.awaitLog(live, "Plugin " + ADAPTER + " 0.2.0 runs");
            Awaitility.await("the adapter's successor")
                    .atMost(Duration.ofMinutes(1))
                    .ignoreExceptions()
                    .untilAsserted(() -> assertThat(assumed(token(claims()))).isNotNull());
            keysThatCannotBeHadAreSaid();
        } finally {
            issuer.close();
        }
    }

    private void assertWorks(LiveSystem live) {
        String token = token(claims());
        AssumeRoleWithWebIdentityResponse given = Awaitility.await("the configuration")
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> assumed(token), one -> true);
        assertThat(given.subjectFromWebIdentityToken()).isEqualTo("alice");
        assertThat(given.audience()).isEqualTo(AUDIENCE);
        assertThat(given.provider()).endsWith(":oidc-provider/" + issuer.provider());
        Credentials of = given.credentials();
        AwsSessionCredentials credentials =
                AwsSessionCredentials.create(of.accessKeyId(), of.secretAccessKey(), of.sessionToken());
        try (StsClient sts = Clients.sts(live, credentials);
                SsmClient ssm = Clients.ssm(live, credentials)) {
            assertThat(sts.getCallerIdentity().arn()).endsWith(":assumed-role/operators/alice-at-work");
            String session = ssm.startSession(r -> r.target(live.nodeId())).sessionId();
            assertThat(session).startsWith("alice-at-work-");
            ssm.terminateSession(r -> r.sessionId(session));
        }
    }

    private void whatIsWrongIsSaid() {
        Instant now = Instant.now();
        refused("IDPRejectedClaim", 403, token(claims().audience("another")));
        refused(
                "ExpiredTokenException",
                400,
                token(claims().issueTime(Date.from(now.minusSeconds(7200)))
                        .expirationTime(Date.from(now.minusSeconds(3600)))));
        String right = token(claims());
        refused("InvalidIdentityToken", 400, right.substring(0, right.length() - 8) + "AAAAAAAA");
        // a right token whose claims the trust policy does not ask for
        refused("AccessDenied", 403, token(claims().claim("realm_access", Map.of("roles", List.of("guests")))));
        assertRefusal(
                "MalformedPolicyDocument",
                400,
                () -> anybody.assumeRoleWithWebIdentity(r -> r.roleArn(role)
                        .roleSessionName("a1")
                        .webIdentityToken(right)
                        .policy("{}")));
        // the policy alone keeps the model's limit; the token's tags make it too much
        String large = Documents.allowing("ssm:" + "a".repeat(1_900), "*");
        String tagged = token(claims().claim(
                        "https://aws.amazon.com/tags", Map.of("principal_tags", Map.of("Team", "x".repeat(200)))));
        assertRefusal(
                "PackedPolicyTooLarge",
                400,
                () -> anybody.assumeRoleWithWebIdentity(r -> r.roleArn(role)
                        .roleSessionName("a1")
                        .webIdentityToken(tagged)
                        .policy(large)));
    }

    private void keysThatCannotBeHadAreSaid() throws Exception {
        issuer.rotate();
        issuer.answers(500, null);
        refused("IDPCommunicationError", 400, token(claims()));
    }

    /** Which settings came, from which file; none of their values. */
    private void assertChangeIsRecorded(LiveSystem live) {
        Awaitility.await("the record of the change")
                .atMost(Duration.ofMinutes(1))
                .untilAsserted(() -> {
                    StringBuilder trail = new StringBuilder();
                    try (Stream<Path> files = Files.list(live.data().resolve("server/audit"))) {
                        for (Path file : files.filter(one -> one.toString().endsWith(".jsonl"))
                                .toList()) {
                            trail.append(Files.readString(file));
                        }
                    }
                    String record = trail.toString()
                            .lines()
                            .filter(line ->
                                    line.contains("\"eventName\":\"ConfigurationUpdated\"") && line.contains(ADAPTER))
                            .findFirst()
                            .orElse("");
                    assertThat(record)
                            .contains("\"added\":[", "\"audiences\"", "\"ca.file\"", "\"fileOwner\":")
                            .doesNotContain(issuer.provider());
                });
    }

    private AssumeRoleWithWebIdentityResponse assumed(String token) {
        return anybody.assumeRoleWithWebIdentity(
                r -> r.roleArn(role).roleSessionName("alice-at-work").webIdentityToken(token));
    }

    private void refused(String code, int status, String token) {
        assertRefusal(code, status, () -> assumed(token));
    }

    private static void assertRefusal(String code, int status, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(AwsServiceException.class, e -> {
            assertThat(e.awsErrorDetails().errorCode()).as(e.getMessage()).isEqualTo(code);
            assertThat(e.statusCode()).isEqualTo(status);
        });
    }

    private String token(JWTClaimsSet.Builder claims) {
        try {
            return issuer.signed(claims.build());
        } catch (com.nimbusds.jose.JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet.Builder claims() {
        return issuer.claims("alice", AUDIENCE).claim("realm_access", Map.of("roles", List.of("offline", "operators")));
    }

    private String trust(LiveSystem live) {
        String provider = issuer.provider();
        return """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",
             "Principal":{"Federated":"arn:aws:iam::%s:oidc-provider/%s"},
             "Condition":{"StringEquals":{"%s:aud":"sallyport","%s:sub":"alice"},
              "ForAnyValue:StringEquals":{"%s:realm_access:roles":"operators"}}}]}"""
                .formatted(live.get("accountId"), provider, provider, provider, provider);
    }

    private void configure(Path etc) throws IOException {
        Path next = Files.writeString(
                etc.resolve("next"),
                """
                sallyport.identity.provider = "%s"
                audiences = ["%s"]
                ca.file = "%s"
                allowed.addresses = ["127.0.0.0/8", "::1"]
                """
                        .formatted(issuer.provider(), AUDIENCE, issuer.authority()));
        Files.move(next, etc.resolve(ADAPTER + "-test.cfg"), StandardCopyOption.ATOMIC_MOVE);
    }

    private static Path shipped(Path etc) throws IOException {
        Files.createDirectories(etc);
        try (Stream<Path> files = Files.list(LiveSystem.program("server/etc"))) {
            for (Path file : files.toList()) {
                Files.copy(file, etc.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return etc;
    }
}
