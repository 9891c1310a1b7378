package org.sallyport.core.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Credential;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.SignIn;
import org.sallyport.api.access.WebSessions;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Transactions;

/** Web sessions in the store, their tokens hashed; only the counts of failed tries are in memory. */
@Component(
        service = {WebSessions.class, StoredWebSessions.class},
        configurationPid = AccessConfig.PID)
@Designate(ocd = AccessConfig.class)
public final class StoredWebSessions implements WebSessions {
    /** Sessions of one person; a further sign-in ends the oldest. */
    private static final int MOST_OF_USER = 20;

    private static final int PURGE_BATCH = 20;

    /** Use is written down this often, so that not each request writes. */
    private static final long USED_MILLIS = 60_000;

    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{43}");

    private final Transactions transactions;
    private final SignIn signIn;
    private final StoredSecondFactors factors;
    private final Principals principals;
    private final Clock clock;
    private final SignInLimits limits;
    private volatile Limits life;

    private record Limits(Duration idle, Duration longest) {}

    @Activate
    public StoredWebSessions(
            @Reference Transactions transactions,
            @Reference SignIn signIn,
            @Reference StoredSecondFactors factors,
            @Reference ServerAddress address,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema,
            AccessConfig config) {
        this(transactions, signIn, factors, Principals.of(address), Clock.systemUTC(), config);
    }

    StoredWebSessions(
            Transactions transactions,
            SignIn signIn,
            StoredSecondFactors factors,
            Principals principals,
            Clock clock,
            AccessConfig config) {
        this.transactions = transactions;
        this.signIn = signIn;
        this.factors = factors;
        this.principals = principals;
        this.clock = clock;
        this.limits = new SignInLimits(clock);
        modified(config);
    }

    @Modified
    void modified(AccessConfig config) {
        life = new Limits(
                minutes("web_idle_m", config.web_idle_m(), 1440),
                minutes("web_longest_m", config.web_longest_m(), 43_200));
    }

    /** Who a try to sign in is of, and whether a second factor was asked for. */
    record Authenticated(Principal person, boolean secondFactor) {}

    /** The rules of signing in, whatever is opened with it; throws as {@link #signIn}. */
    Authenticated authenticate(Attempt attempt) {
        Principal person = limits.password(
                attempt.userName(),
                attempt.source(),
                () -> signIn.withPassword(attempt.userName(), attempt.password()));
        boolean second = factors.on(person);
        if (second) {
            String code = attempt.code()
                    .orElseThrow(() -> new SallyportException(
                            AccessError.CODE_REQUIRED, "Type the code that your authenticator shows."));
            if (!factors.check(person.id(), code, attempt.source())) {
                throw StoredSecondFactors.rejected();
            }
        }
        limits.signedIn(person.name(), person.id(), attempt.source());
        factors.signedIn(person, attempt.source());
        return new Authenticated(person, second);
    }

    @Override
    public Opened signIn(Attempt attempt) {
        Authenticated authenticated = authenticate(attempt);
        Principal person = authenticated.person();
        String token = UniqueIds.webToken();
        // whole milliseconds, as the row keeps them
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        transactions.run(connection -> {
            WebSessionTable.purge(
                    connection,
                    now.minus(life.idle()).toEpochMilli(),
                    now.minus(life.longest()).toEpochMilli(),
                    PURGE_BATCH);
            WebSessionTable.insert(
                    connection, hash(token), person.id(), now.toEpochMilli(), authenticated.secondFactor());
            return WebSessionTable.deleteOldest(connection, person.id(), MOST_OF_USER);
        });
        boolean factor = authenticated.secondFactor();
        return new Opened(token, session(token, signedIn(person, now, factor), now, factor));
    }

    @Override
    public WebSession find(String token) {
        Instant now = clock.instant();
        WebSessionTable.Row row = live(token, now);
        if (now.toEpochMilli() - row.usedAt() > USED_MILLIS) {
            transactions.run(connection -> WebSessionTable.used(connection, hash(token), now.toEpochMilli()));
        }
        Instant begun = Instant.ofEpochMilli(row.createdAt());
        Principal person = signedIn(principals.user(row.user()), begun, row.secondFactor());
        return session(token, person, begun, factors.on(person));
    }

    @Override
    public boolean holds(String token) {
        return row(token, clock.instant()).isPresent();
    }

    @Override
    public void signOut(String token) {
        transactions.run(connection -> WebSessionTable.delete(connection, hash(token)));
    }

    @Override
    public void signOutEverywhere(String token) {
        String userId = live(token, clock.instant()).user().id();
        transactions.run(connection -> {
            TemporaryLoginTable.deleteOfUser(connection, userId);
            return WebSessionTable.deleteOfUser(connection, userId);
        });
    }

    private WebSessionTable.Row live(String token, Instant now) {
        return row(token, now)
                .orElseThrow(() -> new SallyportException(
                        AccessError.SIGNED_OUT, "You are not signed in, or no longer; sign in."));
    }

    private Optional<WebSessionTable.Row> row(String token, Instant now) {
        if (!TOKEN.matcher(token).matches()) {
            return Optional.empty();
        }
        return transactions
                .run(connection -> WebSessionTable.find(connection, hash(token)))
                .filter(row -> now.isBefore(Instant.ofEpochMilli(row.usedAt()).plus(life.idle())))
                .filter(row ->
                        now.isBefore(Instant.ofEpochMilli(row.createdAt()).plus(life.longest())));
    }

    /** The person with what its sign-in says of it. */
    private Principal signedIn(Principal person, Instant begun, boolean secondFactor) {
        return person.with(Credential.session(
                Optional.empty(),
                begun,
                Optional.of(begun.plus(life.longest())),
                secondFactor ? Optional.of(begun) : Optional.empty()));
    }

    /** The forgery token follows from the token, and not from what the store has of it. */
    private WebSession session(String token, Principal person, Instant begun, boolean secondFactor) {
        return new WebSession(person, hash("forgery " + token), begun.plus(life.longest()), secondFactor);
    }

    private static String hash(String token) {
        return HexFormat.of().formatHex(KeyEnvelopes.tokenHash(token));
    }

    private static Duration minutes(String attribute, int value, int most) {
        if (value < 5 || value > most) {
            throw new IllegalArgumentException("Configuration %s: %s is %d; allowed: 5 to %d minutes"
                    .formatted(AccessConfig.PID, attribute, value, most));
        }
        return Duration.ofMinutes(value);
    }
}
