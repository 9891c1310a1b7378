package org.sallyport.protocol.handshake;

import java.time.Duration;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.MalformedMessageException;

/**
 * Payload type 7, node to client: the session begins.
 *
 * @param customerMessage shown to the person, empty for none
 */
public record HandshakeComplete(Duration timeToComplete, String customerMessage) {

    public byte[] toJson() {
        return JsonText.bytes(JsonText.object()
                .put("HandshakeTimeToComplete", timeToComplete.toNanos())
                .put("CustomerMessage", customerMessage));
    }

    public static HandshakeComplete parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, "handshake complete");
        long nanos = fields.has("HandshakeTimeToComplete") ? fields.number("HandshakeTimeToComplete") : 0;
        return new HandshakeComplete(Duration.ofNanos(nanos), fields.textOr("CustomerMessage", ""));
    }
}
