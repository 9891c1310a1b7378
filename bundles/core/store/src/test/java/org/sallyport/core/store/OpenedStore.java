package org.sallyport.core.store;

import java.nio.file.Path;
import org.sallyport.test.database.TestDatabase;

/** A pool on a real database, with the bundle's own migrations. */
final class OpenedStore implements AutoCloseable {
    final ConnectionPool pool;
    final JdbcTransactions transactions;

    private OpenedStore(ConnectionPool pool) {
        this.pool = pool;
        transactions = new JdbcTransactions(pool);
    }

    /** A fresh database of the kind that the run of the tests is for; what is embedded lies in the folder. */
    static OpenedStore fresh(Path folder) {
        return on(TestDatabase.fresh(), folder);
    }

    static OpenedStore on(TestDatabase database, Path folder) {
        OpenedStore store = unmigrated(database, folder);
        Migrations.inFolder("org.sallyport.core.store", Path.of("src/main/resources/migrations"))
                .apply(store.transactions);
        return store;
    }

    static OpenedStore unmigrated(TestDatabase database, Path folder) {
        return new OpenedStore(ConnectionPool.open(
                database.url().isEmpty()
                        ? StoreSettings.embedded(folder)
                        : StoreSettings.external(folder, database.url(), database.user(), database.password())));
    }

    @Override
    public void close() {
        pool.close();
    }
}
