package org.sallyport.core.store;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

/** Sorts failures of the database by SQLState; the one place where {@code SQLException} becomes {@code SallyportException}. */
final class SqlFailures {
    /** Serialisation failure, deadlock, and H2's and PostgreSQL's lock time-outs and concurrent updates. */
    private static final Set<String> TRY_AGAIN = Set.of("40001", "40P01", "55P03", "HYT00", "90131");
    /** H2: connection broken, database closed, closing, object already closed. PostgreSQL: shutting down. */
    private static final Set<String> AWAY = Set.of("90067", "90098", "90121", "90007", "57P01", "57P02", "57P03");
    /** Table, index, column, sequence or schema is there already or already gone, in H2 and in PostgreSQL. */
    private static final Set<String> ALREADY_DONE = Set.of(
            "42S01", "42S11", "42S21", "90035", "90045", "90078", "42P07", "42701", "42710", "42P06", "42S02", "42S12",
            "42S22", "90036", "90057", "90079", "42P01", "42703", "42704");

    private SqlFailures() {}

    /** Whether the same work may succeed when it is done again. */
    static boolean worthAnotherTry(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql
                    && sql.getSQLState() != null
                    && TRY_AGAIN.contains(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    /** Whether a definition failed because it had been carried out before. */
    static boolean alreadyDone(SQLException failure) {
        return failure.getSQLState() != null && ALREADY_DONE.contains(failure.getSQLState());
    }

    static SallyportException converted(SQLException failure) {
        String state = failure.getSQLState();
        boolean away = failure instanceof SQLTransientConnectionException
                || failure instanceof SQLNonTransientConnectionException
                || failure instanceof SQLRecoverableException
                || (state != null && (state.startsWith("08") || AWAY.contains(state)));
        return away
                ? new SallyportException(
                        CommonError.SERVICE_AWAY, "The database cannot be reached now; try again in a moment", failure)
                : new SallyportException(
                        CommonError.INTERNAL,
                        "The database refused a statement (SQLState %s)".formatted(state),
                        failure);
    }
}
