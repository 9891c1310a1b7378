package org.sallyport.core.node;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.ServiceSettings;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** The rows of settings; the migrations make one for each that exists. Any thread. */
final class SettingTable {
    private final Transactions transactions;

    SettingTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * A value, who changed it when somebody did, and since when the change waits to be carried out everywhere.
     */
    record Row(String value, Optional<Change> change, Optional<Instant> pendingSince) {}

    /** @param by ARN */
    record Change(Instant at, String by) {}

    Optional<Row> find(String id) {
        String sql = "SELECT setting_value, modified_at, modified_by, pending_since FROM node_setting WHERE id = ?";
        return transactions.run(connection -> Sql.first(connection, sql, SettingTable::row, id));
    }

    /** Name of the role that nodes without one of their own act with now. */
    Optional<String> defaultRole() {
        return find(ServiceSettings.DEFAULT_ROLE).map(Row::value).flatMap(SettingTable::role);
    }

    /**
     * Also notes it in the rows of the nodes that follow it, for those who list them.
     *
     * @param change empty for the default that nobody changed
     */
    void changeDefaultRole(String value, Optional<Change> change) {
        transactions.run(connection -> {
            change(connection, ServiceSettings.DEFAULT_ROLE, value, change, Optional.empty());
            return Sql.update(
                    connection,
                    "UPDATE managed_node SET role_name = ? WHERE default_role = TRUE",
                    role(value).orElse(""));
        });
    }

    private static Optional<String> role(String value) {
        return value.equals(ServiceSettings.NO_ROLE)
                ? Optional.empty()
                : Optional.of(value.substring(value.lastIndexOf('/') + 1));
    }

    /** The tier that is set now. */
    static String tier(Connection connection) throws SQLException {
        return Sql.first(
                        connection,
                        "SELECT setting_value FROM node_setting WHERE id = ?",
                        row -> row.getString(1),
                        ServiceSettings.ACTIVATION_TIER)
                .orElseThrow(() -> new SallyportException(
                        CommonError.INTERNAL,
                        "The row of the setting " + ServiceSettings.ACTIVATION_TIER + " is gone."));
    }

    /**
     * Changes the tier while there are not more hybrid nodes than that.
     *
     * @param pending when the change begins that is not carried out everywhere yet; empty when nothing is to be done
     */
    boolean changeTierUnlessMoreThan(long nodes, String tier, Optional<Change> change, Optional<Instant> pending) {
        return transactions.run(connection -> {
            NodeTable.closeGate(connection);
            if (NodeTable.count(connection) > nodes) {
                return false;
            }
            change(connection, ServiceSettings.ACTIVATION_TIER, tier, change, pending);
            return true;
        });
    }

    /** The change is carried out, if it is still the one that began then. */
    void done(String id, Instant pendingSince) {
        transactions.run(connection -> Sql.update(
                connection,
                "UPDATE node_setting SET pending_since = NULL WHERE id = ? AND pending_since = ?",
                id,
                pendingSince.toEpochMilli()));
    }

    private static int change(
            Connection connection, String id, String value, Optional<Change> change, Optional<Instant> pending)
            throws SQLException {
        return Sql.update(
                connection,
                "UPDATE node_setting SET setting_value = ?, modified_at = ?, modified_by = ?, pending_since = ? WHERE id = ?",
                value,
                change.map(c -> c.at().toEpochMilli()).orElse(null),
                change.map(Change::by).orElse(null),
                pending.map(Instant::toEpochMilli).orElse(null),
                id);
    }

    private static Row row(ResultSet row) throws SQLException {
        Optional<Instant> at = instant(row, "modified_at");
        String by = row.getString("modified_by");
        return new Row(
                row.getString("setting_value"), at.map(then -> new Change(then, by)), instant(row, "pending_since"));
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long at = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
    }
}
