package org.sallyport.test.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.AbstractMap.SimpleEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/** The server's AWS-shaped API as its administrator sees it. Any thread. */
final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    static final String REGION = "onprem-1";
    private static final int PAGE = 50;

    /** What StartSession answers. */
    record Started(String sessionId, String token, URI streamUrl) {}

    private final ServiceClient client;
    private final CaTrust trust;

    private Api(ServiceClient client, CaTrust trust) {
        this.client = client;
        this.trust = trust;
    }

    static Api of(ServerProcess server, URI endpoint) throws IOException {
        JsonNode account = JSON.readTree(Files.readAllBytes(server.admin()));
        SigningCredentials credentials = new SigningCredentials(
                account.required("accessKeyId").asText(),
                account.required("secretAccessKey").asText(),
                Optional.empty());
        CaTrust trust = CaTrust.fromBundle(server.ca());
        return new Api(
                new ServiceClient(
                        new ServiceSettings(endpoint, REGION, trust, ProxySettings.direct(), () -> credentials)),
                trust);
    }

    ServiceClient client() {
        return client;
    }

    CaTrust trust() {
        return trust;
    }

    boolean answers() {
        try {
            call("GetServiceSetting", Map.of("SettingId", "/ssm/managed-instance/activation-tier"));
            return true;
        } catch (IOException | ServiceException e) {
            return false;
        }
    }

    /** The tier without which no session to a hybrid node starts. */
    void allowHybridSessions() throws IOException {
        call(
                "UpdateServiceSetting",
                Map.of("SettingId", "/ssm/managed-instance/activation-tier", "SettingValue", "advanced"));
    }

    /** Id and code for one node. */
    Map.Entry<String, String> activate() throws IOException {
        JsonNode made = call("CreateActivation", Map.of("IamRole", "SSMServiceRole"));
        return new SimpleEntry<>(
                made.required("ActivationId").asText(),
                made.required("ActivationCode").asText());
    }

    boolean connected(String nodeId) {
        try {
            String status = call("GetConnectionStatus", Map.of("Target", nodeId))
                    .path("Status")
                    .asText();
            return status.equalsIgnoreCase("connected");
        } catch (IOException | ServiceException e) {
            return false;
        }
    }

    Started startSession(String nodeId) throws IOException {
        JsonNode started = call("StartSession", Map.of("Target", nodeId));
        return new Started(
                started.required("SessionId").asText(),
                started.required("TokenValue").asText(),
                URI.create(started.required("StreamUrl").asText()));
    }

    void terminate(String sessionId) throws IOException {
        call("TerminateSession", Map.of("SessionId", sessionId));
    }

    /** All sessions of a state, {@code Active} or {@code History}. */
    List<JsonNode> sessions(String state) throws IOException {
        List<JsonNode> all = new ArrayList<>();
        String next = "";
        do {
            ObjectNode request = JSON.createObjectNode().put("State", state).put("MaxResults", PAGE);
            if (!next.isEmpty()) {
                request.put("NextToken", next);
            }
            JsonNode page = client.call("AmazonSSM.DescribeSessions", request);
            page.path("Sessions").forEach(all::add);
            next = page.path("NextToken").asText("");
        } while (!next.isEmpty());
        return all;
    }

    JsonNode call(String operation, Map<String, String> members) throws IOException {
        ObjectNode request = JSON.createObjectNode();
        members.forEach(request::put);
        return client.call("AmazonSSM." + operation, request);
    }

    @Override
    public void close() {
        client.close();
    }
}
