package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.session.EndCause;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends sessions: once each, with the cause stored first and both ends told after the commit. Any thread. */
final class Ending {
    private static final Logger LOG = LoggerFactory.getLogger(Ending.class);

    /** Most ends that wait for the store. When full, the session is ended by the sweep as one whose ends are lost. */
    private static final int MOST_UNSTORED = 10_000;

    private final Map<String, SessionTable.End> unstored = new ConcurrentHashMap<>();
    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Times times;

    Ending(Transactions transactions, SessionTable sessions, Services services, Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.times = times;
    }

    /**
     * Ends a session that is not over.
     *
     * @param detail what people read; empty for a plain end
     * @return false when somebody else was first
     */
    boolean end(String sessionId, EndCause cause, String detail) {
        return told(
                transactions.run(c -> {
                    Optional<SessionRow> row = sessions.lock(c, sessionId);
                    return row.isPresent() ? moved(c, row.get(), cause, detail) : Optional.empty();
                }),
                cause,
                detail);
    }

    /**
     * Ends a session if a condition still holds. It was selected by that condition, which may have changed meanwhile.
     *
     * @param where the condition in SQL, with {@code value} as its one parameter
     */
    boolean endIf(String sessionId, String where, long value, EndCause cause, String detail) {
        return told(
                transactions.run(c -> {
                    Optional<SessionRow> row = sessions.lockedIf(c, sessionId, where, value);
                    return row.isPresent() ? moved(c, row.get(), cause, detail) : Optional.empty();
                }),
                cause,
                detail);
    }

    /**
     * Ends a session that must not go on even while the store is away: then its ends are closed at once, and {@link #storeLate} stores why.
     */
    void endAnyway(String sessionId, EndCause cause, String detail) {
        try {
            end(sessionId, cause, detail);
        } catch (SallyportException e) {
            LOG.warn("session {} ends, and its end is stored later: {}", sessionId, e.getMessage());
            if (unstored.size() < MOST_UNSTORED) {
                unstored.putIfAbsent(sessionId, new SessionTable.End(cause, detail));
            }
            services.relay().end(sessionId, detail, true);
        }
    }

    /** Stores ends that could not be stored when they came. While the store is still away they wait on. */
    void storeLate() {
        unstored.forEach((id, end) -> {
            try {
                end(id, end.cause(), end.detail());
            } catch (SallyportException e) {
                if (e.code() == CommonError.SERVICE_AWAY) {
                    throw e;
                }
                LOG.error("session {}: its end is not stored: {}", id, end, e);
            }
            unstored.remove(id);
        });
    }

    private Optional<SessionRow> moved(Connection c, SessionRow row, EndCause cause, String detail)
            throws SQLException {
        SessionState over = row.connectedAt().isPresent() ? SessionState.TERMINATED : SessionState.FAILED;
        boolean won = sessions.move(
                c, row.id(), States.LIVE, over, Optional.of(new SessionTable.End(cause, detail)), times.wall());
        return won ? Optional.of(row) : Optional.empty();
    }

    private boolean told(Optional<SessionRow> ended, EndCause cause, String detail) {
        ended.ifPresent(row -> tell(row, cause, detail));
        return ended.isPresent();
    }

    /** Tells both ends. The node's shell dies by its control channel even when its data channel is gone. */
    private void tell(SessionRow row, EndCause cause, String detail) {
        LOG.info("session {} ended: {}", row.id(), cause);
        services.ended(cause);
        try {
            Relay relay = services.relay();
            if (!row.nodeDone()) {
                relay.toNode(row.nodeId(), NodeMessages.close(row.id(), times.wall()));
            }
            relay.end(row.id(), detail, !row.nodeDone());
        } catch (SallyportException e) {
            LOG.warn("session {} ended, and its ends could not be told: {}", row.id(), e.getMessage());
        }
    }
}
