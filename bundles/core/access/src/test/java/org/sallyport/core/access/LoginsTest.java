package org.sallyport.core.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.iam.IamError;
import org.sallyport.test.contract.InMemoryIdentityProvider;

@Tag("store")
class LoginsTest {
    private static final String PASSWORD = "correct horse battery staple";
    private static final String OTHER = "another horse battery staple";
    private final IamWorld world = new IamWorld();
    private final InMemoryIdentityProvider provider = new InMemoryIdentityProvider();
    private final StoredLogins logins = new StoredLogins(world.core);
    private final PasswordSignIn signIn =
            new PasswordSignIn(world.store, world.names, world.clock, Duration.ofSeconds(30));

    @BeforeEach
    void bind() {
        logins.bindProvider(provider);
        signIn.bindProvider(provider);
        world.user("bob");
    }

    @AfterEach
    void close() {
        logins.deactivate();
        signIn.deactivate();
        world.close();
    }

    @Test
    void aUserSignsInWithThePasswordThatAnAdministratorGave() {
        IamEntitiesTest.assertCode(() -> logins.get(world.admin, "bob"), IamError.NO_SUCH_ENTITY);
        logins.create(world.admin, "bob", PASSWORD.toCharArray());

        assertThat(signedIn(PASSWORD).name()).isEqualTo("bob");
        assertThat(world.users.get(world.admin, Optional.of("bob")).passwordUsed())
                .isPresent();
        IamEntitiesTest.assertCode(
                () -> logins.create(world.admin, "bob", OTHER.toCharArray()), IamError.ENTITY_ALREADY_EXISTS);
        logins.update(world.admin, "bob", OTHER.toCharArray());
        assertRefused(PASSWORD);
        assertThat(signedIn(OTHER).name()).isEqualTo("bob");
    }

    @Test
    void aRenamedUserKeepsThePasswordAndAnotherUserOfTheOldNameDoesNotGetIt() {
        logins.create(world.admin, "bob", PASSWORD.toCharArray());
        world.users.update(world.admin, "bob", Optional.of("robert"), Optional.empty());
        world.user("bob");

        assertRefused(PASSWORD);
        assertThat(signIn.withPassword("robert", PASSWORD.toCharArray()).name()).isEqualTo("robert");
    }

    @Test
    void aUserOfTheSameNameDoesNotComeIntoThePasswordOfADeletedOne() {
        logins.create(world.admin, "bob", PASSWORD.toCharArray());
        IamEntitiesTest.assertCode(() -> world.users.delete(world.admin, "bob"), IamError.DELETE_CONFLICT);
        logins.delete(world.admin, "bob");
        assertRefused(PASSWORD);
        world.users.delete(world.admin, "bob");
        world.user("bob");

        assertRefused(PASSWORD);
    }

    private Principal signedIn(String password) {
        return signIn.withPassword("bob", password.toCharArray());
    }

    private void assertRefused(String password) {
        IamEntitiesTest.assertCode(() -> signedIn(password), AccessError.CREDENTIAL_REJECTED);
    }
}
