package org.sallyport.protocol.message;

import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code agent_session_state} (data-channel specification, section 3.5).
 *
 * @param state {@link #CONNECTED} or {@link #TERMINATING}; others may come
 */
public record SessionStatePayload(String state, String sessionId) {
    public static final String CONNECTED = "Connected";
    public static final String TERMINATING = "Terminating";

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("SchemaVersion", 1)
                .put("SessionState", state)
                .put("SessionId", sessionId));
    }

    public static SessionStatePayload parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.AGENT_SESSION_STATE);
        return new SessionStatePayload(fields.text("SessionState"), fields.text("SessionId"));
    }
}
