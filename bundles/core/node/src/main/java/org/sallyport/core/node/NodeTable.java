package org.sallyport.core.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.node.NodeReport;
import org.sallyport.kernel.store.Transactions;
import org.sallyport.spi.node.NodeAdmission.Admission;

/** The rows of nodes, one by one. Any thread. */
final class NodeTable {
    private final Transactions transactions;

    NodeTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What proves a node. */
    record Proof(String role, String fingerprint) {}

    /** A node to be kept. */
    record NewNode(String id, Admission admission, String publicKey, String fingerprint, Instant registered) {}

    long count() {
        return transactions.run(connection -> count(connection));
    }

    /** Keeps a node unless there are more than that many by now; the gate makes callers take turns until they commit. */
    boolean insertUnlessMoreThan(long nodes, NewNode node) {
        return transactions.run(connection -> {
            Sql.update(connection, "UPDATE managed_node_gate SET turn = turn + 1 WHERE id = 1");
            if (count(connection) > nodes) {
                return false;
            }
            insert(connection, node);
            return true;
        });
    }

    Optional<String> publicKey(String id) {
        return transactions.run(connection ->
                Sql.first(connection, "SELECT public_key FROM managed_node WHERE id = ?", row -> row.getString(1), id));
    }

    Optional<Proof> proof(String id) {
        return transactions.run(connection -> Sql.first(
                connection,
                "SELECT role_name, fingerprint FROM managed_node WHERE id = ?",
                row -> new Proof(row.getString(1), row.getString(2)),
                id));
    }

    /** Replaces the key; false when there is no such node. */
    boolean changeKey(String id, String publicKey) {
        return changed("UPDATE managed_node SET public_key = ? WHERE id = ?", publicKey, id);
    }

    /** Keeps what a node said; what it left empty stays as it was. False when there is no such node. */
    boolean report(String id, NodeReport report, Instant now) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("last_ping", now.toEpochMilli());
        values.put("reported_at", now.toEpochMilli());
        values.put("agent_name", report.agentName());
        values.put("agent_version", report.agentVersion());
        values.put("agent_status", report.agentStatus());
        values.put("computer_name", report.computerName());
        values.put("ip_address", report.ipAddress());
        values.put("platform_type", report.platformType());
        values.put("platform_name", report.platformName());
        values.put("platform_version", report.platformVersion());
        values.replaceAll((column, value) -> value instanceof String text ? NodeText.clean(text) : value);
        values.values().removeIf(""::equals);
        String assignments = String.join(" = ?, ", values.keySet()) + " = ?";
        values.put("id", id);
        return changed(
                "UPDATE managed_node SET " + assignments + " WHERE id = ?",
                values.values().toArray());
    }

    /** Moves the last sign of life forward, never back. */
    void seen(String id, Instant now) {
        changed(
                "UPDATE managed_node SET last_ping = ? WHERE id = ? AND (last_ping IS NULL OR last_ping < ?)",
                now.toEpochMilli(),
                id,
                now.toEpochMilli());
    }

    /** Keeps the hash of a node's one control token, in place of any other; false when there is no such node. */
    boolean controlToken(String id, String hash, Instant expires) {
        return changed(
                "UPDATE managed_node SET control_token = ?, control_token_expires = ? WHERE id = ?",
                hash,
                expires.toEpochMilli(),
                id);
    }

    /** Takes the control token; true once. */
    boolean takeControlToken(String id, String hash, Instant now) {
        return changed(
                "UPDATE managed_node SET control_token = NULL, control_token_expires = NULL, last_ping = ?"
                        + " WHERE id = ? AND control_token = ? AND control_token_expires > ?",
                now.toEpochMilli(),
                id,
                hash,
                now.toEpochMilli());
    }

    void agentVersion(String id, String version) {
        changed("UPDATE managed_node SET agent_version = ? WHERE id = ?", version, id);
    }

    private boolean changed(String sql, Object... values) {
        return transactions.run(connection -> Sql.update(connection, sql, values)) > 0;
    }

    private static long count(Connection connection) throws SQLException {
        return Sql.first(connection, "SELECT COUNT(*) FROM managed_node", row -> row.getLong(1))
                .orElseThrow();
    }

    private static void insert(Connection connection, NewNode node) throws SQLException {
        Admission admission = node.admission();
        Sql.update(
                connection,
                "INSERT INTO managed_node (id, name, activation_id, role_name, public_key, fingerprint, registered_at)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                node.id(),
                admission.name().orElse(null),
                admission.activationId(),
                admission.role(),
                node.publicKey(),
                node.fingerprint(),
                node.registered().toEpochMilli());
        TagTable.put(connection, node.id(), admission.tags());
    }

    static boolean exists(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT id FROM managed_node WHERE id = ?", row -> row.getString(1), id)
                .isPresent();
    }

    /** Keeps a node's row for this transaction; false when there is no such node. */
    static boolean lock(Connection connection, String id) throws SQLException {
        return Sql.first(connection, "SELECT id FROM managed_node WHERE id = ? FOR UPDATE", row -> row.getString(1), id)
                .isPresent();
    }
}
