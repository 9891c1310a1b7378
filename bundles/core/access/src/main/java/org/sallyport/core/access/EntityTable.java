package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.api.iam.Listed;
import org.sallyport.kernel.store.Sql;

/** The SQL that users, groups, roles, policies and instance profiles have in common. Each method joins the transaction of its connection. */
final class EntityTable {
    /** A row of any of the tables. */
    record Entity(String id, String name, String path, Instant created) {}

    /**
     * Which are wanted.
     *
     * @param part what the name has in it, whatever its case
     */
    record Names(String pathPrefix, String part) {
        static final Names ALL = new Names("/", "");

        static Names of(Listed listed) {
            return new Names(listed.pathPrefix(), listed.namePart());
        }
    }

    private static final String COLUMNS = "SELECT id, name, path, created_at FROM ";

    private EntityTable() {}

    static Optional<Entity> find(Connection connection, EntityKind kind, String name) throws SQLException {
        return Sql.first(connection, COLUMNS + table(kind) + " WHERE name = ?", EntityTable::read, name);
    }

    static Optional<Entity> byId(Connection connection, EntityKind kind, String id) throws SQLException {
        return Sql.first(connection, COLUMNS + table(kind) + " WHERE id = ?", EntityTable::read, id);
    }

    /** Whether the name is taken, whatever its case. */
    static boolean taken(Connection connection, EntityKind kind, String name) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM " + table(kind) + " WHERE name_key = ?", key(name)) > 0;
    }

    static long count(Connection connection, EntityKind kind) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM " + table(kind));
    }

    /** Not for policies, which have more columns that must be there. */
    static void insert(Connection connection, EntityKind kind, Entity entity) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + table(kind) + " (id, name, name_key, path, created_at) VALUES (?, ?, ?, ?, ?)",
                entity.id(),
                entity.name(),
                key(entity.name()),
                entity.path(),
                entity.created().toEpochMilli());
    }

    static void rename(Connection connection, EntityKind kind, String id, String name, String path)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE " + table(kind) + " SET name = ?, name_key = ?, path = ? WHERE id = ?",
                name,
                key(name),
                path,
                id);
    }

    static void delete(Connection connection, EntityKind kind, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM " + table(kind) + " WHERE id = ?", id);
    }

    /** In the order of the names without case, from behind {@code after}. */
    static List<Entity> page(Connection connection, EntityKind kind, Names names, String after, int limit)
            throws SQLException {
        return Sql.all(
                connection,
                COLUMNS + table(kind) + " WHERE name_key > ? AND path LIKE ? ESCAPE '!' AND name_key LIKE ? ESCAPE '!'"
                        + " ORDER BY name_key LIMIT ?",
                EntityTable::read,
                after,
                Sql.beginning(names.pathPrefix()),
                Sql.somewhere(key(names.part())),
                limit);
    }

    static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    static String table(EntityKind kind) {
        return switch (kind) {
            case USER -> "access_users";
            case GROUP -> "access_groups";
            case ROLE -> "access_roles";
            case POLICY -> "access_policies";
            case INSTANCE_PROFILE -> "access_profiles";
        };
    }

    static Entity read(ResultSet row) throws SQLException {
        return new Entity(
                row.getString("id"),
                row.getString("name"),
                row.getString("path"),
                Instant.ofEpochMilli(row.getLong("created_at")));
    }
}
