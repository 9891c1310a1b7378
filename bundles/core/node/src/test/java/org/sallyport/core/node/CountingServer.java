package org.sallyport.core.node;

import java.nio.file.Path;
import org.sallyport.core.store.ConnectionPool;
import org.sallyport.core.store.JdbcTransactions;
import org.sallyport.core.store.Migrations;
import org.sallyport.core.store.StoreSettings;
import org.sallyport.kernel.store.Transactions;

/** A process that counts the time of one node, which is always connected, without a pause until it is killed. */
final class CountingServer {
    static final String NODE = "mi-0123456789abcdef0";

    private CountingServer() {}

    public static void main(String[] arguments) {
        Path folder = Path.of(arguments[0]);
        try (ConnectionPool pool = ConnectionPool.open(StoreSettings.embedded(folder))) {
            Transactions store = open(pool);
            UsageMeter meter = new UsageMeter(store);
            while (true) {
                meter.count(System.currentTimeMillis(), NODE::equals);
                System.out.println("counted");
            }
        }
    }

    static Transactions open(ConnectionPool pool) {
        JdbcTransactions store = new JdbcTransactions(pool);
        Migrations.inFolder("org.sallyport.core.node", Path.of("src/main/resources/migrations"))
                .apply(store);
        return store;
    }
}
