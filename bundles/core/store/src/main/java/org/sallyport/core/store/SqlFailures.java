package org.sallyport.core.store;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.function.Predicate;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Sorts failures of the database by SQLState; the one place where {@code SQLException} becomes {@code SallyportException}. */
final class SqlFailures {
    /** Serialisation failure, deadlock, and H2's and PostgreSQL's lock time-outs and concurrent updates. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03", "HYT00", "90131");
    /**
     * H2: connection broken, database closed, closing, object already closed. PostgreSQL: shutting down, crashed, starting, gone; too many
     * connections; a transaction that idled too long; a replica that takes no writes.
     */
    private static final Set<String> AWAY = Set.of(
            "90067", "90098", "90121", "90007", "57P01", "57P02", "57P03", "57P04", "57P05", "53300", "25P03", "25006");
    /** Table, index, column, sequence or schema is there already or already gone, in H2 and in PostgreSQL. */
    private static final Set<String> ALREADY_DONE = Set.of(
            "42S01", "42S11", "42S21", "90035", "90045", "90078", "42P07", "42701", "42710", "42P06", "42S02", "42S12",
            "42S22", "90036", "90057", "90079", "42P01", "42703", "42704");
    /** PostgreSQL keeps no U+0000 in text, and no half of a surrogate pair. */
    private static final Set<String> TEXT = Set.of("22021", "22P05");

    private static final String UNIQUE = "23505";

    private SqlFailures() {}

    /** Whether the same work may succeed when it is done again. */
    static boolean worthAnotherTry(Throwable failure) {
        return causedBy(failure, sql -> stateIn(TRY_AGAIN, sql));
    }

    /**
     * Whether the connection broke at once, as after a restart of the database: before the commit was sent nothing is written, and another
     * connection may work. One that fell silent is not among these: its caller has waited long enough.
     */
    static boolean connectionBroke(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SocketTimeoutException || cause instanceof SQLTransientConnectionException) {
                return false;
            }
        }
        return causedBy(failure, SqlFailures::away);
    }

    /** Whether a row with this key is there. */
    static boolean isThereAlready(Throwable failure) {
        return causedBy(failure, sql -> UNIQUE.equals(sql.getSQLState()));
    }

    /** Whether a definition failed because it had been carried out before. */
    static boolean alreadyDone(SQLException failure) {
        return stateIn(ALREADY_DONE, failure);
    }

    /** Whether the database did not answer, so that nobody knows what it did. */
    static boolean away(SQLException failure) {
        String state = failure.getSQLState();
        return failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || AWAY.contains(state)));
    }

    static SallyportException converted(SQLException failure) {
        if (away(failure)) {
            return new SallyportException(
                    CommonError.SERVICE_AWAY, "The database cannot be reached now; try again in a moment", failure);
        }
        if (stateIn(TEXT, failure)) {
            return new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "A text has a character that the database cannot keep, such as U+0000; leave it away",
                    failure);
        }
        return new SallyportException(
                CommonError.INTERNAL,
                "The database refused a statement (SQLState %s)".formatted(failure.getSQLState()),
                failure);
    }

    /** @param failure of a commit that got no answer */
    static SallyportException unknown(SQLException failure) {
        return new SallyportException(
                CommonError.SERVICE_AWAY,
                "The database went away while it committed; whether this was written is not known: look before you do it again",
                failure);
    }

    private static boolean causedBy(Throwable failure, Predicate<SQLException> kind) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && kind.test(sql)) {
                return true;
            }
        }
        return false;
    }

    private static boolean stateIn(Set<String> states, SQLException failure) {
        return failure.getSQLState() != null && states.contains(failure.getSQLState());
    }
}
