package org.sallyport.core.session;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    /**
     * One reason to end sessions.
     *
     * @param away the end that is away as far as the rows know; the relay may know better
     */
    private record Overdue(String where, long before, DataEnd away, EndCause cause, String detail) {}

    private final Transactions transactions;
    private final SessionTable sessions;
    private final TokenTable tokens;
    private final Services services;
    private final Presence presence;
    private final LimitWatch watch;
    private final Ending ending;
    private final Supplier<Settings> settings;
    private final Times times;

    Sweep(
            Transactions transactions,
            SessionTable sessions,
            TokenTable tokens,
            Presence presence,
            LimitWatch watch,
            Ending ending,
            Supplier<Settings> settings,
            Services services,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.tokens = tokens;
        this.services = services;
        this.presence = presence;
        this.watch = watch;
        this.ending = ending;
        this.settings = settings;
        this.times = times;
    }

    /** Ends sessions whose node or client stayed away, finished ones that nobody fetched, and those at their limits. */
    void endOverdue() {
        ending.storeLate();
        long now = times.serving();
        Settings limits = settings.get();
        String running = States.in(States.RUNNING);
        long channelless = now - limits.nodeAway().toMillis();
        end(
                new Overdue(
                        "state = 'CONNECTING' AND node_called_at IS NULL AND node_changed <= ?",
                        now - Settings.NODE_ANSWER.toMillis(),
                        DataEnd.NODE,
                        EndCause.NODE_SILENT,
                        "The node did not answer within %d seconds. Check that its agent runs, then start the session again."
                                .formatted(Settings.NODE_ANSWER.toSeconds())),
                // It is told again when it is back; see NodeReports.
                row -> row.watch().nodeChanged() > channelless
                        && !services.relay().connected(row.nodeId()));
        end(new Overdue(
                running + " AND node_called_at IS NOT NULL AND node_attached = FALSE AND node_changed <= ?",
                now - limits.nodeAway().toMillis(),
                DataEnd.NODE,
                EndCause.NODE_LOST,
                "The node lost its connection for more than %d seconds."
                        .formatted(limits.nodeAway().toSeconds())));
        end(new Overdue(
                running + " AND client_id IS NULL AND client_attached = FALSE AND begun_at <= ?",
                now - Settings.CLIENT_FIRST.toMillis(),
                DataEnd.CLIENT,
                EndCause.CLIENT_LOST,
                "No client came within %d seconds.".formatted(Settings.CLIENT_FIRST.toSeconds())));
        end(new Overdue(
                running + " AND client_id IS NOT NULL AND client_attached = FALSE AND client_changed <= ?",
                now - limits.resumeWindow().toMillis(),
                DataEnd.CLIENT,
                EndCause.CLIENT_LOST,
                "The client did not come back within %d seconds."
                        .formatted(limits.resumeWindow().toSeconds())));
        String finished = "state = 'TERMINATING' AND finish_by <= ?";
        for (SessionRow row : due(finished, now)) {
            ending.endIf(
                    row.id(),
                    finished,
                    now,
                    row.finishing().orElse(EndCause.EXITED),
                    row.finishingDetail().orElse(""));
        }
        presence.tellAway(limits.nodeAway().toMillis());
        watch.turn();
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

    /** Notes the time, and forgets tokens that it made void. */
    void keepTime() {
        transactions.run(c -> {
            times.keep(c);
            tokens.deleteExpired(c, times.serving());
            return null;
        });
    }

    private void compare(SessionRow row, Set<DataEnd> attached) {
        for (DataEnd end : DataEnd.values()) {
            if (attached.contains(end) && !row.attached(end)) {
                presence.attached(row.id(), end);
            } else if (!attached.contains(end) && row.attached(end)) {
                presence.detached(row.id(), end);
            }
        }
    }

    private void end(Overdue kind) {
        end(kind, row -> false);
    }

    private void end(Overdue kind, Predicate<SessionRow> waits) {
        for (SessionRow row : due(kind.where(), kind.before())) {
            if (!waits.test(row) && !presence.madeUp(row, kind.away())) {
                ending.endIf(row.id(), kind.where(), kind.before(), kind.cause(), kind.detail());
            }
        }
    }

    private List<SessionRow> due(String where, long before) {
        return transactions.run(
                c -> sessions.select(c, where + " ORDER BY started_at FETCH FIRST " + BATCH + " ROWS ONLY", before));
    }
}
