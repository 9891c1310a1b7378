package org.sallyport.kernel.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Statements with parameters, in the SQL that H2 and PostgreSQL share. Each joins the transaction of its connection, and belongs to its thread. Values are
 * texts, numbers, truth values and bytes.
 */
public final class Sql {
    private Sql() {}

    /** Reads one row. */
    @FunctionalInterface
    public interface Reader<T> {
        T read(ResultSet row) throws SQLException;
    }

    /** Says how many rows it changed. */
    public static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    /** All rows, in their order; in memory, so the statement bounds them. */
    public static <T> List<T> all(Connection connection, String sql, Reader<T> reader, Object... values)
            throws SQLException {
        List<T> found = new ArrayList<>();
        try (PreparedStatement statement = prepare(connection, sql, values);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                found.add(reader.read(rows));
            }
        }
        return found;
    }

    /** The first row of those that there are. */
    public static <T> Optional<T> first(Connection connection, String sql, Reader<T> reader, Object... values)
            throws SQLException {
        return all(connection, sql, reader, values).stream().findFirst();
    }

    /** The one number that the statement gives. */
    public static long number(Connection connection, String sql, Object... values) throws SQLException {
        return first(connection, sql, row -> row.getLong(1), values).orElseThrow();
    }

    /** {@code (?, ?, ?)} for that many values. */
    public static String places(int count) {
        return "(" + String.join(", ", Collections.nCopies(count, "?")) + ")";
    }

    /** What {@code LIKE … ESCAPE '!'} needs to find all that begins so. */
    public static String beginning(String text) {
        return text.replaceAll("([!%_])", "!$1") + "%";
    }

    /** What {@code LIKE … ESCAPE '!'} needs to find all that has it somewhere. */
    public static String somewhere(String text) {
        return "%" + beginning(text);
    }

    /** A column of milliseconds, which may be null. */
    public static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.length; i++) {
                Object value = values[i];
                if (value instanceof byte[] bytes) {
                    statement.setBytes(i + 1, bytes);
                } else {
                    statement.setObject(i + 1, value);
                }
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }
}
