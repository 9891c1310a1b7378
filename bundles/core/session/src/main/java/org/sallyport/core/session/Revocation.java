package org.sallyport.core.session;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
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
 * it was at the start. What is remembered is lost with a restart: then each session is decided again once. One thread.
 */
final class Revocation {
    private static final String TEXT = "Your access was taken away, so the session ended.";
    private static final int PAGE = 500;
    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;
    private final Ending ending;
    private final Times times;
    private final Supplier<Settings> settings;
    private final Map<String, Mark> decided = new HashMap<>();
    private long version = -1;

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

    /** One look at all live sessions. Throws {@code SERVICE_AWAY}: what is not decided then is decided by the next turn. */
    void turn() {
        LiveAccess access = services.liveAccess();
        // the number first: what changes after it is seen by the next turn
        long now = access.version();
        boolean changed = now != version;
        Set<String> live = new HashSet<>();
        String after = "";
        List<SessionRow> page;
        do {
            String from = after;
            page = transactions.run(c -> sessions.select(
                    c, States.in(States.LIVE) + " AND id > ? ORDER BY id FETCH FIRST " + PAGE + " ROWS ONLY", from));
            Map<String, Map<String, String>> tags = services.nodeTags()
                    .of(page.stream().map(SessionRow::nodeId).distinct().toList());
            for (SessionRow row : page) {
                look(access, row, tags.getOrDefault(row.nodeId(), Map.of()), changed);
                live.add(row.id());
                after = row.id();
            }
        } while (page.size() == PAGE);
        decided.keySet().retainAll(live);
        version = now;
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
}
