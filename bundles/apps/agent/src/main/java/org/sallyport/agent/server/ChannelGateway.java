package org.sallyport.agent.server;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.sallyport.agent.identity.Identity;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.channel.websocket.WebSocketConnector;
import org.sallyport.channel.websocket.WebSocketListener;
import org.sallyport.channel.websocket.WebSocketSettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/** The server's channel port: tokens and web-sockets (node-agent specification, sections 5 and 6). Any thread. */
public final class ChannelGateway implements AutoCloseable {
    private static final Duration DEADLINE = Duration.ofSeconds(15);

    private final URI channels;
    private final ServiceClient client;
    private final WebSocketConnector connector;

    /** @param credentials of the node's role */
    public ChannelGateway(Identity identity, Supplier<SigningCredentials> credentials) {
        this(identity, CaTrust.ofPem(List.of(identity.caPem())), credentials);
    }

    /** @param trust of the identity, shared with others so that what one learns counts for all */
    public ChannelGateway(Identity identity, CaTrust trust, Supplier<SigningCredentials> credentials) {
        ProxySettings proxy = ProxySettings.fromEnvironment(System.getenv());
        this.channels = identity.channelUrl();
        // One attempt: who asks for a token has its own back-off, which must not be multiplied.
        this.client = new ServiceClient(
                new ServiceSettings(channels, identity.region(), trust, proxy, credentials, DEADLINE, 1));
        this.connector = new WebSocketConnector(trust, proxy);
    }

    /**
     * CreateControlChannel or CreateDataChannel; blocks up to 15 s.
     *
     * @param path of the channel, for instance {@code /v1/control-channel/mi-0}
     * @param fields of the request besides its version and id
     * @return the token for the first text frame
     * @throws IOException no answer; {@link org.sallyport.channel.api.ServiceException} for a refusal
     */
    public String token(String path, Map<String, String> fields) throws IOException {
        return token(path, fields, DEADLINE);
    }

    /** As {@link #token(String, Map)}; blocks up to the deadline. */
    public String token(String path, Map<String, String> fields, Duration deadline) throws IOException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("MessageSchemaVersion", "1.0")
                .put("RequestId", UUID.randomUUID().toString());
        fields.forEach(body::put);
        return client.channelToken(path, body, deadline);
    }

    /** Opens the web-socket of a channel; does not block, the outcome comes to the listener. */
    public void open(String pathAndQuery, WebSocketListener listener) {
        open(pathAndQuery, WebSocketSettings.DEFAULT, listener);
    }

    /** As {@link #open(String, WebSocketListener)}, with times of its own. */
    public void open(String pathAndQuery, WebSocketSettings times, WebSocketListener listener) {
        URI address = URI.create("wss://" + channels.getRawAuthority() + pathAndQuery);
        connector.connect(address, client.upgradeHeaders(address), times, listener);
    }

    /** Closes all channels; blocks up to a second for what they still send. */
    @Override
    public void close() {
        connector.close();
        client.close();
    }
}
