package org.sallyport.core.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The table {@code schema_history}: which migration of which bundle is applied, how far, and its checksum. */
final class SchemaHistory {
    private static final Logger LOG = LoggerFactory.getLogger(SchemaHistory.class);

    /** Any number, the same in all releases. */
    private static final long LOCK = 7_255_479_841L;

    private static final int LONGEST_MILLIS = 600_000;

    private final Transactions transactions;

    SchemaHistory(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Row(String name, int statements, String checksum, boolean inDoubt, boolean finished) {}

    /** A statement that was certainly not carried out. */
    private static final class StatementFailure extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final int index;

        private StatementFailure(String owner, Migration migration, int index, SQLException cause) {
            super(
                    "Migration %s of %s failed at statement %d: %s"
                            .formatted(migration.name(), owner, index + 1, cause.getMessage()),
                    cause);
            this.index = index;
        }
    }

    void create() {
        transactions.run(connection -> {
            alone(connection);
            return execute(
                    connection,
                    """
                CREATE TABLE IF NOT EXISTS schema_history (
                    bundle VARCHAR(255) NOT NULL,
                    version INTEGER NOT NULL,
                    name VARCHAR(255) NOT NULL,
                    statements INTEGER NOT NULL,
                    checksum VARCHAR(64) NOT NULL,
                    in_doubt BOOLEAN NOT NULL,
                    finished BOOLEAN NOT NULL,
                    applied TIMESTAMP WITH TIME ZONE NOT NULL,
                    PRIMARY KEY (bundle, version))""");
        });
    }

    /**
     * Of several servers on one PostgreSQL one migrates, until its transaction ends; the others wait and find it done. Limits are those of
     * migrations, which may take minutes. The embedded database has one server only.
     */
    private static void alone(Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return;
        }
        connection.setNetworkTimeout(Runnable::run, LONGEST_MILLIS);
        execute(connection, "SET LOCAL lock_timeout = " + LONGEST_MILLIS);
        execute(connection, "SELECT pg_advisory_xact_lock(" + LOCK + ")");
    }

    /** Refuses a bundle that lacks migrations which were applied before, as after going back to an older release. */
    void checkNothingMissing(String owner, int newest) {
        int applied = transactions.run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT COALESCE(MAX(version), 0) FROM schema_history WHERE bundle = ?")) {
                select.setString(1, owner);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        });
        if (applied > newest) {
            throw refused(
                    "Migration %04d of %s was applied before and is missing now: install the release that had it"
                            .formatted(applied, owner),
                    null);
        }
    }

    /** Applies one migration unless the history has it already. */
    void apply(String owner, Migration migration) {
        try {
            transactions.run(connection -> {
                alone(connection);
                Row row = row(connection, owner, migration.version());
                if (row == null) {
                    insert(connection, owner, migration);
                    return carryOut(connection, owner, migration, 0, false);
                }
                check(owner, migration, row);
                return row.finished() ? null : carryOut(connection, owner, migration, row.statements(), row.inDoubt());
            });
        } catch (StatementFailure failure) {
            // this one is known not to be carried out; where the database rolled the row back nothing is changed here
            transactions.run(connection -> {
                note(connection, owner, migration, failure.index, false);
                return null;
            });
            throw refused(failure.getMessage(), failure);
        }
    }

    private static void check(String owner, Migration migration, Row row) {
        int total = migration.statements().size();
        boolean same = row.statements() <= total
                && (!row.finished() || row.statements() == total)
                && row.checksum().equals(migration.checksum(row.statements()));
        if (!same) {
            throw refused(
                    "Migration %s of %s was changed after it was applied (as %s): put it back and add a new one"
                            .formatted(migration.name(), owner, row.name()),
                    null);
        }
    }

    /**
     * @param inDoubt whether the server died in the first of these statements: a definition commits by itself, so it may be there although
     *     the history does not say so
     */
    private static Void carryOut(Connection connection, String owner, Migration migration, int done, boolean inDoubt)
            throws SQLException {
        int total = migration.statements().size();
        for (int i = done; i < total; i++) {
            note(connection, owner, migration, i, true);
            try {
                execute(connection, migration.statements().get(i));
            } catch (SQLException e) {
                if (SqlFailures.worthAnotherTry(e)) {
                    throw e;
                }
                if (i != done || !inDoubt || !SqlFailures.alreadyDone(e)) {
                    throw new StatementFailure(owner, migration, i, e);
                }
            }
        }
        note(connection, owner, migration, total, false);
        LOG.info("Migration {} of {} applied", migration.name(), owner);
        return null;
    }

    private static Row row(Connection connection, String owner, int version) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT name, statements, checksum, in_doubt, finished FROM schema_history WHERE bundle = ? AND version = ?")) {
            select.setString(1, owner);
            select.setInt(2, version);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? new Row(
                                rows.getString(1),
                                rows.getInt(2),
                                rows.getString(3),
                                rows.getBoolean(4),
                                rows.getBoolean(5))
                        : null;
            }
        }
    }

    private static void insert(Connection connection, String owner, Migration migration) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                """
                INSERT INTO schema_history (bundle, version, name, statements, checksum, in_doubt, finished, applied)
                VALUES (?, ?, ?, 0, ?, FALSE, FALSE, CURRENT_TIMESTAMP)""")) {
            insert.setString(1, owner);
            insert.setInt(2, migration.version());
            insert.setString(3, migration.name());
            insert.setString(4, migration.checksum(0));
            insert.executeUpdate();
        }
    }

    private static void note(Connection connection, String owner, Migration migration, int done, boolean inDoubt)
            throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                """
                UPDATE schema_history
                SET statements = ?, checksum = ?, in_doubt = ?, finished = ?, applied = CURRENT_TIMESTAMP
                WHERE bundle = ? AND version = ?""")) {
            update.setInt(1, done);
            update.setString(2, migration.checksum(done));
            update.setBoolean(3, inDoubt);
            update.setBoolean(4, done == migration.statements().size());
            update.setString(5, owner);
            update.setInt(6, migration.version());
            update.executeUpdate();
        }
    }

    private static Void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return null;
        }
    }

    private static SallyportException refused(String message, Throwable cause) {
        return new SallyportException(CommonError.INTERNAL, message, cause);
    }
}
