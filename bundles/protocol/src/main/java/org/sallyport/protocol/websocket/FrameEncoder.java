package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/** Makes whole frames, one for each message. Any thread. */
public final class FrameEncoder {
    private static final int MAX_CLOSE_REASON = Opcode.MAX_CONTROL - 2;

    private final Role role;
    private final RandomGenerator maskKeys;

    public FrameEncoder(Role role) {
        this(role, new SecureRandom());
    }

    FrameEncoder(Role role, RandomGenerator maskKeys) {
        this.role = role;
        this.maskKeys = maskKeys;
    }

    /** @param message read from its position to its limit; the position is left where it was */
    public ByteBuffer binary(ByteBuffer message) {
        return frame(Opcode.BINARY, message);
    }

    public ByteBuffer text(String message) {
        return frame(Opcode.TEXT, ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param payload at most 125 bytes */
    public ByteBuffer ping(byte[] payload) {
        return control(Opcode.PING, payload);
    }

    /** @param payload of the ping that is answered, at most 125 bytes */
    public ByteBuffer pong(byte[] payload) {
        return control(Opcode.PONG, payload);
    }

    /**
     * @param code see {@link CloseCode}; {@link CloseCode#NONE} for a frame without code and reason
     * @param reason cut to 123 bytes
     */
    public ByteBuffer close(int code, String reason) {
        if (code == CloseCode.NONE) {
            return control(Opcode.CLOSE, new byte[0]);
        }
        if (!CloseCode.maySend(code)) {
            throw new IllegalArgumentException("not a close code to send: " + code);
        }
        byte[] text = Utf8.encodeAtMost(reason, MAX_CLOSE_REASON);
        return control(
                Opcode.CLOSE,
                ByteBuffer.allocate(2 + text.length)
                        .putShort((short) code)
                        .put(text)
                        .array());
    }

    private ByteBuffer control(int opcode, byte[] payload) {
        if (payload.length > Opcode.MAX_CONTROL) {
            throw new IllegalArgumentException("a control frame has at most 125 bytes, not " + payload.length);
        }
        return frame(opcode, ByteBuffer.wrap(payload));
    }

    private ByteBuffer frame(int opcode, ByteBuffer payload) {
        int length = payload.remaining();
        int maskBit = role == Role.CLIENT ? 0x80 : 0;
        ByteBuffer out = ByteBuffer.allocate(Math.addExact(length, 14));
        out.put((byte) (0x80 | opcode));
        if (length < 126) {
            out.put((byte) (maskBit | length));
        } else if (length <= 0xffff) {
            out.put((byte) (maskBit | 126)).putShort((short) length);
        } else {
            out.put((byte) (maskBit | 127)).putLong(length);
        }
        int mask = role == Role.CLIENT ? maskKeys.nextInt() : 0;
        if (role == Role.CLIENT) {
            out.putInt(mask);
        }
        int start = out.position();
        out.put(payload.duplicate());
        if (mask != 0) {
            Masking.apply(out.array(), start, length, mask, 0);
        }
        return out.flip();
    }
}
