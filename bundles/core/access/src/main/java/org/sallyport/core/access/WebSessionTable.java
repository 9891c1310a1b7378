package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.sallyport.core.access.AccessTables.User;

/** The SQL of web sessions. Times are milliseconds. Each method joins the transaction of its connection. */
final class WebSessionTable {

    /** A row with its user. */
    record Row(User user, long createdAt, long usedAt, boolean secondFactor) {}

    private WebSessionTable() {}

    static void insert(Connection connection, String tokenHash, String userId, long now, boolean secondFactor)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO access_web_sessions (token_hash, user_id, created_at, used_at, second_factor)"
                        + " VALUES (?, ?, ?, ?, ?)")) {
            insert.setString(1, tokenHash);
            insert.setString(2, userId);
            insert.setLong(3, now);
            insert.setLong(4, now);
            insert.setBoolean(5, secondFactor);
            insert.executeUpdate();
        }
    }

    static Optional<Row> find(Connection connection, String tokenHash) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT u.id, u.name, u.path, w.created_at, w.used_at, w.second_factor FROM"
                        + " access_web_sessions w JOIN access_users u ON u.id = w.user_id WHERE w.token_hash = ?")) {
            select.setString(1, tokenHash);
            try (ResultSet rows = select.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                User user = new User(rows.getString(1), rows.getString(2), rows.getString(3));
                return Optional.of(new Row(user, rows.getLong(4), rows.getLong(5), rows.getBoolean(6)));
            }
        }
    }

    static int used(Connection connection, String tokenHash, long now) throws SQLException {
        return update(connection, "UPDATE access_web_sessions SET used_at = ? WHERE token_hash = ?", now, tokenHash);
    }

    static int delete(Connection connection, String tokenHash) throws SQLException {
        return update(connection, "DELETE FROM access_web_sessions WHERE token_hash = ?", tokenHash);
    }

    static int deleteOfUser(Connection connection, String userId) throws SQLException {
        return update(connection, "DELETE FROM access_web_sessions WHERE user_id = ?", userId);
    }

    /** Leaves the newest {@code kept} of a user. */
    static int deleteOldest(Connection connection, String userId, int kept) throws SQLException {
        return update(
                connection,
                "DELETE FROM access_web_sessions WHERE user_id = ? AND token_hash NOT IN (SELECT token_hash FROM"
                        + " access_web_sessions WHERE user_id = ? ORDER BY created_at DESC, token_hash LIMIT ?)",
                userId,
                userId,
                kept);
    }

    /** Deletes sessions last used, or begun, before these times; at most {@code batch} of each. */
    static int purge(Connection connection, long usedBefore, long createdBefore, int batch) throws SQLException {
        return update(
                connection,
                "DELETE FROM access_web_sessions WHERE token_hash IN (SELECT token_hash FROM access_web_sessions"
                        + " WHERE used_at < ? OR created_at < ? ORDER BY used_at LIMIT ?)",
                usedBefore,
                createdBefore,
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
