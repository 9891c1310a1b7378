package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.core.access.EntityTable.Names;
import org.sallyport.kernel.store.Sql;

/** The SQL of this account's managed policies and their versions. Each method joins the transaction of its connection. */
final class PolicyTable {
    /** A row of {@code access_policies}. */
    record Policy(Entity entity, String description, int defaultVersion, int newestVersion, Instant updated) {}

    /** A row of {@code access_policy_versions}. */
    record Version(int number, String document, Instant created) {}

    private static final String COLUMNS =
            "SELECT id, name, path, created_at, description, default_version, newest_version, updated_at FROM"
                    + " access_policies ";

    private PolicyTable() {}

    static Optional<Policy> byName(Connection connection, String name) throws SQLException {
        return Sql.first(connection, COLUMNS + "WHERE name = ?", PolicyTable::read, name);
    }

    static Optional<Policy> byId(Connection connection, String id) throws SQLException {
        return Sql.first(connection, COLUMNS + "WHERE id = ?", PolicyTable::read, id);
    }

    static List<Policy> page(Connection connection, Names names, String after, int limit) throws SQLException {
        return Sql.all(
                connection,
                COLUMNS + "WHERE name_key > ? AND path LIKE ? ESCAPE '!' AND name_key LIKE ? ESCAPE '!'"
                        + " ORDER BY name_key LIMIT ?",
                PolicyTable::read,
                after,
                Sql.beginning(names.pathPrefix()),
                Sql.somewhere(EntityTable.key(names.part())),
                limit);
    }

    static void insert(Connection connection, Entity entity, String description, String document) throws SQLException {
        long now = entity.created().toEpochMilli();
        Sql.update(
                connection,
                "INSERT INTO access_policies (id, name, name_key, path, description, default_version, newest_version,"
                        + " created_at, updated_at) VALUES (?, ?, ?, ?, ?, 1, 1, ?, ?)",
                entity.id(),
                entity.name(),
                EntityTable.key(entity.name()),
                entity.path(),
                description,
                now,
                now);
        insertVersion(connection, entity.id(), new Version(1, document, entity.created()));
    }

    static void insertVersion(Connection connection, String policyId, Version version) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO access_policy_versions (policy_id, version, document, created_at) VALUES (?, ?, ?, ?)",
                policyId,
                version.number(),
                version.document(),
                version.created().toEpochMilli());
    }

    static void update(Connection connection, String policyId, int defaultVersion, int newest, Instant now)
            throws SQLException {
        Sql.update(
                connection,
                "UPDATE access_policies SET default_version = ?, newest_version = ?, updated_at = ? WHERE id = ?",
                defaultVersion,
                newest,
                now.toEpochMilli(),
                policyId);
    }

    /** Newest first. */
    static List<Version> versions(Connection connection, String policyId) throws SQLException {
        return Sql.all(
                connection,
                "SELECT version, document, created_at FROM access_policy_versions WHERE policy_id = ?"
                        + " ORDER BY version DESC",
                PolicyTable::readVersion,
                policyId);
    }

    static int deleteVersion(Connection connection, String policyId, int version) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM access_policy_versions WHERE policy_id = ? AND version = ?",
                policyId,
                version);
    }

    static void delete(Connection connection, String policyId) throws SQLException {
        Sql.update(connection, "DELETE FROM access_policy_versions WHERE policy_id = ?", policyId);
        EntityTable.delete(connection, EntityKind.POLICY, policyId);
    }

    private static Policy read(ResultSet row) throws SQLException {
        return new Policy(
                EntityTable.read(row),
                row.getString("description"),
                row.getInt("default_version"),
                row.getInt("newest_version"),
                Instant.ofEpochMilli(row.getLong("updated_at")));
    }

    private static Version readVersion(ResultSet row) throws SQLException {
        return new Version(row.getInt(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)));
    }
}
