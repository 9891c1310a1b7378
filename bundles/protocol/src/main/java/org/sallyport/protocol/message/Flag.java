package org.sallyport.protocol.message;

import java.nio.ByteBuffer;

/** Payload of type {@link PayloadType#FLAG}: a big-endian number of four bytes (data-channel specification, section 4). */
public enum Flag {
    /** Client to node: close the connection to the port. */
    DISCONNECT_TO_PORT(1),
    /** Client to node: end the session. */
    TERMINATE_SESSION(2),
    /** Node to client: the port cannot be reached. */
    CONNECT_TO_PORT_ERROR(3);

    private final int number;

    Flag(int number) {
        this.number = number;
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
    }

    /** @throws MalformedMessageException when there are not exactly four bytes, or the number is unknown */
    public static Flag parse(byte[] payload) throws MalformedMessageException {
        if (payload.length != Integer.BYTES) {
            throw new MalformedMessageException("a flag has 4 bytes, this one %d".formatted(payload.length));
        }
        int number = ByteBuffer.wrap(payload).getInt();
        for (Flag flag : values()) {
            if (flag.number == number) {
                return flag;
            }
        }
        throw new MalformedMessageException("unknown flag %d".formatted(number));
    }
}
