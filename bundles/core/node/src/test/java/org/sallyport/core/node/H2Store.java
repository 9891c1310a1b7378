package org.sallyport.core.node;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.sallyport.kernel.store.Transactions;

/** Transactions on an H2 database that lives in memory as long as this object, with this bundle's migrations applied. */
final class H2Store implements Transactions, AutoCloseable {
    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";LOCK_TIMEOUT=20000";
    private final Connection keepsItAlive;
    private final ThreadLocal<Connection> current = new ThreadLocal<>();

    H2Store() {
        try {
            keepsItAlive = DriverManager.getConnection(url);
            migrate();
        } catch (SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public <T> T run(Work<T> work) {
        try {
            return current.get() != null ? work.with(current.get()) : outermost(work);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean active() {
        return current.get() != null;
    }

    @Override
    public void close() {
        try {
            keepsItAlive.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private <T> T outermost(Work<T> work) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            current.set(connection);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                current.remove();
            }
        }
    }

    private void migrate() throws IOException, SQLException {
        try (InputStream in = H2Store.class.getResourceAsStream("/migrations/0001-nodes.sql");
                Statement statement = keepsItAlive.createStatement()) {
            for (String part : new String(in.readAllBytes(), StandardCharsets.UTF_8).split(";\n")) {
                statement.execute(part);
            }
        }
    }
}
