package org.sallyport.protocol.message;

import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The header of a message, read without touching the payload: what a relay needs for each frame.
 *
 * @param payloadOffset where the payload begins, counted from the frame's first byte
 * @param payloadLength bytes from there to the end of the frame, whatever the length field says
 */
public record MessageHeader(
        String type,
        int schemaVersion,
        long createdMillis,
        long sequenceNumber,
        long flags,
        UUID messageId,
        int payloadType,
        int payloadOffset,
        int payloadLength) {
    private static final int TYPE_OFFSET = 4;
    private static final int TYPE_LENGTH = 32;

    /**
     * Reads a header, bounds first.
     *
     * @param frame read from its position to its limit; the position is left where it was
     * @throws MalformedMessageException when a field is out of bounds, and says which
     */
    public static MessageHeader read(ByteBuffer frame) throws MalformedMessageException {
        ByteBuffer in = frame.slice();
        if (in.limit() < AgentMessage.PAYLOAD_OFFSET) {
            throw new MalformedMessageException(
                    "a message has at least %d bytes, this one %d".formatted(AgentMessage.PAYLOAD_OFFSET, in.limit()));
        }
        int headerLength = in.getInt(0);
        if (headerLength != AgentMessage.HEADER_LENGTH) {
            throw new MalformedMessageException(
                    "header length must be %d, was %d".formatted(AgentMessage.HEADER_LENGTH, headerLength));
        }
        long created = in.getLong(40);
        if (created == 0) {
            throw new MalformedMessageException("created date must not be 0");
        }
        return new MessageHeader(
                type(in),
                in.getInt(36),
                created,
                in.getLong(48),
                in.getLong(56),
                new UUID(in.getLong(72), in.getLong(64)),
                in.getInt(112),
                AgentMessage.PAYLOAD_OFFSET,
                in.limit() - AgentMessage.PAYLOAD_OFFSET);
    }

    private static String type(ByteBuffer in) throws MalformedMessageException {
        StringBuilder text = new StringBuilder(TYPE_LENGTH);
        for (int i = 0; i < TYPE_LENGTH; i++) {
            char c = (char) (in.get(TYPE_OFFSET + i) & 0xff);
            if (c > 0x7e || (c < 0x20 && c != 0)) {
                throw new MalformedMessageException("message type holds byte 0x%02x".formatted((int) c));
            }
            text.append(c == 0 ? ' ' : c);
        }
        String type = text.toString().strip();
        if (type.isEmpty() || type.indexOf(' ') >= 0) {
            throw new MalformedMessageException("message type must be one word");
        }
        return type;
    }
}
