package org.sallyport.protocol.websocket;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what it gets, as text. */
final class RecordingSink implements FrameSink {
    final List<String> calls = new ArrayList<>();

    @Override
    public void binary(ByteBuffer message) {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        calls.add("binary " + HexFormat.of().formatHex(bytes));
    }

    @Override
    public void text(String message) {
        calls.add("text " + message);
    }

    @Override
    public void ping(byte[] payload) {
        calls.add("ping " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void pong(byte[] payload) {
        calls.add("pong " + HexFormat.of().formatHex(payload));
    }

    @Override
    public void close(int code, String reason) {
        calls.add("close " + code + " " + reason);
    }
}
