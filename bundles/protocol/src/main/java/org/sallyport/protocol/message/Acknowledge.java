package org.sallyport.protocol.message;

import java.util.UUID;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code acknowledge} (data-channel specification, section 3.7).
 *
 * @param messageType of the acknowledged message
 * @param sequenceNumber of the acknowledged message; the only field that receivers use
 */
public record Acknowledge(String messageType, UUID messageId, long sequenceNumber, boolean sequential) {

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("AcknowledgedMessageType", messageType)
                .put("AcknowledgedMessageId", messageId.toString())
                .put("AcknowledgedMessageSequenceNumber", sequenceNumber)
                .put("IsSequentialMessage", sequential));
    }

    public static Acknowledge parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, "acknowledge");
        return new Acknowledge(
                fields.text("AcknowledgedMessageType"),
                fields.uuid("AcknowledgedMessageId"),
                fields.number("AcknowledgedMessageSequenceNumber"),
                fields.flagOr("IsSequentialMessage", true));
    }
}
