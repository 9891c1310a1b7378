package org.sallyport.core.session;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sallyport.api.session.SessionState;
import org.sallyport.kernel.status.StatusPart.Reading;
import org.sallyport.kernel.store.Transactions;

/** How many sessions live, by state. */
final class SessionCounts {
    private SessionCounts() {}

    static Reading read(Transactions transactions) {
        Map<SessionState, Long> counts = live(transactions);
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("active", counts.values().stream().mapToLong(Long::longValue).sum());
        counts.forEach((state, count) -> facts.put(state.wireName().toLowerCase(java.util.Locale.ROOT), count));
        return new Reading(facts, List.of());
    }

    /** Each state that is not over is there, if only with 0. */
    static Map<SessionState, Long> live(Transactions transactions) {
        Map<SessionState, Long> counts = new EnumMap<>(SessionState.class);
        Set<SessionState> live = States.LIVE;
        live.forEach(state -> counts.put(state, 0L));
        transactions.run(c -> {
            try (PreparedStatement statement = c.prepareStatement(
                            "SELECT state, COUNT(*) FROM sessions WHERE " + States.in(live) + " GROUP BY state");
                    ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    counts.put(SessionState.valueOf(rows.getString(1)), rows.getLong(2));
                }
            }
            return null;
        });
        return counts;
    }
}
