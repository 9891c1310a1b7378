package org.sallyport.adapter.transport.mina;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.sallyport.protocol.websocket.FrameSink;

/** Writes down what a decoder hands on, and checks its size. */
final class Events implements FrameSink {
    private static final int MAX_CONTROL = 125;

    private final List<String> all = new ArrayList<>();
    private final int maxMessage;
    private int bytes;

    Events(int maxMessage) {
        this.maxMessage = maxMessage;
    }

    List<String> all() {
        return List.copyOf(all);
    }

    /** Of all payloads together. */
    int bytes() {
        return bytes;
    }

    @Override
    public void binary(ByteBuffer message) {
        byte[] copy = new byte[message.remaining()];
        message.get(copy);
        note("binary", copy, maxMessage);
    }

    @Override
    public void text(String message) {
        note("text", message.getBytes(StandardCharsets.UTF_8), maxMessage);
    }

    @Override
    public void ping(byte[] payload) {
        note("ping", payload, MAX_CONTROL);
    }

    @Override
    public void pong(byte[] payload) {
        note("pong", payload, MAX_CONTROL);
    }

    @Override
    public void close(int code, String reason) {
        note("close " + code, reason.getBytes(StandardCharsets.UTF_8), MAX_CONTROL - 2);
    }

    private void note(String kind, byte[] payload, int limit) {
        if (payload.length > limit) {
            throw new AssertionError("%s of %d bytes, more than %d".formatted(kind, payload.length, limit));
        }
        bytes += payload.length;
        all.add(kind + " " + new String(payload, StandardCharsets.ISO_8859_1));
    }
}
