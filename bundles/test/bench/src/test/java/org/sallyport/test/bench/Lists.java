package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.test.e2e.Browser;
import org.sallyport.test.e2e.Browser.Answer;
import org.sallyport.test.e2e.LiveSystem;

/** The lists of nodes and sessions through both APIs, with each filter, in a store that {@link Seed} filled. */
final class Lists implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HISTORY = "/sessions?state=history";

    private final Api api;
    private final Browser browser;
    private final Map<String, Request> requests = new LinkedHashMap<>();

    /** One request; it answers how many items came. */
    interface Request {
        int items() throws IOException;
    }

    Lists(LiveSystem live) throws IOException {
        api = new Api(live);
        browser = new Browser(live);
        Answer answer = browser.signIn("admin", live.get("adminPassword"), Optional.empty());
        if (answer.status() != 200) {
            throw new IOException("No sign-in: " + answer);
        }
        consoleRequests();
        awsRequests();
    }

    Map<String, Request> requests() {
        return requests;
    }

    /** Items of all pages of a list of the console's API. */
    List<JsonNode> all(String path) throws IOException {
        List<JsonNode> items = new ArrayList<>();
        String next = "";
        do {
            JsonNode page = body(path + (path.contains("?") ? "&" : "?") + "max=100" + next);
            page.path("items").forEach(items::add);
            next = page.path("next").isTextual() ? "&next=" + page.path("next").asText() : "";
        } while (!next.isEmpty());
        return items;
    }

    private void consoleRequests() throws IOException {
        JsonNode node = body("/nodes?max=100").path("items").path(57);
        JsonNode session = body(HISTORY + "&max=100").path("items").path(57);
        String month = Instant.now().minus(Duration.ofDays(60)).toString();
        String recent = Instant.now().minus(Duration.ofDays(30)).toString();
        console("/nodes?max=100");
        console("/nodes?text=" + node.path("name").asText());
        console("/nodes?text=nothing-has-this");
        console("/nodes?status=ConnectionLost");
        console("/nodes?status=Online");
        console("/nodes?platform=Windows");
        console("/nodes?tag=Environment=production");
        console("/nodes?tag=Environment=production&platform=Linux&text=web");
        console("/nodes/" + node.path("id").asText());
        console(HISTORY + "&max=100");
        console(HISTORY + "&text=CHG-1");
        console(HISTORY + "&text=nothing-has-this");
        console(HISTORY + "&target=" + session.path("target").asText());
        console(HISTORY + "&owner=" + session.path("owner").asText());
        console(HISTORY + "&status=Failed");
        console(HISTORY + "&from=" + month + "&to=" + recent);
        console(HISTORY + "&text=" + session.path("id").asText());
        console("/sessions?state=active");
    }

    private void awsRequests() {
        aws("DescribeInstanceInformation", "{\"MaxResults\":50}", "InstanceInformationList");
        aws(
                "DescribeInstanceInformation",
                "{\"MaxResults\":50,\"Filters\":[{\"Key\":\"PingStatus\",\"Values\":[\"ConnectionLost\"]}]}",
                "InstanceInformationList");
        aws(
                "DescribeInstanceInformation",
                "{\"MaxResults\":50,\"Filters\":[{\"Key\":\"PlatformTypes\",\"Values\":[\"Windows\"]}]}",
                "InstanceInformationList");
        aws(
                "DescribeInstanceInformation",
                "{\"MaxResults\":50,\"Filters\":[{\"Key\":\"tag:Purpose\",\"Values\":[\"db\"]}]}",
                "InstanceInformationList");
        aws("DescribeSessions", "{\"State\":\"History\",\"MaxResults\":200}", "Sessions");
        aws(
                "DescribeSessions",
                "{\"State\":\"History\",\"MaxResults\":200,\"Filters\":[{\"key\":\"Status\",\"value\":\"Failed\"}]}",
                "Sessions");
        aws("DescribeSessions", "{\"State\":\"Active\"}", "Sessions");
    }

    private void console(String path) {
        requests.put("console " + path, () -> {
            JsonNode body = body(path);
            return body.has("items") ? body.path("items").size() : 1;
        });
    }

    private void aws(String operation, String request, String member) {
        requests.put("aws " + operation + " " + request, () -> api.call(operation, (ObjectNode) JSON.readTree(request))
                .path(member)
                .size());
    }

    private JsonNode body(String path) throws IOException {
        Answer answer = browser.get(path);
        if (answer.status() != 200) {
            throw new IOException(path + ": " + answer);
        }
        return answer.body();
    }

    @Override
    public void close() {
        api.close();
    }
}
