package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.kernel.store.Sql;

/** The SQL of second factors. Each method joins the transaction of its connection. */
final class SecondFactorTable {

    /** A row; {@code secret} is an envelope. */
    record Row(byte[] secret, boolean confirmed) {}

    private SecondFactorTable() {}

    /** Name of the row that the envelope of a secret is bound to. */
    static String row(String userId) {
        return "access_second_factors/" + userId;
    }

    static Optional<Row> find(Connection connection, String userId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT secret, confirmed FROM access_second_factors WHERE user_id = ?")) {
            select.setString(1, userId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? Optional.of(new Row(rows.getBytes(1), rows.getBoolean(2))) : Optional.empty();
            }
        }
    }

    static boolean on(Connection connection, String userId) throws SQLException {
        return find(connection, userId).filter(Row::confirmed).isPresent();
    }

    /** Users whose second factor is on, in the order of their names without case, from behind {@code after}. */
    static List<Entity> users(Connection connection, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT u.id, u.name, u.path, u.created_at FROM access_users u JOIN access_second_factors f ON"
                        + " f.user_id = u.id WHERE f.confirmed = TRUE AND u.name_key > ? ORDER BY u.name_key LIMIT ?",
                EntityTable::read,
                after,
                limit);
    }

    static void insert(Connection connection, String userId, byte[] secret) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO access_second_factors (user_id, secret, confirmed, last_step) VALUES (?, ?, FALSE, -1)")) {
            insert.setString(1, userId);
            insert.setBytes(2, secret);
            insert.executeUpdate();
        }
    }

    /** Takes the code of a time step and turns the factor on; false when a code of it or a later one was taken before. */
    static boolean take(Connection connection, String userId, long step) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE access_second_factors SET last_step = ?,"
                + " confirmed = TRUE WHERE user_id = ? AND last_step < ?")) {
            update.setLong(1, step);
            update.setString(2, userId);
            update.setLong(3, step);
            return update.executeUpdate() == 1;
        }
    }

    static int delete(Connection connection, String userId) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("DELETE FROM access_second_factors WHERE user_id = ?")) {
            delete.setString(1, userId);
            return delete.executeUpdate();
        }
    }
}
