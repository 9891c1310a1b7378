package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.JsonDocument;
import org.sallyport.cli.listing.Pages;
import org.sallyport.protocol.text.Csv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Exports node-hours, for those who share the costs. */
@Command(
        name = "usage",
        mixinStandardHelpOptions = true,
        description = "Exports how long nodes were online: by day (UTC), node, tier and tags.")
final class UsageCommand implements Callable<Integer> {
    private static final Pages PAGES = new Pages("Sallyport.GetNodeUsage", "NodeUsage", 1000);
    private static final int MOST = 1_000_000;
    private static final BigDecimal HOUR = BigDecimal.valueOf(3600);

    /** Named as on the command line. */
    enum Form {
        /** For spreadsheets. */
        csv,
        /** One document, for programs. */
        json
    }

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = "--from",
            paramLabel = "DAY",
            description = "First day, like 2026-01-01; by default the first of this month.")
    private LocalDate from;

    @Option(
            names = "--to",
            paramLabel = "DAY",
            description = "Last day, 366 days after the first at most; default today.")
    private LocalDate to;

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "csv",
            description = "${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
    private Form form;

    @Override
    public Integer call() throws IOException {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        LocalDate first = from == null ? today.withDayOfMonth(1) : from;
        ObjectNode request = JsonNodeFactory.instance
                .objectNode()
                .put("From", first.toString())
                .put("To", (to == null ? today : to).toString());
        Pages.Found found;
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            found = PAGES.read(client, request, Optional.empty(), MOST);
        }
        if (found.next().isPresent()) {
            throw new IOException("There are more than %d rows; ask for fewer days at a time".formatted(MOST));
        }
        print(found.items(), spec.commandLine().getOut());
        return 0;
    }

    private void print(List<JsonNode> items, PrintWriter out) throws IOException {
        if (form == Form.json) {
            JsonDocument.print(items, out);
        } else {
            Csv csv = new Csv().row(List.of("day", "node", "tier", "hours", "tags"));
            items.forEach(item -> csv.row(cells(item)));
            out.print(csv);
            out.flush();
        }
    }

    private static List<String> cells(JsonNode item) {
        List<String> tags = new ArrayList<>();
        item.path("Tags")
                .forEach(tag -> tags.add(
                        tag.path("Key").asText() + "=" + tag.path("Value").asText()));
        BigDecimal hours =
                BigDecimal.valueOf(item.path("OnlineSeconds").asLong()).divide(HOUR, 4, RoundingMode.HALF_UP);
        return List.of(
                item.path("Day").asText(),
                item.path("InstanceId").asText(),
                item.path("Tier").asText(),
                hours.toPlainString(),
                String.join(";", tags));
    }
}
