package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.store.Transactions;

/**
 * Warns before the idle time and the longest duration of sessions are over, and ends them then. Only what the relay calls typed counts;
 * sessions are asked about when their row says that it is time, and all of them every {@link #TAKE_MILLIS}.
 */
final class LimitWatch {
    /** How often what was typed is noted in the rows: what may be lost of it with the server. */
    static final long TAKE_MILLIS = 5_000;

    private static final int PAGE = 500;
    private static final String IDLE_OVER = "typed_at + idle_ms <= ?";
    private static final String IDLE_SOON = "idle_warned = FALSE AND client_attached = TRUE"
            + " AND typed_at + idle_ms - LEAST(60000, idle_ms / 2) <= ?";
    private static final String DURATION_OVER = "begun_at + duration_ms <= ?";
    private static final String DURATION_SOON = "duration_warned = FALSE AND client_attached = TRUE"
            + " AND begun_at + duration_ms - LEAST(60000, duration_ms / 2) <= ?";

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Ending ending;
    private final Notices notices;
    private final Times times;

    LimitWatch(
            Transactions transactions,
            SessionTable sessions,
            Services services,
            Ending ending,
            Notices notices,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.ending = ending;
        this.notices = notices;
        this.times = times;
    }

    /** Warns and ends what is due. */
    void turn() {
        long now = times.serving();
        for (SessionRow row : due(DURATION_OVER, now)) {
            String text = "The session ended because it reached its longest duration of %s."
                    .formatted(people(row.watch().duration()));
            ending.endIf(row.id(), running(DURATION_OVER), now, EndCause.MAX_DURATION, text);
        }
        for (SessionRow row : due(IDLE_OVER, now)) {
            if (!takeTyped(row)) {
                String text = "The session ended because nothing was typed for %s."
                        .formatted(people(row.watch().idle()));
                ending.endIf(row.id(), running(IDLE_OVER), now, EndCause.IDLE, text);
            }
        }
        for (SessionRow row : due(DURATION_SOON, now)) {
            Watch watch = row.watch();
            if (warned("duration_warned", row.id())) {
                notices.durationSoon(
                        row.id(), watch.begunAt() + watch.duration().getAsLong() - now);
            }
        }
        for (SessionRow row : due(IDLE_SOON, now)) {
            Watch watch = row.watch();
            if (!takeTyped(row) && warned("idle_warned", row.id())) {
                notices.idleSoon(
                        row.id(), watch.typedAt().getAsLong() + watch.idle().getAsLong() - now);
            }
        }
    }

    /**
     * What was typed just before the server was killed is in no row: after a start no session ends for idleness until whoever is there had the
     * time of a warning to type again.
     */
    void leaveTimeToType() {
        long now = times.serving();
        String left = "LEAST(60000, idle_ms / 2)";
        transactions.run(c -> SessionTable.execute(
                c,
                "UPDATE sessions SET typed_at = ? + %1$s - idle_ms WHERE typed_at + idle_ms < ? + %1$s AND "
                                .formatted(left)
                        + States.in(States.RUNNING),
                now,
                now));
    }

    /** Notes in the rows what was typed since. */
    void takeAll() {
        String after = "";
        List<SessionRow> page;
        do {
            String from = after;
            page = transactions.run(c -> sessions.select(
                    c,
                    running("typed_at IS NOT NULL AND idle_ms IS NOT NULL AND id > ? ORDER BY id FETCH FIRST " + PAGE
                            + " ROWS ONLY"),
                    from));
            for (SessionRow row : page) {
                takeTyped(row);
                after = row.id();
            }
        } while (page.size() == PAGE);
    }

    /**
     * Whether something was typed that the row did not know; now it does. The relay tells times of the system clock, which may have jumped
     * since: the age counts only up to {@link #TAKE_MILLIS}, as it was asked no longer ago.
     */
    private boolean takeTyped(SessionRow row) {
        OptionalLong seen = services.relay().lastTyped(row.id());
        if (seen.isEmpty() || seen.equals(row.watch().typedSeen())) {
            return false;
        }
        long age = Math.max(0, Math.min(TAKE_MILLIS, times.wall() - seen.getAsLong()));
        long typedAt = Math.max(times.serving() - age, row.watch().typedAt().orElse(0));
        transactions.run(c -> SessionTable.execute(
                c,
                "UPDATE sessions SET typed_at = ?, typed_seen = ?, idle_warned = FALSE WHERE id = ?",
                typedAt,
                seen.getAsLong(),
                row.id()));
        return true;
    }

    /** Whether the warning was not given before. */
    private boolean warned(String column, String id) {
        return transactions.run(c -> mark(c, column, id)) == 1;
    }

    private static int mark(Connection c, String column, String id) throws SQLException {
        return SessionTable.execute(
                c,
                "UPDATE sessions SET %1$s = TRUE WHERE id = ? AND %1$s = FALSE AND ".formatted(column)
                        + States.in(States.RUNNING),
                id);
    }

    private List<SessionRow> due(String where, long now) {
        return transactions.run(c -> sessions.select(
                c, running(where) + " ORDER BY begun_at FETCH FIRST " + Sweep.BATCH + " ROWS ONLY", now));
    }

    private static String running(String where) {
        return States.in(States.RUNNING) + " AND " + where;
    }

    private static String people(OptionalLong limit) {
        Duration time = Duration.ofMillis(limit.orElseThrow());
        boolean minutes = time.toSeconds() % 60 == 0;
        long count = minutes ? time.toMinutes() : time.toSeconds();
        return "%d %s%s".formatted(count, minutes ? "minute" : "second", count == 1 ? "" : "s");
    }
}
