package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;

/** The SQL of users and roles as signatures need them, and of the first start. Each method joins the transaction of its connection. */
final class AccessTables {

    /** A row of {@code access_users}. */
    record User(String id, String name, String path) {}

    /** A row of {@code access_roles}. */
    record Role(String id, String name, String path) {}

    /** The row of {@code access_first_start}. */
    record FirstStartRow(String userName, String accessKeyId, boolean done) {}

    private AccessTables() {}

    static Optional<User> user(Connection connection, String name) throws SQLException {
        return user(connection, "SELECT id, name, path FROM access_users WHERE name = ?", name);
    }

    /** The user, its row locked until the transaction ends, so that limits which count its things hold. */
    static Optional<User> lockedUser(Connection connection, String name) throws SQLException {
        return user(connection, "SELECT id, name, path FROM access_users WHERE name = ? FOR UPDATE", name);
    }

    static boolean hasUsers(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM access_users LIMIT 1");
                ResultSet rows = select.executeQuery()) {
            return rows.next();
        }
    }

    static void insertUser(Connection connection, User user, Instant now) throws SQLException {
        EntityTable.insert(
                connection, EntityKind.USER, new EntityTable.Entity(user.id(), user.name(), user.path(), now));
    }

    static Optional<Role> role(Connection connection, String name) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("SELECT id, name, path FROM access_roles WHERE name = ?")) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Role(rows.getString(1), rows.getString(2), rows.getString(3)))
                        : Optional.empty();
            }
        }
    }

    static Optional<FirstStartRow> firstStart(Connection connection) throws SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT user_name, access_key_id, done FROM access_first_start");
                ResultSet rows = select.executeQuery()) {
            return rows.next()
                    ? Optional.of(new FirstStartRow(rows.getString(1), rows.getString(2), rows.getBoolean(3)))
                    : Optional.empty();
        }
    }

    static void insertFirstStart(Connection connection, FirstStartRow row) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO access_first_start (id, user_name, access_key_id, done) VALUES (1, ?, ?, ?)")) {
            insert.setString(1, row.userName());
            insert.setString(2, row.accessKeyId());
            insert.setBoolean(3, row.done());
            insert.executeUpdate();
        }
    }

    static int finishFirstStart(Connection connection) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement("UPDATE access_first_start SET done = TRUE")) {
            return update.executeUpdate();
        }
    }

    private static Optional<User> user(Connection connection, String sql, String name) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            select.setString(1, name);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new User(rows.getString(1), rows.getString(2), rows.getString(3)))
                        : Optional.empty();
            }
        }
    }
}
