package org.sallyport.protocol.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * The text frame that opens each channel (data-channel specification, section 2.2; node-agent specification, sections 5.3 and 6.1).
 *
 * @param tokenValue opens the channel; secret
 * @param clientId the client's own id over all its connections; empty text for a node's data channel, absent on control channels
 * @param clientVersion of a client, absent for old ones
 * @param clientInstanceId the node, on its data channels
 * @param agentVersion on control channels
 * @param platformType on control channels, for instance {@code linux}
 * @param notices whether a client wants {@link SessionNotice}s; ours alone, left out where it is false
 * @param takesOver the {@code ClientId} of the client that had the session until now and that this one replaces; it gets a
 *     {@link SessionPosition} first. Ours alone, left out where it is absent; as good as a secret
 */
public record OpenChannel(
        String requestId,
        String tokenValue,
        Optional<String> clientId,
        Optional<String> clientVersion,
        Optional<String> clientInstanceId,
        Optional<String> agentVersion,
        Optional<String> platformType,
        boolean notices,
        Optional<String> takesOver) {
    /** Most characters of the frame that are looked at. */
    public static final int MAX_LENGTH = 16 * 1024;

    private static final String SCHEMA_VERSION = "1.0";

    /** Without a client to replace. */
    public OpenChannel(
            String requestId,
            String tokenValue,
            Optional<String> clientId,
            Optional<String> clientVersion,
            Optional<String> clientInstanceId,
            Optional<String> agentVersion,
            Optional<String> platformType,
            boolean notices) {
        this(
                requestId,
                tokenValue,
                clientId,
                clientVersion,
                clientInstanceId,
                agentVersion,
                platformType,
                notices,
                Optional.empty());
    }

    public static OpenChannel ofClient(UUID requestId, String tokenValue, String clientId, String clientVersion) {
        return new OpenChannel(
                requestId.toString(),
                tokenValue,
                Optional.of(clientId),
                Optional.of(clientVersion),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    /** This opening of a client, asking for notices. */
    public OpenChannel withNotices() {
        return new OpenChannel(
                requestId,
                tokenValue,
                clientId,
                clientVersion,
                clientInstanceId,
                agentVersion,
                platformType,
                true,
                takesOver);
    }

    /** This opening of a client, which goes on with another one's session. */
    public OpenChannel takingOver(String earlierClientId) {
        return new OpenChannel(
                requestId,
                tokenValue,
                clientId,
                clientVersion,
                clientInstanceId,
                agentVersion,
                platformType,
                notices,
                Optional.of(earlierClientId));
    }

    public static OpenChannel ofNodeData(UUID requestId, String tokenValue, String nodeId) {
        return new OpenChannel(
                requestId.toString(),
                tokenValue,
                Optional.of(""),
                Optional.empty(),
                Optional.of(nodeId),
                Optional.empty(),
                Optional.empty(),
                false);
    }

    public static OpenChannel ofNodeControl(
            UUID requestId, String tokenValue, String agentVersion, String platformType) {
        return new OpenChannel(
                requestId.toString(),
                tokenValue,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(agentVersion),
                Optional.of(platformType),
                false);
    }

    public String toJson() {
        ObjectNode json = JsonText.object();
        if (agentVersion.isPresent()) {
            json.putNull("Cookie");
        }
        json.put("MessageSchemaVersion", SCHEMA_VERSION)
                .put("RequestId", requestId)
                .put("TokenValue", tokenValue);
        clientInstanceId.ifPresent(value -> json.put("ClientInstanceId", value));
        clientId.ifPresent(value -> json.put("ClientId", value));
        clientVersion.ifPresent(value -> json.put("ClientVersion", value));
        agentVersion.ifPresent(value -> json.put("AgentVersion", value));
        platformType.ifPresent(value -> json.put("PlatformType", value));
        if (notices) {
            json.put("ClientNotices", true);
        }
        takesOver.ifPresent(value -> json.put("TakesOver", value));
        return JsonText.text(json);
    }

    public static OpenChannel parse(String json) throws MalformedMessageException {
        if (json.length() > MAX_LENGTH) {
            throw new MalformedMessageException("opening has more than %d characters".formatted(MAX_LENGTH));
        }
        JsonFields fields = JsonText.parse(json, "opening");
        return new OpenChannel(
                fields.textOr("RequestId", ""),
                fields.text("TokenValue"),
                optional(fields, "ClientId"),
                optional(fields, "ClientVersion"),
                optional(fields, "ClientInstanceId"),
                optional(fields, "AgentVersion"),
                optional(fields, "PlatformType"),
                fields.flagOr("ClientNotices", false),
                optional(fields, "TakesOver"));
    }

    /** Without the token, so that it may stand in a log. */
    @Override
    public String toString() {
        return "OpenChannel[request %s, client %s, node %s]"
                .formatted(requestId, clientId.orElse("-"), clientInstanceId.orElse("-"));
    }

    private static Optional<String> optional(JsonFields fields, String name) throws MalformedMessageException {
        return fields.has(name) ? Optional.of(fields.text(name)) : Optional.empty();
    }
}
