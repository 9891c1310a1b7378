package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/**
 * Counts the time that nodes are online, by day, tier and tags. A turn counts what passed since the last one, in one transaction with the note
 * of how far it counted; time in which nobody counted, because the server was down, is not counted.
 */
final class UsageMeter {
    /** Longest time that one turn counts. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long ONLINE = Duration.ofMinutes(10).toMillis();

    /** Nodes that are looked at together. */
    private static final int CHUNK = 500;

    private final Transactions transactions;

    /** Sets of tags that are written already; at most so many are remembered, and forgotten all at once. */
    private final Set<String> written = new HashSet<>();

    private static final int REMEMBERED = 10_000;

    private record Seen(String id, long lastPing) {}

    UsageMeter(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * One turn.
     *
     * @param now milliseconds since 1970
     * @param connected whether a node's control channel is open
     */
    void count(long now, Predicate<String> connected) {
        Set<String> fresh = transactions.run(connection -> {
            Long before = Sql.all(connection, "SELECT counted_to FROM node_usage_clock WHERE id = 1 FOR UPDATE", row ->
                            (Long) row.getObject(1))
                    .get(0);
            Set<String> sets = new HashSet<>();
            long passed = before == null ? Long.MAX_VALUE : now - before;
            if (passed <= 0 && passed >= -LONGEST.toMillis()) {
                return sets; // somebody counted further already
            }
            Sql.update(connection, "UPDATE node_usage_clock SET counted_to = ? WHERE id = 1", now);
            if (passed > 0 && passed <= LONGEST.toMillis()) {
                countAll(connection, before, now, connected, sets);
            }
            return sets;
        });
        if (written.size() > REMEMBERED) {
            written.clear();
        }
        written.addAll(fresh);
    }

    /** Forgets days before that one, counted from 1970. */
    void forget(long day) {
        transactions.run(connection -> Sql.update(connection, "DELETE FROM node_usage WHERE day_at < ?", day));
    }

    private void countAll(Connection connection, long from, long to, Predicate<String> connected, Set<String> sets)
            throws SQLException {
        String tier = SettingTable.tier(connection);
        String after = "";
        List<Seen> some;
        do {
            some = Sql.all(
                    connection,
                    "SELECT id, COALESCE(last_ping, 0) FROM managed_node WHERE id > ? AND state = 'ACTIVE' ORDER BY id LIMIT ?",
                    row -> new Seen(row.getString(1), row.getLong(2)),
                    after,
                    CHUNK);
            List<String> online = some.stream()
                    .filter(node -> node.lastPing() > to - ONLINE || connected.test(node.id()))
                    .map(Seen::id)
                    .toList();
            Map<String, Map<String, String>> tags = TagTable.of(connection, online);
            for (String id : online) {
                String set = tagSet(connection, new TreeMap<>(tags.getOrDefault(id, Map.of())), sets);
                for (long at = from; at < to; at = Math.min(to, (at / DAY + 1) * DAY)) {
                    long end = Math.min(to, (at / DAY + 1) * DAY);
                    add(connection, at / DAY, id, tier, set, end - at);
                }
                after = id;
            }
            after = some.isEmpty() ? after : some.get(some.size() - 1).id();
        } while (some.size() == CHUNK);
    }

    private static void add(Connection connection, long day, String id, String tier, String set, long millis)
            throws SQLException {
        int changed = Sql.update(
                connection,
                "UPDATE node_usage SET millis = millis + ? WHERE day_at = ? AND node_id = ? AND tier = ? AND tag_set = ?",
                millis,
                day,
                id,
                tier,
                set);
        if (changed == 0) {
            Sql.update(
                    connection,
                    "INSERT INTO node_usage (day_at, node_id, tier, tag_set, millis) VALUES (?, ?, ?, ?, ?)",
                    day,
                    id,
                    tier,
                    set,
                    millis);
        }
    }

    private String tagSet(Connection connection, TreeMap<String, String> tags, Set<String> sets) throws SQLException {
        String name = name(tags);
        if (tags.isEmpty() || written.contains(name) || !sets.add(name)) {
            return name;
        }
        boolean known = !Sql.all(
                        connection,
                        "SELECT tag_key FROM node_usage_tag WHERE tag_set = ?",
                        row -> row.getString(1),
                        name)
                .isEmpty();
        for (Map.Entry<String, String> tag : known ? Set.<Map.Entry<String, String>>of() : tags.entrySet()) {
            Sql.update(
                    connection,
                    "INSERT INTO node_usage_tag (tag_set, tag_key, tag_value) VALUES (?, ?, ?)",
                    name,
                    tag.getKey(),
                    tag.getValue());
        }
        return name;
    }

    private static String name(TreeMap<String, String> tags) {
        StringBuilder text = new StringBuilder();
        tags.forEach((key, value) -> text.append(key.length())
                .append(':')
                .append(key)
                .append(value.length())
                .append(':')
                .append(value));
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
