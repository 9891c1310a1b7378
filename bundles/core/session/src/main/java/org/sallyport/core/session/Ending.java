package org.sallyport.core.session;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
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

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Clock clock;

    Ending(Transactions transactions, SessionTable sessions, Services services, Clock clock) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.clock = clock;
    }

    /**
     * Ends a session that is not over.
     *
     * @param detail what people read; empty for a plain end
     * @return false when somebody else was first
     */
    boolean end(String sessionId, EndCause cause, String detail) {
        return transactions
                .run(c -> moved(c, sessionId, cause, detail))
                .map(row -> {
                    tell(row, cause, detail);
                    return true;
                })
                .orElse(false);
    }

    /** For callers with a transaction of their own, which call {@link #tell} after it. The row as it was before. */
    Optional<SessionRow> moved(Connection c, String sessionId, EndCause cause, String detail) throws SQLException {
        Optional<SessionRow> row = sessions.lock(c, sessionId);
        if (row.isEmpty()) {
            return Optional.empty();
        }
        SessionState over = row.get().connectedAt().isPresent() ? SessionState.TERMINATED : SessionState.FAILED;
        boolean won = sessions.move(
                c, sessionId, States.LIVE, over, Optional.of(new SessionTable.End(cause, detail)), clock.millis());
        return won ? row : Optional.empty();
    }

    /** Tells both ends. The node's shell dies by its control channel even when its data channel is gone. */
    void tell(SessionRow row, EndCause cause, String detail) {
        LOG.info("session {} ended: {}", row.id(), cause);
        try {
            Relay relay = services.relay();
            if (!row.nodeDone()) {
                relay.toNode(row.nodeId(), NodeMessages.close(row.id(), clock.millis()));
            }
            relay.end(row.id(), detail, !row.nodeDone());
        } catch (SallyportException e) {
            LOG.warn("session {} ended, and its ends could not be told: {}", row.id(), e.getMessage());
        }
    }
}
