package org.sallyport.core.session;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.relay.Relay;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.kernel.store.Transactions;

/**
 * Ends what is overdue and brings the rows in line with what is attached. All it needs is in the store, so it goes on after a restart of
 * the server or a swap of this bundle.
 */
final class Sweep {
    /** Most sessions that one turn ends for one reason; the next turn takes more. */
    static final int BATCH = 200;

    private static final int PAGE = 500;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenTable tokens;
    private final Services services;
    private final Channels channels;
    private final Ending ending;
    private final Supplier<Settings> settings;
    private final Clock clock;

    Sweep(
            Transactions transactions,
            SessionTable sessions,
            TokenTable tokens,
            Services services,
            Channels channels,
            Ending ending,
            Supplier<Settings> settings,
            Clock clock) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.services = services;
        this.channels = channels;
        this.ending = ending;
        this.settings = settings;
        this.clock = clock;
    }

    /** Ends sessions whose node or client stayed away, and finished ones that nobody fetched. */
    void endOverdue() {
        long now = clock.millis();
        Settings limits = settings.get();
        String running = States.in(States.RUNNING);
        endAll(
                "state = 'CONNECTING' AND node_called_at IS NULL AND started_at <= ?",
                now - Settings.NODE_ANSWER.toMillis(),
                EndCause.NODE_SILENT,
                "The node did not answer within %d seconds. Check that its agent runs, then start the session again."
                        .formatted(Settings.NODE_ANSWER.toSeconds()));
        endAll(
                running + " AND node_called_at IS NOT NULL AND NOT node_attached AND node_changed <= ?",
                now - limits.nodeAway().toMillis(),
                EndCause.NODE_LOST,
                "The node lost its connection for more than %d seconds."
                        .formatted(limits.nodeAway().toSeconds()));
        endAll(
                running + " AND client_id IS NULL AND NOT client_attached AND started_at <= ?",
                now - Settings.CLIENT_FIRST.toMillis(),
                EndCause.CLIENT_LOST,
                "No client came within %d seconds.".formatted(Settings.CLIENT_FIRST.toSeconds()));
        endAll(
                running + " AND client_id IS NOT NULL AND NOT client_attached AND client_changed <= ?",
                now - limits.resumeWindow().toMillis(),
                EndCause.CLIENT_LOST,
                "The client did not come back within %d seconds."
                        .formatted(limits.resumeWindow().toSeconds()));
        for (SessionRow row : due("state = 'TERMINATING' AND finish_by <= ?", now)) {
            ending.end(
                    row.id(),
                    row.finishing().orElse(EndCause.EXITED),
                    row.finishingDetail().orElse(""));
        }
    }

    /** Compares the rows with what the relay holds: reports that were lost while this bundle was away are made up for. */
    void reconcile() {
        Relay relay = services.relay();
        String after = "";
        List<SessionRow> page;
        do {
            String from = after;
            page = transactions.run(c -> sessions.select(
                    c, States.in(States.LIVE) + " AND id > ? ORDER BY id FETCH FIRST " + PAGE + " ROWS ONLY", from));
            for (SessionRow row : page) {
                compare(row, relay.attached(row.id()));
                after = row.id();
            }
        } while (page.size() == PAGE);
    }

    void forgetTokens() {
        transactions.run(c -> {
            tokens.deleteExpired(c, clock.millis());
            return null;
        });
    }

    private void compare(SessionRow row, Set<DataEnd> attached) {
        for (DataEnd end : DataEnd.values()) {
            if (attached.contains(end) && !row.attached(end)) {
                channels.attached(row.id(), end);
            } else if (!attached.contains(end) && row.attached(end)) {
                channels.detached(row.id(), end);
            }
        }
    }

    private void endAll(String where, long before, EndCause cause, String detail) {
        for (SessionRow row : due(where, before)) {
            ending.end(row.id(), cause, detail);
        }
    }

    private List<SessionRow> due(String where, long before) {
        return transactions.run(
                c -> sessions.select(c, where + " ORDER BY started_at FETCH FIRST " + BATCH + " ROWS ONLY", before));
    }
}
