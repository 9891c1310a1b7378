package org.sallyport.test.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.spi.identity.IdentityProvider;

/** What every {@link IdentityProvider} that keeps passwords itself keeps to. */
public abstract class IdentityProviderContract {
    private static final String GOOD = "correct horse battery staple";
    private static final String OTHER = "incorrect horse battery staple";

    private IdentityProvider provider;

    /** A provider without accounts, asked for before each test. */
    protected abstract IdentityProvider emptyProvider() throws Exception;

    @BeforeEach
    void takeEmptyProvider() throws Exception {
        provider = emptyProvider();
    }

    @Test
    void theRightPasswordIsAccepted() {
        set("alice", GOOD);

        assertThat(verify("alice", GOOD)).isTrue();
    }

    @Test
    void wrongPasswordAndUnknownAccountAreRefusedAlike() {
        set("alice", GOOD);

        assertThat(verify("alice", OTHER)).isFalse();
        assertThat(verify("alice", "")).isFalse();
        assertThat(verify("nobody", GOOD)).isFalse();
        assertThat(verify("", GOOD)).isFalse();
    }

    @Test
    void namesAreComparedExactly() {
        set("bob", GOOD);

        assertThat(verify("bob-admin", GOOD)).isFalse();
        assertThat(verify("bo", GOOD)).isFalse();
        assertThat(verify("Bob", GOOD)).isFalse();
        assertThat(verify("bob ", GOOD)).isFalse();
    }

    @Test
    void passwordsAreComparedExactly() {
        set("alice", GOOD);

        assertThat(verify("alice", GOOD + " ")).isFalse();
        assertThat(verify("alice", GOOD.substring(1))).isFalse();
        assertThat(verify("alice", GOOD.toUpperCase(Locale.ROOT))).isFalse();
    }

    @Test
    void aNewPasswordEndsTheOldOne() {
        set("alice", GOOD);
        set("alice", OTHER);

        assertThat(verify("alice", OTHER)).isTrue();
        assertThat(verify("alice", GOOD)).isFalse();
    }

    @Test
    void accountsDoNotShareTheirPasswords() {
        set("alice", GOOD);
        set("bob", OTHER);

        assertThat(verify("alice", OTHER)).isFalse();
        assertThat(verify("bob", GOOD)).isFalse();
    }

    @Test
    void aWeakPasswordIsRefusedAndTheOldOneStays() {
        set("alice", GOOD);

        assertThatThrownBy(() -> set("alice", "a"))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INVALID_ARGUMENT));
        assertThat(verify("alice", GOOD)).isTrue();
    }

    @Test
    void theCallersArrayIsNotKept() {
        char[] password = GOOD.toCharArray();
        provider.setPassword("alice", password, soon());
        Arrays.fill(password, '\0');

        assertThat(verify("alice", GOOD)).isTrue();
        assertThat(provider.verifyPassword("alice", password, soon())).isFalse();
    }

    @Test
    void thePasswordIsInNoText() {
        set("alice", GOOD);

        assertThat(provider.toString()).doesNotContain(GOOD);
    }

    @Test
    void manyMaySignInAtOnce() throws Exception {
        set("alice", GOOD);

        assertThat(Race.of(4, () -> verify("alice", GOOD))).containsOnly(true);
    }

    private void set(String user, String password) {
        provider.setPassword(user, password.toCharArray(), soon());
    }

    private boolean verify(String user, String password) {
        return provider.verifyPassword(user, password.toCharArray(), soon());
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofMinutes(1));
    }
}
