package org.sallyport.core.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import org.sallyport.kernel.session.DataEnd;

/**
 * Tokens that open a data channel: 32 random bytes, one use, one end of one session, 60 s; stored as SHA-256. Inside of transactions only.
 *
 * <p>The newest {@link #OUTSTANDING} are valid, until a newer one is used. A request that is cut and made again may be served in either
 * order, and the answer that arrives need not be that of the request that was served last. And a connection whose client has given it
 * up may still bring its token, after the next one was issued: that must not void what the client got since.
 */
final class TokenTable {
    static final long LIFE_MILLIS = 60_000;

    static final int OUTSTANDING = 4;

    private static final int RANDOM_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /**
     * @param holder immutable id of who gets it
     * @param now serving time, here and below
     */
    String issue(Connection c, String sessionId, DataEnd end, String holder, long now) throws SQLException {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        for (String old : oldest(c, sessionId, end)) {
            SessionTable.execute(
                    c,
                    "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ? AND token_hash = ?",
                    sessionId,
                    end.name(),
                    old);
        }
        SessionTable.execute(
                c,
                "INSERT INTO session_tokens (session_id, end_name, token_hash, holder, expires_at) VALUES (?, ?, ?, ?, ?)",
                sessionId,
                end.name(),
                hash(token),
                holder,
                now + LIFE_MILLIS);
        return token;
    }

    /** Those that a further one leaves no room for. */
    private static List<String> oldest(Connection c, String sessionId, DataEnd end) throws SQLException {
        List<String> hashes = new ArrayList<>();
        try (var s = c.prepareStatement("SELECT token_hash FROM session_tokens WHERE session_id = ? AND end_name = ?"
                + " ORDER BY expires_at DESC, token_hash")) {
            s.setString(1, sessionId);
            s.setString(2, end.name());
            try (var r = s.executeQuery()) {
                while (r.next()) {
                    hashes.add(r.getString(1));
                }
            }
        }
        return hashes.subList(Math.min(hashes.size(), OUTSTANDING - 1), hashes.size());
    }

    /** Uses a token up, and voids that end's older ones. Of any number of simultaneous calls with one token, one gets true. */
    boolean take(Connection c, String sessionId, DataEnd end, String holder, String token, long now)
            throws SQLException {
        OptionalLong expiry = expiry(c, sessionId, end, holder, token, now);
        if (expiry.isEmpty()
                || SessionTable.execute(
                                c,
                                "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ? AND token_hash = ?",
                                sessionId,
                                end.name(),
                                hash(token))
                        != 1) {
            return false;
        }
        SessionTable.execute(
                c,
                "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ? AND expires_at < ?",
                sessionId,
                end.name(),
                expiry.getAsLong());
        return true;
    }

    /** Of a valid token; those of one end were issued in the order of their expiry. */
    private static OptionalLong expiry(
            Connection c, String sessionId, DataEnd end, String holder, String token, long now) throws SQLException {
        try (var s = c.prepareStatement("SELECT expires_at FROM session_tokens WHERE session_id = ? AND end_name = ?"
                + " AND holder = ? AND token_hash = ? AND expires_at > ?")) {
            s.setString(1, sessionId);
            s.setString(2, end.name());
            s.setString(3, holder);
            s.setString(4, hash(token));
            s.setLong(5, now);
            try (var r = s.executeQuery()) {
                return r.next() ? OptionalLong.of(r.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    /** Whether an unused token of that end is out. */
    boolean outstanding(Connection c, String sessionId, DataEnd end, String holder, long now) throws SQLException {
        try (var s = c.prepareStatement("SELECT 1 FROM session_tokens WHERE session_id = ? AND end_name = ?"
                + " AND holder = ? AND expires_at > ?")) {
            s.setString(1, sessionId);
            s.setString(2, end.name());
            s.setString(3, holder);
            s.setLong(4, now);
            try (var r = s.executeQuery()) {
                return r.next();
            }
        }
    }

    void deleteExpired(Connection c, long now) throws SQLException {
        SessionTable.execute(c, "DELETE FROM session_tokens WHERE expires_at <= ?", now);
    }

    static String hash(String token) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
