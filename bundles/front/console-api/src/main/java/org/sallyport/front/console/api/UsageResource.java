package org.sallyport.front.console.api;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.api.node.NodeUsage;
import org.sallyport.api.page.Page;
import org.sallyport.api.page.PageRequest;
import org.sallyport.protocol.text.Csv;

/** Node-hours, for those who share the costs. */
@Path("usage")
public final class UsageResource {
    static final String TEXT_CSV = "text/csv";

    /** Most rows of one file; who has more asks for fewer days at a time. */
    static final int MOST_ROWS = 100_000;

    private static final int CHUNK = 1000;
    private static final int HOURS_SCALE = 4;
    private static final BigDecimal SECONDS_OF_HOUR = BigDecimal.valueOf(3600);

    private final Services services;
    private final Clock clock;

    UsageResource(Services services, Clock clock) {
        this.services = services;
        this.clock = clock;
    }

    /** The time of one node on one day, in UTC, in one tier with the same tags. */
    record DayOfNode(String day, String nodeId, String tier, Map<String, String> tags, int onlineSeconds) {
        static DayOfNode of(NodeUsage.Row row) {
            int seconds = Math.toIntExact(row.online().toSeconds());
            return new DayOfNode(row.day().toString(), row.nodeId(), row.tier(), row.tags(), seconds);
        }

        String hours() {
            return BigDecimal.valueOf(onlineSeconds)
                    .divide(SECONDS_OF_HOUR, HOURS_SCALE, RoundingMode.HALF_UP)
                    .toPlainString();
        }
    }

    /**
     * The time of a tier, of a node in a tier, or of a tag.
     *
     * @param name the tier, the node's id or the tag's key
     * @param value the tier of a node's time or the tag's value; empty for a tier
     * @param nodes how many nodes were online in it
     */
    record UsageTotal(String name, String value, long nodes, long onlineSeconds) {
        static UsageTotal of(NodeUsage.Total total) {
            return new UsageTotal(
                    total.name(), total.value(), total.nodes(), total.online().toSeconds());
        }
    }

    /** All rows of the days, the last one included. */
    record UsageOfDays(String from, String to, List<DayOfNode> rows) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Listing<DayOfNode> list(
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.usage().rows(Caller.person(security), from(from), to(to), Paging.request(max, next)),
                DayOfNode::of);
    }

    /** {@code tier}, which is the default, {@code node} or {@code tag}: what the time is added up by. */
    @GET
    @Path("totals")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public Listing<UsageTotal> totals(
            @QueryParam("by") String by,
            @QueryParam("from") String from,
            @QueryParam("to") String to,
            @QueryParam("max") Integer max,
            @QueryParam("next") String next,
            @Context SecurityContext security) {
        return Paging.listing(
                services.usage()
                        .totals(Caller.person(security), from(from), to(to), grouping(by), Paging.request(max, next)),
                UsageTotal::of);
    }

    /** All of it as a table. */
    @GET
    @Path("csv")
    @Produces({TEXT_CSV, Problem.MEDIA_TYPE})
    public String csv(@QueryParam("from") String from, @QueryParam("to") String to, @Context SecurityContext security) {
        Csv csv = new Csv().row(List.of("day", "node", "tier", "hours", "tags"));
        all(from, to, security, row -> csv.row(cells(row)));
        return csv.toString();
    }

    /** All of it in one answer. */
    @GET
    @Path("json")
    @Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
    public UsageOfDays json(
            @QueryParam("from") String from, @QueryParam("to") String to, @Context SecurityContext security) {
        List<DayOfNode> rows = new ArrayList<>();
        all(from, to, security, rows::add);
        return new UsageOfDays(from(from).toString(), to(to).toString(), rows);
    }

    private void all(String from, String to, SecurityContext security, Consumer<DayOfNode> each) {
        Optional<String> next = Optional.empty();
        int rows = 0;
        do {
            Page<NodeUsage.Row> page =
                    services.usage().rows(Caller.person(security), from(from), to(to), new PageRequest(CHUNK, next));
            page.items().stream().map(DayOfNode::of).forEach(each);
            rows += page.items().size();
            next = page.nextToken();
        } while (next.isPresent() && rows < MOST_ROWS);
        if (next.isPresent()) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT,
                    "There are more than " + MOST_ROWS + " rows; ask for fewer days at a time.");
        }
    }

    private static NodeUsage.Grouping grouping(String by) {
        return switch (Inputs.text(by).orElse("tier")) {
            case "tier" -> NodeUsage.Grouping.TIER;
            case "node" -> NodeUsage.Grouping.NODE;
            case "tag" -> NodeUsage.Grouping.TAG;
            default -> throw new SallyportException(CommonError.INVALID_ARGUMENT, "by must be tier, node or tag.");
        };
    }

    private static List<String> cells(DayOfNode row) {
        String tags = new TreeMap<>(row.tags())
                .entrySet().stream()
                        .map(tag -> tag.getKey() + "=" + tag.getValue())
                        .collect(Collectors.joining(";"));
        return List.of(row.day(), row.nodeId(), row.tier(), row.hours(), tags);
    }

    /** By default the first day of this month. */
    private LocalDate from(String text) {
        return Inputs.text(text).map(UsageResource::day).orElseGet(() -> today().withDayOfMonth(1));
    }

    private LocalDate to(String text) {
        return Inputs.text(text).map(UsageResource::day).orElseGet(this::today);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new SallyportException(
                    CommonError.INVALID_ARGUMENT, "Days are written like 2026-01-31; see from and to.", e);
        }
    }
}
