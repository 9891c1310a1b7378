package org.sallyport.core.node;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** The rows of nodes' tags. Any thread. */
final class TagTable {
    private final Transactions transactions;

    TagTable(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Tag(String nodeId, String key, String value) {}

    /** Tags by node id; nodes without any are left out. */
    Map<String, Map<String, String>> of(Collection<String> nodeIds) {
        return nodeIds.isEmpty() ? Map.of() : transactions.run(connection -> of(connection, nodeIds));
    }

    static Map<String, Map<String, String>> of(Connection connection, Collection<String> nodeIds) throws SQLException {
        Map<String, Map<String, String>> tags = new HashMap<>();
        if (nodeIds.isEmpty()) {
            return tags;
        }
        String sql = "SELECT node_id, tag_key, tag_value FROM managed_node_tag WHERE node_id IN "
                + Sql.places(nodeIds.size());
        for (Tag tag : Sql.all(
                connection, sql, r -> new Tag(r.getString(1), r.getString(2), r.getString(3)), nodeIds.toArray())) {
            tags.computeIfAbsent(tag.nodeId(), id -> new TreeMap<>()).put(tag.key(), tag.value());
        }
        return tags;
    }

    /** Puts tags in place of those with the same keys. The caller holds the node's row. */
    static void put(Connection connection, String nodeId, Map<String, String> tags) throws SQLException {
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            int changed = Sql.update(
                    connection,
                    "UPDATE managed_node_tag SET tag_value = ? WHERE node_id = ? AND tag_key = ?",
                    tag.getValue(),
                    nodeId,
                    tag.getKey());
            if (changed == 0) {
                Sql.update(
                        connection,
                        "INSERT INTO managed_node_tag (node_id, tag_key, tag_value) VALUES (?, ?, ?)",
                        nodeId,
                        tag.getKey(),
                        tag.getValue());
            }
        }
    }

    static int remove(Connection connection, String nodeId, Collection<String> keys) throws SQLException {
        int removed = 0;
        for (String key : keys) {
            removed += Sql.update(
                    connection, "DELETE FROM managed_node_tag WHERE node_id = ? AND tag_key = ?", nodeId, key);
        }
        return removed;
    }
}
