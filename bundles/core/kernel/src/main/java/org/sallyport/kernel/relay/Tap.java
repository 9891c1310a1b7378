package org.sallyport.kernel.relay;

import java.nio.ByteBuffer;
import org.osgi.annotation.versioning.ProviderType;
import org.sallyport.kernel.session.DataEnd;
import org.sallyport.protocol.message.MessageHeader;

/**
 * Sees each frame that passes the relay, in order, before it is forwarded. Called on the session's lane, one at a time for each session;
 * must not block. Every registered tap is called; one that throws is logged and the frame goes on.
 */
@ProviderType
public interface Tap {

    /**
     * @param from the end that sent it
     * @param header of the frame
     * @param frame the whole frame, read-only, valid until return
     */
    void passed(String sessionId, DataEnd from, MessageHeader header, ByteBuffer frame);
}
