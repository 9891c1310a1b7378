package org.sallyport.test.stores;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.sallyport.core.store.ConnectionPool;
import org.sallyport.core.store.JdbcTransactions;
import org.sallyport.core.store.Migrations;
import org.sallyport.core.store.StoreSettings;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.test.database.TestDatabase;

/** The real store on a fresh database of the kind that {@link TestDatabase} says, with the migrations of one bundle. */
public final class TestStore implements Transactions, AutoCloseable {
    private final Path folder;
    private final ConnectionPool pool;
    private final JdbcTransactions transactions;

    private TestStore(String owner, Path migrations) {
        try {
            folder = Files.createTempDirectory("store-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        TestDatabase database = TestDatabase.fresh();
        pool = ConnectionPool.open(
                database.url().isEmpty()
                        ? StoreSettings.embedded(folder)
                        : StoreSettings.external(folder, database.url(), database.user(), database.password()));
        transactions = new JdbcTransactions(pool);
        Migrations.inFolder(owner, migrations).apply(transactions);
    }

    /** With the migrations of the bundle whose tests run. */
    public static TestStore ofBundle(String symbolicName) {
        return with(symbolicName, Path.of("src/main/resources/migrations"));
    }

    /** With those of one bundle in any folder. */
    public static TestStore with(String symbolicName, Path migrations) {
        return new TestStore(symbolicName, migrations);
    }

    /** Applies the migrations of a folder that are not applied yet. */
    public void migrate(String owner, Path migrations) {
        Migrations.inFolder(owner, migrations).apply(transactions);
    }

    @Override
    public <T> T run(Work<T> work) {
        return transactions.run(work);
    }

    @Override
    public boolean active() {
        return transactions.active();
    }

    @Override
    public void close() {
        pool.close();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
