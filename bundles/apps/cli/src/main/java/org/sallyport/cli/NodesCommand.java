package org.sallyport.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.cli.terminal.PlainText;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists managed nodes. */
@Command(name = "nodes", mixinStandardHelpOptions = true, description = "Lists the managed nodes.")
final class NodesCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Print the API's answer as one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            String token = "";
            do {
                ObjectNode request = JSON.createObjectNode().put("MaxResults", PAGE);
                if (!token.isEmpty()) {
                    request.put("NextToken", token);
                }
                JsonNode answer = client.call("AmazonSSM.DescribeInstanceInformation", request);
                answer.path("InstanceInformationList").forEach(nodes::add);
                token = answer.path("NextToken").asText("");
            } while (!token.isEmpty());
        }
        print(nodes, spec.commandLine().getOut());
        return 0;
    }

    private void print(List<JsonNode> nodes, PrintWriter out) throws IOException {
        if (json) {
            ArrayNode array = JSON.createArrayNode().addAll(nodes);
            out.println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array));
            return;
        }
        String row = "%-22s %-16s %-24s %-16s %s%n";
        out.printf(row, "NODE", "STATUS", "NAME", "ADDRESS", "PLATFORM");
        for (JsonNode node : nodes) {
            out.printf(
                    row,
                    text(node, "InstanceId"),
                    text(node, "PingStatus"),
                    text(node, node.has("Name") ? "Name" : "ComputerName"),
                    text(node, "IPAddress"),
                    text(node, "PlatformName") + " " + text(node, "PlatformVersion"));
        }
        out.flush();
    }

    private static String text(JsonNode node, String member) {
        return PlainText.of(node.path(member).asText(""));
    }
}
