package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sallyport.kernel.store.Sql;

/** The SQL of denials. Each method joins the transaction of its connection. */
final class DenialTable {
    /** A row; {@code content} is JSON. */
    record Row(String reference, Instant at, String principalId, String principal, String content) {}

    private static final String COLUMNS =
            "SELECT reference, denied_at, principal_id, principal_arn, content FROM access_denials ";

    private DenialTable() {}

    static void insert(Connection connection, Row row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO access_denials (reference, denied_at, principal_id, principal_arn, content)"
                        + " VALUES (?, ?, ?, ?, ?)",
                row.reference(),
                row.at().toEpochMilli(),
                row.principalId(),
                row.principal(),
                row.content());
    }

    static Optional<Row> find(Connection connection, String reference) throws SQLException {
        return Sql.first(connection, COLUMNS + "WHERE reference = ?", DenialTable::read, reference);
    }

    /**
     * Newest first.
     *
     * @param principal id or ARN, if only one's are wanted
     * @param before time and reference that the page begins behind
     */
    static List<Row> page(Connection connection, Optional<String> principal, Optional<Row> before, int limit)
            throws SQLException {
        StringBuilder sql = new StringBuilder(COLUMNS).append("WHERE denied_at >= 0");
        List<Object> values = new ArrayList<>();
        principal.ifPresent(who -> {
            sql.append(" AND (principal_id = ? OR principal_arn = ?)");
            values.addAll(List.of(who, who));
        });
        before.ifPresent(row -> {
            sql.append(" AND (denied_at < ? OR (denied_at = ? AND reference > ?))");
            long at = row.at().toEpochMilli();
            values.addAll(List.of(at, at, row.reference()));
        });
        sql.append(" ORDER BY denied_at DESC, reference LIMIT ?");
        values.add(limit);
        return Sql.all(connection, sql.toString(), DenialTable::read, values.toArray());
    }

    /** Deletes what is older than {@code limit}, and the oldest beyond {@code most}; at most {@code batch} of each. */
    static void purge(Connection connection, Instant limit, int most, int batch) throws SQLException {
        Sql.update(
                connection,
                "DELETE FROM access_denials WHERE reference IN (SELECT reference FROM access_denials WHERE denied_at < ?"
                        + " ORDER BY denied_at LIMIT ?)",
                limit.toEpochMilli(),
                batch);
        long beyond = Sql.number(connection, "SELECT COUNT(*) FROM access_denials") - most;
        if (beyond > 0) {
            Sql.update(
                    connection,
                    "DELETE FROM access_denials WHERE reference IN (SELECT reference FROM access_denials ORDER BY denied_at,"
                            + " reference LIMIT ?)",
                    Math.min(beyond, batch));
        }
    }

    private static Row read(ResultSet row) throws SQLException {
        return new Row(
                row.getString(1),
                Instant.ofEpochMilli(row.getLong(2)),
                row.getString(3),
                row.getString(4),
                row.getString(5));
    }
}
