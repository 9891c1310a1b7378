package org.sallyport.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceException;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/** What this run asks of the server, as its administrator and over its ordinary API. */
final class Administrator implements AutoCloseable {
    private static final String TIER = "/ssm/managed-instance/activation-tier";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final JsonNode account;
    private final ServiceClient client;

    private Administrator(JsonNode account, ServiceClient client) {
        this.account = account;
        this.client = client;
    }

    /** Reads the account that the server made at its first start. */
    static Administrator of(Layout layout, URI api, String region) throws IOException {
        JsonNode account = JSON.readTree(Files.readAllBytes(layout.admin()));
        SigningCredentials credentials = new SigningCredentials(
                account.required("accessKeyId").asText(),
                account.required("secretAccessKey").asText(),
                Optional.empty());
        ServiceSettings settings = new ServiceSettings(
                api,
                region,
                CaTrust.fromBundle(layout.certificateAuthority()),
                ProxySettings.direct(),
                () -> credentials,
                DEADLINE,
                ServiceSettings.DEFAULT_ATTEMPTS);
        return new Administrator(account, new ServiceClient(settings));
    }

    /** Whether the server answers and knows the administrator's key. */
    boolean serverAnswers() {
        try {
            tier();
            return true;
        } catch (IOException | ServiceException e) {
            return false;
        }
    }

    String tier() throws IOException {
        return tierSetting().path("SettingValue").asText();
    }

    /** Twelve digits, from the ARN of a setting. */
    String accountId() throws IOException {
        String arn = tierSetting().path("ARN").asText();
        String[] parts = arn.split(":", 6);
        if (parts.length < 6) {
            throw new IOException("The server answered with a setting whose ARN is '%s'".formatted(arn));
        }
        return parts[4];
    }

    private JsonNode tierSetting() throws IOException {
        return client.call("AmazonSSM.GetServiceSetting", object("SettingId", TIER))
                .path("ServiceSetting");
    }

    void setAdvancedTier() throws IOException {
        ObjectNode request = object("SettingId", TIER);
        client.call("AmazonSSM.UpdateServiceSetting", request.put("SettingValue", "advanced"));
    }

    /** Id and code of a new activation for {@code limit} nodes. */
    Map.Entry<String, String> activate(String description, int limit) throws IOException {
        ObjectNode request = object("IamRole", "SSMServiceRole");
        JsonNode answer = client.call(
                "AmazonSSM.CreateActivation",
                request.put("Description", description).put("RegistrationLimit", limit));
        return Map.entry(
                answer.required("ActivationId").asText(),
                answer.required("ActivationCode").asText());
    }

    /** Whether the server has the node's channel; false also while it cannot say. */
    boolean connected(String nodeId) {
        try {
            JsonNode answer = client.call("AmazonSSM.GetConnectionStatus", object("Target", nodeId));
            return answer.path("Status").asText().equalsIgnoreCase("connected");
        } catch (IOException | ServiceException e) {
            return false;
        }
    }

    /** The members of the account file, for instance {@code accessKeyId}. */
    JsonNode account() {
        return account;
    }

    @Override
    public void close() {
        client.close();
    }

    private static ObjectNode object(String name, String value) {
        return JSON.createObjectNode().put(name, value);
    }
}
