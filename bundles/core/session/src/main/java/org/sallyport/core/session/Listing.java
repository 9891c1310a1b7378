package org.sallyport.core.session;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.api.access.AccessRequest;
import org.sallyport.api.access.Principal;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.api.session.SessionInfo;
import org.sallyport.api.session.SessionState;
import org.sallyport.api.session.Sessions.Filter;
import org.sallyport.kernel.store.Transactions;

/** Lists sessions, newest first, paged by start and id. */
final class Listing {
    private static final Pattern KEY = Pattern.compile("(\\d{1,18}):([A-Za-z0-9-]{1,96})");
    private static final int MAX_FILTERS = 6;
    private static final int MAX_TEXT = 256;
    private static final List<String> SEEN = List.of("id", "node_id", "owner_arn", "document_name", "reason");

    private final Transactions transactions;
    private final SessionTable sessions;
    private final Services services;

    Listing(Transactions transactions, SessionTable sessions, Services services) {
        this.transactions = transactions;
        this.sessions = sessions;
        this.services = services;
    }

    Page<SessionInfo> describe(Principal caller, boolean active, List<Filter> filters, PageRequest page) {
        services.decisions().require(new AccessRequest(caller, "ssm:DescribeSessions", "*"));
        if (filters.size() > MAX_FILTERS) {
            throw invalid("At most %d filters are possible.".formatted(MAX_FILTERS));
        }
        // Who asks for the history by states has it all sorted for each page; this way it is read in the order of its
        // index.
        StringBuilder where = new StringBuilder(active ? States.in(States.LIVE) : "ended_at IS NOT NULL");
        List<Object> values = new ArrayList<>();
        filters.forEach(filter -> add(filter, where, values));
        page.token().ifPresent(token -> after(token, where, values));
        where.append(" ORDER BY started_at DESC, id DESC FETCH FIRST ")
                .append(page.maxItems() + 1)
                .append(" ROWS ONLY");

        List<SessionRow> rows = transactions.run(c -> sessions.select(c, where.toString(), values.toArray()));
        boolean more = rows.size() > page.maxItems();
        List<SessionRow> shown = more ? rows.subList(0, page.maxItems()) : rows;
        return new Page<>(
                shown.stream().map(SessionRow::info).toList(),
                more ? Optional.of(token(shown.get(shown.size() - 1))) : Optional.empty());
    }

    private static void add(Filter filter, StringBuilder where, List<Object> values) {
        switch (filter.key()) {
            case "Target" -> equal("node_id", filter.value(), where, values);
            case "Owner" -> equal("owner_arn", filter.value(), where, values);
            case "SessionId" -> equal("id", filter.value(), where, values);
            case "Status" -> equal("state", state(filter.value()).name(), where, values);
            case "Text" -> text(filter.value(), where, values);
            case "InvokedAfter" -> {
                where.append(" AND started_at >= ?");
                values.add(millis(filter));
            }
            case "InvokedBefore" -> {
                where.append(" AND started_at <= ?");
                values.add(millis(filter));
            }
            default ->
                throw invalid(
                        "There is no filter %s. Use Target, Owner, Status, SessionId, Text, InvokedAfter or InvokedBefore."
                                .formatted(filter.key()));
        }
    }

    private static void equal(String column, String value, StringBuilder where, List<Object> values) {
        where.append(" AND ").append(column).append(" = ?");
        values.add(value);
    }

    /** Anywhere, without case, in what a person sees of a session. */
    private static void text(String text, StringBuilder where, List<Object> values) {
        if (text.length() > MAX_TEXT) {
            throw invalid("Text has at most %d characters.".formatted(MAX_TEXT));
        }
        String pattern = "%" + text.toLowerCase(Locale.ROOT).replaceAll("([!%_])", "!$1") + "%";
        where.append(" AND (");
        for (int i = 0; i < SEEN.size(); i++) {
            where.append(i == 0 ? "" : " OR ")
                    .append("LOWER(")
                    .append(SEEN.get(i))
                    .append(") LIKE ? ESCAPE '!'");
            values.add(pattern);
        }
        where.append(")");
    }

    private static SessionState state(String wireName) {
        return Arrays.stream(SessionState.values())
                .filter(s -> s.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(() -> invalid("There is no session status %s.".formatted(wireName)));
    }

    private static long millis(Filter filter) {
        try {
            return Instant.parse(filter.value()).toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "%s must be a time like 2026-01-31T00:00:00Z.".formatted(filter.key()),
                    e);
        }
    }

    private static void after(String token, StringBuilder where, List<Object> values) {
        Matcher key;
        try {
            key = KEY.matcher(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new SallyportException(CommonError.INVALID_NEXT_TOKEN, "The next token is not one of this list.", e);
        }
        if (!key.matches()) {
            throw new SallyportException(CommonError.INVALID_NEXT_TOKEN, "The next token is not one of this list.");
        }
        long started = Long.parseLong(key.group(1));
        // Said so that the index is entered at that time.
        where.append(" AND started_at <= ? AND (started_at < ? OR id < ?)");
        values.addAll(List.of(started, started, key.group(2)));
    }

    private static String token(SessionRow last) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((last.startedAt() + ":" + last.id()).getBytes(StandardCharsets.UTF_8));
    }

    private static SallyportException invalid(String message) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, message);
    }
}
