package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.sallyport.protocol.json.JsonFields;
import org.sallyport.protocol.json.JsonText;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.OpenChannel;
import org.sallyport.protocol.message.SessionStatePayload;

/** JSON from the network that the relay looks into. Garbage counts as absent. */
final class ChannelJson {
    /** Largest text, body or payload looked into. */
    static final int MAX_BYTES = 16 * 1024;

    private static final int MAX_FIELD = 512;

    private ChannelJson() {}

    /** The first text message of a channel. Empty when it has no token, or a field is longer than anything that means something. */
    static Optional<OpenChannel> opening(String text) {
        try {
            OpenChannel opening = OpenChannel.parse(text);
            boolean fits = Stream.of(
                            Optional.of(opening.tokenValue()),
                            opening.clientId(),
                            opening.clientVersion(),
                            opening.agentVersion(),
                            opening.takesOver())
                    .flatMap(Optional::stream)
                    .allMatch(field -> field.length() <= MAX_FIELD);
            return fits && !opening.tokenValue().isEmpty() ? Optional.of(opening) : Optional.empty();
        } catch (MalformedMessageException e) {
            return Optional.empty();
        }
    }

    /** Whether the body of a Create…Channel request has the members that the service's model asks for. */
    static boolean createsChannel(byte[] body) {
        if (body.length > MAX_BYTES) {
            return false;
        }
        try {
            JsonFields fields = JsonText.parse(body, "request");
            return !fields.text("MessageSchemaVersion").isEmpty()
                    && !fields.text("RequestId").isEmpty();
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    /** The sequence number that an acknowledgement of messages of that type names. */
    static OptionalLong acknowledged(ByteBuffer payload, String messageType) {
        try {
            Acknowledge acknowledge = Acknowledge.parse(bytes(payload));
            return acknowledge.messageType().equals(messageType)
                    ? OptionalLong.of(acknowledge.sequenceNumber())
                    : OptionalLong.empty();
        } catch (MalformedMessageException e) {
            return OptionalLong.empty();
        }
    }

    /** Whether a node's {@code agent_session_state} says that the program is gone. */
    static boolean terminating(ByteBuffer payload) {
        try {
            return SessionStatePayload.parse(bytes(payload)).state().equals(SessionStatePayload.TERMINATING);
        } catch (MalformedMessageException e) {
            return false;
        }
    }

    private static byte[] bytes(ByteBuffer payload) throws MalformedMessageException {
        if (payload.remaining() > MAX_BYTES) {
            throw new MalformedMessageException("payload has more than %d bytes".formatted(MAX_BYTES));
        }
        byte[] bytes = new byte[payload.remaining()];
        payload.duplicate().get(bytes);
        return bytes;
    }
}
