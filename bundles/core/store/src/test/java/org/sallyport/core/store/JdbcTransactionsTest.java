package org.sallyport.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;

@Tag("store")
class JdbcTransactionsTest {
    @TempDir
    Path folder;

    private OpenedStore store;
    private JdbcTransactions transactions;

    @BeforeEach
    void open() {
        store = OpenedStore.fresh(folder);
        transactions = store.transactions;
        transactions.run(c -> execute(c, "CREATE TABLE counters (id INTEGER PRIMARY KEY, amount INTEGER NOT NULL)"));
        transactions.run(c -> execute(c, "INSERT INTO counters VALUES (1, 0), (2, 0)"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void nestedCallJoinsTheConnectionAroundIt() {
        boolean same = transactions.run(outer -> transactions.run(inner -> inner == outer && transactions.active()));

        assertThat(same).isTrue();
        assertThat(transactions.active()).isFalse();
    }

    @Test
    void anExceptionRollsEverythingBackAndIsThrownOn() {
        IllegalStateException thrown = new IllegalStateException("stop");

        assertThatThrownBy(() -> transactions.run(c -> {
                    transactions.run(inner -> add(inner, 1, 5));
                    throw thrown;
                }))
                .isSameAs(thrown);

        assertThat(amount(1)).isZero();
    }

    @Test
    void aNestedFailureThatIsSwallowedStillRollsBack() {
        assertThatThrownBy(() -> transactions.run(c -> {
                    add(c, 1, 5);
                    try {
                        transactions.run(inner -> execute(inner, "INSERT INTO counters VALUES (1, 1)"));
                    } catch (SallyportException swallowed) {
                        return null;
                    }
                    return null;
                }))
                .isInstanceOf(SallyportException.class)
                .hasMessageContaining("nothing was written");

        assertThat(amount(1)).isZero();
    }

    @Test
    void aBrokenStatementIsInternalAndNamesItsState() {
        assertThatThrownBy(() -> transactions.run(c -> execute(c, "SELECT * FROM nowhere")))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.INTERNAL))
                .hasMessageMatching(".*SQLState 42(S02|P01).*");
    }

    @Test
    @DisabledIfSystemProperty(
            named = "sallyport.store",
            matches = "postgresql",
            disabledReason = "an external database has no files here")
    void theDatabaseIsForItsOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("store"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aClosedStoreIsAway() {
        store.close();

        assertThatThrownBy(() -> transactions.run(c -> null))
                .isInstanceOfSatisfying(
                        SallyportException.class, e -> assertThat(e.code()).isEqualTo(CommonError.SERVICE_AWAY));
    }

    @Test
    void manyThreadsCountWithoutLosingOne() throws Exception {
        inParallel(8, () -> {
            for (int i = 0; i < 50; i++) {
                transactions.run(c -> add(c, 1, 1));
            }
            return null;
        });

        assertThat(amount(1)).isEqualTo(400);
    }

    @Test
    void deadlocksAreTriedAgainUntilBothSucceed() throws Exception {
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();
        AtomicInteger direction = new AtomicInteger();

        inParallel(2, () -> {
            int first = direction.incrementAndGet();
            AtomicInteger mine = new AtomicInteger();
            return transactions.run(c -> {
                attempts.incrementAndGet();
                add(c, first, 1);
                if (mine.incrementAndGet() == 1) {
                    await(bothHoldOne);
                }
                return add(c, 3 - first, 1);
            });
        });

        assertThat(attempts.get()).isGreaterThan(2);
        assertThat(List.of(amount(1), amount(2))).containsExactly(2, 2);
    }

    @Test
    void givesUpAfterFiveTries() {
        AtomicInteger attempts = new AtomicInteger();

        assertThatThrownBy(() -> transactions.run(c -> {
                    attempts.incrementAndGet();
                    throw new SQLException("again", "40001");
                }))
                .isInstanceOf(SallyportException.class);

        assertThat(attempts.get()).isEqualTo(5);
    }

    @Test
    void anInterruptedThreadDoesNotTakeTheDatabaseAway() {
        Thread.currentThread().interrupt();
        try {
            for (int i = 0; i < 20; i++) {
                try {
                    transactions.run(c -> add(c, 1, 1));
                } catch (SallyportException mayFailForThisThread) {
                    assertThat(mayFailForThisThread.code()).isEqualTo(CommonError.SERVICE_AWAY);
                }
            }
        } finally {
            Thread.interrupted();
        }

        int before = amount(1);
        transactions.run(c -> add(c, 1, 1));

        assertThat(amount(1)).isEqualTo(before + 1);
    }

    private int amount(int id) {
        return transactions.run(c -> {
            try (PreparedStatement select = c.prepareStatement("SELECT amount FROM counters WHERE id = ?")) {
                select.setInt(1, id);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getInt(1);
                }
            }
        });
    }

    private static Void add(Connection connection, int id, int amount) throws SQLException {
        return execute(connection, "UPDATE counters SET amount = amount + " + amount + " WHERE id = " + id);
    }

    private static Void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return null;
        }
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> void inParallel(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(pool.submit(work));
            }
            for (Future<T> one : all) {
                one.get(30, TimeUnit.SECONDS);
            }
        } finally {
            pool.shutdownNow();
        }
    }
}
