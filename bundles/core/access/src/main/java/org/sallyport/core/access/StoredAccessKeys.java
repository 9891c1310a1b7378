package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;

/** Access keys and temporary credentials in the store, their secrets enveloped. */
@Component(service = AccessKeys.class)
public final class StoredAccessKeys implements AccessKeys {
    static final String SCHEMA = "(" + Schema.BUNDLE + "=org.sallyport.core.access)";

    private static final int MAX_KEYS_OF_USER = 2;
    private static final Duration SHORTEST = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofHours(12);

    /** Expired credentials stay this long, so that their holder is told that they expired. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofHours(1);

    /** More than one, so that the purge gets ahead of the issuing that drives it. */
    private static final int PURGE_BATCH = 20;

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final Principals principals;
    private final Clock clock;

    @Activate
    public StoredAccessKeys(
            @Reference Transactions transactions,
            @Reference Secrets secrets,
            @Reference ServerAddress address,
            @Reference(target = SCHEMA) Schema schema) {
        this(transactions, secrets, Principals.of(address), Clock.systemUTC());
    }

    StoredAccessKeys(Transactions transactions, Secrets secrets, Principals principals, Clock clock) {
        this.transactions = transactions;
        this.envelopes = new KeyEnvelopes(secrets);
        this.principals = principals;
        this.clock = clock;
    }

    @Override
    public AccessKey create(String userName) {
        AccessKey key = new AccessKey(UniqueIds.accessKey(), UniqueIds.secret());
        return transactions.run(connection -> {
            Versions.change(connection);
            User user = AccessTables.lockedUser(connection, userName)
                    .orElseThrow(() -> new SallyportException(
                            AccessError.USER_UNKNOWN, "The user with name %s cannot be found.".formatted(userName)));
            if (KeyTables.keysOf(connection, user.id()) >= MAX_KEYS_OF_USER) {
                throw new SallyportException(
                        AccessError.LIMIT_EXCEEDED,
                        "User %s has %d access keys, the most allowed; delete one first."
                                .formatted(userName, MAX_KEYS_OF_USER));
            }
            KeyTables.insert(connection, envelopes.seal(key, user), clock.instant());
            return key;
        });
    }

    @Override
    public TemporaryCredentials issueForNode(String roleName, String nodeId, Duration lifetime) {
        if (lifetime.compareTo(SHORTEST) < 0 || lifetime.compareTo(LONGEST) > 0) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "Lifetime of temporary credentials must be %s to %s, was %s"
                            .formatted(SHORTEST, LONGEST, lifetime));
        }
        Instant now = clock.instant();
        // whole milliseconds, as the row keeps them: the caller is told exactly what will be enforced
        TemporaryCredentials issued = new TemporaryCredentials(
                UniqueIds.temporaryKey(),
                UniqueIds.secret(),
                UniqueIds.sessionToken(),
                now.plus(lifetime).truncatedTo(ChronoUnit.MILLIS));
        return transactions.run(connection -> {
            Role role = AccessTables.role(connection, roleName)
                    .orElseThrow(() -> new SallyportException(
                            CommonError.INVALID_ARGUMENT,
                            "The role with name %s cannot be found.".formatted(roleName)));
            KeyTables.purge(connection, now.minus(KEPT_AFTER_EXPIRY), PURGE_BATCH);
            KeyTables.insert(connection, envelopes.seal(issued, role, nodeId, now));
            return issued;
        });
    }

    @Override
    public void revokeNode(String nodeId) {
        transactions.run(connection -> KeyTables.deleteOfNode(connection, nodeId));
    }

    @Override
    public Optional<String> roleArn(String roleName) {
        return transactions
                .run(connection -> AccessTables.role(connection, roleName))
                .map(principals::roleArn);
    }
}
