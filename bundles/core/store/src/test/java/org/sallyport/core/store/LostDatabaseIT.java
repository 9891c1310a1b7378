package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.test.database.BlackHole;
import org.sallyport.test.database.PostgresServer;
import org.sallyport.test.database.TestDatabase;

/** A PostgreSQL server that is killed, cut off or not there yet. Nobody hangs, nobody is told what is not so, and it comes back by itself. */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LostDatabaseIT {
    private static final long HANG_SECONDS = 60;

    private static PostgresServer server;

    @TempDir
    Path folder;

    private TestDatabase database;

    @BeforeAll
    static void startServer() {
        server = PostgresServer.startDurable();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void makeTable() {
        database = TestDatabase.on(server);
        try (OpenedStore store = OpenedStore.unmigrated(database, folder)) {
            store.transactions.run(c -> execute(c, "CREATE TABLE counter (amount INTEGER NOT NULL)"));
            store.transactions.run(c -> execute(c, "INSERT INTO counter VALUES (0)"));
        }
    }

    @Test
    void underLoadAKilledServerIsToldToEachCallerAndComesBackByItself() throws Exception {
        try (OpenedStore store = OpenedStore.unmigrated(database, folder);
                Counting load = new Counting(store.transactions)) {
            load.awaitMoreSuccesses();

            server.kill();
            load.awaitAwayForEach();
            server.start();

            load.awaitSuccessForEach();
            load.stop();
            load.assertAccounted(amount(store));
        }
    }

    @Test
    void underLoadASilentLinkIsToldToEachCallerAndComesBackByItself() throws Exception {
        try (BlackHole link = new BlackHole(server.port());
                OpenedStore store = OpenedStore.unmigrated(hasty(link), folder);
                Counting load = new Counting(store.transactions)) {
            load.awaitMoreSuccesses();

            link.silence();
            load.awaitAwayForEach();
            link.pass();

            load.awaitSuccessForEach();
            load.stop();
            load.assertAccounted(amount(store));
        }
    }

    @Test
    void aCommitWithoutAnswerIsToldAsUnknownAndNeverDoneAgain() throws Exception {
        AtomicInteger done = new AtomicInteger();
        try (BlackHole link = new BlackHole(server.port());
                OpenedStore store = OpenedStore.unmigrated(hasty(link), folder)) {
            assertThatThrownBy(() -> store.transactions.run(c -> {
                        done.incrementAndGet();
                        Void result = execute(c, "UPDATE counter SET amount = amount + 1");
                        link.silence();
                        return result;
                    }))
                    .isInstanceOfSatisfying(
                            SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY))
                    .hasMessageContaining("whether this was written is not known");
        }
        assertThat(done).hasValue(1);
    }

    @Test
    void workWhoseConnectionBrokeBeforeItsCommitIsDoneOnceMore() {
        AtomicInteger attempts = new AtomicInteger();
        try (OpenedStore store = OpenedStore.unmigrated(database, folder);
                OpenedStore other = OpenedStore.unmigrated(database, folder)) {
            store.transactions.run(c -> {
                execute(c, "UPDATE counter SET amount = amount + 1");
                if (attempts.incrementAndGet() == 1) {
                    int backend = number(c, "SELECT pg_backend_pid()");
                    other.transactions.run(o -> execute(o, "SELECT pg_terminate_backend(" + backend + ", 10000)"));
                }
                // inside of this one as a nested call has it, whose failure is converted already
                return store.transactions.run(n -> execute(n, "UPDATE counter SET amount = amount + 10"));
            });

            assertThat(attempts).hasValue(2);
            assertThat(amount(store)).isEqualTo(11);
        }
    }

    @Test
    void workWhoseConnectionsKeepBreakingIsGivenUp() {
        AtomicInteger attempts = new AtomicInteger();
        try (OpenedStore store = OpenedStore.unmigrated(database, folder);
                OpenedStore other = OpenedStore.unmigrated(database, folder)) {
            assertThatThrownBy(() -> store.transactions.run(c -> {
                        attempts.incrementAndGet();
                        int backend = number(c, "SELECT pg_backend_pid()");
                        other.transactions.run(o -> execute(o, "SELECT pg_terminate_backend(" + backend + ", 10000)"));
                        return execute(c, "UPDATE counter SET amount = amount + 1");
                    }))
                    .isInstanceOfSatisfying(
                            SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY));

            assertThat(attempts).hasValue(2);
            assertThat(amount(store)).isZero();
        }
    }

    @Test
    void aServerThatIsNotThereYetIsFoundOnceItIs() {
        server.kill();
        boolean started = false;
        try (OpenedStore store = OpenedStore.unmigrated(database, folder)) {
            assertThatThrownBy(() -> store.transactions.run(c -> execute(c, "SELECT 1")))
                    .isInstanceOfSatisfying(
                            SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY));

            server.start();
            started = true;

            Awaitility.await()
                    .atMost(HANG_SECONDS, TimeUnit.SECONDS)
                    .ignoreExceptions()
                    .until(() -> amount(store) == 0);
        } finally {
            if (!started) {
                server.start();
            }
        }
    }

    /** Through the link, with a shorter limit than the one of production. */
    private TestDatabase hasty(BlackHole link) {
        TestDatabase through = database.through(link.port());
        return new TestDatabase(
                through.url() + "&socketTimeout=2&connectTimeout=2", through.user(), through.password());
    }

    private static int amount(OpenedStore store) {
        return store.transactions.run(c -> number(c, "SELECT amount FROM counter"));
    }

    static int number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getInt(1);
        }
    }

    static Void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return null;
        }
    }
}
