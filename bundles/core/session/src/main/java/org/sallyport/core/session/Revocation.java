package org.sallyport.core.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.sallyport.api.access.Principal;
import org.sallyport.api.session.EndCause;
import org.sallyport.kernel.access.LiveAccess;
import org.sallyport.kernel.store.Transactions;

/**
 * Ends sessions whose right was taken away. Each turn compares what the right of each live session follows from, its owner's standing and its node's
 * tags, with what it was when the session was decided last; where it is another, the start is decided again, with the clock of now and the rest as
 * it was at the start. What is remembered is lost with a restart: then each session is decided again once. What cannot be decided goes on and is tried
 * by the next turn, and holds up nobody else. One thread.
 */
final class Revocation {
    private static final String TEXT = "Your access was taken away, so the session ended.";
    private static final int PAGE = 500;

    /** Owners in a row whose sessions cannot be decided, after which a turn is given up: whoever decides is away for all of them. */
    private static final int MOST_DOUBTS = 3;

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Ending ending;
    private final Times times;
    private final Supplier<Settings> settings;
    private final Map<String, Mark> decided = new HashMap<>();
    private long version = -1;

    /** Where the turn before was given up; empty for the beginning. */
    private String begin = "";

    /** What the right of a session followed from when it was decided. */
    private record Mark(String owner, Map<String, String> tags) {}

    Revocation(
            Transactions transactions,
            SessionTable sessions,
            Services services,
            Ending ending,
            Supplier<Settings> settings,
            Times times) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
        this.ending = ending;
        this.settings = settings;
        this.times = times;
    }

    /** One look at all live sessions. Throws, after it looked at all that it can, when some could not be decided: the next turn tries them again. */
    void turn() {
        LiveAccess access = services.liveAccess();
        // the number first: what changes after it is seen by the next turn
        long now = access.version();
        boolean changed = now != version;
        boolean whole = begin.isEmpty();
        Doubts doubts = new Doubts();
        Set<String> live = new HashSet<>();
        String after = begin;
        List<SessionRow> page;
        do {
            String from = after;
            page = transactions.run(c -> sessions.select(
                    c, States.in(States.LIVE) + " AND id > ? ORDER BY id FETCH FIRST " + PAGE + " ROWS ONLY", from));
            Map<String, Map<String, String>> tags = services.nodeTags()
                    .of(page.stream().map(SessionRow::nodeId).distinct().toList());
            for (SessionRow row : page) {
                after = row.id();
                live.add(after);
                begin = after;
                doubts.unless(
                        row.ownerId(), () -> look(access, row, tags.getOrDefault(row.nodeId(), Map.of()), changed));
            }
        } while (page.size() == PAGE);
        begin = "";
        if (whole) {
            decided.keySet().retainAll(live);
        }
        doubts.tell();
        if (whole) {
            version = now;
        }
    }

    private void look(LiveAccess access, SessionRow row, Map<String, String> tags, boolean changed) {
        Mark before = decided.get(row.id());
        if (before != null && !changed && before.tags().equals(tags)) {
            return;
        }
        Principal owner = owner(row);
        Mark mark = new Mark(access.standing(owner), new TreeMap<>(tags));
        if (mark.equals(before)) {
            return;
        }
        StartRule rule = new StartRule(
                services,
                owner,
                row.nodeId(),
                row.documentNamed() ? Optional.of(row.documentName()) : Optional.empty(),
                settings.get().documentAlways());
        if (!rule.allowed(access::stillAllows)) {
            ending.end(row.id(), EndCause.ACCESS_REVOKED, TEXT);
            return;
        }
        decided.put(row.id(), mark);
    }

    /** As at the start. Its second factor is as old as it was then: the age is about the sign-in, not about how long the session runs. */
    private Principal owner(SessionRow row) {
        Principal owner = row.ownerFacts()
                .map(OwnerText::read)
                .orElseGet(() -> OwnerText.ofId(services.address().accountId(), row.ownerId(), row.ownerArn()));
        Duration running = Duration.ofMillis(Math.max(0, times.wall() - row.startedAt()));
        return owner.with(owner.credential().secondFactorLaterBy(running));
    }

    /** The owners of one turn whose sessions cannot be decided. */
    private static final class Doubts {
        private final Map<String, RuntimeException> failures = new LinkedHashMap<>();
        private int inARow;

        /** Looks at a session, unless another one of its owner failed. Throws when so many failed that all would. */
        void unless(String ownerId, Runnable look) {
            if (failures.containsKey(ownerId)) {
                return;
            }
            try {
                look.run();
                inARow = 0;
            } catch (RuntimeException e) {
                failures.put(ownerId, e);
                inARow++;
                if (inARow == MOST_DOUBTS) {
                    throw e;
                }
            }
        }

        void tell() {
            failures.values().stream().findFirst().ifPresent(failure -> {
                throw failure;
            });
        }
    }
}
