package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.sallyport.api.access.DecisionPoint;
import org.sallyport.api.access.Principal;
import org.sallyport.api.edge.ServerAddress;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Schema;
import org.sallyport.kernel.store.Sql;
import org.sallyport.kernel.store.Transactions;

/** Shows what {@link UsageMeter} counted. */
@Component(service = NodeUsage.class)
public final class CountedUsage implements NodeUsage {
    private static final int MOST_DAYS = 366;
    private static final Pattern TOKEN =
            Pattern.compile("(\\d{1,7})/((?:mi|i)-[0-9a-f]{8,17})/([a-z]{1,16})/([0-9a-f]{64})");

    private final Decisions decisions;
    private final Transactions transactions;

    private record Key(long day, String node, String tier, String set) {
        static final Key FIRST = new Key(0, "", "", "");

        String token() {
            String text = day + "/" + node + "/" + tier + "/" + set;
            return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private record Counted(Key key, long millis) {}

    @Activate
    public CountedUsage(
            @Reference DecisionPoint decisionPoint,
            @Reference ServerAddress address,
            @Reference Transactions transactions,
            @Reference(target = NodeSchema.TARGET) Schema schema) {
        this(new Decisions(decisionPoint, address), transactions);
    }

    CountedUsage(Decisions decisions, Transactions transactions) {
        this.decisions = decisions;
        this.transactions = transactions;
    }

    @Override
    public Page<Row> rows(Principal caller, LocalDate from, LocalDate to, PageRequest page) {
        require(caller, from, to);
        Key after = page.token().map(CountedUsage::key).orElse(Key.FIRST);
        return transactions.run(connection -> {
            List<Counted> found = counted(connection, from, to, after, page.maxItems() + 1);
            boolean more = found.size() > page.maxItems();
            List<Counted> shown = more ? found.subList(0, page.maxItems()) : found;
            Map<String, Map<String, String>> tags = tags(connection, shown);
            return new Page<>(
                    shown.stream().map(counted -> row(counted, tags)).toList(),
                    more ? Optional.of(shown.get(shown.size() - 1).key().token()) : Optional.empty());
        });
    }

    @Override
    public Page<Total> totals(Principal caller, LocalDate from, LocalDate to, Grouping by, PageRequest page) {
        require(caller, from, to);
        return transactions.run(connection -> UsageTotals.page(connection, from, to, by, page));
    }

    private void require(Principal caller, LocalDate from, LocalDate to) {
        decisions.require(caller, "sallyport:GetNodeUsage");
        long days = ChronoUnit.DAYS.between(from, to) + 1;
        if (days < 1 || days > MOST_DAYS) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "Usage is shown of 1 to " + MOST_DAYS + " days, not of " + days + ".");
        }
    }

    private static List<Counted> counted(Connection connection, LocalDate from, LocalDate to, Key after, int most)
            throws SQLException {
        return Sql.all(
                connection,
                "SELECT day_at, node_id, tier, tag_set, millis FROM node_usage WHERE day_at >= ? AND day_at <= ?"
                        + " AND (day_at, node_id, tier, tag_set) > (?, ?, ?, ?)"
                        + " ORDER BY day_at, node_id, tier, tag_set LIMIT ?",
                row -> new Counted(
                        new Key(row.getLong(1), row.getString(2), row.getString(3), row.getString(4)), row.getLong(5)),
                Math.max(from.toEpochDay(), after.day()),
                to.toEpochDay(),
                after.day(),
                after.node(),
                after.tier(),
                after.set(),
                most);
    }

    private static Map<String, Map<String, String>> tags(Connection connection, List<Counted> counted)
            throws SQLException {
        List<String> sets = counted.stream().map(c -> c.key().set()).distinct().toList();
        Map<String, Map<String, String>> tags = new HashMap<>();
        if (!sets.isEmpty()) {
            String sql = "SELECT tag_set, tag_key, tag_value FROM node_usage_tag WHERE tag_set IN "
                    + Sql.places(sets.size());
            Sql.all(
                    connection,
                    sql,
                    row -> tags.computeIfAbsent(row.getString(1), set -> new HashMap<>())
                            .put(row.getString(2), row.getString(3)),
                    sets.toArray());
        }
        return tags;
    }

    private static Row row(Counted counted, Map<String, Map<String, String>> tags) {
        Key key = counted.key();
        return new Row(
                LocalDate.ofEpochDay(key.day()),
                key.node(),
                key.tier(),
                tags.getOrDefault(key.set(), Map.of()),
                Duration.ofMillis(counted.millis()));
    }

    private static Key key(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII);
            Matcher parts = TOKEN.matcher(text);
            if (parts.matches()) {
                return new Key(Long.parseLong(parts.group(1)), parts.group(2), parts.group(3), parts.group(4));
            }
        } catch (IllegalArgumentException e) {
            throw wrongToken(e);
        }
        throw wrongToken(null);
    }

    static SallyportException wrongToken(IllegalArgumentException cause) {
        return new SallyportException(
                CommonError.INVALID_NEXT_TOKEN,
                "The next token is none of a list of usage; start again without one.",
                cause);
    }
}
