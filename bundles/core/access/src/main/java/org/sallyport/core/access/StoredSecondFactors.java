package org.sallyport.core.access;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.AccessError;
import org.sallyport.api.access.Principal;
import org.sallyport.api.access.SecondFactors;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.IamCore.Target;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Secrets;
import org.sallyport.kernel.store.Transactions;

/** Second factors in the store, their secrets enveloped. Also checks their codes for the sign-in. */
@Component(service = {SecondFactors.class, StoredSecondFactors.class})
public final class StoredSecondFactors implements SecondFactors {
    private static final String ISSUER = "Sallyport";

    /** Codes typed by who is signed in already are counted by the person alone. */
    private static final String NO_SOURCE = "";

    private final Transactions transactions;
    private final KeyEnvelopes envelopes;
    private final IamCore core;
    private final Clock clock;
    private final SignInLimits limits;

    @Activate
    public StoredSecondFactors(
            @Reference Transactions transactions,
            @Reference Secrets secrets,
            @Reference IamCore core,
            @Reference(target = StoredAccessKeys.SCHEMA) Schema schema) {
        this(transactions, secrets, core, Clock.systemUTC());
    }

    StoredSecondFactors(Transactions transactions, Secrets secrets, IamCore core, Clock clock) {
        this.transactions = transactions;
        this.envelopes = new KeyEnvelopes(secrets);
        this.core = core;
        this.clock = clock;
        this.limits = new SignInLimits(clock);
    }

    @Override
    public boolean on(Principal person) {
        return find(person.id()).filter(SecondFactorTable.Row::confirmed).isPresent();
    }

    @Override
    public Enrolment begin(Principal person) {
        String secret = UniqueIds.factorSecret();
        byte[] envelope = envelopes.seal(SecondFactorTable.row(person.id()), secret);
        transactions.run(connection -> {
            // the user's row is the gate: two at once would each see none
            AccessTables.lockedUser(connection, person.name());
            refuseIf(SecondFactorTable.find(connection, person.id())
                    .filter(SecondFactorTable.Row::confirmed)
                    .isPresent());
            SecondFactorTable.delete(connection, person.id());
            SecondFactorTable.insert(connection, person.id(), envelope);
            return null;
        });
        String label = URLEncoder.encode(person.name(), StandardCharsets.UTF_8).replace("+", "%20");
        return new Enrolment(
                secret, "otpauth://totp/" + ISSUER + ":" + label + "?secret=" + secret + "&issuer=" + ISSUER);
    }

    @Override
    public void confirm(Principal person, String code) {
        refuseIf(find(person.id()).filter(row -> !row.confirmed()).isEmpty());
        if (!check(person.id(), code, NO_SOURCE)) {
            throw rejected();
        }
    }

    @Override
    public void remove(Principal person, String code) {
        refuseIf(!on(person));
        if (!check(person.id(), code, NO_SOURCE)) {
            throw rejected();
        }
        transactions.run(connection -> SecondFactorTable.delete(connection, person.id()));
    }

    @Override
    public void reset(Principal caller, String userName) {
        Target target = core.require(caller, "iam:DeactivateMFADevice", EntityKind.USER, userName);
        transactions.run(connection -> {
            Entity user = EntityTable.find(connection, EntityKind.USER, userName)
                    .filter(found -> target.id().filter(found.id()::equals).isPresent())
                    .orElseThrow(() -> new SallyportException(
                            AccessError.USER_UNKNOWN, "The user with name %s cannot be found.".formatted(userName)));
            SecondFactorTable.delete(connection, user.id());
            TemporaryLoginTable.deleteOfUser(connection, user.id());
            return WebSessionTable.deleteOfUser(connection, user.id());
        });
    }

    /** Whether the code is right and of a time step that no code was taken of; takes it then. */
    boolean check(String userId, String code, String source) {
        Optional<SecondFactorTable.Row> row = find(userId);
        if (row.isEmpty()) {
            return false;
        }
        byte[] secret = UniqueIds.unbase32(
                envelopes.open(SecondFactorTable.row(userId), row.get().secret()));
        return limits.code(userId, source, () -> {
            OptionalLong step = OneTimeCodes.step(secret, code, clock.instant());
            return step.isPresent() && transactions.run(connection -> take(connection, userId, step.getAsLong()));
        });
    }

    /** From here on, wrong codes from elsewhere do not count against this person and source. */
    void signedIn(Principal person, String source) {
        limits.signedIn(person.name(), person.id(), source);
    }

    static SallyportException rejected() {
        return new SallyportException(
                AccessError.CODE_REJECTED,
                "The code is wrong or was used already; wait for the next one and check the device's clock.");
    }

    private static boolean take(Connection connection, String userId, long step) throws SQLException {
        return SecondFactorTable.take(connection, userId, step);
    }

    private Optional<SecondFactorTable.Row> find(String userId) {
        return transactions.run(connection -> SecondFactorTable.find(connection, userId));
    }

    private static void refuseIf(boolean wrong) {
        if (wrong) {
            throw new SallyportException(
                    AccessError.SECOND_FACTOR_STATE,
                    "The second factor is not in a state for this: begin, confirm with a code, and remove with a code.");
        }
    }
}
