package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.test.contract.InMemoryIdentityProvider;
import org.sallyport.test.stores.TestStore;

@Tag("store")
class PasswordSignInTest {
    private static final String PASSWORD = "correct horse battery";

    private final TestStore store = TestStore.ofBundle("org.sallyport.core.access");
    private final PasswordSignIn signIn = new PasswordSignIn(
            store, new Principals("123456789012", "onprem-1"), Clock.systemUTC(), Duration.ofSeconds(30));
    private final InMemoryIdentityProvider provider = new InMemoryIdentityProvider();

    @BeforeEach
    void makeUser() {
        store.run(connection -> {
            AccessTables.insertUser(connection, new User("AIDABOB", "bob", "/"), Instant.EPOCH);
            return null;
        });
        provider.setPassword("bob", PASSWORD.toCharArray(), Instant.MAX);
        provider.setPassword("ghost", PASSWORD.toCharArray(), Instant.MAX);
        signIn.bindProvider(provider);
    }

    @AfterEach
    void close() {
        signIn.deactivate();
        store.close();
    }

    @Test
    void knowsWhoHasTheRightPassword() {
        char[] password = PASSWORD.toCharArray();

        assertThat(signIn.withPassword("bob", password).id()).isEqualTo("AIDABOB");
        assertThat(password).as("wiped by the caller, not by us").containsExactly(PASSWORD.toCharArray());
    }

    @Test
    void refusesWrongPasswordUnknownAccountAndAccountWithoutUserAlike() {
        assertRejected("bob", "wrong password");
        assertRejected("nobody", PASSWORD);
        assertRejected("ghost", PASSWORD);
        assertRejected("bob\n", PASSWORD);
        assertRejected("bob", "x".repeat(1025));
    }

    @Test
    void tellsWhenNoProviderCanAnswer() {
        signIn.unbindProvider(provider);

        assertThatThrownBy(() -> signIn.withPassword("bob", PASSWORD.toCharArray()))
                .isInstanceOfSatisfying(SallyportException.class, e -> assertThat(e.code())
                        .isEqualTo(AccessError.PROVIDER_UNAVAILABLE));
    }

    @Test
    void refusesToBeAskedInsideATransaction() {
        assertThatThrownBy(() -> store.run(connection -> signIn.withPassword("bob", PASSWORD.toCharArray())))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("transaction");
    }

    private void assertRejected(String user, String password) {
        assertThatThrownBy(() -> signIn.withPassword(user, password.toCharArray()))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(AccessError.CREDENTIAL_REJECTED))
                .hasMessage("The user name or the password is wrong.");
    }
}
