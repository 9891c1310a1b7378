package org.sallyport.core.session;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** Messages of the control channel (node-agent specification, 5.5 and 5.7). What nodes say is hostile: bounded, no duplicate keys. */
final class NodeMessages {
    static final int MAX_TEXT = 2_000;

    private static final int MAX_BYTES = 160 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(32).build())
            .build());

    /** What a node says of a session that ended there. {@code output} is cut and without control characters. */
    record TaskComplete(String sessionId, boolean failed, String output) {}

    private NodeMessages() {}

    /** The order to start a session. Parameters are one text each, since the node does not take the API's lists. */
    static AgentMessage start(String sessionId, SessionDocument.Resolved document, String ownerArn, long now) {
        ObjectNode parameters = JSON.createObjectNode();
        document.flattened().forEach(parameters::put);
        ObjectNode task =
                JSON.createObjectNode().put("DocumentName", document.document().name());
        task.set("DocumentContent", content(document.document()));
        task.put("SessionId", sessionId);
        task.set("Parameters", parameters);
        task.put("RunAsUser", "").put("SessionOwner", ownerArn);
        ObjectNode order = JSON.createObjectNode()
                .put("Content", task.toString())
                .put("TaskId", sessionId)
                .put("Topic", MessageTypes.INTERACTIVE_SHELL)
                .put("SchemaVersion", 1);
        return message(MessageTypes.INTERACTIVE_SHELL, UUID.randomUUID(), order, now);
    }

    /** The order to end a session, whatever it does. */
    static AgentMessage close(String sessionId, long now) {
        UUID id = UUID.randomUUID();
        ObjectNode order = JSON.createObjectNode()
                .put("MessageType", MessageTypes.CHANNEL_CLOSED)
                .put("MessageId", id.toString())
                .put("DestinationId", "")
                .put("SessionId", sessionId)
                .put("SchemaVersion", 1)
                .put("CreatedDate", Instant.ofEpochMilli(now).toString());
        return message(MessageTypes.CHANNEL_CLOSED, id, order, now);
    }

    /** Stops the node from repeating its report. */
    static AgentMessage acknowledge(AgentMessage report, String sessionId, long now) {
        ObjectNode answer = JSON.createObjectNode()
                .put("SchemaVersion", 1)
                .put("MessageId", report.messageId().toString())
                .put("TaskId", sessionId)
                .put("Topic", MessageTypes.AGENT_TASK_COMPLETE);
        return message(MessageTypes.AGENT_TASK_ACKNOWLEDGE, UUID.randomUUID(), answer, now);
    }

    /** Empty when it is no report. */
    static Optional<TaskComplete> taskComplete(AgentMessage message) {
        return object(message.payload())
                .filter(o -> o.path("TaskId").isTextual()
                        && o.path("TaskId").textValue().matches("[A-Za-z0-9._~@+-]{1,128}"))
                .map(o -> new TaskComplete(
                        o.path("TaskId").textValue(),
                        !o.path("FinalTaskStatus").asText().equals("Success"),
                        PlainText.of(o.path("Output").asText(), MAX_TEXT)));
    }

    /** Whether a document asks for separate output, which forbids to pause the node (data-channel specification, 8.1). */
    static boolean separateOutput(SessionDocument document) {
        return document.sessionType().equals("NonInteractiveCommands")
                && asksFor(content(document).path("properties"), "separateOutputStream");
    }

    /** True also for a placeholder, whose value the node resolves. */
    private static boolean asksFor(JsonNode node, String key) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            boolean asked =
                    member.getKey().equals(key) && !member.getValue().asText("").equalsIgnoreCase("false");
            if (asked || asksFor(member.getValue(), key)) {
                return true;
            }
        }
        return false;
    }

    private static JsonNode content(SessionDocument document) {
        try {
            return JSON.readTree(document.contentJson());
        } catch (IOException e) {
            throw new SallyportException(
                    CommonError.INTERNAL, "Document %s is stored with broken content.".formatted(document.name()), e);
        }
    }

    private static Optional<JsonNode> object(byte[] payload) {
        if (payload.length > MAX_BYTES) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readTree(payload)).filter(JsonNode::isObject);
        } catch (IOException e) {
            return Optional.empty(); // hostile or garbage: treated as absent
        }
    }

    private static AgentMessage message(String type, UUID id, ObjectNode payload, long now) {
        byte[] bytes = payload.toString().getBytes(StandardCharsets.UTF_8);
        return new AgentMessage(type, 1, Math.max(1, now), 0, 0, id, PayloadType.NONE, bytes);
    }
}
