package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.IamError;
import org.sallyport.api.iam.Logins;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.core.access.UserTable.Login;
import org.sallyport.spi.identity.IdentityProvider;

/**
 * Passwords of users. The account at the identity provider has the user's id for a name, so that nobody comes into the password of an earlier user
 * of the same name; one that had a password before there were ids keeps its name.
 */
@Component(service = Logins.class)
public final class StoredLogins implements Logins {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private final IamCore core;
    private final AdapterSlot<IdentityProvider> provider = new AdapterSlot<>("passwords");

    @Activate
    public StoredLogins(@Reference IamCore core) {
        this.core = core;
    }

    @Reference(
            target = PasswordSignIn.LOCAL,
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindProvider(IdentityProvider adapter) {
        provider.bind(adapter);
    }

    void unbindProvider(IdentityProvider adapter) {
        provider.unbind(adapter);
    }

    @Deactivate
    void deactivate() {
        provider.close();
    }

    @Override
    public Instant create(Principal caller, String userName, char[] password) {
        Target target = core.require(caller, "iam:CreateLoginProfile", EntityKind.USER, userName);
        String id = core.read(connection -> {
            String user = core.entity(connection, target).id();
            refuseIfThere(UserTable.login(connection, user), userName);
            return user;
        });
        setPassword(id, password);
        return core.change(connection -> {
            String user = core.entity(connection, target).id();
            refuseIfThere(UserTable.login(connection, user), userName);
            Instant now = core.now();
            UserTable.setLogin(connection, user, id, now);
            return now;
        });
    }

    @Override
    public Instant get(Principal caller, String userName) {
        Target target = core.require(caller, "iam:GetLoginProfile", EntityKind.USER, userName);
        return login(target).created();
    }

    @Override
    public void update(Principal caller, String userName, char[] password) {
        Target target = core.require(caller, "iam:UpdateLoginProfile", EntityKind.USER, userName);
        setPassword(login(target).account(), password);
        core.change(connection ->
                signedOut(connection, core.entity(connection, target).id()));
    }

    @Override
    public void delete(Principal caller, String userName) {
        Target target = core.require(caller, "iam:DeleteLoginProfile", EntityKind.USER, userName);
        Login login = login(target);
        core.change(connection -> {
            String user = core.entity(connection, target).id();
            UserTable.setLogin(connection, user, null, core.now());
            return signedOut(connection, user);
        });
        // providers cannot forget an account; nobody knows this password
        char[] password = UniqueIds.password();
        try {
            setPassword(login.account(), password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static int signedOut(Connection connection, String userId) throws SQLException {
        TemporaryLoginTable.deleteOfUser(connection, userId);
        return WebSessionTable.deleteOfUser(connection, userId);
    }

    private Login login(Target target) {
        return core.read(connection -> UserTable.login(
                        connection, core.entity(connection, target).id()))
                .orElseThrow(() -> IamErrors.of(
                        IamError.NO_SUCH_ENTITY,
                        "Login Profile for User %s cannot be found.".formatted(target.name())));
    }

    private void setPassword(String account, char[] password) {
        char[] copy = password.clone();
        Instant deadline = core.now().plus(LIMIT);
        try {
            provider.call(LIMIT, adapter -> {
                try {
                    adapter.setPassword(account, copy, deadline);
                    return true;
                } finally {
                    Arrays.fill(copy, '\0');
                }
            });
        } catch (SallyportException e) {
            if (e.code() == CommonError.INVALID_ARGUMENT) {
                throw new SallyportException(IamError.PASSWORD_POLICY_VIOLATION, e.getMessage(), e);
            }
            throw e;
        }
    }

    private static void refuseIfThere(Optional<Login> login, String userName) {
        if (login.isPresent()) {
            throw IamErrors.of(
                    IamError.ENTITY_ALREADY_EXISTS, "Login Profile for user %s already exists.".formatted(userName));
        }
    }
}
