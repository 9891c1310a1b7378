package org.sallyport.core.node;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.sallyport.api.node.NodeUsage.Grouping;
import org.sallyport.api.node.NodeUsage.Total;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.kernel.store.Sql;

/** Adds up what {@link UsageMeter} counted; the store does it, since a month of many nodes is too much to be carried here. */
final class UsageTotals {
    /** Longest token: a tag's key and value in UTF-8. */
    private static final int MOST_TOKEN = 2_400;

    private static final String SEPARATOR = "\n";
    private static final int PARTS = 3;

    private UsageTotals() {}

    /** What the totals of a grouping are named by: two columns, the same one twice where one is enough. */
    private record Columns(String name, String value, String from) {
        static Columns of(Grouping by) {
            return switch (by) {
                case TIER -> new Columns("u.tier", "u.tier", "node_usage u");
                case NODE -> new Columns("u.node_id", "u.tier", "node_usage u");
                case TAG ->
                    new Columns(
                            "t.tag_key", "t.tag_value", "node_usage u JOIN node_usage_tag t ON t.tag_set = u.tag_set");
            };
        }

        String both() {
            return name.equals(value) ? name : name + ", " + value;
        }
    }

    static Page<Total> page(Connection connection, LocalDate from, LocalDate to, Grouping by, PageRequest page)
            throws SQLException {
        Columns columns = Columns.of(by);
        List<Object> values = new ArrayList<>(List.of(from.toEpochDay(), to.toEpochDay()));
        String after = "";
        if (page.token().isPresent()) {
            List<String> last = last(by, page.token().get());
            boolean one = columns.name().equals(columns.value());
            after = one ? " AND " + columns.name() + " > ?" : " AND (" + columns.both() + ") > (?, ?)";
            values.addAll(one ? last.subList(0, 1) : last);
        }
        values.add(page.maxItems() + 1);
        List<Total> found = Sql.all(
                connection,
                "SELECT " + columns.name() + ", " + columns.value() + ", COUNT(DISTINCT u.node_id), SUM(u.millis) FROM "
                        + columns.from() + " WHERE u.day_at >= ? AND u.day_at <= ?" + after + " GROUP BY "
                        + columns.both() + " ORDER BY " + columns.both() + " LIMIT ?",
                row -> new Total(
                        row.getString(1),
                        by == Grouping.TIER ? "" : row.getString(2),
                        row.getLong(3),
                        Duration.ofMillis(row.getLong(4))),
                values.toArray());
        boolean more = found.size() > page.maxItems();
        List<Total> shown = more ? found.subList(0, page.maxItems()) : found;
        return new Page<>(
                List.copyOf(shown), more ? Optional.of(token(by, shown.get(shown.size() - 1))) : Optional.empty());
    }

    private static String token(Grouping by, Total last) {
        String text = String.join(SEPARATOR, by.name(), last.name(), last.value());
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Name and value of the last one of the page before. */
    private static List<String> last(Grouping by, String token) {
        if (token.length() > MOST_TOKEN) {
            throw CountedUsage.wrongToken(null);
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            String[] parts = text.split(SEPARATOR, -1);
            if (parts.length == PARTS && parts[0].equals(by.name()) && text.indexOf('\0') < 0) {
                return List.of(parts[1], parts[2]);
            }
        } catch (IllegalArgumentException e) {
            throw CountedUsage.wrongToken(e);
        }
        throw CountedUsage.wrongToken(null);
    }
}
