package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.listing.Pages;
import org.sallyport.cli.listing.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists managed nodes. */
@Command(name = "nodes", mixinStandardHelpOptions = true, description = "Lists the managed nodes.")
final class NodesCommand implements Callable<Integer> {
    private static final Pages PAGES =
            new Pages("AmazonSSM.DescribeInstanceInformation", "InstanceInformationList", 50);

    @Mixin
    private ConnectionOptions connection;

    @Mixin
    private ListingOptions listing;

    @Option(names = "--online", description = "Only nodes that a session can be opened on now.")
    private boolean online;

    @Option(
            names = "--filter",
            paramLabel = "KEY=VALUE[,VALUE]",
            description = {
                "Only nodes of which this is true; may be repeated.",
                "Keys: InstanceIds, PingStatus, ActivationIds, IamRole, PlatformTypes, AgentVersion, tag:NAME."
            })
    private Map<String, String> filters = new LinkedHashMap<>();

    @Option(names = "--json", description = "The same as --output json.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        ObjectNode request = JsonNodeFactory.instance.objectNode();
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        filters.forEach((key, values) -> filter(list, key, values.split(",")));
        if (online) {
            filter(list, "PingStatus", "Online");
        }
        if (!list.isEmpty()) {
            request.set("Filters", list);
        }
        if (json) {
            listing.asJson();
        }
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            listing.list(client, PAGES, request, table());
        }
        return 0;
    }

    private static void filter(ArrayNode list, String key, String... values) {
        ArrayNode given = list.addObject().put("Key", key).putArray("Values");
        for (String value : values) {
            given.add(value);
        }
    }

    private static Table table() {
        return new Table()
                .text("NODE", "InstanceId")
                .text("STATUS", "PingStatus")
                .column("NAME", node -> text(node, node.has("Name") ? "Name" : "ComputerName"))
                .text("ADDRESS", "IPAddress")
                .time("LAST SEEN", "LastPingDateTime")
                .column("PLATFORM", node -> text(node, "PlatformName") + " " + text(node, "PlatformVersion"));
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asText("");
    }
}
