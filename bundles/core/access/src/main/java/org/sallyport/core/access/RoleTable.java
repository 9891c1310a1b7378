package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.LastUsed;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.kernel.store.Sql;

/** The SQL of what only roles and instance profiles have. Each method joins the transaction of its connection. */
final class RoleTable {
    /** A row of {@code access_roles}. */
    record Whole(Entity entity, String trust, String description, Duration longest, Optional<LastUsed> used) {}

    private static final String COLUMNS = "SELECT id, name, path, created_at, trust, description, longest_s, used_at,"
            + " used_service, used_region FROM access_roles ";
    private static final String PROFILES = "SELECT id, name, path, created_at FROM access_profiles ";

    private RoleTable() {}

    static Optional<Whole> byId(Connection connection, String id) throws SQLException {
        return Sql.first(connection, COLUMNS + "WHERE id = ?", RoleTable::read, id);
    }

    static Optional<Whole> byName(Connection connection, String name) throws SQLException {
        return Sql.first(connection, COLUMNS + "WHERE name = ?", RoleTable::read, name);
    }

    static List<Whole> page(Connection connection, Names names, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                COLUMNS + "WHERE name_key > ? AND path LIKE ? ESCAPE '!' AND name_key LIKE ? ESCAPE '!'"
                        + " ORDER BY name_key LIMIT ?",
                RoleTable::read,
                after,
                Sql.beginning(names.pathPrefix()),
                Sql.somewhere(EntityTable.key(names.part())),
                limit);
    }

    static void set(Connection connection, String id, String trust, String description, Duration longest)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_roles SET trust = ?, description = ?, longest_s = ? WHERE id = ?",
                trust,
                description,
                longest.toSeconds(),
                id);
    }

    /** Once a minute for each role. */
    static void used(Connection connection, String id, LastUsed use) throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_roles SET used_at = ?, used_service = ?, used_region = ? WHERE id = ?",
                use.at().toEpochMilli(),
                use.service(),
                use.region(),
                id);
    }

    /** What goes with a role that is deleted: its sessions, nodes' credentials and tags. */
    static void forget(Connection connection, String id) throws SQLException {
        Sql.update(connection, "DELETE FROM access_temporary_credentials WHERE role_id = ?", id);
        CredentialTable.deleteOf(connection, id);
        TagTable.removeAll(connection, id);
    }

    static Optional<String> roleOf(Connection connection, String profileId) throws SQLException {
        return Sql.all(
                        connection,
                        "SELECT role_id FROM access_profiles WHERE id = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        profileId)
                .stream()
                .findFirst()
                .flatMap(found -> found);
    }

    /** @param roleId null for none */
    static void setRole(Connection connection, String profileId, String roleId) throws SQLException {
        Sql.update(connection, "UPDATE access_profiles SET role_id = ? WHERE id = ?", roleId, profileId);
    }

    static List<Entity> profilesOf(Connection connection, String roleId, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                PROFILES + "WHERE role_id = ? AND name_key > ? ORDER BY name_key LIMIT ?",
                EntityTable::read,
                roleId,
                after,
                limit);
    }

    private static Whole read(ResultSet row) throws SQLException {
        Optional<Instant> used = Sql.time(row, "used_at");
        String trust = row.getString("trust");
        return new Whole(
                EntityTable.read(row),
                trust == null ? "" : trust,
                row.getString("description"),
                Duration.ofSeconds(row.getLong("longest_s")),
                used.isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                new LastUsed(used.get(), row.getString("used_service"), row.getString("used_region"))));
    }
}
