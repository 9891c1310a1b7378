package org.sallyport.core.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import com.zaxxer.hikari.util.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.metrics.Meters;

/**
 * The bounded pool of connections. A thread waits at most five seconds for one. A pool on PostgreSQL opens whether or not the server is
 * there, and connects by itself when it is.
 */
public final class ConnectionPool implements AutoCloseable {
    private static final long WAIT_MILLIS = 5_000;
    private static final long VALIDATION_MILLIS = 2_000;
    private static final long KEEP_ALIVE_MILLIS = 60_000;
    private static final int IDLE = 2;

    private final HikariDataSource pool;

    private ConnectionPool(HikariDataSource pool) {
        this.pool = pool;
    }

    /**
     * Connects, making the embedded database if needed.
     *
     * @throws SallyportException {@code SERVICE_AWAY} when the embedded database cannot be opened, {@code INVALID_ARGUMENT} for a wrong URL
     */
    public static ConnectionPool open(StoreSettings settings) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("sallyport-store");
        config.setMaximumPoolSize(settings.poolSize());
        config.setMinimumIdle(Math.min(IDLE, settings.poolSize()));
        config.setConnectionTimeout(WAIT_MILLIS);
        config.setValidationTimeout(VALIDATION_MILLIS);
        config.setKeepaliveTime(KEEP_ALIVE_MILLIS);
        config.setAutoCommit(false);
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setCredentials(Credentials.of(settings.user(), settings.password()));
        AtomicInteger threads = new AtomicInteger();
        config.setThreadFactory(task -> {
            Thread thread = new Thread(task, "sallyport-store-pool-" + threads.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        if (settings.isEmbedded()) {
            config.setDataSource(embedded(settings.directory().resolve("store")));
        } else {
            config.setDataSource(PostgresSource.of(settings));
            config.setConnectionInitSql(PostgresSource.SESSION);
            config.setInitializationFailTimeout(-1);
        }
        try {
            return new ConnectionPool(new HikariDataSource(config));
        } catch (RuntimeException e) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The database of %s cannot be opened: is another server running on it, are user and password right?"
                            .formatted(settings),
                    e);
        }
    }

    DataSource dataSource() {
        return pool;
    }

    /** Takes over what can change while connections are in use; connections made from now on have the new credentials. */
    void change(StoreSettings settings) {
        pool.getHikariConfigMXBean().setMaximumPoolSize(settings.poolSize());
        pool.setCredentials(Credentials.of(settings.user(), settings.password()));
        pool.getHikariPoolMXBean().softEvictConnections();
    }

    void read(Meters meters) {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        String name = "sallyport_store_connections";
        String help = "Connections to the database";
        meters.gauge(name, help, Map.of("state", "active"), now.getActiveConnections());
        meters.gauge(name, help, Map.of("state", "idle"), now.getIdleConnections());
        meters.gauge(
                "sallyport_store_waiting",
                "Threads that wait for a connection to the database",
                Map.of(),
                now.getThreadsAwaitingConnection());
    }

    @Override
    public void close() {
        pool.close();
    }

    private static DataSource embedded(Path folder) {
        try {
            // hashes and envelopes lie in it
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException e) {
            throw new SallyportException(
                    CommonError.SERVICE_AWAY,
                    "The folder %s cannot be made: check its owner and mode".formatted(folder),
                    e);
        }
        JdbcDataSource source = new JdbcDataSource();
        // retry: an interrupted thread closes its file channel, and with it the database of everybody, unless it is
        // opened again.
        // The PostgreSQL mode lets one SQL serve both databases. WRITE_DELAY=0 writes at commit. The query cache keeps
        // what is
        // parsed of a connection's statements: eight of them, as usual, is less than one request of a node needs.
        source.setURL(
                "jdbc:h2:retry:" + folder.resolve("sallyport")
                        + ";WRITE_DELAY=0;QUERY_CACHE_SIZE=64;DB_CLOSE_ON_EXIT=FALSE;MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH");
        return source;
    }
}
