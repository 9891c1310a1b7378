package org.sallyport.protocol.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code interactive_shell}: the order to run a session (node-agent specification, section 5.7).
 *
 * @param documentContent the session document as JSON text, an object
 * @param sessionId letters, digits and dashes; never used twice
 * @param parameters flat, plain texts
 * @param runAsUser empty for none
 * @param sessionOwner the principal's ARN
 */
public record SessionTask(
        String documentName,
        String documentContent,
        String sessionId,
        Map<String, String> parameters,
        String runAsUser,
        String sessionOwner) {
    private static final String TOPIC = "aws.ssm.interactive.shell";

    public SessionTask {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** @throws IllegalArgumentException when the document's content is no JSON */
    public byte[] toJson() {
        ObjectNode content = JsonText.object().put("DocumentName", documentName);
        content.set("DocumentContent", JsonText.ownValue(documentContent));
        content.put("SessionId", sessionId);
        ObjectNode values = content.putObject("Parameters");
        parameters.forEach(values::put);
        content.put("RunAsUser", runAsUser).put("SessionOwner", sessionOwner);
        return JsonText.bytes(JsonText.object()
                .put("Content", JsonText.text(content))
                .put("TaskId", sessionId)
                .put("Topic", TOPIC)
                .put("SchemaVersion", 1));
    }

    /** Only the document's content and the session's id are indispensable. */
    public static SessionTask parse(byte[] json) throws MalformedMessageException {
        String text = JsonText.parse(json, MessageTypes.INTERACTIVE_SHELL).text("Content");
        JsonFields content = JsonText.parse(text, "task");
        content.object("DocumentContent");
        return new SessionTask(
                content.textOr("DocumentName", ""),
                content.json("DocumentContent"),
                content.text("SessionId"),
                content.texts("Parameters"),
                content.textOr("RunAsUser", ""),
                content.textOr("SessionOwner", ""));
    }
}
