package org.sallyport.core.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Transactions at isolation READ COMMITTED, one connection for each thread. Work whose connection broke before the commit was sent is done
 * once more on another; a commit without an answer is told to the caller as such, and never repeated.
 */
public final class JdbcTransactions implements Transactions {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcTransactions.class);
    private static final int TRIES = 5;

    private final DataSource source;
    private final ThreadLocal<Running> running = new ThreadLocal<>();

    public JdbcTransactions(ConnectionPool pool) {
        this(pool.dataSource());
    }

    JdbcTransactions(DataSource source) {
        this.source = source;
    }

    @Override
    public <T> T run(Work<T> work) {
        Running outer = running.get();
        return outer != null ? join(outer, work) : outermost(work);
    }

    @Override
    public boolean active() {
        return running.get() != null;
    }

    private static <T> T join(Running outer, Work<T> work) {
        try {
            return work.with(outer.connection);
        } catch (SQLException e) {
            outer.broken = true;
            throw SqlFailures.converted(e);
        } catch (RuntimeException | Error e) {
            outer.broken = true;
            throw e;
        }
    }

    private <T> T outermost(Work<T> work) {
        boolean mayBreak = true;
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (CommitUnanswered e) {
                throw SqlFailures.unknown(e.answer);
            } catch (SQLException e) {
                if (attempt == TRIES || !again(e, mayBreak)) {
                    throw SqlFailures.converted(e);
                }
                mayBreak &= !SqlFailures.connectionBroke(e);
            } catch (SallyportException e) {
                // a nested call has already converted its failure
                if (attempt == TRIES || !again(e, mayBreak)) {
                    throw e;
                }
                mayBreak &= !SqlFailures.connectionBroke(e);
            }
            // random, so that two that met do not meet again
            LockSupport.parkNanos(
                    TimeUnit.MILLISECONDS.toNanos(ThreadLocalRandom.current().nextLong(1, 5L << attempt)));
        }
    }

    private static boolean again(Exception failure, boolean mayBreak) {
        return SqlFailures.worthAnotherTry(failure) || (mayBreak && SqlFailures.connectionBroke(failure));
    }

    private <T> T attempt(Work<T> work) throws SQLException {
        Connection connection = connection();
        Running mine = new Running(connection);
        running.set(mine);
        boolean committed = false;
        try {
            T result = work.with(connection);
            if (mine.broken) {
                throw new SallyportException(
                        CommonError.INTERNAL,
                        "Part of a transaction failed and its caller went on; nothing was written");
            }
            commit(connection);
            committed = true;
            return result;
        } finally {
            running.remove();
            release(connection, committed);
        }
    }

    private static void commit(Connection connection) throws SQLException {
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailures.away(e) ? new CommitUnanswered(e) : e;
        }
    }

    private Connection connection() {
        try {
            return source.getConnection();
        } catch (SQLException e) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY, "No connection to the database now; try again in a moment", e);
        }
    }

    /** Failures here are logged only: after a commit nothing may make the work run again. */
    private static void release(Connection connection, boolean committed) {
        try (connection) {
            if (!committed) {
                connection.rollback();
            }
        } catch (SQLException e) {
            LOG.debug("A connection was not given back cleanly; the pool replaces it", e);
        }
    }

    /** Never tried again: the work may be done. */
    private static final class CommitUnanswered extends SQLException {
        private static final long serialVersionUID = 1L;
        private final SQLException answer;

        private CommitUnanswered(SQLException answer) {
            super(answer.getMessage(), answer.getSQLState(), answer);
            this.answer = answer;
        }
    }

    private static final class Running {
        private final Connection connection;
        private boolean broken;

        private Running(Connection connection) {
            this.connection = connection;
        }
    }
}
