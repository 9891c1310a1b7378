package org.sallyport.protocol.message;

import java.util.UUID;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code channel_closed} (data-channel specification, section 3.8).
 *
 * @param messageId in text form
 * @param createdDate ISO 8601, UTC
 * @param output what the client shows to the person; empty for an ordinary end
 */
public record ChannelClosed(
        String messageId, String createdDate, String destinationId, String sessionId, String output) {

    /** @param createdDate ISO 8601, UTC, for instance the text of an {@code Instant} */
    public static ChannelClosed of(
            UUID messageId, String createdDate, String destinationId, String sessionId, String output) {
        return new ChannelClosed(messageId.toString(), createdDate, destinationId, sessionId, output);
    }

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("MessageType", MessageTypes.CHANNEL_CLOSED)
                .put("MessageId", messageId)
                .put("DestinationId", destinationId)
                .put("SessionId", sessionId)
                .put("SchemaVersion", 1)
                .put("CreatedDate", createdDate)
                .put("Output", output));
    }

    /**
     * Reads what is there; absent fields are empty.
     *
     * @throws MalformedMessageException when it is no JSON object or a field is no text; the session ends all the same
     */
    public static ChannelClosed parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.CHANNEL_CLOSED);
        return new ChannelClosed(
                fields.textOr("MessageId", ""),
                fields.textOr("CreatedDate", ""),
                fields.textOr("DestinationId", ""),
                fields.textOr("SessionId", ""),
                fields.textOr("Output", ""));
    }
}
