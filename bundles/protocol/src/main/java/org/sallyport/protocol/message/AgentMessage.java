package org.sallyport.protocol.message;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.UUID;

/**
 * One binary message of a control or data channel (data-channel specification, section 3.1). Immutable by agreement: nobody changes
 * {@code payload}.
 *
 * @param type for instance {@code output_stream_data}, 1 to 32 ASCII characters
 * @param schemaVersion 1
 * @param createdMillis milliseconds since 1970, never 0
 * @param sequenceNumber place in its direction; 0 for everything but stream data
 * @param flags bit 0 SYN, bit 1 FIN
 * @param messageId in normal UUID order
 * @param payloadType see {@link PayloadType}
 */
public record AgentMessage(
        String type,
        int schemaVersion,
        long createdMillis,
        long sequenceNumber,
        long flags,
        UUID messageId,
        int payloadType,
        byte[] payload) {
    /** Value of the header length field: offset of the payload length. */
    public static final int HEADER_LENGTH = 116;

    /** Bytes before the payload. */
    public static final int PAYLOAD_OFFSET = HEADER_LENGTH + 4;

    private static final int TYPE_LENGTH = 32;
    private static final int DIGEST_OFFSET = 80;

    /**
     * The message as it stands on the wire.
     *
     * @throws IllegalArgumentException when the type or the date would be refused by every reader
     */
    public byte[] encode() {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        boolean printable = type.chars().allMatch(c -> c > 0x20 && c < 0x7f);
        if (name.length == 0 || name.length > TYPE_LENGTH || !printable) {
            throw new IllegalArgumentException("message type must have 1 to 32 printable ASCII characters: " + type);
        }
        if (createdMillis == 0) {
            throw new IllegalArgumentException("created date must not be 0, every reader drops such a message");
        }
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(PAYLOAD_OFFSET, payload.length));
        byte[] padded = new byte[TYPE_LENGTH];
        Arrays.fill(padded, (byte) ' ');
        System.arraycopy(name, 0, padded, 0, name.length);
        out.putInt(HEADER_LENGTH)
                .put(padded)
                .putInt(schemaVersion)
                .putLong(createdMillis)
                .putLong(sequenceNumber)
                .putLong(flags)
                .putLong(messageId.getLeastSignificantBits())
                .putLong(messageId.getMostSignificantBits())
                .put(sha256(payload))
                .putInt(payloadType)
                .putInt(payload.length)
                .put(payload);
        return out.array();
    }

    /**
     * Reads a whole message.
     *
     * @param frame read from its position to its limit; the position is left where it was
     * @param checkDigest whether a payload digest that does not match is refused
     * @throws MalformedMessageException when a field is out of bounds, and says which
     */
    public static AgentMessage decode(ByteBuffer frame, boolean checkDigest) throws MalformedMessageException {
        MessageHeader header = MessageHeader.read(frame);
        ByteBuffer in = frame.slice();
        byte[] payload = new byte[in.limit() - header.payloadOffset()];
        in.get(header.payloadOffset(), payload);
        if (checkDigest && payload.length > 0) {
            byte[] digest = new byte[32];
            in.get(DIGEST_OFFSET, digest);
            if (!MessageDigest.isEqual(digest, sha256(payload))) {
                throw new MalformedMessageException("payload digest does not match the payload");
            }
        }
        return new AgentMessage(
                header.type(),
                header.schemaVersion(),
                header.createdMillis(),
                header.sequenceNumber(),
                header.flags(),
                header.messageId(),
                header.payloadType(),
                payload);
    }

    /** The payload as UTF-8 text. */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "%s #%d type %d, %d bytes, %s".formatted(type, sequenceNumber, payloadType, payload.length, messageId);
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
