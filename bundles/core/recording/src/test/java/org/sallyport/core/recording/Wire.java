package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.MessageTypes;

/** Stream messages as on the wire. */
final class Wire {
    static final long AT = 1_700_000_000_000L;

    private Wire() {}

    static Entry input(long sequence) {
        return entry(DataEnd.CLIENT, sequence, "typed " + sequence);
    }

    static Entry output(long sequence) {
        return entry(DataEnd.NODE, sequence, "shown " + sequence);
    }

    static Entry output(long sequence, int payloadBytes) {
        return entry(DataEnd.NODE, sequence, "x".repeat(payloadBytes));
    }

    static ByteBuffer frame(DataEnd from, long sequence, String text) {
        return frame(from, sequence, text.getBytes(StandardCharsets.UTF_8));
    }

    static ByteBuffer frame(DataEnd from, long sequence, byte[] payload) {
        String type = from == DataEnd.CLIENT ? MessageTypes.INPUT_STREAM_DATA : MessageTypes.OUTPUT_STREAM_DATA;
        UUID id = new UUID(from.ordinal(), sequence);
        return ByteBuffer.wrap(new AgentMessage(type, 1, AT, sequence, 0, id, 1, payload).encode());
    }

    static long sequence(ByteBuffer frame) {
        try {
            return MessageHeader.read(frame).sequenceNumber();
        } catch (MalformedMessageException e) {
            throw new AssertionError(e);
        }
    }

    private static Entry entry(DataEnd from, long sequence, String text) {
        return new Entry(from, AT + sequence, frame(from, sequence, text));
    }
}
