package org.sallyport.core.relay;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;

/** JSON from the network that the relay looks into, and the little that it makes. Hostile: bounded in size and depth, no duplicate keys. */
final class ChannelJson {
    /** Largest control payload looked into. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_TEXT = 512;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder().maxNestingDepth(32).build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /** First text message of a channel (data-channel specification, 2.2; node-agent specification, 5.3). */
    record Opening(String token, String clientId, Optional<String> clientVersion, String agentVersion) {
        @Override
        public String toString() {
            return "Opening";
        }
    }

    private ChannelJson() {}

    /** Empty when it is no object, or has no token, or a field is too long. */
    static Optional<Opening> opening(String text) {
        if (text.length() > MAX_BYTES) {
            return Optional.empty();
        }
        return object(text).flatMap(o -> {
            Optional<String> token = text(o, "TokenValue");
            return token.filter(t -> !t.isEmpty())
                    .map(t -> new Opening(
                            t,
                            text(o, "ClientId").orElse(""),
                            text(o, "ClientVersion"),
                            text(o, "AgentVersion").orElse("")));
        });
    }

    /** Whether the body of a Create…Channel request has the members that the service's model asks for. */
    static boolean createsChannel(byte[] body) {
        if (body.length > MAX_BYTES) {
            return false;
        }
        return object(new String(body, StandardCharsets.UTF_8))
                .filter(o -> text(o, "MessageSchemaVersion").isPresent()
                        && text(o, "RequestId").isPresent())
                .isPresent();
    }

    /** The sequence number that an acknowledgement of messages of that type names. */
    static OptionalLong acknowledged(ByteBuffer payload, String messageType) {
        return object(payload)
                .filter(o ->
                        messageType.equals(o.path("AcknowledgedMessageType").asText()))
                .map(o -> o.path("AcknowledgedMessageSequenceNumber"))
                .filter(n -> n.isIntegralNumber() && n.canConvertToLong())
                .map(n -> OptionalLong.of(n.asLong()))
                .orElse(OptionalLong.empty());
    }

    static Optional<String> sessionState(ByteBuffer payload) {
        return object(payload).flatMap(o -> text(o, "SessionState"));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static byte[] bytes(ObjectNode object) {
        try {
            return JSON.writeValueAsBytes(object);
        } catch (IOException e) {
            throw new IllegalStateException("a tree of texts and numbers can be written", e);
        }
    }

    private static Optional<String> text(JsonNode object, String field) {
        JsonNode value = object.get(field);
        return value == null || !value.isTextual() || value.textValue().length() > MAX_TEXT
                ? Optional.empty()
                : Optional.of(value.textValue());
    }

    private static Optional<JsonNode> object(ByteBuffer payload) {
        if (payload.remaining() > MAX_BYTES) {
            return Optional.empty();
        }
        return object(StandardCharsets.UTF_8.decode(payload.duplicate()).toString());
    }

    private static Optional<JsonNode> object(String text) {
        try {
            return Optional.ofNullable(JSON.readTree(text)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty(); // hostile or garbage: treated as absent
        }
    }
}
