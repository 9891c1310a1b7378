package org.sallyport.core.store;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.store.Records;
import org.sallyport.kernel.store.Transactions;

/** The records of one owner in the table {@code records}. */
public final class JdbcRecords implements Records {
    private static final int MAX_KEY_CHARS = 200;
    private static final int MAX_SCAN = 1000;
    /** Greater than each UTF-8 text. */
    private static final byte[] AFTER_ALL = {(byte) 0xFF};

    private final Transactions transactions;
    private final String owner;

    public JdbcRecords(Transactions transactions, String owner) {
        this.transactions = transactions;
        this.owner = owner;
    }

    @Override
    public Optional<Entry> get(String key) {
        byte[] keyBytes = key(key);
        return run(connection -> {
            try (PreparedStatement select = connection.prepareStatement(
                    "SELECT record_key, revision, content FROM records WHERE owner = ? AND record_key = ?")) {
                select.setString(1, owner);
                select.setBytes(2, keyBytes);
                return entries(select).stream().findFirst();
            }
        });
    }

    @Override
    public Optional<Long> put(String key, byte[] value, long expectedRevision) {
        byte[] keyBytes = key(key);
        if (value.length > MAX_VALUE_BYTES) {
            throw invalid("The value of record %s has %d bytes, the limit is %d"
                    .formatted(key, value.length, MAX_VALUE_BYTES));
        }
        String sql = expectedRevision == ABSENT
                ? "INSERT INTO records (revision, content, owner, record_key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
                : "UPDATE records SET revision = ?, content = ? WHERE owner = ? AND record_key = ? AND revision = ?";
        return run(connection -> {
            try (PreparedStatement next = connection.prepareStatement("SELECT nextval('records_revision')");
                    ResultSet drawn = next.executeQuery();
                    PreparedStatement write = connection.prepareStatement(sql)) {
                drawn.next();
                long revision = drawn.getLong(1);
                write.setLong(1, revision);
                write.setBytes(2, value);
                write.setString(3, owner);
                write.setBytes(4, keyBytes);
                if (expectedRevision != ABSENT) {
                    write.setLong(5, expectedRevision);
                }
                return write.executeUpdate() == 1 ? Optional.of(revision) : Optional.<Long>empty();
            }
        });
    }

    @Override
    public boolean delete(String key, long expectedRevision) {
        byte[] keyBytes = key(key);
        return run(connection -> {
            try (PreparedStatement delete = connection.prepareStatement(
                    "DELETE FROM records WHERE owner = ? AND record_key = ? AND revision = ?")) {
                delete.setString(1, owner);
                delete.setBytes(2, keyBytes);
                delete.setLong(3, expectedRevision);
                return delete.executeUpdate() == 1;
            }
        });
    }

    @Override
    public List<Entry> scan(String prefix, String afterKey, int limit) {
        if (limit < 1 || limit > MAX_SCAN) {
            throw invalid("limit must be 1 to %d, was %d".formatted(MAX_SCAN, limit));
        }
        byte[] from = bytes(prefix);
        byte[] after = bytes(afterKey);
        byte[] end = endOf(from);
        return run(connection -> {
            // a range, not LIKE: keys may contain its wildcards
            try (PreparedStatement select = connection.prepareStatement(
                    """
                    SELECT record_key, revision, content FROM records
                    WHERE owner = ? AND record_key >= ? AND record_key < ? AND record_key > ?
                    ORDER BY record_key LIMIT ?""")) {
                select.setString(1, owner);
                select.setBytes(2, from);
                select.setBytes(3, end);
                select.setBytes(4, after);
                select.setInt(5, limit);
                return entries(select);
            }
        });
    }

    private <T> T run(Transactions.Work<T> work) {
        if (transactions.active()) {
            throw new SallyportException(
                    CommonError.INTERNAL,
                    "Records of %s were called inside a transaction of the core".formatted(owner));
        }
        return transactions.run(work);
    }

    private static List<Entry> entries(PreparedStatement select) throws SQLException {
        List<Entry> entries = new ArrayList<>();
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                entries.add(new Entry(
                        new String(rows.getBytes(1), StandardCharsets.UTF_8), rows.getBytes(3), rows.getLong(2)));
            }
        }
        return List.copyOf(entries);
    }

    /** The first key beyond all that start with the prefix. The last byte of UTF-8 text is below 0xFF, so adding one cannot overflow. */
    private static byte[] endOf(byte[] prefix) {
        if (prefix.length == 0) {
            return AFTER_ALL;
        }
        byte[] end = Arrays.copyOf(prefix, prefix.length);
        end[end.length - 1]++;
        return end;
    }

    private static byte[] key(String key) {
        if (key.isEmpty()) {
            throw invalid("A record's key must have 1 to %d characters, this one is empty".formatted(MAX_KEY_CHARS));
        }
        return bytes(key);
    }

    private static byte[] bytes(String text) {
        if (text.length() > MAX_KEY_CHARS) {
            throw invalid("A record's key must have 1 to %d characters, this one has %d"
                    .formatted(MAX_KEY_CHARS, text.length()));
        }
        try {
            ByteBuffer encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "A record's key must be valid Unicode; it has half a surrogate pair",
                    e);
        }
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
