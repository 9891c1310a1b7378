package org.sallyport.core.session;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sallyport.api.audit.AuditEvent;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.recording.Journals;
import org.sallyport.kernel.recording.Journals.Seal;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.store.Transactions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the audit trail of the ends of sessions and seals the journals of those that are over, once nothing of them is in the relay. What is to be sealed is in the store, so it goes on
 * after a restart. On one thread.
 */
final class Sealing {
    /** Most sessions that one turn looks at; the next turn goes on behind them. */
    static final int BATCH = 50;

    /** How long is waited after a round in which a journal could not be sealed. */
    static final long RETRY_MILLIS = 30_000;

    private static final Logger LOG = LoggerFactory.getLogger(Sealing.class);

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Times times;
    /** Ends that the trail has, of journals that could not be sealed yet. */
    private final Set<String> told = new HashSet<>();

    private String after = "";
    private int failed;
    private String failure = "";
    private long notBefore = Long.MIN_VALUE;

    Sealing(Transactions transactions, SessionTable sessions, Services services, Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.times = times;
    }

    /** Seals a few journals. One that cannot be sealed holds up no other; the log has one line for a round. */
    void seal() {
        if (times.serving() < notBefore) {
            return;
        }
        Journals journals = services.journals();
        Relay relay = services.relay();
        List<SessionRow> page = transactions.run(c -> sessions.select(
                c,
                "sealed = FALSE AND " + States.in(States.OVER) + " AND id > ? ORDER BY id FETCH FIRST " + BATCH
                        + " ROWS ONLY",
                after));
        for (SessionRow row : page) {
            after = row.id();
            if (!relay.holds(row.id())) {
                sealOne(journals, row);
            }
        }
        if (page.size() < BATCH) {
            endRound();
        }
    }

    private void sealOne(Journals journals, SessionRow row) {
        try {
            if (!told.contains(row.id())) {
                tell(row);
                told.add(row.id());
            }
            Instant ended = Instant.ofEpochMilli(row.endedAt().orElse(row.startedAt()));
            Optional<Seal> seal =
                    journals.seal(row.id(), row.cause().map(Enum::name).orElse(""), ended);
            transactions.run(c -> sealed(c, row.id(), seal));
            told.remove(row.id());
        } catch (SallyportException e) {
            if (e.code() == CommonError.SERVICE_AWAY) {
                throw e;
            }
            note(row, e);
        } catch (RuntimeException e) {
            note(row, e);
        }
    }

    /** Here, since what is not sealed is found again after a crash: no end is missing, and one that is told twice has the same id. */
    private void tell(SessionRow row) {
        Map<String, Object> end = new LinkedHashMap<>();
        end.put("sessionId", row.id());
        end.put("target", row.nodeId());
        end.put("ownerId", row.ownerId());
        end.put("ownerArn", row.ownerArn());
        end.put("cause", row.cause().map(Enum::name).orElse(""));
        end.put("detail", row.detail().orElse(""));
        end.put("startedAt", Instant.ofEpochMilli(row.startedAt()).toString());
        end.put(
                "endedAt",
                Instant.ofEpochMilli(row.endedAt().orElse(row.startedAt())).toString());
        services.audit()
                .append(AuditEvent.ofServer("session", "SessionEnd", end, Optional.empty())
                        .named(UUID.nameUUIDFromBytes(("SessionEnd " + row.id()).getBytes(StandardCharsets.UTF_8))
                                .toString()));
    }

    private static int sealed(Connection c, String id, Optional<Seal> seal) throws SQLException {
        return SessionTable.execute(
                c,
                "UPDATE sessions SET sealed = TRUE, record_digest = ?, record_bytes = ? WHERE id = ?",
                SqlValue.text(seal.map(Seal::digest)),
                SqlValue.number(seal.map(Seal::bytes)),
                id);
    }

    private void note(SessionRow row, RuntimeException e) {
        LOG.debug("The journal of session {} is not sealed", row.id(), e);
        failed++;
        failure = row.id() + ": " + e.getMessage();
    }

    private void endRound() {
        after = "";
        if (failed > 0) {
            notBefore = times.serving() + RETRY_MILLIS;
            LOG.warn(
                    "The journals of {} sessions that are over could not be sealed; tried again in {} s. The last was {}",
                    failed,
                    RETRY_MILLIS / 1_000,
                    failure);
            failed = 0;
        }
    }
}
