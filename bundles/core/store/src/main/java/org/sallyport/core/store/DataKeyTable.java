package org.sallyport.core.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.store.Transactions;

/** The table {@code data_keys}: data keys wrapped under the master key, numbered from 1. */
final class DataKeyTable {
    private static final int TRIES = 5;

    private final Transactions transactions;

    DataKeyTable(Transactions transactions) {
        this.transactions = transactions;
    }

    record Wrapped(long id, byte[] envelope, Instant created) {}

    /** Name of a data key's row, which its envelope is bound to. */
    static String row(long id) {
        return "data_keys/" + id;
    }

    List<Wrapped> all() {
        return transactions.run(connection -> {
            try (PreparedStatement select =
                            connection.prepareStatement("SELECT id, wrapped, created FROM data_keys ORDER BY id");
                    ResultSet rows = select.executeQuery()) {
                List<Wrapped> all = new ArrayList<>();
                while (rows.next()) {
                    Instant created = rows.getObject(3, OffsetDateTime.class).toInstant();
                    all.add(new Wrapped(rows.getLong(1), rows.getBytes(2), created));
                }
                return all;
            }
        });
    }

    /** Adds a key; {@code wrap} gives its envelope for the number it gets. Of two servers that draw one number, the second draws again. */
    void add(Instant created, LongFunction<byte[]> wrap) {
        for (int attempt = 1; ; attempt++) {
            try {
                addOnce(created, wrap);
                return;
            } catch (SallyportException e) {
                if (attempt == TRIES || !SqlFailures.isThereAlready(e)) {
                    throw e;
                }
            }
        }
    }

    private void addOnce(Instant created, LongFunction<byte[]> wrap) {
        transactions.run(connection -> {
            try (PreparedStatement newest =
                            connection.prepareStatement("SELECT COALESCE(MAX(id), 0) + 1 FROM data_keys");
                    ResultSet rows = newest.executeQuery();
                    PreparedStatement insert = connection.prepareStatement(
                            "INSERT INTO data_keys (id, wrapped, created) VALUES (?, ?, ?)")) {
                rows.next();
                long id = rows.getLong(1);
                insert.setLong(1, id);
                insert.setBytes(2, wrap.apply(id));
                insert.setObject(3, created.atOffset(ZoneOffset.UTC));
                return insert.executeUpdate();
            }
        });
    }
}
