package org.sallyport.protocol.message;

import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;

/**
 * Payload of {@code session_position}: where the streams of a session stand that another client had until now. Ours alone; the first
 * message on a connection whose {@link OpenChannel} takes over, not acknowledged.
 *
 * @param output number of the first {@code output_stream_data} that the earlier client did not acknowledge
 * @param input number of the first {@code input_stream_data} that the earlier client did not send
 */
public record SessionPosition(long output, long input) {
    private static final long MOST = Long.MAX_VALUE / 2;

    public byte[] toJson() {
        return JsonText.bytes(
                JsonText.object().put("SchemaVersion", 1).put("Output", output).put("Input", input));
    }

    /** @throws MalformedMessageException no object, or a number is missing, negative or absurd */
    public static SessionPosition parse(byte[] json) throws MalformedMessageException {
        JsonFields fields = JsonText.parse(json, MessageTypes.SESSION_POSITION);
        SessionPosition position = new SessionPosition(fields.number("Output"), fields.number("Input"));
        if (Math.min(position.output(), position.input()) < 0 || Math.max(position.output(), position.input()) > MOST) {
            throw new MalformedMessageException("%s is no place in a stream".formatted(position));
        }
        return position;
    }
}
