package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.kernel.store.Sql;

/** The SQL of what only users have. Each method joins the transaction of its connection. */
final class UserTable {
    /** A user's account at the local identity provider. */
    record Login(String account, Instant created) {}

    private UserTable() {}

    static Optional<Instant> passwordUsed(Connection connection, String userId) throws SQLException {
        return Sql.all(
                        connection,
                        "SELECT password_used_at FROM access_users WHERE id = ?",
                        row -> Sql.time(row, "password_used_at"),
                        userId)
                .stream()
                .findFirst()
                .flatMap(found -> found);
    }

    static void usedPassword(Connection connection, String userId, Instant now) throws SQLException {
        Sql.update(connection, "UPDATE access_users SET password_used_at = ? WHERE id = ?", now.toEpochMilli(), userId);
    }

    static Optional<Login> login(Connection connection, String userId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT login, login_at FROM access_users WHERE id = ? AND login IS NOT NULL",
                row -> new Login(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                userId);
    }

    /** @param account null when the user is to have none */
    static void setLogin(Connection connection, String userId, String account, Instant now) throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_users SET login = ?, login_at = ? WHERE id = ?",
                account,
                now.toEpochMilli(),
                userId);
    }

    /** What goes with a user that is deleted: sessions, second factor, temporary credentials and tags. */
    static void forget(Connection connection, String userId) throws SQLException {
        WebSessionTable.deleteOfUser(connection, userId);
        SecondFactorTable.delete(connection, userId);
        TemporaryLoginTable.deleteOfUser(connection, userId);
        CredentialTable.deleteOf(connection, userId);
        TagTable.removeAll(connection, userId);
    }
}
