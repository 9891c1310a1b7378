package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.sallyport.kernel.session.DataEnd;

/**
 * A record to be written.
 *
 * @param time milliseconds since 1970
 * @param payload from its position to its limit, at most {@link JournalFormat#MAX_PAYLOAD} bytes
 */
record NewRecord(RecordType type, Optional<DataEnd> from, long time, ByteBuffer payload) {

    static NewRecord note(RecordType type, long time, byte[] payload) {
        return new NewRecord(type, Optional.empty(), time, ByteBuffer.wrap(payload));
    }
}
