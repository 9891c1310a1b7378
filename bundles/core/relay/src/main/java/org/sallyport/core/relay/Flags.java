package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import org.sallyport.protocol.message.MessageTypes;
import org.sallyport.protocol.message.PayloadType;

/** Flags inside of stream data (data-channel specification, section 4). They are never encrypted. */
final class Flags {
    private static final int TERMINATE_SESSION = 2;

    private Flags() {}

    /** Whether this is the client's wish to end the session. */
    static boolean terminates(Frame frame) {
        if (!MessageTypes.INPUT_STREAM_DATA.equals(frame.header().type())
                || frame.header().payloadType() != PayloadType.FLAG) {
            return false;
        }
        ByteBuffer payload = frame.payload();
        return payload.remaining() == Integer.BYTES && payload.getInt(payload.position()) == TERMINATE_SESSION;
    }
}
