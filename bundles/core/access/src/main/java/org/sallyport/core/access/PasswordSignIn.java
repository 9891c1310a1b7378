package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.SignIn;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.identity.IdentityProvider;

/** Asks the identity provider of the local realm, then finds the user of that name. */
@Component(service = SignIn.class)
public final class PasswordSignIn implements SignIn {
    static final String LOCAL = "(" + IdentityProvider.REALM + "=" + IdentityProvider.LOCAL_REALM + ")";

    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Pattern USER_NAME = Pattern.compile("[A-Za-z0-9+=,.@_-]{1,64}");
    private static final int MAX_PASSWORD = 1024;

    private final Transactions transactions;
    private final Principals principals;
    private final Clock clock;
    private final Duration limit;
    private final AdapterSlot<IdentityProvider> provider = new AdapterSlot<>("identity");

    @Activate
    public PasswordSignIn(
            @Reference Transactions transactions,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, Principals.of(address), Clock.systemUTC(), LIMIT);
    }

    PasswordSignIn(Transactions transactions, Principals principals, Clock clock, Duration limit) {
        this.transactions = transactions;
        this.principals = principals;
        this.clock = clock;
        this.limit = limit;
    }

    @Reference(
            target = LOCAL,
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
    public Principal withPassword(String userName, char[] password) {
        if (transactions.active()) {
            throw new IllegalStateException("sign-in asks an adapter and so must not stand inside a transaction");
        }
        if (!USER_NAME.matcher(userName).matches() || password.length > MAX_PASSWORD) {
            throw rejected();
        }
        // the account is asked for whether or not there is such a user: both take their time
        Optional<User> user = transactions.run(connection -> AccessTables.user(connection, userName));
        String account = user.flatMap(known -> transactions.run(connection -> UserTable.login(connection, known.id())))
                .map(UserTable.Login::account)
                .orElse(userName);
        Instant deadline = clock.instant().plus(limit);
        // a copy of its own: the caller wipes the original even when the adapter is late and still reads
        char[] copy = password.clone();
        boolean right = provider.call(limit, adapter -> {
            try {
                return adapter.verifyPassword(account, copy, deadline);
            } finally {
                Arrays.fill(copy, '\0');
            }
        });
        if (!right) {
            throw rejected();
        }
        User known = user.orElseThrow(PasswordSignIn::rejected);
        Instant now = clock.instant();
        return transactions.run(connection -> {
            // once more: it may have been deleted meanwhile
            if (EntityTable.byId(connection, EntityKind.USER, known.id()).isEmpty()) {
                throw rejected();
            }
            UserTable.usedPassword(connection, known.id(), now);
            return principals.user(known);
        });
    }

    private static SallyportException rejected() {
        return new SallyportException(AccessError.CREDENTIAL_REJECTED, "The user name or the password is wrong.");
    }
}
