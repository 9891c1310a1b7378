package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.api.iam.UserKey;
import org.sallyport.api.iam.UserKeys;
import org.sallyport.core.access.AccessTables.Role;
import org.sallyport.core.access.AccessTables.User;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.kernel.store.Sql;

/** The SQL of access keys and temporary credentials. Each method joins the transaction of its connection. */
final class KeyTables {
    private static final String TEMPORARY = "access_temporary_credentials";

    /** An access key with its user; {@code secret} is an envelope. */
    record StoredKey(String accessKeyId, User user, byte[] secret, boolean active) {}

    /**
     * Temporary credentials with their role; {@code secret} is an envelope, {@code tokenHash} SHA-256.
     *
     * @param issued empty for credentials of a server that did not keep it
     */
    record StoredTemporary(
            String accessKeyId,
            Role role,
            String nodeId,
            byte[] secret,
            byte[] tokenHash,
            Optional<Instant> issued,
            Instant expires) {}

    private KeyTables() {}

    /** Name of the row that the envelope of an access key's secret is bound to. */
    static String keyRow(String accessKeyId) {
        return "access_keys/" + accessKeyId;
    }

    /** Name of the row that the envelope of a temporary secret is bound to. */
    static String temporaryRow(String accessKeyId) {
        return TEMPORARY + "/" + accessKeyId;
    }

    static int keysOf(Connection connection, String userId) throws SQLException {
        try (PreparedStatement count =
                connection.prepareStatement("SELECT COUNT(*) FROM access_keys WHERE user_id = ?")) {
            count.setString(1, userId);
            try (ResultSet rows = count.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    static void insert(Connection connection, StoredKey key, Instant now) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO access_keys (access_key_id, user_id, secret, active, created_at) VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, key.accessKeyId());
            insert.setString(2, key.user().id());
            insert.setBytes(3, key.secret());
            insert.setBoolean(4, key.active());
            insert.setLong(5, now.toEpochMilli());
            insert.executeUpdate();
        }
    }

    static Optional<StoredKey> key(Connection connection, String accessKeyId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT u.id, u.name, u.path, k.secret, k.active"
                + " FROM access_keys k JOIN access_users u ON u.id = k.user_id WHERE k.access_key_id = ?")) {
            select.setString(1, accessKeyId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                User user = new User(rows.getString(1), rows.getString(2), rows.getString(3));
                return Optional.of(new StoredKey(accessKeyId, user, rows.getBytes(4), rows.getBoolean(5)));
            }
        }
    }

    static int setActive(Connection connection, String userId, String accessKeyId, boolean active) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE access_keys SET active = ? WHERE user_id = ? AND access_key_id = ?",
                active,
                userId,
                accessKeyId);
    }

    static int delete(Connection connection, String userId, String accessKeyId) throws SQLException {
        return Sql.update(
                connection, "DELETE FROM access_keys WHERE user_id = ? AND access_key_id = ?", userId, accessKeyId);
    }

    /** In the order of their ids. */
    static List<UserKey> ofUser(Connection connection, Entity user, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT access_key_id, active, created_at FROM access_keys WHERE user_id = ? AND access_key_id > ?"
                        + " ORDER BY access_key_id LIMIT ?",
                row -> new UserKey(
                        user.name(), row.getString(1), row.getBoolean(2), Instant.ofEpochMilli(row.getLong(3))),
                user.id(),
                after,
                limit);
    }

    static List<String> activeOf(Connection connection, String userId) throws SQLException {
        return Sql.all(
                connection,
                "SELECT access_key_id FROM access_keys WHERE user_id = ? AND active = TRUE ORDER BY access_key_id",
                row -> row.getString(1),
                userId);
    }

    static Optional<UserKeys.Use> use(Connection connection, String accessKeyId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT u.name, k.used_at, k.used_service, k.used_region FROM access_keys k JOIN access_users u ON"
                        + " u.id = k.user_id WHERE k.access_key_id = ?",
                row -> {
                    Optional<Instant> at = Sql.time(row, "used_at");
                    return new UserKeys.Use(
                            row.getString(1),
                            at.isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new LastUsed(at.get(), row.getString(3), row.getString(4))));
                },
                accessKeyId);
    }

    static void used(Connection connection, String accessKeyId, LastUsed use) throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_keys SET used_at = ?, used_service = ?, used_region = ? WHERE access_key_id = ?",
                use.at().toEpochMilli(),
                use.service(),
                use.region(),
                accessKeyId);
    }

    static void insert(Connection connection, StoredTemporary credentials) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TEMPORARY
                + " (access_key_id, role_id, node_id, secret, token_hash, expires_at, issued_at)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, credentials.accessKeyId());
            insert.setString(2, credentials.role().id());
            insert.setString(3, credentials.nodeId());
            insert.setBytes(4, credentials.secret());
            insert.setBytes(5, credentials.tokenHash());
            insert.setLong(6, credentials.expires().toEpochMilli());
            insert.setObject(7, credentials.issued().map(Instant::toEpochMilli).orElse(null), Types.BIGINT);
            insert.executeUpdate();
        }
    }

    static Optional<StoredTemporary> temporary(Connection connection, String accessKeyId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT r.id, r.name, r.path, t.node_id, t.secret, t.token_hash, t.issued_at, t.expires_at FROM "
                        + TEMPORARY + " t JOIN access_roles r ON r.id = t.role_id WHERE t.access_key_id = ?")) {
            select.setString(1, accessKeyId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return Optional.of(new StoredTemporary(
                        accessKeyId,
                        new Role(rows.getString(1), rows.getString(2), rows.getString(3)),
                        rows.getString(4),
                        rows.getBytes(5),
                        rows.getBytes(6),
                        Sql.time(rows, "issued_at"),
                        Instant.ofEpochMilli(rows.getLong(8))));
            }
        }
    }

    static int deleteOfNode(Connection connection, String nodeId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM " + TEMPORARY + " WHERE node_id = ?")) {
            delete.setString(1, nodeId);
            return delete.executeUpdate();
        }
    }

    /** Deletes the oldest credentials that expired before {@code limit}; at most {@code batch} of them. */
    static int purge(Connection connection, Instant limit, int batch) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement("DELETE FROM " + TEMPORARY
                + " WHERE access_key_id IN (SELECT access_key_id FROM " + TEMPORARY
                + " WHERE expires_at < ? ORDER BY expires_at LIMIT ?)")) {
            delete.setLong(1, limit.toEpochMilli());
            delete.setInt(2, batch);
            return delete.executeUpdate();
        }
    }
}
