package org.sallyport.core.relay;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** The messages that the relay makes itself (data-channel specification, 3.5, 3.7 and 3.8). */
final class RelayMessages {
    private static final byte[] EMPTY = "{}".getBytes(StandardCharsets.US_ASCII);
    private static final long SYN_FIN = 3;

    private RelayMessages() {}

    static ByteBuffer startPublication(long now) {
        return message(MessageTypes.START_PUBLICATION, 0, UUID.randomUUID(), EMPTY, now);
    }

    static ByteBuffer pausePublication(long now) {
        return message(MessageTypes.PAUSE_PUBLICATION, 0, UUID.randomUUID(), EMPTY, now);
    }

    /** Ends the session at the peer; {@code text} is what a client shows. */
    static ByteBuffer channelClosed(String sessionId, String text, long now) {
        UUID id = UUID.randomUUID();
        ObjectNode body = ChannelJson.object()
                .put("MessageType", MessageTypes.CHANNEL_CLOSED)
                .put("MessageId", id.toString())
                .put("DestinationId", "")
                .put("SessionId", sessionId)
                .put("SchemaVersion", 1)
                .put("CreatedDate", Instant.ofEpochMilli(now).toString())
                .put("Output", text);
        return message(MessageTypes.CHANNEL_CLOSED, 0, id, ChannelJson.bytes(body), now);
    }

    /** What the client said of this message before; sent again on its behalf. */
    static ByteBuffer acknowledge(MessageHeader received, long now) {
        ObjectNode body = ChannelJson.object()
                .put("AcknowledgedMessageType", received.type())
                .put("AcknowledgedMessageId", received.messageId().toString())
                .put("AcknowledgedMessageSequenceNumber", received.sequenceNumber())
                .put("IsSequentialMessage", true);
        return message(MessageTypes.ACKNOWLEDGE, SYN_FIN, UUID.randomUUID(), ChannelJson.bytes(body), now);
    }

    private static ByteBuffer message(String type, long flags, UUID id, byte[] payload, long now) {
        return ByteBuffer.wrap(
                new AgentMessage(type, 1, Math.max(1, now), 0, flags, id, PayloadType.NONE, payload).encode());
    }
}
