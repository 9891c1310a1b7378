package org.sallyport.core.access;

import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.AccessKeys.TemporaryCredentials;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.TemporaryLogins;
import org.sallyport.api.access.WebSessions.Attempt;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;

/** Temporary credentials of people, in the store. Signing in is {@link StoredWebSessions}'s, limits included. */
@Component(service = TemporaryLogins.class, configurationPid = AccessConfig.PID)
public final class StoredTemporaryLogins implements TemporaryLogins {
    /** Credentials of one person; a further sign-in ends the oldest. */
    private static final int MOST_OF_USER = 20;

    /** Expired credentials stay this long, so that their holder is told that they expired. */
    private static final Duration KEPT_AFTER_EXPIRY = Duration.ofDays(1);

    private static final int PURGE_BATCH = 20;
    private static final int MOST_MINUTES = 10_080;

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final StoredWebSessions signIn;
    private final Clock clock;
    private volatile Duration longest;

    @Activate
    public StoredTemporaryLogins(
            @Reference Transactions transactions,
            @Reference Secrets secrets,
            @Reference StoredWebSessions signIn,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema,
            AccessConfig config) {
        this(transactions, secrets, signIn, Clock.systemUTC(), config);
    }

    StoredTemporaryLogins(
            Transactions transactions, Secrets secrets, StoredWebSessions signIn, Clock clock, AccessConfig config) {
        this.transactions = transactions;
        this.envelopes = new KeyEnvelopes(secrets);
        this.signIn = signIn;
        this.clock = clock;
        modified(config);
    }

    @Modified
    void modified(AccessConfig config) {
        Duration wanted = Duration.ofMinutes(config.login_longest_m());
        if (wanted.compareTo(SHORTEST) < 0 || wanted.toMinutes() > MOST_MINUTES) {
            throw new IllegalArgumentException("Configuration %s: login_longest_m is %d; allowed: %d to %d minutes"
                    .formatted(AccessConfig.PID, config.login_longest_m(), SHORTEST.toMinutes(), MOST_MINUTES));
        }
        longest = wanted;
    }

    @Override
    public Login signIn(Attempt attempt, Optional<Duration> lifetime) {
        Duration most = longest;
        Duration life = lifetime.orElse(most);
        if (life.compareTo(SHORTEST) < 0 || life.compareTo(most) > 0) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "A sign-in may hold for %d to %d minutes on this server."
                            .formatted(SHORTEST.toMinutes(), most.toMinutes()));
        }
        StoredWebSessions.Authenticated authenticated = signIn.authenticate(attempt);
        Principal person = authenticated.person();
        Instant now = clock.instant();
        // whole milliseconds, as the row keeps them: the caller is told exactly what will be enforced
        TemporaryCredentials issued = new TemporaryCredentials(
                UniqueIds.temporaryKey(),
                UniqueIds.secret(),
                UniqueIds.sessionToken(),
                now.plus(life).truncatedTo(ChronoUnit.MILLIS));
        byte[] secret = envelopes.seal(TemporaryLoginTable.row(issued.accessKeyId()), issued.secretAccessKey());
        byte[] tokenHash = KeyEnvelopes.tokenHash(issued.sessionToken());
        transactions.run(connection -> {
            User user = AccessTables.user(connection, person.name())
                    .filter(known -> known.id().equals(person.id()))
                    .orElseThrow(() -> signedOut());
            TemporaryLoginTable.purge(connection, now.minus(KEPT_AFTER_EXPIRY), PURGE_BATCH);
            TemporaryLoginTable.insert(
                    connection,
                    new TemporaryLoginTable.Row(
                            issued.accessKeyId(),
                            user,
                            secret,
                            tokenHash,
                            now,
                            issued.expires(),
                            authenticated.secondFactor()));
            return TemporaryLoginTable.deleteOldest(connection, user.id(), MOST_OF_USER);
        });
        return new Login(person, issued);
    }

    @Override
    public void end(String accessKeyId, String sessionToken) {
        row(accessKeyId, sessionToken)
                .ifPresent(row ->
                        transactions.run(connection -> TemporaryLoginTable.delete(connection, row.accessKeyId())));
    }

    @Override
    public void endEverywhere(String accessKeyId, String sessionToken) {
        String userId = row(accessKeyId, sessionToken)
                .filter(row -> row.expires().isAfter(clock.instant()))
                .orElseThrow(StoredTemporaryLogins::signedOut)
                .user()
                .id();
        transactions.run(connection -> {
            TemporaryLoginTable.deleteOfUser(connection, userId);
            return WebSessionTable.deleteOfUser(connection, userId);
        });
    }

    private Optional<TemporaryLoginTable.Row> row(String accessKeyId, String sessionToken) {
        byte[] shown = KeyEnvelopes.tokenHash(sessionToken);
        return transactions
                .run(connection -> TemporaryLoginTable.find(connection, accessKeyId))
                .filter(row -> MessageDigest.isEqual(row.tokenHash(), shown));
    }

    private static SallyportException signedOut() {
        return new SallyportException(AccessError.SIGNED_OUT, "You are not signed in, or no longer; sign in.");
    }
}
