package org.sallyport.protocol.message;

import java.util.UUID;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code agent_task_acknowledge} (node-agent specification, section 5.5).
 *
 * @param messageId of the {@code agent_task_complete} that is acknowledged
 * @param taskId the session's id
 */
public record TaskAcknowledge(UUID messageId, String taskId) {

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("SchemaVersion", 1)
                .put("MessageId", messageId.toString())
                .put("TaskId", taskId)
                .put("Topic", MessageTypes.AGENT_TASK_COMPLETE));
    }

    public static TaskAcknowledge parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.AGENT_TASK_ACKNOWLEDGE);
        return new TaskAcknowledge(fields.uuid("MessageId"), fields.textOr("TaskId", ""));
    }
}
