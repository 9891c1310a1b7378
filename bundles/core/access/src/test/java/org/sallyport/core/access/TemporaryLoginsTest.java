package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.TemporaryLogins.Login;
import org.sallyport.api.access.WebSessions.Attempt;
import org.sallyport.api.access.WireRequest;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.ErrorCode;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.protocol.sigv4.HttpRequestView;
import org.sallyport.protocol.sigv4.SigV4Signer;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.contract.InMemoryIdentityProvider;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class TemporaryLoginsTest {
    private static final String REGION = "onprem-1";
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";
    private static final Duration LONGEST = Duration.ofMinutes(720);

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Principals principals = new Principals("123456789012", REGION);
    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final AesSecrets secrets = new AesSecrets();
    private final InMemoryIdentityProvider provider = new InMemoryIdentityProvider();
    private final PasswordSignIn signIn = new PasswordSignIn(store, principals, clock, Duration.ofSeconds(30));
    private final StoredSecondFactors factors =
            new StoredSecondFactors(store, secrets, new IamCore(store, new AllowsAll(), principals, clock), clock);
    private final StoredWebSessions sessions =
            new StoredWebSessions(store, signIn, factors, principals, clock, WebSessionsTest.config(60, 600));
    private final StoredTemporaryLogins logins =
            new StoredTemporaryLogins(store, secrets, sessions, clock, WebSessionsTest.config(60, 600));
    private final SignatureVerifier verifier = new SignatureVerifier(store, secrets, principals, clock);

    @BeforeEach
    void makeUsers() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), Instant.EPOCH);
            AccessTables.insertUser(connection, new User("AIDAANN", "ann", "/"), Instant.EPOCH);
            return null;
        });
        provider.setPassword("bob", PASSWORD.toCharArray(), Instant.MAX);
        provider.setPassword("ann", PASSWORD.toCharArray(), Instant.MAX);
        signIn.bindProvider(provider);
    }

    @AfterEach
    void close() {
        signIn.deactivate();
        store.close();
    }

    @Test
    void whoSignedInIsTheSameUserAndHasWhatItsRequestsAreSignedWith() {
        Login login = login("bob");

        Principal bob =
                sessions.signIn(attempt("bob", PASSWORD, null)).session().principal();
        assertThat(login.person().arn()).isEqualTo(bob.arn());
        assertThat(caller(login).id()).isEqualTo(bob.id());
        assertThat(caller(login).credential().issued()).contains(clock.instant().truncatedTo(ChronoUnit.MILLIS));
        assertThat(caller(login).credential().secondFactor()).isEmpty();
        assertThat(login.credentials().expires()).isEqualTo(clock.instant().plus(LONGEST));
        assertThat(login.toString())
                .doesNotContain(login.credentials().secretAccessKey())
                .doesNotContain(login.credentials().sessionToken());
    }

    @Test
    void theyOutliveARestartAndEndToTheMillisecond() {
        Login login = logins.signIn(attempt("bob", PASSWORD, null), Optional.of(Duration.ofMinutes(15)));
        clock.advance(Duration.ofMinutes(15).minusMillis(1));
        SignatureVerifier restarted = new SignatureVerifier(store, secrets, principals, clock);
        assertThat(restarted
                        .verify(signed(login.credentials()), "ssm")
                        .principal()
                        .id())
                .isEqualTo(login.person().id());

        clock.advance(Duration.ofMillis(1));

        assertRefused(AccessError.TOKEN_EXPIRED, () -> caller(login));
    }

    @Test
    void aTimeThatIsNotAllowedIsToldBeforeThePasswordIsLookedAt() {
        for (Duration wanted : List.of(Duration.ZERO, Duration.ofMinutes(14), LONGEST.plusMinutes(1))) {
            assertRefused(
                    CommonError.INVALID_ARGUMENT,
                    () -> logins.signIn(attempt("bob", "wrong password", null), Optional.of(wanted)));
        }
        logins.modified(WebSessionsTest.config(60, 600, 30));
        assertThat(login("bob").credentials().expires())
                .isEqualTo(clock.instant().plus(Duration.ofMinutes(30)));
        assertThatThrownBy(() -> logins.modified(WebSessionsTest.config(60, 600, 14)))
                .hasMessageContaining("login_longest_m");
    }

    @Test
    void wrongTokensAndSecretsOpenNothing() {
        TemporaryCredentials bob = login("bob").credentials();
        TemporaryCredentials ann = login("ann").credentials();
        String key = bob.accessKeyId();

        assertRefused(
                AccessError.KEY_UNKNOWN,
                () -> verify(new SigningCredentials(key, bob.secretAccessKey(), Optional.empty())));
        assertRefused(
                AccessError.KEY_UNKNOWN,
                () -> verify(new SigningCredentials(key, bob.secretAccessKey(), Optional.of(ann.sessionToken()))));
        assertRefused(
                AccessError.SIGNATURE_WRONG,
                () -> verify(new SigningCredentials(key, ann.secretAccessKey(), Optional.of(bob.sessionToken()))));
        assertRefused(
                AccessError.KEY_UNKNOWN,
                () -> verify(new SigningCredentials(
                        "ASIAAAAAAAAAAAAAAAAA", bob.secretAccessKey(), Optional.of(bob.sessionToken()))));
    }

    @Test
    void theHolderEndsThemAndNobodyElseDoes() {
        Login bob = login("bob");
        Login other = login("bob");
        Login ann = login("ann");
        String key = bob.credentials().accessKeyId();
        logins.end(key, ann.credentials().sessionToken());
        logins.end("ASIAAAAAAAAAAAAAAAAA", bob.credentials().sessionToken());
        assertThat(caller(bob).id()).isEqualTo("AIDABOB");

        logins.end(key, bob.credentials().sessionToken());
        logins.end(key, bob.credentials().sessionToken());

        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(bob));
        assertThat(caller(other).id()).isEqualTo("AIDABOB");
        assertThat(caller(ann).id()).isEqualTo("AIDAANN");
    }

    @Test
    void signingOutEverywhereEndsBrowsersAndCommandLinesAlikeFromEither() {
        Login bob = login("bob");
        Login ann = login("ann");
        String browser = sessions.signIn(attempt("bob", PASSWORD, null)).token();

        logins.endEverywhere(bob.credentials().accessKeyId(), bob.credentials().sessionToken());

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(browser));
        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(bob));
        assertRefused(
                AccessError.SIGNED_OUT,
                () -> logins.endEverywhere(
                        bob.credentials().accessKeyId(), bob.credentials().sessionToken()));

        Login again = login("bob");
        sessions.signOutEverywhere(
                sessions.signIn(attempt("bob", PASSWORD, null)).token());
        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(again));
        assertThat(caller(ann).id()).isEqualTo("AIDAANN");
    }

    @Test
    void whoHasASecondFactorIsAskedForItAndItsResetEndsThem() {
        Login before = login("bob");
        String secret = factors.begin(before.person()).secret();
        factors.confirm(before.person(), code(secret));
        clock.advance(Duration.ofSeconds(30));

        assertRefused(AccessError.CODE_REQUIRED, () -> login("bob"));
        assertRefused(AccessError.CREDENTIAL_REJECTED, () -> login("bob", "wrong password", code(secret)));
        Login with = login("bob", PASSWORD, code(secret));
        assertRefused(AccessError.CODE_REJECTED, () -> login("bob", PASSWORD, code(secret)));
        assertThat(caller(with).id()).isEqualTo(before.person().id());
        assertThat(caller(with).credential().secondFactor())
                .isEqualTo(caller(with).credential().issued());

        factors.reset(before.person(), "bob");
        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(with));
    }

    @Test
    void triesAreCountedTogetherWithThoseOfTheConsole() {
        for (int i = 0; i < 4; i++) {
            assertRefused(AccessError.CREDENTIAL_REJECTED, () -> login("bob", "wrong password", null));
            assertRefused(
                    AccessError.CREDENTIAL_REJECTED, () -> sessions.signIn(attempt("bob", "wrong password", null)));
        }

        assertRefused(AccessError.TOO_MANY_TRIES, () -> login("bob"));
        assertRefused(AccessError.TOO_MANY_TRIES, () -> sessions.signIn(attempt("bob", PASSWORD, null)));
    }

    @Test
    void theOldestGoWhenThereAreTooManyAndExpiredOnesLeaveTheTable() {
        Login oldest = login("bob");
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            login("bob");
        }
        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(oldest));
        Login expired = login("ann");

        clock.advance(LONGEST.plusDays(1).plusSeconds(1));
        login("bob");
        login("bob");

        assertRefused(AccessError.KEY_UNKNOWN, () -> caller(expired));
    }

    private Login login(String user) {
        return login(user, PASSWORD, null);
    }

    private Login login(String user, String password, String code) {
        return logins.signIn(attempt(user, password, code), Optional.empty());
    }

    private static Attempt attempt(String user, String password, String code) {
        return new Attempt(user, password.toCharArray(), Optional.ofNullable(code), HERE);
    }

    private String code(String secret) {
        return OneTimeCodes.code(UniqueIds.unbase32(secret), clock.instant().getEpochSecond() / 30);
    }

    private Principal caller(Login login) {
        return verifier.verify(signed(login.credentials()), "ssm").principal();
    }

    private void verify(SigningCredentials credentials) {
        verifier.verify(signed(credentials), "ssm");
    }

    private WireRequest signed(TemporaryCredentials issued) {
        return signed(new SigningCredentials(
                issued.accessKeyId(), issued.secretAccessKey(), Optional.of(issued.sessionToken())));
    }

    private WireRequest signed(SigningCredentials credentials) {
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        List<Map.Entry<String, String>> headers = new ArrayList<>(List.of(
                Map.entry("Host", "localhost:8443"),
                Map.entry("Content-Type", "application/x-amz-json-1.1"),
                Map.entry("X-Amz-Target", "AmazonSSM.DescribeSessions")));
        HttpRequestView view = new HttpRequestView("POST", "/", "", headers, body);
        headers.addAll(SigV4Signer.signHeaders(view, credentials, REGION, "ssm", clock.instant()));
        return new WireRequest("POST", "/", "", headers, body, HERE);
    }

    private static void assertRefused(ErrorCode error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(error));
    }

    private static final class AllowsAll implements DecisionPoint {
        @Override
        public boolean allows(org.sallyport.api.access.AccessRequest request) {
            return true;
        }

        @Override
        public void require(org.sallyport.api.access.AccessRequest request) {
            assertThat(allows(request)).isTrue();
        }
    }
}
