package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sallyport.api.iam.Tag;
import org.sallyport.kernel.store.Sql;

/** The SQL of tags. Each method joins the transaction of its connection. */
final class TagTable {
    private TagTable() {}

    /** Sorted by key. */
    static List<Tag> of(Connection connection, String ownerId) throws SQLException {
        return after(connection, ownerId, "", Integer.MAX_VALUE);
    }

    static List<Tag> after(Connection connection, String ownerId, String keyLower, int limit) throws SQLException {
        return Sql.all(
                connection,
                "SELECT tag_key, tag_value FROM access_tags WHERE owner_id = ? AND key_lower > ? ORDER BY key_lower LIMIT ?",
                row -> new Tag(row.getString(1), row.getString(2)),
                ownerId,
                keyLower,
                limit);
    }

    static void put(Connection connection, String ownerId, Tag tag) throws SQLException {
        remove(connection, ownerId, tag.key());
        Sql.update(
                connection,
                "INSERT INTO access_tags (owner_id, key_lower, tag_key, tag_value) VALUES (?, ?, ?, ?)",
                ownerId,
                EntityTable.key(tag.key()),
                tag.key(),
                tag.value());
    }

    static void remove(Connection connection, String ownerId, String key) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM access_tags WHERE owner_id = ? AND key_lower = ?",
                ownerId,
                EntityTable.key(key));
    }

    static void removeAll(Connection connection, String ownerId) throws SQLException {
        Sql.update(connection, "DELETE FROM access_tags WHERE owner_id = ?", ownerId);
    }
}
