package org.sallyport.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.Moments;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.listing.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Lists sessions. */
@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = "Lists sessions, the newest first: those that run, or with --history those that are over.")
final class SessionsCommand implements Callable<Integer> {
    private static final Pages PAGES = new Pages("AmazonSSM.DescribeSessions", "Sessions", 200);

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private ListingOptions listing;

    @Option(names = "--history", description = "Sessions that are over, with the cause of their end.")
    private boolean history;

    @Option(names = "--target", paramLabel = "ID", description = "Only those to this node.")
    private String target;

    @Option(names = "--owner", paramLabel = "ARN", description = "Only those of this person.")
    private String owner;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            description = "Only those that are Connected, Connecting, Disconnected, Terminating, Terminated or Failed.")
    private String status;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Only those that began after: 2026-01-31, 2026-01-31T08:00:00Z, or so long ago: 90m, 2h, 7d.")
    private String since;

    @Option(names = "--session-id", paramLabel = "ID", description = "Only this one.")
    private String sessionId;

    @Override
    public Integer call() throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode().put("State", history ? "History" : "Active");
        ArrayNode filters = JsonNodeFactory.instance.arrayNode();
        filter(filters, "Target", target);
        filter(filters, "Owner", owner);
        filter(filters, "Status", status);
        filter(filters, "SessionId", sessionId);
        filter(filters, "InvokedAfter", since == null ? null : moment());
        if (!filters.isEmpty()) {
            request.set("Filters", filters);
        }
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            listing.list(client, PAGES, request, table());
        }
        return 0;
    }

    private String moment() {
        try {
            return Moments.before(Instant.now(), ZoneId.systemDefault(), since).toString();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--since: " + e.getMessage(), e);
        }
    }

    private static void filter(ArrayNode filters, String key, String value) {
        if (value != null) {
            filters.addObject().put("key", key).put("value", value);
        }
    }

    private Table table() {
        Table table = new Table()
                .text("SESSION", "SessionId")
                .text("TARGET", "Target")
                .text("STATUS", "Status")
                .text("OWNER", "Owner")
                .time("STARTED", "StartDate");
        if (history) {
            table.time("ENDED", "EndDate").text("CAUSE", "Details");
        }
        return table.text("REASON", "Reason");
    }
}
