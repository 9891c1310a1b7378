package org.sallyport.core.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** The rows of nodes, one by one. Any thread. */
final class NodeTable {
    /** More hybrid nodes than there can be, and far from where a policy's arithmetic would run over. */
    static final long ANY_NUMBER = Integer.MAX_VALUE;

    private final Transactions transactions;

    NodeTable(Transactions transactions) {
        this.transactions = transactions;
    }

    /** What proves a node. */
    record Proof(
            String role,
            boolean defaultRole,
            String fingerprint,
            State state,
            Optional<String> other,
            boolean refused) {}

    /** A node to be kept. */
    record NewNode(
            String id, Joined joined, String publicKey, String fingerprint, Instant registered, String sourceAddress) {}

    /** Hybrid nodes; cloud instances are not counted. */
    long count() {
        return transactions.run(connection -> count(connection));
    }

    /**
     * Keeps a hybrid node unless there are more than that many by now or another tier is set; the gate makes callers take turns until they
     * commit.
     *
     * @param nodes {@link #ANY_NUMBER} counts none
     */
    boolean insertUnlessMoreThan(long nodes, String tier, NewNode node) {
        return transactions.run(connection -> {
            closeGate(connection);
            boolean more = nodes < ANY_NUMBER && count(connection) > nodes;
            if (more || !SettingTable.tier(connection).equals(tier)) {
                return false;
            }
            insert(connection, node);
            return true;
        });
    }

    /** Keeps a cloud instance, in place of what it was before; true when it was there. */
    boolean replace(NewNode node) {
        return transactions.run(connection -> {
            closeGate(connection);
            if (!exists(connection, node.id())) {
                insert(connection, node);
                return false;
            }
            Sql.update(
                    connection,
                    "UPDATE managed_node SET public_key = ?, fingerprint = ?, role_name = ?, default_role = ?, name = ?, registered_at = ?,"
                            + " registered_from = ?, subject = ?, proven_by = ?, state = ?, control_token = NULL,"
                            + " other_fingerprint = NULL, other_refused = FALSE WHERE id = ?",
                    node.publicKey(),
                    node.fingerprint(),
                    node.joined().role(),
                    node.joined().defaultRole(),
                    node.joined().name().orElse(null),
                    node.registered().toEpochMilli(),
                    node.sourceAddress(),
                    node.joined().subject().orElse(null),
                    node.joined().provenBy(),
                    state(node),
                    node.id());
            TagTable.put(connection, node.id(), node.joined().tags());
            return true;
        });
    }

    /** Makes who counts nodes take turns until they commit. */
    static void closeGate(Connection connection) throws SQLException {
        Sql.update(connection, "UPDATE managed_node_gate SET turn = turn + 1 WHERE id = 1");
    }

    Optional<String> publicKey(String id) {
        return transactions.run(connection -> Sql.first(
                connection,
                "SELECT public_key FROM managed_node WHERE id = ? AND state <> 'LEAVING'",
                row -> row.getString(1),
                id));
    }

    /** Uses a signature up; true once. Those of one node take turns. */
    boolean useSignature(String id, String digest, Instant until) {
        return transactions.run(connection -> {
            boolean used = !lock(connection, id)
                    || Sql.first(
                                    connection,
                                    "SELECT digest FROM node_signature WHERE digest = ?",
                                    row -> row.getString(1),
                                    digest)
                            .isPresent();
            if (!used) {
                Sql.update(
                        connection,
                        "INSERT INTO node_signature (digest, until_at) VALUES (?, ?)",
                        digest,
                        until.toEpochMilli());
            }
            return !used;
        });
    }

    /** Forgets signatures that are too old by now. */
    void forgetSignatures(Instant now) {
        changed("DELETE FROM node_signature WHERE until_at < ?", now.toEpochMilli());
    }

    Optional<Proof> proof(String id) {
        return transactions.run(connection -> Sql.first(
                connection,
                "SELECT role_name, default_role, fingerprint, state, other_fingerprint, other_refused FROM managed_node"
                        + " WHERE id = ? AND state <> 'LEAVING'",
                row -> new Proof(
                        row.getString(1),
                        row.getBoolean(2),
                        row.getString(3),
                        State.valueOf(row.getString(4)),
                        Optional.ofNullable(row.getString(5)),
                        row.getBoolean(6)),
                id));
    }

    /** Replaces the key; false when there is no such node. */
    boolean changeKey(String id, String publicKey) {
        return changed("UPDATE managed_node SET public_key = ? WHERE id = ? AND state <> 'LEAVING'", publicKey, id);
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
                "UPDATE managed_node SET control_token = ?, control_token_expires = ? WHERE id = ? AND state = 'ACTIVE'",
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

    /** Nothing is written when it is known. */
    void agentVersion(String id, String version) {
        changed(
                "UPDATE managed_node SET agent_version = ? WHERE id = ? AND (agent_version IS NULL OR agent_version <> ?)",
                version,
                id,
                version);
    }

    private boolean changed(String sql, Object... values) {
        return transactions.run(connection -> Sql.update(connection, sql, values)) > 0;
    }

    private static void insert(Connection connection, NewNode node) throws SQLException {
        Joined joined = node.joined();
        Sql.update(
                connection,
                "INSERT INTO managed_node (id, name, activation_id, role_name, default_role, public_key, fingerprint, registered_at,"
                        + " state, proven_by, subject, registered_from) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                node.id(),
                joined.name().orElse(null),
                joined.activationId(),
                joined.role(),
                joined.defaultRole(),
                node.publicKey(),
                node.fingerprint(),
                node.registered().toEpochMilli(),
                state(node),
                joined.provenBy(),
                joined.subject().orElse(null),
                node.sourceAddress());
        TagTable.put(connection, node.id(), joined.tags());
    }

    static long count(Connection connection) throws SQLException {
        String sql = "SELECT COUNT(*) FROM managed_node WHERE id LIKE 'mi-%'";
        return Sql.first(connection, sql, row -> row.getLong(1)).orElseThrow();
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

    private static String state(NewNode node) {
        return (node.joined().approval() ? State.PENDING : State.ACTIVE).name();
    }
}
