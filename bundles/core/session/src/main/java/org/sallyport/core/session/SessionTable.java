package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;

/** SQL of the table {@code sessions}. Inside of transactions only. */
final class SessionTable {

    /** Why a session ends. */
    record End(EndCause cause, String detail) {}

    void insert(Connection c, SessionRow row) throws SQLException {
        execute(
                c,
                """
                INSERT INTO sessions (id, node_id, document_name, session_type, separate_output, owner_id, owner_arn, reason, state,
                  started_at, client_attached, client_changed, node_attached, node_changed, node_done, sealed, begun_at, idle_ms,
                  duration_ms, owner_facts, document_named)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, FALSE, ?, FALSE, ?, FALSE, FALSE, ?, ?, ?, ?, ?)""",
                row.id(),
                row.nodeId(),
                row.documentName(),
                row.sessionType(),
                row.separateOutput(),
                row.ownerId(),
                row.ownerArn(),
                SqlValue.text(row.reason()),
                row.state().name(),
                row.startedAt(),
                row.watch().begunAt(),
                row.watch().begunAt(),
                row.watch().begunAt(),
                SqlValue.number(row.watch().idle()),
                SqlValue.number(row.watch().duration()),
                SqlValue.text(row.ownerFacts()),
                row.documentNamed());
    }

    Optional<SessionRow> find(Connection c, String id) throws SQLException {
        return list(c, "SELECT * FROM sessions WHERE id = ?", id).stream().findFirst();
    }

    /** The row, locked until the end of the transaction: what is decided on it then holds. */
    Optional<SessionRow> lock(Connection c, String id) throws SQLException {
        return list(c, "SELECT * FROM sessions WHERE id = ? FOR UPDATE", id).stream()
                .findFirst();
    }

    /** As {@link #lock}, if the condition holds then: it may not any more since the row was selected by it. */
    Optional<SessionRow> lockedIf(Connection c, String id, String where, Object value) throws SQLException {
        return lock(c, id).isEmpty()
                ? Optional.empty()
                : list(c, "SELECT * FROM sessions WHERE id = ? AND " + where, id, value).stream()
                        .findFirst();
    }

    long count(Connection c, String where, Object... values) throws SQLException {
        try (PreparedStatement s = prepared(c, "SELECT COUNT(*) FROM sessions WHERE " + where, values);
                ResultSet r = s.executeQuery()) {
            r.next();
            return r.getLong(1);
        }
    }

    /**
     * The one way a session changes its state: it does so only out of one of the given states. Of two that try, one gets false.
     *
     * @param end cause and detail; present exactly when {@code to} is over
     * @param now by the system clock
     */
    boolean move(Connection c, String id, Set<SessionState> from, SessionState to, Optional<End> end, long now)
            throws SQLException {
        boolean moved = execute(
                        c,
                        "UPDATE sessions SET state = ?, ended_at = ?, cause = ?, detail = ? WHERE id = ? AND "
                                + States.in(from),
                        to.name(),
                        SqlValue.number(end.map(e -> now)),
                        SqlValue.text(end.map(e -> e.cause().name())),
                        SqlValue.text(end.map(End::detail)),
                        id)
                == 1;
        if (moved && end.isPresent()) {
            obeyed(c, id);
        }
        return moved;
    }

    /** Both ends are there; idle time is counted from the first time on. */
    void connected(Connection c, String id, Times times) throws SQLException {
        if (move(c, id, States.UNCONNECTED, SessionState.CONNECTED, Optional.empty(), times.wall())) {
            execute(
                    c,
                    "UPDATE sessions SET connected_at = COALESCE(connected_at, ?), typed_at = COALESCE(typed_at, ?) WHERE id = ?",
                    times.wall(),
                    times.serving(),
                    id);
        }
    }

    void delete(Connection c, String id) throws SQLException {
        execute(c, "DELETE FROM session_tokens WHERE session_id = ?", id);
        obeyed(c, id);
        execute(c, "DELETE FROM sessions WHERE id = ?", id);
    }

    void attached(Connection c, String id, DataEnd end, boolean attached, long now) throws SQLException {
        String name = end == DataEnd.CLIENT ? "client" : "node";
        execute(
                c,
                "UPDATE sessions SET %1$s_attached = ?, %1$s_changed = ? WHERE id = ?".formatted(name),
                attached,
                now,
                id);
    }

    /** The end showed its token and is about to be attached: its time away counts from now. */
    void coming(Connection c, String id, DataEnd end, long now) throws SQLException {
        String name = end == DataEnd.CLIENT ? "client" : "node";
        execute(c, "UPDATE sessions SET %s_changed = ? WHERE id = ?".formatted(name), now, id);
    }

    void nodeCalled(Connection c, String id, long now) throws SQLException {
        execute(
                c,
                "UPDATE sessions SET node_called_at = COALESCE(node_called_at, ?), node_changed = ? WHERE id = ?",
                now,
                now,
                id);
        obeyed(c, id);
    }

    /** Keeps the order to start until the node has called or the session is over. */
    void order(Connection c, String id, String payload) throws SQLException {
        execute(c, "INSERT INTO session_orders (session_id, payload) VALUES (?, ?)", id, payload);
    }

    /**
     * Orders that a node has not obeyed yet: payloads by session, the oldest first. Its time to obey begins anew, but for a node that comes and goes
     * without obeying.
     */
    Map<String, String> ordersAgain(Connection c, String nodeId, long now) throws SQLException {
        Map<String, String> orders = new LinkedHashMap<>();
        String open = "SELECT o.session_id, o.payload FROM session_orders o JOIN sessions s ON s.id = o.session_id"
                + " WHERE s.node_id = ? ORDER BY s.started_at";
        try (PreparedStatement s = prepared(c, open, nodeId);
                ResultSet r = s.executeQuery()) {
            while (r.next()) {
                orders.put(r.getString(1), r.getString(2));
            }
        }
        for (String id : orders.keySet()) {
            execute(
                    c,
                    "UPDATE sessions SET node_changed = LEAST(?, begun_at + ?) WHERE id = ?",
                    now,
                    Settings.NODE_TOLD.toMillis(),
                    id);
        }
        return orders;
    }

    private static void obeyed(Connection c, String id) throws SQLException {
        execute(c, "DELETE FROM session_orders WHERE session_id = ?", id);
    }

    void awayTold(Connection c, String id, boolean told) throws SQLException {
        execute(c, "UPDATE sessions SET away_told = ? WHERE id = ? AND away_told <> ?", told, id, told);
    }

    void nodeDone(Connection c, String id) throws SQLException {
        execute(c, "UPDATE sessions SET node_done = TRUE WHERE id = ?", id);
    }

    void clientId(Connection c, String id, String clientId) throws SQLException {
        execute(c, "UPDATE sessions SET client_id = ? WHERE id = ?", clientId, id);
    }

    /** Notes how the session will end, at the latest at {@code by}. */
    void finishing(Connection c, String id, End end, long by) throws SQLException {
        execute(
                c,
                "UPDATE sessions SET finishing = ?, finishing_detail = ?, finish_by = ? WHERE id = ?",
                end.cause().name(),
                end.detail(),
                by,
                id);
    }

    /** Rows that match; {@code where} comes from this bundle only. */
    List<SessionRow> select(Connection c, String where, Object... values) throws SQLException {
        return list(c, "SELECT * FROM sessions WHERE " + where, values);
    }

    static int execute(Connection c, String sql, Object... values) throws SQLException {
        try (PreparedStatement s = prepared(c, sql, values)) {
            return s.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection c, String sql, Object... values) throws SQLException {
        PreparedStatement s = c.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                SqlValue.set(s, i + 1, values[i]);
            }
            return s;
        } catch (SQLException e) {
            s.close();
            throw e;
        }
    }

    private static List<SessionRow> list(Connection c, String sql, Object... values) throws SQLException {
        List<SessionRow> rows = new ArrayList<>();
        try (PreparedStatement s = prepared(c, sql, values);
                ResultSet r = s.executeQuery()) {
            while (r.next()) {
                rows.add(row(r));
            }
        }
        return rows;
    }

    private static SessionRow row(ResultSet r) throws SQLException {
        return new SessionRow(
                r.getString("id"),
                r.getString("node_id"),
                r.getString("document_name"),
                r.getString("session_type"),
                r.getBoolean("separate_output"),
                r.getString("owner_id"),
                r.getString("owner_arn"),
                Optional.ofNullable(r.getString("owner_facts")),
                r.getBoolean("document_named"),
                Optional.ofNullable(r.getString("reason")),
                SessionState.valueOf(r.getString("state")),
                r.getLong("started_at"),
                time(r, "connected_at"),
                time(r, "ended_at"),
                Optional.ofNullable(r.getString("cause")).map(EndCause::valueOf),
                Optional.ofNullable(r.getString("detail")),
                Optional.ofNullable(r.getString("client_id")),
                r.getBoolean("client_attached"),
                r.getBoolean("node_attached"),
                r.getBoolean("node_done"),
                Optional.ofNullable(r.getString("finishing")).map(EndCause::valueOf),
                Optional.ofNullable(r.getString("finishing_detail")),
                new Watch(
                        r.getLong("begun_at"),
                        time(r, "idle_ms"),
                        time(r, "duration_ms"),
                        time(r, "typed_at"),
                        time(r, "typed_seen"),
                        r.getLong("node_changed"),
                        r.getBoolean("away_told")));
    }

    private static OptionalLong time(ResultSet r, String column) throws SQLException {
        long value = r.getLong(column);
        return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
