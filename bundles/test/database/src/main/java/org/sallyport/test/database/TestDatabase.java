package org.sallyport.test.database;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An empty place in a database, for one test.
 *
 * @param url of PostgreSQL, with a schema of its own; empty text for the embedded database
 * @param user who owns it
 * @param password of the user
 */
public record TestDatabase(String url, String user, String password) {
    private static final String PROPERTY = "sallyport.store";
    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** What {@code sallyport.store} says: the embedded database, or a new schema on the shared server. */
    public static TestDatabase fresh() {
        return onPostgres() ? on(PostgresServer.shared()) : new TestDatabase("", "sallyport", "");
    }

    /** Whether this run of the tests is the one on PostgreSQL. */
    public static boolean onPostgres() {
        String store = System.getProperty(PROPERTY, "h2");
        return switch (store) {
            case "h2" -> false;
            case "postgresql" -> true;
            default -> throw new IllegalStateException(PROPERTY + " must be h2 or postgresql, was " + store);
        };
    }

    /** A new schema on a server. */
    public static TestDatabase on(PostgresServer server) {
        String schema = "test_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        try (Connection connection =
                        DriverManager.getConnection(server.url(), PostgresServer.USER, PostgresServer.PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA " + schema);
        } catch (SQLException e) {
            throw new IllegalStateException("No schema on " + server.url(), e);
        }
        return new TestDatabase(
                server.url() + "?currentSchema=" + schema, PostgresServer.USER, PostgresServer.PASSWORD);
    }

    /** Of a PostgreSQL server on this machine. */
    public int port() {
        return URI.create(url.substring("jdbc:".length())).getPort();
    }

    /** The same place through another port of this machine, as through a {@link BlackHole}. */
    public TestDatabase through(int port) {
        return new TestDatabase(url.replaceFirst("(//[^:/]+):\\d+", "$1:" + port), user, password);
    }
}
