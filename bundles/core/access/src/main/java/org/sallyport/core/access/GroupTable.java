package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sallyport.core.access.EntityTable.Entity;
import org.sallyport.kernel.store.Sql;

/** The SQL of who is in which group. Each method joins the transaction of its connection. */
final class GroupTable {
    private static final String GROUPS = "SELECT g.id, g.name, g.path, g.created_at FROM access_groups g JOIN"
            + " access_members m ON m.group_id = g.id WHERE m.user_id = ? AND g.name_key > ? ORDER BY g.name_key LIMIT ?";
    private static final String USERS = "SELECT u.id, u.name, u.path, u.created_at FROM access_users u JOIN"
            + " access_members m ON m.user_id = u.id WHERE m.group_id = ? AND u.name_key > ? ORDER BY u.name_key LIMIT ?";

    private GroupTable() {}

    static List<Entity> groupsOf(Connection connection, String userId, String after, int limit) throws SQLException {
        return Sql.all(connection, GROUPS, EntityTable::read, userId, after, limit);
    }

    static List<Entity> usersIn(Connection connection, String groupId, String after, int limit) throws SQLException {
        return Sql.all(connection, USERS, EntityTable::read, groupId, after, limit);
    }

    static boolean isIn(Connection connection, String groupId, String userId) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM access_members WHERE group_id = ? AND user_id = ?",
                        groupId,
                        userId)
                > 0;
    }

    static void add(Connection connection, String groupId, String userId) throws SQLException {
        Sql.update(connection, "INSERT INTO access_members (group_id, user_id) VALUES (?, ?)", groupId, userId);
    }

    static int remove(Connection connection, String groupId, String userId) throws SQLException {
        return Sql.update(connection, "DELETE FROM access_members WHERE group_id = ? AND user_id = ?", groupId, userId);
    }
}
