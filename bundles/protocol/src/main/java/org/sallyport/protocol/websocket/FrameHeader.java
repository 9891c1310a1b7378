package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;

/**
 * The 2 to 14 bytes before a frame's payload, collected as they come and checked before any payload is taken (RFC 6455, section
 * 5.2).
 */
final class FrameHeader {
    private static final int MAX_LENGTH = 14;

    private final Role role;
    private final ByteBuffer bytes = ByteBuffer.allocate(MAX_LENGTH);

    FrameHeader(Role role) {
        this.role = role;
    }

    /** Takes bytes until the header is whole; the first two are checked as soon as they are there. */
    boolean complete(ByteBuffer in) throws WebSocketProtocolException {
        while (in.hasRemaining() && bytes.position() < needed()) {
            bytes.put(in.get());
            if (bytes.position() == 2) {
                checkStart();
            }
        }
        return bytes.position() == needed();
    }

    /** Whether any of it is there. */
    boolean begun() {
        return bytes.position() > 0;
    }

    void reset() {
        bytes.clear();
    }

    boolean fin() {
        return (bytes.get(0) & 0x80) != 0;
    }

    int opcode() {
        return bytes.get(0) & 0x0f;
    }

    /** Mask key, 0 for none. */
    int mask() {
        return masked() ? bytes.getInt(needed() - 4) : 0;
    }

    long payloadLength() throws WebSocketProtocolException {
        int shortLength = shortLength();
        long length = shortLength;
        if (shortLength == 126) {
            length = bytes.getShort(2) & 0xffff;
        } else if (shortLength == 127) {
            length = bytes.getLong(2);
        }
        boolean tooLongAForm = shortLength == 126 && length < 126 || shortLength == 127 && length <= 0xffff;
        if (tooLongAForm) { // a set top bit makes the number negative, hence ends here as well
            throw new WebSocketProtocolException(
                    CloseCode.PROTOCOL_ERROR, "frame length must be in its shortest form and not negative");
        }
        return length;
    }

    private void checkStart() throws WebSocketProtocolException {
        if ((bytes.get(0) & 0x70) != 0) {
            throw new WebSocketProtocolException(
                    CloseCode.PROTOCOL_ERROR, "a reserved bit is set although no extension was agreed on");
        }
        if (!Opcode.isKnown(opcode())) {
            throw new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, "unknown opcode " + opcode());
        }
        if (Opcode.isControl(opcode()) && (!fin() || shortLength() > Opcode.MAX_CONTROL)) {
            throw new WebSocketProtocolException(
                    CloseCode.PROTOCOL_ERROR, "a control frame must be whole and have at most 125 bytes");
        }
        if (masked() != (role == Role.SERVER)) {
            throw new WebSocketProtocolException(
                    CloseCode.PROTOCOL_ERROR,
                    role == Role.SERVER ? "a client must mask its frames" : "a server must not mask its frames");
        }
    }

    private int needed() {
        if (bytes.position() < 2) {
            return 2;
        }
        int shortLength = shortLength();
        int extended = shortLength == 126 ? 2 : shortLength == 127 ? 8 : 0;
        return 2 + extended + (masked() ? 4 : 0);
    }

    private boolean masked() {
        return (bytes.get(1) & 0x80) != 0;
    }

    private int shortLength() {
        return bytes.get(1) & 0x7f;
    }
}
