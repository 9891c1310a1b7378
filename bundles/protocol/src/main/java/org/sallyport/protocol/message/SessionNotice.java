package org.sallyport.protocol.message;

import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code session_notice}: the server tells the person something about a session that goes on. Ours alone; sent only to a client
 * whose {@link OpenChannel} asks for notices, not acknowledged, lost with the connection.
 *
 * @param kind what happened; a client shows the text of kinds that it does not know
 * @param seconds until the session ends if nothing happens; 0 when nothing ends
 * @param text for the person, plain text, at most {@link #MAX_TEXT} characters
 */
public record SessionNotice(String kind, long seconds, String text) {
    /** The node's connection is lost. */
    public static final String NODE_AWAY = "NodeAway";

    /** The node's connection is there again. */
    public static final String NODE_BACK = "NodeBack";

    /** Nothing was typed for long; the session ends unless something is typed. */
    public static final String IDLE_SOON = "IdleSoon";

    /** The longest duration is nearly over. */
    public static final String DURATION_SOON = "DurationSoon";

    /** Another client of the same person took the session over; nothing follows. */
    public static final String TAKEN_OVER = "TakenOver";

    public static final int MAX_TEXT = 1_000;

    private static final int MAX_SECONDS = 7 * 86_400;

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("SchemaVersion", 1)
                .put("Kind", kind)
                .put("Seconds", seconds)
                .put("Text", text));
    }

    /** @throws MalformedMessageException no object, a field is missing or of another type, or the text is too long */
    public static SessionNotice parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.SESSION_NOTICE);
        String text = fields.text("Text");
        if (text.length() > MAX_TEXT) {
            throw new MalformedMessageException(
                    "Text of session_notice has more than %d characters".formatted(MAX_TEXT));
        }
        return new SessionNotice(fields.text("Kind"), fields.number("Seconds", 0, MAX_SECONDS), text);
    }
}
