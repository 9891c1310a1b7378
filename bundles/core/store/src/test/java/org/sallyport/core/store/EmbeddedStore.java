package org.sallyport.core.store;

import java.nio.file.Path;

/** A real embedded database in a folder, with the bundle's own migrations. */
final class EmbeddedStore implements AutoCloseable {
    final ConnectionPool pool;
    final JdbcTransactions transactions;

    EmbeddedStore(Path folder) {
        pool = ConnectionPool.open(StoreSettings.embedded(folder));
        transactions = new JdbcTransactions(pool);
        Migrations.inFolder("org.sallyport.core.store", Path.of("src/main/resources/migrations"))
                .apply(transactions);
    }

    @Override
    public void close() {
        pool.close();
    }
}
