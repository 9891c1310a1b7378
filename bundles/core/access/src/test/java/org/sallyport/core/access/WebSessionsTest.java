package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.annotation.Annotation;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.SecondFactors.Enrolment;
import org.sallyport.api.access.WebSessions.Attempt;
import org.sallyport.api.access.WebSessions.Opened;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.test.contract.InMemoryIdentityProvider;
import org.sallyport.test.database.SettableClock;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class WebSessionsTest {
    private static final String PASSWORD = "correct horse battery";
    private static final String HERE = "192.0.2.1";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
    private final Principals principals = new Principals("123456789012", "onprem-1");
    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final InMemoryIdentityProvider provider = new InMemoryIdentityProvider();
    private final PasswordSignIn signIn = new PasswordSignIn(store, principals, clock, Duration.ofSeconds(30));
    private final OnlyAdmin decisions = new OnlyAdmin();
    private final StoredSecondFactors factors =
            new StoredSecondFactors(store, new AesSecrets(), new IamCore(store, decisions, principals, clock), clock);
    private final StoredWebSessions sessions =
            new StoredWebSessions(store, signIn, factors, principals, clock, config(60, 600));

    @BeforeEach
    void makeUsers() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), Instant.EPOCH);
            AccessTables.insertUser(connection, new User("AIDAADMIN", "admin", "/"), Instant.EPOCH);
            return null;
        });
        provider.setPassword("bob", PASSWORD.toCharArray(), Instant.MAX);
        provider.setPassword("admin", PASSWORD.toCharArray(), Instant.MAX);
        signIn.bindProvider(provider);
    }

    @AfterEach
    void close() {
        signIn.deactivate();
        store.close();
    }

    @Test
    void aSessionIsKnownByItsTokenAndTheStoreHasItsHashOnly() {
        Opened opened = open("bob");

        assertThat(sessions.find(opened.token()).principal().id()).isEqualTo("AIDABOB");
        assertThat(sessions.find(opened.token())).isEqualTo(opened.session());
        assertThat(stored()).hasSize(1).noneMatch(hash -> opened.token().contains(hash));
        assertThat(stored()).doesNotContain(opened.session().forgeryToken());
        assertThat(opened.toString()).doesNotContain(opened.token());
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(stored().get(0)));
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(""));
    }

    @Test
    void eachSignInMakesAnotherToken() {
        Opened first = open("bob");
        Opened second = open("bob");

        assertThat(second.token()).isNotEqualTo(first.token());
        assertThat(second.session().forgeryToken()).isNotEqualTo(first.session().forgeryToken());
        sessions.signOut(first.token());
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(first.token()));
        assertThat(sessions.find(second.token()).principal().name()).isEqualTo("bob");
    }

    @Test
    void aSessionEndsWhenIdleAndUseKeepsIt() {
        Opened opened = open("bob");
        for (int i = 0; i < 5; i++) {
            clock.advance(Duration.ofMinutes(59));
            sessions.find(opened.token());
        }

        clock.advance(Duration.ofMinutes(60));

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(opened.token()));
    }

    @Test
    void lookingWhetherItHoldsIsNoUse() {
        Opened opened = open("bob");
        clock.advance(Duration.ofMinutes(59));
        assertThat(sessions.holds(opened.token())).isTrue();

        clock.advance(Duration.ofMinutes(1));

        assertThat(sessions.holds(opened.token())).isFalse();
        assertThat(sessions.holds("")).isFalse();
    }

    @Test
    void aSessionEndsAfterItsLongestTimeHoweverMuchItIsUsed() {
        Opened opened = open("bob");
        for (int i = 0; i < 11; i++) {
            clock.advance(Duration.ofMinutes(50));
            sessions.find(opened.token());
        }

        clock.advance(Duration.ofMinutes(50));

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(opened.token()));
        assertThat(opened.session().expires()).isEqualTo(clock.instant());
    }

    @Test
    void shorterTimesCountForSessionsThatAreThere() {
        Opened opened = open("bob");
        clock.advance(Duration.ofMinutes(30));

        sessions.modified(config(5, 600));

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(opened.token()));
    }

    @Test
    void signingOutEverywhereEndsAllOfThePersonAndNobodyElses() {
        Opened bob = open("bob");
        Opened bobToo = open("bob");
        Opened admin = open("admin");

        sessions.signOutEverywhere(bob.token());

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(bob.token()));
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(bobToo.token()));
        assertThat(sessions.find(admin.token()).principal().name()).isEqualTo("admin");
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.signOutEverywhere(bob.token()));
    }

    @Test
    void theOldestSessionGoesWhenThereAreTooMany() {
        Opened oldest = open("bob");
        for (int i = 0; i < 20; i++) {
            clock.advance(Duration.ofSeconds(1));
            open("bob");
        }

        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(oldest.token()));
        assertThat(stored()).hasSize(20);
    }

    @Test
    void sessionsThatAreOverLeaveTheTable() {
        open("bob");
        clock.advance(Duration.ofMinutes(61));

        open("bob");

        assertThat(stored()).hasSize(1);
    }

    @Test
    void failedTriesAreLimitedForThePairAndAllOfThemAreFreeAgainSoon() {
        for (int i = 0; i < 8; i++) {
            assertRefused(AccessError.CREDENTIAL_REJECTED, () -> open("bob", "wrong password", null, HERE));
        }
        assertRefused(AccessError.TOO_MANY_TRIES, () -> open("bob", PASSWORD, null, HERE));

        clock.advance(org.sallyport.api.access.WebSessions.LONGEST_WAIT);

        assertThat(open("bob").token()).isNotEmpty();
    }

    @Test
    void unknownUsersAreLimitedLikeKnownOnes() {
        for (int i = 0; i < 8; i++) {
            assertRefused(AccessError.CREDENTIAL_REJECTED, () -> open("nobody", PASSWORD, null, HERE));
        }
        assertRefused(AccessError.TOO_MANY_TRIES, () -> open("nobody", PASSWORD, null, HERE));
    }

    @Test
    void oneSourceCannotTryManyUsers() {
        for (int i = 0; i < 30; i++) {
            String user = "user" + i;
            assertRefused(AccessError.CREDENTIAL_REJECTED, () -> open(user, "wrong password", null, "2001:db8::1"));
        }
        assertRefused(AccessError.TOO_MANY_TRIES, () -> open("bob", PASSWORD, null, "2001:db8::2"));
        assertThat(open("bob").token()).isNotEmpty();
    }

    @Test
    void whoGuessesFromManyPlacesIsSlowedAndDoesNotKeepThePersonOut() {
        open("bob");
        for (int i = 0; i < 60; i++) {
            String source = "198.51.100." + i;
            assertRefused(AccessError.CREDENTIAL_REJECTED, () -> open("bob", "wrong password", null, source));
        }
        assertRefused(AccessError.TOO_MANY_TRIES, () -> open("bob", PASSWORD, null, "203.0.113.1"));

        assertThat(open("bob").token()).as("from where bob signed in before").isNotEmpty();
    }

    @Test
    void whatIsAwayCostsNobodyATry() {
        signIn.unbindProvider(provider);
        for (int i = 0; i < 40; i++) {
            assertRefused(AccessError.PROVIDER_UNAVAILABLE, () -> open("bob"));
        }
        signIn.bindProvider(provider);

        assertThat(open("bob").token()).isNotEmpty();
    }

    @Test
    void theSecondFactorIsAskedForOnceItIsConfirmed() {
        Principal bob = open("bob").session().principal();
        Enrolment enrolment = factors.begin(bob);
        assertThat(open("bob").session().secondFactor()).isFalse();
        assertThat(enrolment.uri())
                .isEqualTo("otpauth://totp/Sallyport:bob?secret=%s&issuer=Sallyport".formatted(enrolment.secret()));
        assertRefused(AccessError.CODE_REJECTED, () -> factors.confirm(bob, "000000x"));

        factors.confirm(bob, code(enrolment));

        assertRefused(AccessError.CODE_REQUIRED, () -> open("bob"));
        assertRefused(AccessError.CREDENTIAL_REJECTED, () -> open("bob", "wrong password", code(enrolment), HERE));
        assertRefused(AccessError.CODE_REJECTED, () -> open("bob", PASSWORD, code(enrolment), HERE));
        clock.advance(Duration.ofSeconds(30));
        String next = code(enrolment);
        assertThat(open("bob", PASSWORD, next, HERE).session().secondFactor()).isTrue();
        assertRefused(AccessError.CODE_REJECTED, () -> open("bob", PASSWORD, next, HERE));
    }

    @Test
    void guessedCodesAreLimited() {
        Enrolment enrolment = secondFactorOf("bob");
        clock.advance(Duration.ofSeconds(90));
        for (int i = 0; i < 5; i++) {
            assertRefused(AccessError.CODE_REJECTED, () -> open("bob", PASSWORD, "x", "203.0.113.9"));
        }
        assertRefused(AccessError.TOO_MANY_TRIES, () -> open("bob", PASSWORD, code(enrolment), "203.0.113.8"));

        assertThat(open("bob", PASSWORD, code(enrolment), HERE).token())
                .as("from where bob signed in before")
                .isNotEmpty();
    }

    @Test
    void aSecretThatIsOnIsReplacedOnlyAfterACode() {
        Enrolment enrolment = secondFactorOf("bob");
        Principal bob = principals.user(new User("AIDABOB", "bob", "/"));
        assertRefused(AccessError.SECOND_FACTOR_STATE, () -> factors.begin(bob));
        assertRefused(AccessError.CODE_REJECTED, () -> factors.remove(bob, "000000x"));

        clock.advance(Duration.ofSeconds(60));
        factors.remove(bob, code(enrolment));

        assertThat(open("bob").session().secondFactor()).isFalse();
        assertRefused(AccessError.SECOND_FACTOR_STATE, () -> factors.remove(bob, code(enrolment)));
        assertRefused(AccessError.SECOND_FACTOR_STATE, () -> factors.confirm(bob, code(enrolment)));
    }

    @Test
    void anAdministratorResetsWhatWasLostAndNobodyElseDoes() {
        Opened bob = open("bob");
        secondFactorOf("bob");
        Principal admin = open("admin").session().principal();
        assertRefused(
                AccessError.ACCESS_DENIED, () -> factors.reset(bob.session().principal(), "bob"));
        assertRefused(
                AccessError.ACCESS_DENIED, () -> factors.reset(bob.session().principal(), "nobody"));
        assertRefused(AccessError.USER_UNKNOWN, () -> factors.reset(admin, "nobody"));
        assertThat(factors.on(bob.session().principal())).isTrue();

        factors.reset(admin, "bob");

        assertThat(decisions.asked).contains("iam:DeactivateMFADevice arn:aws:iam::123456789012:user/bob");
        assertRefused(AccessError.SIGNED_OUT, () -> sessions.find(bob.token()));
        assertThat(open("bob").session().secondFactor()).isFalse();
    }

    private Enrolment secondFactorOf(String user) {
        Principal person = open(user).session().principal();
        Enrolment enrolment = factors.begin(person);
        factors.confirm(person, code(enrolment));
        return enrolment;
    }

    private String code(Enrolment enrolment) {
        return OneTimeCodes.code(
                UniqueIds.unbase32(enrolment.secret()), clock.instant().getEpochSecond() / 30);
    }

    private Opened open(String user) {
        return open(user, PASSWORD, null, HERE);
    }

    private Opened open(String user, String password, String code, String source) {
        return sessions.signIn(new Attempt(user, password.toCharArray(), Optional.ofNullable(code), source));
    }

    private List<String> stored() {
        return store.run(connection -> {
            List<String> hashes = new ArrayList<>();
            try (PreparedStatement select = connection.prepareStatement("SELECT token_hash FROM access_web_sessions");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    hashes.add(rows.getString(1));
                }
            }
            return hashes;
        });
    }

    private static void assertRefused(AccessError error, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                .isEqualTo(error));
    }

    static AccessConfig config(int idle, int longest) {
        return config(idle, longest, 720);
    }

    static AccessConfig config(int idle, int longest, int loginLongest) {
        return new AccessConfig() {
            @Override
            public String[] node_lifted_roles() {
                return new String[0];
            }

            @Override
            public int web_idle_m() {
                return idle;
            }

            @Override
            public int web_longest_m() {
                return longest;
            }

            @Override
            public int login_longest_m() {
                return loginLongest;
            }

            @Override
            public Class<? extends Annotation> annotationType() {
                return AccessConfig.class;
            }
        };
    }

    /** Allows the administrator everything and others nothing. */
    private static final class OnlyAdmin implements DecisionPoint {
        private final List<String> asked = new ArrayList<>();

        @Override
        public boolean allows(AccessRequest request) {
            asked.add(request.action() + " " + request.resource());
            return request.principal().name().equals("admin");
        }

        @Override
        public void require(AccessRequest request) {
            if (!allows(request)) {
                throw new SallyportException(AccessError.ACCESS_DENIED, "no");
            }
        }
    }
}
