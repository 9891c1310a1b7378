package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import org.sallyport.protocol.message.AgentMessage;
import org.sallyport.protocol.message.ChannelClosed;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.Messages;
import org.sallyport.protocol.message.SessionNotice;

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

    /** What the client said of this message before; sent again on its behalf. */
    static ByteBuffer acknowledge(MessageHeader received, long now) {
        return wire(Messages.acknowledge(received, UUID.randomUUID(), now));
    }

    private static ByteBuffer wire(AgentMessage message) {
        return ByteBuffer.wrap(message.encode());
    }
}
