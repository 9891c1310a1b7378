package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.core.access.AccessTables.User;

/** The SQL of people's temporary credentials. Each method joins the transaction of its connection. */
final class TemporaryLoginTable {
    private static final String TABLE = "access_temporary_logins";

    /** A row with its user; {@code secret} is an envelope, {@code tokenHash} SHA-256. */
    record Row(
            String accessKeyId,
            User user,
            byte[] secret,
            byte[] tokenHash,
            Instant issued,
            Instant expires,
            boolean secondFactor) {}

    private TemporaryLoginTable() {}

    /** Name of the row that the envelope of the secret is bound to. */
    static String row(String accessKeyId) {
        return TABLE + "/" + accessKeyId;
    }

    static void insert(Connection connection, Row row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO " + TABLE
                + " (access_key_id, user_id, secret, token_hash, created_at, expires_at, second_factor)"
                + " VALUES (?, ?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, row.accessKeyId());
            insert.setString(2, row.user().id());
            insert.setBytes(3, row.secret());
            insert.setBytes(4, row.tokenHash());
            insert.setLong(5, row.issued().toEpochMilli());
            insert.setLong(6, row.expires().toEpochMilli());
            insert.setBoolean(7, row.secondFactor());
            insert.executeUpdate();
        }
    }

    static Optional<Row> find(Connection connection, String accessKeyId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT u.id, u.name, u.path, l.secret, l.token_hash, l.created_at, l.expires_at, l.second_factor FROM "
                        + TABLE + " l JOIN access_users u ON u.id = l.user_id WHERE l.access_key_id = ?")) {
            select.setString(1, accessKeyId);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                User user = new User(rows.getString(1), rows.getString(2), rows.getString(3));
                return Optional.of(new Row(
                        accessKeyId,
                        user,
                        rows.getBytes(4),
                        rows.getBytes(5),
                        Instant.ofEpochMilli(rows.getLong(6)),
                        Instant.ofEpochMilli(rows.getLong(7)),
                        rows.getBoolean(8)));
            }
        }
    }

    static int delete(Connection connection, String accessKeyId) throws SQLException {
        return update(connection, "DELETE FROM " + TABLE + " WHERE access_key_id = ?", accessKeyId);
    }

    static int deleteOfUser(Connection connection, String userId) throws SQLException {
        return update(connection, "DELETE FROM " + TABLE + " WHERE user_id = ?", userId);
    }

    /** Leaves the newest {@code kept} of a user. */
    static int deleteOldest(Connection connection, String userId, int kept) throws SQLException {
        return update(
                connection,
                "DELETE FROM " + TABLE + " WHERE user_id = ? AND access_key_id NOT IN (SELECT access_key_id FROM "
                        + TABLE + " WHERE user_id = ? ORDER BY created_at DESC, access_key_id LIMIT ?)",
                userId,
                userId,
                kept);
    }

    /** Deletes the oldest that expired before {@code limit}; at most {@code batch} of them. */
    static int purge(Connection connection, Instant limit, int batch) throws SQLException {
        return update(
                connection,
                "DELETE FROM " + TABLE + " WHERE access_key_id IN (SELECT access_key_id FROM " + TABLE
                        + " WHERE expires_at < ? ORDER BY expires_at LIMIT ?)",
                limit.toEpochMilli(),
                batch);
    }

    private static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                update.setObject(i + 1, values[i]);
            }
            return update.executeUpdate();
        }
    }
}
