package org.sallyport.core.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import org.sallyport.kernel.session.DataEnd;

/**
 * Tokens that open a data channel: 32 random bytes, one use, one end of one session, 60 s; a new one voids the old; stored as SHA-256.
 * Inside of transactions only.
 */
final class TokenTable {
    static final long LIFE_MILLIS = 60_000;

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
        SessionTable.execute(
                c, "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ?", sessionId, end.name());
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

    /** Uses a token up. Of any number of simultaneous calls with one token, one gets true. */
    boolean take(Connection c, String sessionId, DataEnd end, String holder, String token, long now)
            throws SQLException {
        return SessionTable.execute(
                        c,
                        "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ? AND holder = ? AND token_hash = ?"
                                + " AND expires_at > ?",
                        sessionId,
                        end.name(),
                        holder,
                        hash(token),
                        now)
                == 1;
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
