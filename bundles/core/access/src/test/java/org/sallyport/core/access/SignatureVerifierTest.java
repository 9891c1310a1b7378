package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.AccessKey;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Origin;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.PrincipalType;
import org.sallyport.api.access.VerifiedCaller;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class SignatureVerifierTest {
    private static final String REGION = "onprem-1";
    private static final String NODE = "mi-0123456789abcdef0";
    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final AesSecrets secrets = new AesSecrets();
    private final SettableClock clock = new SettableClock(NOW);
    private final Principals principals = new Principals("123456789012", REGION);
    private final StoredAccessKeys keys = new StoredAccessKeys(store, secrets, principals, clock);
    private final SignatureVerifier verifier = new SignatureVerifier(store, secrets, principals, clock);
    private SigningCredentials bob;

    @BeforeEach
    void makeUser() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), NOW);
            return null;
        });
        AccessKey key = keys.create("bob");
        bob = new SigningCredentials(key.accessKeyId(), key.secretAccessKey(), Optional.empty());
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void knowsAPersonByTheAccessKey() {
        VerifiedCaller caller = verifier.verify(signed(bob), "ssm");

        assertThat(caller)
                .isEqualTo(new VerifiedCaller(
                        new Principal(
                                "123456789012",
                                PrincipalType.USER,
                                "AIDABOB",
                                "bob",
                                "arn:aws:iam::123456789012:user/bob",
                                Credential.key(bob.accessKeyId()),
                                Origin.overTls("192.0.2.1", Optional.empty())),
                        bob.accessKeyId(),
                        REGION,
                        "ssm"));
    }

    @Test
    void knowsANodeByItsTemporaryCredentials() {
        VerifiedCaller caller =
                verifier.verify(signed(temporary(keys.issueForNode("SSMServiceRole", NODE, hour()))), "ssm");

        assertThat(caller.principal().type()).isEqualTo(PrincipalType.NODE);
        assertThat(caller.principal().nodeId()).contains(NODE);
        assertThat(caller.principal().id()).matches("AROA.{17}:" + NODE);
        assertThat(caller.principal().arn()).isEqualTo("arn:aws:sts::123456789012:assumed-role/SSMServiceRole/" + NODE);
        assertThat(caller.principal().credential().issued()).contains(clock.instant());
        assertThat(caller.principal().credential().expires())
                .contains(clock.instant().plus(hour()));
    }

    @Test
    void acceptsWhatWasIssuedBeforeARestart() {
        SigningCredentials first = temporary(keys.issueForNode("SSMServiceRole", NODE, hour()));
        SigningCredentials second = temporary(keys.issueForNode("SSMServiceRole", NODE, hour()));
        SignatureVerifier restarted = new SignatureVerifier(store, secrets, principals, clock);

        assertThat(restarted.verify(signed(first), "ssm").accessKeyId()).isEqualTo(first.accessKeyId());
        assertThat(restarted.verify(signed(second), "ssm").accessKeyId()).isEqualTo(second.accessKeyId());
    }

    @Test
    void tellsExpiredCredentialsOnlyToTheirHolder() {
        SigningCredentials node = temporary(keys.issueForNode("SSMServiceRole", NODE, hour()));
        clock.advance(hour());

        assertRefused(
                () -> verifier.verify(signed(node), "ssm"),
                AccessError.TOKEN_EXPIRED,
                "The security token included in the request is expired");
        assertCode(() -> verifier.verify(signed(withSecret(node, "wrong")), "ssm"), AccessError.SIGNATURE_WRONG);
    }

    @Test
    void refusesRevokedCredentials() {
        SigningCredentials node = temporary(keys.issueForNode("SSMServiceRole", NODE, hour()));
        keys.revokeNode(NODE);

        assertCode(() -> verifier.verify(signed(node), "ssm"), AccessError.KEY_UNKNOWN);
    }

    @Test
    void refusesAWrongOrMissingOrNeedlessSessionToken() {
        TemporaryCredentials issued = keys.issueForNode("SSMServiceRole", NODE, hour());
        String key = issued.accessKeyId();
        String secret = issued.secretAccessKey();

        assertUnknown(new SigningCredentials(key, secret, Optional.empty()));
        assertUnknown(new SigningCredentials(key, secret, Optional.of(issued.sessionToken() + "x")));
        assertUnknown(new SigningCredentials(bob.accessKeyId(), bob.secretAccessKey(), Optional.of("token")));
    }

    @Test
    void refusesAnUnknownKeyAndAWrongSecretWithTheTextsOfAws() {
        assertUnknown(new SigningCredentials("AKIAUNKNOWN", bob.secretAccessKey(), Optional.empty()));
        assertUnknown(new SigningCredentials("ASIAUNKNOWN", bob.secretAccessKey(), Optional.of("token")));
        assertRefused(
                () -> verifier.verify(signed(withSecret(bob, "wrong")), "ssm"),
                AccessError.SIGNATURE_WRONG,
                "The request signature we calculated does not match the signature you provided. Check your AWS Secret"
                        + " Access Key and signing method. Consult the service documentation for details.");
    }

    @Test
    void refusesAnInactiveKeyLikeAnUnknownOne() {
        store.run(connection -> {
            try (var update = connection.prepareStatement("UPDATE access_keys SET active = FALSE")) {
                return update.executeUpdate();
            }
        });

        assertUnknown(bob);
    }

    @Test
    void refusesARequestWithoutSignature() {
        WireRequest bare = new WireRequest("POST", "/", "", headers(), body(), "192.0.2.1");

        assertRefused(
                () -> verifier.verify(bare, "ssm"), AccessError.AUTHENTICATION_MISSING, "Missing Authentication Token");
    }

    @Test
    void refusesAnAuthorizationThatCannotBeRead() {
        WireRequest request = with(signed(bob), "Authorization", "AWS4-HMAC-SHA256 Credential=x");

        assertCode(() -> verifier.verify(request, "ssm"), AccessError.SIGNATURE_INCOMPLETE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"host", "x-amz-date", "X-AMZ-TARGET", "x-amz-security-token", "Content-Type", "authorization"})
    void refusesASecondHeaderWhereOneDecides(String name) {
        WireRequest signed = signed(temporary(keys.issueForNode("SSMServiceRole", NODE, hour())));
        List<Map.Entry<String, String>> doubled = new ArrayList<>(signed.headers());
        doubled.add(Map.entry(name, "again"));
        WireRequest request = new WireRequest("POST", "/", "", doubled, signed.body(), "192.0.2.1");

        assertCode(() -> verifier.verify(request, "ssm"), AccessError.SIGNATURE_INCOMPLETE);
    }

    @Test
    void refusesASignatureForAnotherServiceOrRegion() {
        assertRefused(
                () -> verifier.verify(signed(bob), "sts"),
                AccessError.SIGNATURE_WRONG,
                "Credential should be scoped to correct service: 'sts'.");
        assertThatThrownBy(() -> verifier.verify(signed(bob, "us-east-1", clock.instant()), "ssm"))
                .hasMessageStartingWith("Credential should be scoped to a valid region")
                .hasMessageContaining(REGION);
    }

    @Test
    void acceptsFiveMinutesOfSkewAndNoMore() {
        Duration skew = Duration.ofMinutes(5);

        assertThat(verifier.verify(signed(bob, REGION, NOW.minus(skew)), "ssm")).isNotNull();
        assertThat(verifier.verify(signed(bob, REGION, NOW.plus(skew)), "ssm")).isNotNull();
        assertRefused(
                () -> verifier.verify(signed(bob, REGION, NOW.minus(skew).minusSeconds(1)), "ssm"),
                AccessError.CLOCK_SKEWED,
                "Signature expired: 20260301T095459Z is now earlier than 20260301T095500Z (20260301T100000Z - 5 min.)");
        assertRefused(
                () -> verifier.verify(signed(bob, REGION, NOW.plus(skew).plusSeconds(1)), "ssm"),
                AccessError.CLOCK_SKEWED,
                "Signature not yet current: 20260301T100501Z is still later than 20260301T100500Z"
                        + " (20260301T100000Z + 5 min.)");
    }

    @Test
    void acceptsAPresignedRequestUntilItExpires() {
        String query = SigV4Signer.presignQuery(
                new HttpRequestView("GET", "/", "", headers(), new byte[0]),
                bob,
                REGION,
                "sts",
                NOW,
                Duration.ofSeconds(90));
        WireRequest request = new WireRequest("GET", "/", query, headers(), new byte[0], "192.0.2.1");

        clock.advance(Duration.ofSeconds(90));
        assertThat(verifier.verify(request, "sts").principal().name()).isEqualTo("bob");
        clock.advance(Duration.ofSeconds(1));
        assertRefused(
                () -> verifier.verify(request, "sts"),
                AccessError.CLOCK_SKEWED,
                "Signature expired: 20260301T100000Z is now earlier than 20260301T100001Z (20260301T100131Z - 90 sec.)");
    }

    @Test
    void knowsANodeByItsOwnKeyOnlyWhileTheKeysCanBeRead() throws NoSuchAlgorithmException {
        KeyPair pair = rsa();
        WireRequest request = signedByNode(pair);

        assertCode(() -> verifier.verify(request, "ssm"), CommonError.SERVICE_AWAY);
        verifier.nodeKeys = new KnownNodes(Map.of(NODE, pair.getPublic()));
        Principal node = verifier.verify(request, "ssm").principal();
        assertThat(node.type()).isEqualTo(PrincipalType.NODE_KEY);
        assertThat(node.id()).isEqualTo(NODE);
        assertThat(node.arn()).isEqualTo("arn:aws:ssm:onprem-1:123456789012:managed-instance/" + NODE);
        verifier.nodeKeys = new KnownNodes(Map.of());
        assertThatThrownBy(() -> verifier.verify(request, "ssm"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.ACCESS_DENIED))
                .hasMessageContaining(NODE);
    }

    @Test
    void takesASignatureOfANodeOnceHoweverItIsWritten() throws NoSuchAlgorithmException {
        KeyPair pair = rsa();
        verifier.nodeKeys = new KnownNodes(Map.of(NODE, pair.getPublic()));
        WireRequest request = signedByNode(pair);

        assertThat(verifier.verify(request, "ssm")).isNotNull();

        assertThatThrownBy(() -> verifier.verify(request, "ssm"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.SIGNATURE_WRONG))
                .hasMessageContaining("used already");
        assertThat(verifier.verify(signedByNode(pair), "ssm")).isNotNull();
    }

    @Test
    void refusesANodeThatSignsWithAnotherKey() throws NoSuchAlgorithmException {
        KeyPair other = rsa();
        verifier.nodeKeys = new KnownNodes(Map.of(NODE, other.getPublic()));

        assertCode(() -> verifier.verify(signedByNode(rsa()), "ssm"), AccessError.SIGNATURE_WRONG);
    }

    @Test
    void takesANodesKeyForNothingButItsOwnScheme() throws NoSuchAlgorithmException {
        KeyPair pair = rsa();
        verifier.nodeKeys = new KnownNodes(Map.of(NODE, pair.getPublic()));

        assertUnknown(new SigningCredentials(NODE, "secret", Optional.of("token")));
        assertUnknown(new SigningCredentials("mi-short", "secret", Optional.empty()));
        assertCode(
                () -> verifier.verify(signed(new SigningCredentials(NODE, "secret", Optional.empty())), "ssm"),
                AccessError.SIGNATURE_WRONG);
    }

    private void assertUnknown(SigningCredentials credentials) {
        assertRefused(
                () -> verifier.verify(signed(credentials), "ssm"),
                AccessError.KEY_UNKNOWN,
                "The security token included in the request is invalid.");
    }

    private WireRequest signed(SigningCredentials credentials) {
        return signed(credentials, REGION, clock.instant());
    }

    private static WireRequest signed(SigningCredentials credentials, String region, Instant when) {
        HttpRequestView view = new HttpRequestView("POST", "/", "", headers(), body());
        return complete(SigV4Signer.signHeaders(view, credentials, region, "ssm", when));
    }

    private static WireRequest signedByNode(KeyPair pair) {
        HttpRequestView view = new HttpRequestView("POST", "/", "", headers(), body());
        return complete(SigV4Signer.signRsaPss(view, NODE, pair.getPrivate(), REGION, NOW));
    }

    private static WireRequest complete(List<Map.Entry<String, String>> added) {
        List<Map.Entry<String, String>> all = new ArrayList<>(headers());
        all.addAll(added);
        return new WireRequest("POST", "/", "", all, body(), "192.0.2.1");
    }

    private static WireRequest with(WireRequest request, String name, String value) {
        List<Map.Entry<String, String>> changed = new ArrayList<>(request.headers());
        changed.replaceAll(header -> header.getKey().equalsIgnoreCase(name) ? Map.entry(name, value) : header);
        return new WireRequest("POST", "/", "", changed, request.body(), "192.0.2.1");
    }

    private static List<Map.Entry<String, String>> headers() {
        return List.of(
                Map.entry("Host", "localhost:8443"),
                Map.entry("Content-Type", "application/x-amz-json-1.1"),
                Map.entry("X-Amz-Target", "AmazonSSM.StartSession"));
    }

    private static byte[] body() {
        return "{\"Target\":\"mi-0123456789abcdef0\"}".getBytes(StandardCharsets.UTF_8);
    }

    private static SigningCredentials temporary(TemporaryCredentials issued) {
        return new SigningCredentials(
                issued.accessKeyId(), issued.secretAccessKey(), Optional.of(issued.sessionToken()));
    }

    private static SigningCredentials withSecret(SigningCredentials credentials, String secret) {
        return new SigningCredentials(credentials.accessKeyId(), secret, credentials.sessionToken());
    }

    private static Duration hour() {
        return Duration.ofHours(1);
    }

    private static KeyPair rsa() throws NoSuchAlgorithmException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static void assertRefused(ThrowingCallable call, AccessError code, String message) {
        assertCode(call, code);
        assertThatThrownBy(call).hasMessage(message);
    }

    private static void assertCode(ThrowingCallable call, Enum<?> code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(code));
    }
}
