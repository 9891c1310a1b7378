package org.sallyport.cli;

import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
    /** Everything but printable ASCII is escaped: nodes name themselves, and terminals obey control characters. */
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private static final int PAGE = 50;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ConnectionOptions connection;

    @Option(names = "--json", description = "Print the API's answer as one JSON array.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        List<JsonNode> nodes;
        try (ServiceClient client = new ServiceClient(connection.resolve())) {
            nodes = all(client);
        }
        print(nodes, spec.commandLine().getOut());
        return 0;
    }

    private static List<JsonNode> all(ServiceClient client) throws IOException {
        List<JsonNode> nodes = new ArrayList<>();
        String token = "";
        while (true) {
            ObjectNode request = JSON.createObjectNode().put("MaxResults", PAGE);
            if (!token.isEmpty()) {
                request.put("NextToken", token);
            }
            JsonNode answer = client.call("AmazonSSM.DescribeInstanceInformation", request);
            answer.path("InstanceInformationList").forEach(nodes::add);
            String next = answer.path("NextToken").asText("");
            if (next.isEmpty()) {
                return nodes;
            }
            if (next.equals(token)) {
                throw new IOException("The server answers with the same page again and again");
            }
            token = next;
        }
    }

    private void print(List<JsonNode> nodes, PrintWriter out) throws IOException {
        if (json) {
            ArrayNode array = JSON.createArrayNode().addAll(nodes);
            out.println(printable(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array)));
            out.flush();
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

    /** The one control character that Jackson lets through. */
    private static String printable(String json) {
        return json.replace("\u007f", "\\u007f");
    }

    private static String text(JsonNode node, String member) {
        return PlainText.of(node.path(member).asText(""));
    }
}
