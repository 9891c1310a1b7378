package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.sallyport.kernel.store.Transactions;

/**
 * Two times. Limits, windows and tokens are measured in the time that the server serves: it follows no jump of the system clock, and
 * stands while the server is down. What people read is the system clock's. Any thread.
 *
 * <p>Serving time is kept in the store every few seconds; after a kill it goes on from there, so a limit may last that much longer. It began
 * as the system clock and is never shown.
 */
final class Times {
    private record Kept(long serving, long wall) {}

    private final Clock clock;
    private final LongSupplier steady;
    private final long offset;

    private Times(Clock clock, LongSupplier steady, long serving) {
        this.clock = clock;
        this.steady = steady;
        this.offset = serving - steady.getAsLong();
    }

    /**
     * Goes on with the time that is kept. For tokens the down-time counts as far as the system clock tells it; they are void when it
     * went back.
     *
     * @param steady milliseconds from any origin, never backwards
     */
    static Times open(Transactions transactions, Clock clock, LongSupplier steady) {
        long serving = transactions.run(c -> {
            long wall = clock.millis();
            Optional<Kept> kept = kept(c);
            if (kept.isEmpty()) {
                SessionTable.execute(
                        c, "INSERT INTO session_clock (id, serving_at, wall_at) VALUES (1, ?, ?)", wall, wall);
                return wall;
            }
            long down = wall - kept.get().wall();
            SessionTable.execute(
                    c,
                    "UPDATE session_tokens SET expires_at = expires_at - ?",
                    down < 0 ? TokenTable.LIFE_MILLIS : down);
            keep(c, kept.get().serving(), wall);
            return kept.get().serving();
        });
        return new Times(clock, steady, serving);
    }

    /** Milliseconds that limits are measured by. */
    long serving() {
        return offset + steady.getAsLong();
    }

    /** Milliseconds since 1970 by the system clock. */
    long wall() {
        return clock.millis();
    }

    void keep(Connection c) throws SQLException {
        keep(c, serving(), wall());
    }

    private static void keep(Connection c, long serving, long wall) throws SQLException {
        SessionTable.execute(c, "UPDATE session_clock SET serving_at = ?, wall_at = ? WHERE id = 1", serving, wall);
    }

    private static Optional<Kept> kept(Connection c) throws SQLException {
        try (var s = c.prepareStatement("SELECT serving_at, wall_at FROM session_clock WHERE id = 1 FOR UPDATE");
                var r = s.executeQuery()) {
            return r.next() ? Optional.of(new Kept(r.getLong(1), r.getLong(2))) : Optional.empty();
        }
    }
}
