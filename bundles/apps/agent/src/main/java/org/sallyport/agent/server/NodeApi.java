package org.sallyport.agent.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.sallyport.agent.identity.Identity;
import org.sallyport.agent.identity.NodeKeyPairs;
import org.sallyport.channel.api.ServiceClient;
import org.sallyport.channel.api.ServiceSettings;
import org.sallyport.channel.trust.CaTrust;
import org.sallyport.channel.trust.ProxySettings;
import org.sallyport.protocol.sigv4.SigningCredentials;

/**
 * The API calls of a node (node-agent specification, sections 3 and 4). Any thread; calls block until the answer or their deadline and
 * throw {@link IOException} without an answer, {@link org.sallyport.channel.api.ServiceException} for a refusal.
 */
public final class NodeApi implements AutoCloseable {
    private final Identity identity;
    private final ServiceClient client;

    /**
     * Credentials of the node's role.
     *
     * @param expires after that the server refuses them
     * @param updateKeyPair whether the server wants the node to change its key now
     */
    public record RoleToken(SigningCredentials credentials, Instant expires, boolean updateKeyPair) {}

    public NodeApi(Identity identity, Supplier<SigningCredentials> credentials) {
        this(identity, CaTrust.ofPem(List.of(identity.caPem())), credentials);
    }

    /** @param trust of the identity, shared with others so that what one learns counts for all */
    public NodeApi(Identity identity, CaTrust trust, Supplier<SigningCredentials> credentials) {
        this.identity = identity;
        this.client = new ServiceClient(new ServiceSettings(
                identity.url(), identity.region(), trust, ProxySettings.fromEnvironment(System.getenv()), credentials));
    }

    /** Signed with the node's own key. */
    public RoleToken requestRoleToken() throws IOException {
        return requestRoleToken(identity.privateKey());
    }

    /** Gives the server the key that this node signs with from now on (section 3.3); signed with the present one. */
    public void updatePublicKey(PublicKey next, PrivateKey present) throws IOException {
        client.callWithNodeKey(
                "AmazonSSM.UpdateManagedInstancePublicKey",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("NewPublicKey", NodeKeyPairs.text(next))
                        .put("NewPublicKeyType", "Rsa"),
                identity.nodeId(),
                present);
    }

    /** Signed with this key. */
    public RoleToken requestRoleToken(PrivateKey key) throws IOException {
        JsonNode answer = client.callWithNodeKey(
                "AmazonSSM.RequestManagedInstanceRoleToken",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("Fingerprint", identity.fingerprint().toString()),
                identity.nodeId(),
                key);
        String token = answer.path("SessionToken").asText("");
        SigningCredentials credentials = new SigningCredentials(
                required(answer, "AccessKeyId"),
                required(answer, "SecretAccessKey"),
                token.isEmpty() ? Optional.empty() : Optional.of(token));
        if (!answer.path("TokenExpirationDate").isNumber()) {
            throw new IOException("The server's credentials have no TokenExpirationDate");
        }
        double seconds = answer.path("TokenExpirationDate").doubleValue();
        return new RoleToken(
                credentials,
                Instant.ofEpochMilli((long) (seconds * 1000)),
                answer.path("UpdateKeyPair").asBoolean(false));
    }

    /** The short heartbeat with which a node begins. */
    public void ping(NodeFacts facts) throws IOException {
        update(basic(facts));
    }

    /** @param connection {@code ssmmessages} while the control channel is open, else empty */
    public void report(NodeFacts facts, String connection) throws IOException {
        update(basic(facts)
                .put("AgentStatus", "Active")
                .put("AvailabilityZone", "")
                .put("AvailabilityZoneId", "")
                .put("ComputerName", facts.computerName())
                .put("IPAddress", facts.ipAddress())
                .put("PlatformName", facts.platformName())
                .put("PlatformVersion", facts.platformVersion())
                .put("SSMConnectionChannel", connection));
    }

    @Override
    public void close() {
        client.close();
    }

    private ObjectNode basic(NodeFacts facts) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("AgentName", facts.agentName())
                .put("AgentVersion", facts.agentVersion())
                .put("InstanceId", identity.nodeId())
                .put("PlatformType", facts.platformType());
    }

    private void update(ObjectNode body) throws IOException {
        client.call("AmazonSSM.UpdateInstanceInformation", body);
    }

    private static String required(JsonNode answer, String name) throws IOException {
        String value = answer.path(name).asText("");
        if (value.isEmpty()) {
            throw new IOException("The server's credentials have no " + name);
        }
        return value;
    }
}
