package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.iam.EntityKind;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.kernel.store.Sql;

/** The SQL of attached policies and boundaries. Each method joins the transaction of its connection. */
final class AttachmentTable {
    private AttachmentTable() {}

    /** Ids of the managed policies of all the owners, in order. */
    static List<String> policiesOf(Connection connection, List<String> ownerIds) throws SQLException {
        return Sql.all(
                connection,
                "SELECT DISTINCT policy_id FROM access_attachments WHERE owner_id IN " + Sql.places(ownerIds.size())
                        + " ORDER BY policy_id",
                row -> row.getString(1),
                ownerIds.toArray());
    }

    static boolean attached(Connection connection, String ownerId, String policyId) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM access_attachments WHERE owner_id = ? AND policy_id = ?",
                        ownerId,
                        policyId)
                > 0;
    }

    static void attach(Connection connection, String ownerId, String policyId) throws SQLException {
        Sql.update(connection, "INSERT INTO access_attachments (owner_id, policy_id) VALUES (?, ?)", ownerId, policyId);
    }

    static int detach(Connection connection, String ownerId, String policyId) throws SQLException {
        return Sql.update(
                connection, "DELETE FROM access_attachments WHERE owner_id = ? AND policy_id = ?", ownerId, policyId);
    }

    /** How many have the policy. */
    static int uses(Connection connection, String policyId) throws SQLException {
        return (int) Sql.number(connection, "SELECT COUNT(*) FROM access_attachments WHERE policy_id = ?", policyId);
    }

    /** How many users and roles the policy limits. */
    static int limits(Connection connection, String policyId) throws SQLException {
        return (int) (Sql.number(connection, "SELECT COUNT(*) FROM access_users WHERE boundary_id = ?", policyId)
                + Sql.number(connection, "SELECT COUNT(*) FROM access_roles WHERE boundary_id = ?", policyId));
    }

    /** Entities of a kind that have the policy, in the order of their names. */
    static List<Entity> having(Connection connection, EntityKind kind, String policyId, String pathPrefix)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT e.id, e.name, e.path, e.created_at FROM " + EntityTable.table(kind)
                        + " e JOIN access_attachments a ON a.owner_id = e.id WHERE a.policy_id = ? AND e.path LIKE ?"
                        + " ESCAPE '!' ORDER BY e.name_key",
                EntityTable::read,
                policyId,
                Sql.beginning(pathPrefix));
    }

    /** Users or roles that the policy limits, in the order of their names. */
    static List<Entity> limited(Connection connection, EntityKind kind, String policyId, String pathPrefix)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT id, name, path, created_at FROM " + EntityTable.table(kind)
                        + " WHERE boundary_id = ? AND path LIKE ? ESCAPE '!' ORDER BY name_key",
                EntityTable::read,
                policyId,
                Sql.beginning(pathPrefix));
    }

    static Optional<String> boundary(Connection connection, EntityKind kind, String id) throws SQLException {
        return Sql.all(
                        connection,
                        "SELECT boundary_id FROM " + EntityTable.table(kind) + " WHERE id = ?",
                        row -> Optional.ofNullable(row.getString(1)),
                        id)
                .stream()
                .findFirst()
                .flatMap(found -> found);
    }

    /** @param policyId null for none */
    static void setBoundary(Connection connection, EntityKind kind, String id, String policyId) throws SQLException {
        Sql.update(connection, "UPDATE " + EntityTable.table(kind) + " SET boundary_id = ? WHERE id = ?", policyId, id);
    }
}
