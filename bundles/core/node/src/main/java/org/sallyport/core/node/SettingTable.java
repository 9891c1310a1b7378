package org.sallyport.core.node;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.kernel.store.Transactions;

/** The rows of settings; the migrations make one for each that exists. Any thread. */
final class SettingTable {
    private final Transactions transactions;

    SettingTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A value and who changed it, when somebody did. */
    record Row(String value, Optional<Change> change) {}

    /** @param by ARN */
    record Change(Instant at, String by) {}

    Optional<Row> find(String id) {
        String sql = "SELECT setting_value, modified_at, modified_by FROM node_setting WHERE id = ?";
        return transactions.run(connection -> Sql.first(connection, sql, SettingTable::row, id));
    }

    void change(String id, String value, Change change) {
        String sql = "UPDATE node_setting SET setting_value = ?, modified_at = ?, modified_by = ? WHERE id = ?";
        transactions.run(
                connection -> Sql.update(connection, sql, value, change.at().toEpochMilli(), change.by(), id));
    }

    private static Row row(ResultSet row) throws SQLException {
        long at = row.getLong("modified_at");
        Optional<Change> change = row.wasNull()
                ? Optional.empty()
                : Optional.of(new Change(Instant.ofEpochMilli(at), row.getString("modified_by")));
        return new Row(row.getString("setting_value"), change);
    }
}
