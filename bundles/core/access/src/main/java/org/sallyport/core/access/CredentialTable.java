package org.sallyport.core.access;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.sallyport.kernel.store.Sql;

/** The SQL of temporary credentials of people and programs. Each method joins the transaction of its connection. */
final class CredentialTable {
    /** A row; {@code secret} is an envelope, {@code tokenHash} SHA-256, {@code facts} JSON. */
    record Row(
            String accessKeyId,
            String ownerId,
            String sessionName,
            byte[] secret,
            byte[] tokenHash,
            Instant expires,
            String facts) {}

    private static final String TABLE = "access_session_credentials";

    private CredentialTable() {}

    /** Name of the row that the envelope of the secret is bound to. */
    static String row(String accessKeyId) {
        return TABLE + "/" + accessKeyId;
    }

    static void insert(Connection connection, Row row) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO " + TABLE
                        + " (access_key_id, owner_id, session_name, secret, token_hash, expires_at, facts)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                row.accessKeyId(),
                row.ownerId(),
                row.sessionName(),
                row.secret(),
                row.tokenHash(),
                row.expires().toEpochMilli(),
                row.facts());
    }

    static Optional<Row> find(Connection connection, String accessKeyId) throws SQLException {
        return Sql.first(
                connection,
                "SELECT owner_id, session_name, secret, token_hash, expires_at, facts FROM " + TABLE
                        + " WHERE access_key_id = ?",
                row -> new Row(
                        accessKeyId,
                        row.getString(1),
                        row.getString(2),
                        row.getBytes(3),
                        row.getBytes(4),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6)),
                accessKeyId);
    }

    static int delete(Connection connection, String accessKeyId) throws SQLException {
        return Sql.update(connection, "DELETE FROM " + TABLE + " WHERE access_key_id = ?", accessKeyId);
    }

    /** Of a user or a role. */
    static int deleteOf(Connection connection, String ownerId) throws SQLException {
        return Sql.update(connection, "DELETE FROM " + TABLE + " WHERE owner_id = ?", ownerId);
    }

    /** Deletes the oldest that expired before {@code limit}; at most {@code batch} of them. */
    static int purge(Connection connection, Instant limit, int batch) throws SQLException {
        return Sql.update(
                connection,
                "DELETE FROM " + TABLE + " WHERE access_key_id IN (SELECT access_key_id FROM " + TABLE
                        + " WHERE expires_at < ? ORDER BY expires_at LIMIT ?)",
                limit.toEpochMilli(),
                batch);
    }
}
