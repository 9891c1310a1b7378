package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sallyport.kernel.store.Sql;

/** The SQL of policies in line. Each method joins the transaction of its connection. */
final class InlineTable {
    /** A policy in line. */
    record Inline(String ownerId, String name, String document) {}

    private InlineTable() {}

    static Optional<String> document(Connection connection, String ownerId, String name) throws SQLException {
        return Sql.first(
                connection,
                "SELECT document FROM access_inline WHERE owner_id = ? AND name = ?",
                row -> row.getString(1),
                ownerId,
                name);
    }

    /** Of all the owners, by name. */
    static List<Inline> of(Connection connection, List<String> ownerIds) throws SQLException {
        return Sql.all(
                connection,
                "SELECT owner_id, name, document FROM access_inline WHERE owner_id IN " + Sql.places(ownerIds.size())
                        + " ORDER BY owner_id, name",
                row -> new Inline(row.getString(1), row.getString(2), row.getString(3)),
                ownerIds.toArray());
    }

    static List<String> names(Connection connection, String ownerId, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT name FROM access_inline WHERE owner_id = ? AND name > ? ORDER BY name LIMIT ?",
                row -> row.getString(1),
                ownerId,
                after,
                limit);
    }

    static long count(Connection connection, String ownerId) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM access_inline WHERE owner_id = ?", ownerId);
    }

    /** How large the owner's other policies are together. */
    static long charactersWithout(Connection connection, String ownerId, String name) throws SQLException {
        return Sql.number(
                connection,
                "SELECT COALESCE(SUM(characters), 0) FROM access_inline WHERE owner_id = ? AND name <> ?",
                ownerId,
                name);
    }

    static void put(Connection connection, Inline policy, int characters) throws SQLException {
        delete(connection, policy.ownerId(), policy.name());
        Sql.update(
                connection,
                "INSERT INTO access_inline (owner_id, name, document, characters) VALUES (?, ?, ?, ?)",
                policy.ownerId(),
                policy.name(),
                policy.document(),
                characters);
    }

    static int delete(Connection connection, String ownerId, String name) throws SQLException {
        return Sql.update(connection, "DELETE FROM access_inline WHERE owner_id = ? AND name = ?", ownerId, name);
    }
}
