package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;

/**
 * Cuts a stream of bytes into messages: fragments joined, masking enforced by role, limits checked before bytes are kept.
 *
 * <p>One thread at a time. Memory is bounded by the largest message plus a control frame.
 */
public final class FrameDecoder {
    private final int maxMessageBytes;
    private final FrameHeader header;
    private final PayloadBuffer message = new PayloadBuffer();
    private final PayloadBuffer control = new PayloadBuffer();
    private int messageOpcode = Opcode.CONTINUATION;
    private boolean inPayload;
    private long frameLength;
    private long frameRead;
    private boolean closed;
    private WebSocketProtocolException failure;

    /**
     * @param role which end we are
     * @param maxMessageBytes most payload of one message, its fragments together; a larger one ends with code 1009
     */
    public FrameDecoder(Role role, int maxMessageBytes) {
        if (maxMessageBytes < Opcode.MAX_CONTROL) {
            throw new IllegalArgumentException("messages need at least 125 bytes, not " + maxMessageBytes);
        }
        this.maxMessageBytes = maxMessageBytes;
        this.header = new FrameHeader(role);
    }

    /**
     * Takes all bytes that are there and hands on what is complete.
     *
     * @throws WebSocketProtocolException at the first fault, and again at each later call; what was complete before it was handed on
     */
    public void feed(ByteBuffer in, FrameSink sink) throws WebSocketProtocolException {
        if (failure != null) {
            throw failure;
        }
        try {
            boolean more = true;
            while (more && !closed) {
                more = step(in, sink);
            }
        } catch (WebSocketProtocolException e) {
            failure = e;
            throw e;
        }
        if (closed) {
            in.position(in.limit());
        }
    }

    /** Whether the peer's close frame was read. */
    public boolean closed() {
        return closed;
    }

    /** Whether a message or a control frame has begun and is not complete. */
    public boolean midMessage() {
        return header.begun() || inPayload || messageOpcode != Opcode.CONTINUATION;
    }

    /** Reads on within one frame; false when its bytes have run out. */
    private boolean step(ByteBuffer in, FrameSink sink) throws WebSocketProtocolException {
        if (!inPayload) {
            if (!header.complete(in)) {
                return false;
            }
            startPayload();
        }
        PayloadBuffer target = Opcode.isControl(header.opcode()) ? control : message;
        int count = (int) Math.min(in.remaining(), frameLength - frameRead);
        target.append(in, count, header.mask(), frameRead);
        frameRead += count;
        if (frameRead < frameLength) {
            return false;
        }
        endFrame(sink);
        return true;
    }

    private void startPayload() throws WebSocketProtocolException {
        int opcode = header.opcode();
        if (!Opcode.isControl(opcode)) {
            boolean continues = opcode == Opcode.CONTINUATION;
            boolean inMessage = messageOpcode != Opcode.CONTINUATION;
            if (continues != inMessage) {
                throw new WebSocketProtocolException(
                        CloseCode.PROTOCOL_ERROR,
                        continues ? "a continuation without a beginning" : "a new message inside a fragmented one");
            }
        }
        frameLength = header.payloadLength();
        if (!Opcode.isControl(opcode)) {
            if (frameLength > maxMessageBytes - message.size()) {
                throw new WebSocketProtocolException(
                        CloseCode.TOO_BIG, "a message may have at most %d bytes".formatted(maxMessageBytes));
            }
            messageOpcode = opcode == Opcode.CONTINUATION ? messageOpcode : opcode;
        }
        frameRead = 0;
        inPayload = true;
    }

    private void endFrame(FrameSink sink) throws WebSocketProtocolException {
        int opcode = header.opcode();
        boolean fin = header.fin();
        inPayload = false;
        header.reset();
        if (Opcode.isControl(opcode)) {
            deliverControl(opcode, sink);
        } else if (fin) {
            deliverMessage(sink);
        }
    }

    private void deliverMessage(FrameSink sink) throws WebSocketProtocolException {
        int opcode = messageOpcode;
        messageOpcode = Opcode.CONTINUATION;
        try {
            if (opcode == Opcode.TEXT) {
                sink.text(Utf8.decode(message.view()));
            } else {
                sink.binary(message.view());
            }
        } finally {
            message.clear();
        }
    }

    private void deliverControl(int opcode, FrameSink sink) throws WebSocketProtocolException {
        byte[] payload = control.copy();
        control.clear();
        switch (opcode) {
            case Opcode.PING -> sink.ping(payload);
            case Opcode.PONG -> sink.pong(payload);
            default -> deliverClose(ByteBuffer.wrap(payload), sink);
        }
    }

    private void deliverClose(ByteBuffer payload, FrameSink sink) throws WebSocketProtocolException {
        if (!payload.hasRemaining()) {
            closed = true;
            sink.close(CloseCode.NONE, "");
            return;
        }
        int code = payload.remaining() == 1 ? 0 : payload.getShort() & 0xffff;
        if (!CloseCode.maySend(code)) {
            throw new WebSocketProtocolException(CloseCode.PROTOCOL_ERROR, "close code out of range");
        }
        String reason = Utf8.decode(payload);
        closed = true;
        sink.close(code, reason);
    }
}
