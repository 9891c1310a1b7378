package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeInfo;
import org.sallyport.api.node.NodeReport;
import org.sallyport.api.node.NodeStanding;
import org.sallyport.api.node.NodeStanding.OtherMachine;
import org.sallyport.api.node.NodeStanding.State;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** Reads nodes in the order of their ids. */
final class NodeList {
    /** Rows looked at for one page when their status decides; the page then ends early and says how to go on. */
    private static final int MOST_READ = 2000;

    /** Rows read at a time when their status decides. */
    private static final int CHUNK = 200;

    private static final String COLUMNS = "SELECT id, name, activation_id, role_name, registered_at, last_ping,"
            + " reported_at, agent_name, agent_version, agent_status, computer_name, ip_address, platform_type,"
            + " platform_name, platform_version, state, proven_by, subject, registered_from, other_fingerprint, other_from,"
            + " other_at, other_refused FROM managed_node";

    private final Transactions transactions;

    NodeList(Transactions transactions) {
        this.transactions = transactions;
    }

    private record Loaded(List<NodeRow> rows, Map<String, Map<String, String>> tags) {
        List<NodeInfo> infos(Predicate<String> connected) {
            return rows.stream()
                    .map(row -> row.info(connected.test(row.id()), tags.getOrDefault(row.id(), Map.of())))
                    .toList();
        }
    }

    /** @param connected whether a node's control channel is open */
    Optional<NodeInfo> find(String nodeId, Predicate<String> connected) {
        return load(COLUMNS + " WHERE id = ?", nodeId).infos(connected).stream().findFirst();
    }

    Page<NodeInfo> page(NodeFilters filters, PageRequest page, Predicate<String> connected, Instant now) {
        String after = page.token().map(NodeList::idOf).orElse("");
        List<NodeInfo> found = new ArrayList<>();
        int chunk = filters.byStatus() ? Math.max(CHUNK, page.maxItems() + 1) : page.maxItems() + 1;
        for (int read = 0; read < MOST_READ; read += chunk) {
            List<NodeInfo> some = after(after, filters, chunk, connected);
            for (NodeInfo node : some) {
                boolean wanted = !filters.byStatus() || filters.pingStatus().contains(node.pingStatus(now));
                if (wanted && found.size() == page.maxItems()) {
                    return new Page<>(found, Optional.of(token(after)));
                }
                if (wanted) {
                    found.add(node);
                }
                after = node.id();
            }
            if (some.size() < chunk) {
                return new Page<>(found, Optional.empty());
            }
        }
        return new Page<>(found, Optional.of(token(after)));
    }

    private List<NodeInfo> after(String id, NodeFilters filters, int limit, Predicate<String> connected) {
        List<Object> values = new ArrayList<>();
        values.add(id);
        values.addAll(filters.values());
        values.add(limit);
        String sql = COLUMNS + " WHERE id > ?" + filters.conditions() + " ORDER BY id LIMIT ?";
        return load(sql, values.toArray()).infos(connected);
    }

    private Loaded load(String sql, Object... values) {
        return transactions.run(connection -> {
            List<NodeRow> rows = Sql.all(connection, sql, NodeList::row, values);
            return new Loaded(
                    rows, TagTable.of(connection, rows.stream().map(NodeRow::id).toList()));
        });
    }

    private static NodeRow row(ResultSet row) throws SQLException {
        return new NodeRow(
                row.getString("id"),
                Optional.ofNullable(row.getString("name")),
                row.getString("activation_id"),
                row.getString("role_name"),
                Instant.ofEpochMilli(row.getLong("registered_at")),
                instant(row, "last_ping"),
                instant(row, "reported_at").isPresent() ? Optional.of(report(row)) : Optional.empty(),
                standing(row));
    }

    private static NodeStanding standing(ResultSet row) throws SQLException {
        String other = row.getString("other_fingerprint");
        Optional<OtherMachine> machine = other == null
                ? Optional.empty()
                : Optional.of(new OtherMachine(
                        other,
                        text(row, "other_from"),
                        instant(row, "other_at").orElse(Instant.EPOCH),
                        row.getBoolean("other_refused")));
        return new NodeStanding(
                State.valueOf(row.getString("state")),
                row.getString("proven_by"),
                Optional.ofNullable(row.getString("subject")),
                Optional.ofNullable(row.getString("registered_from")),
                machine);
    }

    private static NodeReport report(ResultSet row) throws SQLException {
        return new NodeReport(
                text(row, "agent_name"),
                text(row, "agent_version"),
                text(row, "agent_status"),
                text(row, "computer_name"),
                text(row, "ip_address"),
                text(row, "platform_type"),
                text(row, "platform_name"),
                text(row, "platform_version"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        String value = row.getString(column);
        return value == null ? "" : value;
    }

    private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static String token(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(id.getBytes(StandardCharsets.US_ASCII));
    }

    private static String idOf(String token) {
        try {
            String id = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            if (NodeIds.valid(id)) {
                return id;
            }
        } catch (IllegalArgumentException e) {
            throw wrongToken(e);
        }
        throw wrongToken(null);
    }

    private static SallyportException wrongToken(IllegalArgumentException cause) {
        return new SallyportException(
                CommonError.INVALID_NEXT_TOKEN,
                "The next token is none of a list of nodes; start again without one.",
                cause);
    }
}
