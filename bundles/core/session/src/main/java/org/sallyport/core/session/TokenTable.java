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
import org.sallyport.kernel.session.DataEnd;

/**
 * Tokens that open a data channel: 32 random bytes, one use, one end of one session, 60 s; stored as SHA-256. Inside of transactions only.
 *
 * <p>The newest {@link #OUTSTANDING} are valid until one of them is used. A request that is cut and made again may be answered in either
 * order, and the answer that arrives need not be that of the request that was served last.
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

    /** Uses a token up, and voids that end's others. Of any number of simultaneous calls with tokens of one end, one gets true. */
    boolean take(Connection c, String sessionId, DataEnd end, String holder, String token, long now)
            throws SQLException {
        boolean taken = SessionTable.execute(
                        c,
                        "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ? AND holder = ? AND token_hash = ?"
                                + " AND expires_at > ?",
                        sessionId,
                        end.name(),
                        holder,
                        hash(token),
                        now)
                == 1;
        if (taken) {
            SessionTable.execute(
                    c, "DELETE FROM session_tokens WHERE session_id = ? AND end_name = ?", sessionId, end.name());
        }
        return taken;
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
