package org.sallyport.core.relay;

import java.nio.ByteBuffer;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.PayloadType;

/**
 * Which stream messages show that a session is in use, for its idle limit: what a person types; in a port session data of either direction,
 * since a long download has nothing typed. The multiplexer's own keep-alives (data-channel specification, 7.3) are no use of it. Pure.
 */
final class Activity {
    private static final int SMUX_HEADER = 8;
    private static final byte SMUX_VERSION = 1;
    private static final byte SMUX_NOP = 3;

    private final boolean port;

    /** @param port whether the session forwards a port */
    Activity(boolean port) {
        this.port = port;
    }

    boolean shows(DataEnd from, Frame frame) {
        if (frame.header().payloadType() != PayloadType.OUTPUT) {
            return false;
        }
        return port ? !keepAlivesOnly(frame.payload()) : from == DataEnd.CLIENT;
    }

    private static boolean keepAlivesOnly(ByteBuffer payload) {
        if (payload.remaining() % SMUX_HEADER != 0) {
            return false;
        }
        for (int at = payload.position(); at < payload.limit(); at += SMUX_HEADER) {
            boolean nop =
                    payload.get(at) == SMUX_VERSION && payload.get(at + 1) == SMUX_NOP && payload.getShort(at + 2) == 0;
            if (!nop) {
                return false;
            }
        }
        return true;
    }
}
