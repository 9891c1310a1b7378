package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.store.Transactions;

/** Which ends of a session are there, and what the person is told while the node is not. */
final class Presence {
    /** How long a node is away before the person is told: the usual reconnect is quicker. */
    static final long TELL_MILLIS = 2_000;

    private static final String AWAY = " AND node_called_at IS NOT NULL AND connected_at IS NOT NULL"
            + " AND node_attached = FALSE AND client_attached = TRUE AND away_told = FALSE AND node_changed <= ?";

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Ending ending;
    private final Notices notices;
    private final Times times;

    Presence(
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

    void attached(String sessionId, DataEnd end) {
        Optional<SessionRow> before = transactions.run(c -> {
            Optional<SessionRow> row = live(c, sessionId);
            if (row.isEmpty()) {
                return Optional.empty();
            }
            sessions.attached(c, sessionId, end, true, times.serving());
            if (row.get().attached(end == DataEnd.CLIENT ? DataEnd.NODE : DataEnd.CLIENT)) {
                sessions.connected(c, sessionId, times);
            }
            if (end == DataEnd.NODE) {
                sessions.awayTold(c, sessionId, false);
            }
            return row;
        });
        before.ifPresent(row -> tellAttached(row, end));
    }

    void detached(String sessionId, DataEnd end) {
        transactions.run(c -> {
            if (live(c, sessionId).isEmpty()) {
                return null;
            }
            sessions.attached(c, sessionId, end, false, times.serving());
            if (end == DataEnd.CLIENT) {
                sessions.awayTold(c, sessionId, false); // its next connection is told anew
            }
            return sessions.move(
                    c,
                    sessionId,
                    EnumSet.of(SessionState.CONNECTED),
                    SessionState.DISCONNECTED,
                    Optional.empty(),
                    times.wall());
        });
    }

    /**
     * Makes up for reports that were lost.
     *
     * @return whether the end is attached, though the row says otherwise
     */
    boolean madeUp(SessionRow row, DataEnd end) {
        boolean there = services.relay().attached(row.id()).contains(end);
        if (there) {
            attached(row.id(), end);
        }
        return there;
    }

    /** Tells people whose node is away for a little while, once until it is back or they come anew. */
    void tellAway(long nodeAwayMillis) {
        long now = times.serving();
        List<SessionRow> away = transactions.run(c -> sessions.select(
                c,
                States.in(States.RUNNING) + AWAY + " ORDER BY node_changed FETCH FIRST " + Sweep.BATCH + " ROWS ONLY",
                now - TELL_MILLIS));
        for (SessionRow row : away) {
            if (madeUp(row, DataEnd.NODE)) {
                continue;
            }
            boolean still = transactions.run(c -> {
                boolean holds = sessions.lockedIf(c, row.id(), States.in(States.RUNNING) + AWAY, now - TELL_MILLIS)
                        .isPresent();
                if (holds) {
                    sessions.awayTold(c, row.id(), true);
                }
                return holds;
            });
            if (still) {
                notices.nodeAway(row.id(), row.watch().nodeChanged() + nodeAwayMillis - now);
            }
        }
    }

    private void tellAttached(SessionRow before, DataEnd end) {
        if (end == DataEnd.NODE && before.watch().awayTold()) {
            notices.nodeBack(before.id());
        }
        if (end == DataEnd.CLIENT && before.nodeDone() && before.finishing().isPresent()) {
            ending.end(
                    before.id(),
                    before.finishing().get(),
                    before.finishingDetail().orElse(""));
        }
    }

    private Optional<SessionRow> live(Connection c, String sessionId) throws SQLException {
        return sessions.lock(c, sessionId).filter(row -> !row.state().over());
    }
}
