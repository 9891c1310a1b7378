package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.PayloadType;
import org.sallyport.protocol.message.SessionNotice;
import org.sallyport.protocol.message.SessionPosition;

/** The messages that the relay makes itself, as they go on the wire (data-channel specification, 3.5, 3.7 and 3.8). */
final class RelayMessages {
    private RelayMessages() {}

    static ByteBuffer startPublication(long now) {
        return wire(Messages.startPublication(UUID.randomUUID(), now));
    }

    static ByteBuffer pausePublication(long now) {
        return wire(Messages.pausePublication(UUID.randomUUID(), now));
    }

    /** Ends the session at the peer; {@code text} is what a client shows. */
    static ByteBuffer channelClosed(String sessionId, String text, long now) {
        UUID id = UUID.randomUUID();
        String created = Instant.ofEpochMilli(now).toString();
        return wire(Messages.channelClosed(ChannelClosed.of(id, created, "", sessionId, text), id, now));
    }

    static ByteBuffer notice(SessionNotice notice, long now) {
        return wire(Messages.sessionNotice(notice, UUID.randomUUID(), now));
    }

    static ByteBuffer position(SessionPosition position, long now) {
        return wire(Messages.sessionPosition(position, UUID.randomUUID(), now));
    }

    /** What the client said, or would say, of this message; sent on its behalf. */
    static Frame acknowledgement(MessageHeader received, long now) {
        return frame(Messages.acknowledge(received, UUID.randomUUID(), now));
    }

    /** A message that holds a place in a stream and says nothing. */
    static Frame empty(String type, long sequence, long now) {
        return frame(new AgentMessage(
                type, 1, Math.max(1, now), sequence, 0, UUID.randomUUID(), PayloadType.OUTPUT, new byte[0]));
    }

    private static Frame frame(AgentMessage made) {
        MessageHeader header = new MessageHeader(
                made.type(),
                made.schemaVersion(),
                made.createdMillis(),
                made.sequenceNumber(),
                made.flags(),
                made.messageId(),
                made.payloadType(),
                AgentMessage.PAYLOAD_OFFSET,
                made.payload().length);
        return new Frame(header, wire(made).asReadOnlyBuffer());
    }

    private static ByteBuffer wire(AgentMessage message) {
        return ByteBuffer.wrap(message.encode());
    }
}
