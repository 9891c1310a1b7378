package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.sallyport.protocol.message.Acknowledge;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionStatePayload;

/** Messages that the ends of a session send. */
final class Wire {
    private static final long NOW = 1_700_000_000_000L;

    private Wire() {}

    static byte[] output(long sequence, String text) {
        return output(sequence, PayloadType.OUTPUT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] output(long sequence, int payloadType, byte[] payload) {
        return data(MessageTypes.OUTPUT_STREAM_DATA, sequence, payloadType, payload);
    }

    static byte[] input(long sequence, String text) {
        return input(sequence, PayloadType.OUTPUT, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] input(long sequence, int payloadType, byte[] payload) {
        return data(MessageTypes.INPUT_STREAM_DATA, sequence, payloadType, payload);
    }

    /** The client's acknowledgement of output. */
    static byte[] outputAcknowledged(long sequence) {
        return acknowledge(MessageTypes.OUTPUT_STREAM_DATA, sequence);
    }

    /** The node's acknowledgement of input. */
    static byte[] inputAcknowledged(long sequence) {
        return acknowledge(MessageTypes.INPUT_STREAM_DATA, sequence);
    }

    static byte[] state(String state) {
        return Messages.sessionState(new SessionStatePayload(state, "s-1"), UUID.randomUUID(), NOW)
                .encode();
    }

    private static byte[] acknowledge(String type, long sequence) {
        byte[] payload = new Acknowledge(type, UUID.randomUUID(), sequence, true).toJson();
        return new AgentMessage(MessageTypes.ACKNOWLEDGE, 1, NOW, 0, 3, UUID.randomUUID(), 0, payload).encode();
    }

    private static byte[] data(String type, long sequence, int payloadType, byte[] payload) {
        return new AgentMessage(type, 1, NOW, sequence, sequence == 0 ? 1 : 0, UUID.randomUUID(), payloadType, payload)
                .encode();
    }

    static ByteBuffer buffer(byte[] bytes) {
        return ByteBuffer.wrap(bytes);
    }
}
