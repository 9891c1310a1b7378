package org.sallyport.test.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.protocol.sigv4.SigningCredentials;
import org.sallyport.test.e2e.LiveSystem;

/** The AWS-shaped API of a running system, as its administrator, and the way to its channel port. Any thread. */
final class Api implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** What StartSession answers. {@code toString} hides the token. */
    record Started(String sessionId, String token, URI streamUrl) {
        @Override
        public String toString() {
            return "Started[" + sessionId + "]";
        }
    }

    private final ServiceClient client;
    private final WebSocketConnector connector;

    Api(LiveSystem live) throws IOException {
        SigningCredentials credentials =
                new SigningCredentials(live.get("accessKeyId"), live.get("secretAccessKey"), Optional.empty());
        CaTrust trust = CaTrust.fromBundle(Path.of(live.get("ca")));
        client = new ServiceClient(
                new ServiceSettings(live.api(), live.get("region"), trust, ProxySettings.direct(), () -> credentials));
        connector = new WebSocketConnector(trust, ProxySettings.direct());
    }

    ServiceClient client() {
        return client;
    }

    WebSocketConnector connector() {
        return connector;
    }

    Started start(String nodeId) throws IOException {
        JsonNode started = call("StartSession", JSON.createObjectNode().put("Target", nodeId));
        return new Started(
                started.required("SessionId").asText(),
                started.required("TokenValue").asText(),
                URI.create(started.required("StreamUrl").asText()));
    }

    void terminate(String sessionId) throws IOException {
        call("TerminateSession", JSON.createObjectNode().put("SessionId", sessionId));
    }

    JsonNode call(String operation, ObjectNode request) throws IOException {
        return client.call("AmazonSSM." + operation, request);
    }

    @Override
    public void close() {
        connector.close();
        client.close();
    }
}
