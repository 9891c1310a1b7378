package org.sallyport.core.session;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sallyport.api.document.SessionDocument;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.SessionTask;
import org.sallyport.protocol.message.TaskAcknowledge;
import org.sallyport.protocol.message.TaskComplete;

/** Messages of the control channel (node-agent specification, 5.5 and 5.7). What nodes say is hostile. */
final class NodeMessages {
    /** Most characters of a node's text that are kept. */
    static final int MAX_TEXT = 2_000;

    private static final int MAX_ID = 128;

    /** What a node says of a session that ended there. {@code output} is cut and without control characters. */
    record Report(String sessionId, boolean failed, String output) {}

    private NodeMessages() {}

    /** The order to start a session, as it is kept. Parameters are one text each, since the node does not take the API's lists. */
    static String order(String sessionId, SessionDocument.Resolved document, String ownerArn) {
        SessionTask task = new SessionTask(
                document.document().name(),
                document.document().contentJson(),
                sessionId,
                document.flattened(),
                "",
                ownerArn);
        return new String(task.toJson(), StandardCharsets.UTF_8);
    }

    static AgentMessage start(String order, long now) {
        return Messages.interactiveShell(order.getBytes(StandardCharsets.UTF_8), UUID.randomUUID(), now);
    }

    /** The order to end a session, whatever it does. */
    static AgentMessage close(String sessionId, long now) {
        UUID id = UUID.randomUUID();
        String created = Instant.ofEpochMilli(now).toString();
        return Messages.channelClosed(ChannelClosed.of(id, created, "", sessionId, ""), id, now);
    }

    /** Stops the node from repeating its report. */
    static AgentMessage acknowledge(AgentMessage report, String sessionId, long now) {
        return Messages.taskAcknowledge(new TaskAcknowledge(report.messageId(), sessionId), UUID.randomUUID(), now);
    }

    /** Empty when it is no report. */
    static Optional<Report> report(AgentMessage message) {
        try {
            TaskComplete complete = TaskComplete.parse(message.payload());
            return complete.taskId().isEmpty() || complete.taskId().length() > MAX_ID
                    ? Optional.empty()
                    : Optional.of(new Report(
                            complete.taskId(),
                            !complete.finalTaskStatus().equals(TaskComplete.SUCCESS),
                            PlainText.of(complete.output(), MAX_TEXT)));
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** Whether a document asks for separate output, which forbids to pause the node (data-channel specification, 8.1). */
    static boolean separateOutput(SessionDocument document) {
        return document.sessionType().equals("NonInteractiveCommands")
                && asksForSeparateOutput(
                        JsonText.ownValue(document.contentJson()).path("properties"));
    }

    /** True also for a placeholder, whose value the node resolves. */
    private static boolean asksForSeparateOutput(JsonNode node) {
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            boolean asked = member.getKey().equals("separateOutputStream")
                    && !member.getValue().asText("").equalsIgnoreCase("false");
            if (asked || asksForSeparateOutput(member.getValue())) {
                return true;
            }
        }
        return false;
    }
}
