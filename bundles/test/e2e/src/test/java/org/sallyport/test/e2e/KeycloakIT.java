package org.sallyport.test.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.protocol.sigv4.SigningCredentials;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.AssumeRoleWithWebIdentityResponse;

/** People of a real Keycloak: whom its realm gives the role gets a shell, and loses it with the right. */
@Tag("long")
class KeycloakIT {
    private static final String ROLE = "operators";

    private StsClient anybody;
    private String role;

    @Test
    void aPersonOfTheRealmOpensAShell() throws Exception {
        Path data = LiveSystem.work("keycloak");
        Path etc = LimitsIT.shippedConfiguration(data.resolve("etc"));
        try (Keycloak keycloak = Keycloak.start(Files.createDirectories(data.resolve("issuer")))) {
            Files.writeString(
                    etc.resolve("org.sallyport.adapter.identity.oidc-keycloak.cfg"),
                    """
                    sallyport.identity.provider = "%s"
                    audiences = ["sallyport"]
                    ca.file = "%s"
                    allowed.addresses = ["127.0.0.0/8", "::1"]
                    """
                            .formatted(keycloak.provider(), keycloak.authority()));
            try (LiveSystem live = LiveSystem.startWith(Map.of("SALLYPORT_ETC", etc.toString()), data);
                    IamClient iam = Clients.iam(live)) {
                anybody =
                        Clients.sts(live, AnonymousCredentialsProvider.create().resolveCredentials());
                String provider = keycloak.provider();
                role = iam.createRole(r -> r.roleName(ROLE).assumeRolePolicyDocument(trust(live, provider)))
                        .role()
                        .arn();
                iam.putRolePolicy(r -> r.roleName(ROLE)
                        .policyName("shell")
                        .policyDocument(Documents.allowing("ssm:StartSession", "*")));

                String token = keycloak.token("alice", "correct-horse");
                AssumeRoleWithWebIdentityResponse given = Awaitility.await("the adapter of the realm")
                        .atMost(Duration.ofMinutes(1))
                        .ignoreExceptions()
                        .until(() -> assumed(token, "alice"), one -> true);
                assertThat(given.provider()).endsWith(":oidc-provider/" + provider);
                shellUntilRevoked(live, iam, given);
                String eve = keycloak.token("eve", "battery-staple");
                assertThatThrownBy(() -> assumed(eve, "eve"))
                        .isInstanceOfSatisfying(
                                AwsServiceException.class,
                                e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDenied"));
            }
        }
    }

    private AssumeRoleWithWebIdentityResponse assumed(String token, String name) {
        return anybody.assumeRoleWithWebIdentity(
                r -> r.roleArn(role).roleSessionName(name).webIdentityToken(token));
    }

    private static void shellUntilRevoked(LiveSystem live, IamClient iam, AssumeRoleWithWebIdentityResponse given)
            throws Exception {
        CaTrust trust = CaTrust.fromBundle(Path.of(live.get("ca")));
        var of = given.credentials();
        SigningCredentials signing =
                new SigningCredentials(of.accessKeyId(), of.secretAccessKey(), Optional.of(of.sessionToken()));
        try (var ssm = Clients.ssm(live, RevocationWorld.session(of));
                ServiceClient api = new ServiceClient(new ServiceSettings(
                        live.api(), live.get("region"), trust, ProxySettings.direct(), () -> signing));
                WebSocketConnector connector = new WebSocketConnector(trust, ProxySettings.direct())) {
            var started = ssm.startSession(r -> r.target(live.nodeId()));
            assertThat(started.sessionId()).startsWith("alice-");
            try (WireShell shell =
                    new WireShell(started.sessionId(), started.tokenValue(), started.streamUrl(), api, connector)) {
                shell.echoes("realm");
                iam.deleteRolePolicy(r -> r.roleName(ROLE).policyName("shell"));
                assertThat(shell.awaitEnd().text()).contains("taken away");
            }
        }
    }

    private static String trust(LiveSystem live, String provider) {
        return """
            {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"sts:AssumeRoleWithWebIdentity",
             "Principal":{"Federated":"arn:aws:iam::%s:oidc-provider/%s"},
             "Condition":{"StringEquals":{"%s:aud":"sallyport"},
              "ForAnyValue:StringEquals":{"%s:realm_access:roles":"operators"}}}]}"""
                .formatted(live.get("accountId"), provider, provider, provider);
    }
}
