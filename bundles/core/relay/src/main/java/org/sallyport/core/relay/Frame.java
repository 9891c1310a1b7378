package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import org.sallyport.protocol.message.MessageHeader;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** A message with its own copy of the bytes. {@code bytes} is read-only and its position stays at the first byte. */
record Frame(MessageHeader header, ByteBuffer bytes) {

    int size() {
        return bytes.remaining();
    }

    boolean acknowledgement() {
        return MessageTypes.ACKNOWLEDGE.equals(header.type());
    }

    boolean handshakeComplete() {
        return MessageTypes.OUTPUT_STREAM_DATA.equals(header.type())
                && header.payloadType() == PayloadType.HANDSHAKE_COMPLETE;
    }

    ByteBuffer payload() {
        return bytes.slice(bytes.position() + header.payloadOffset(), header.payloadLength());
    }
}
