package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.sallyport.kernel.session.DataEnd;

/** Records of acknowledged sequence numbers: how much of the file the disk had confirmed, then pairs of first and last number. */
final class AcknowledgedRanges {
    private static final int PAIR = 2 * Long.BYTES;

    private AcknowledgedRanges() {}

    static NewRecord record(DataEnd from, long time, long confirmed, RangeSet ranges) {
        ByteBuffer payload = ByteBuffer.allocate(Long.BYTES + PAIR * ranges.ranges());
        payload.putLong(confirmed);
        ranges.forEach((first, last) -> payload.putLong(first).putLong(last));
        return new NewRecord(RecordType.ACKNOWLEDGED, Optional.of(from), time, payload.flip());
    }

    static long confirmed(ByteBuffer payload) throws DamagedJournalException {
        if (payload.remaining() < Long.BYTES || payload.remaining() % PAIR != Long.BYTES) {
            throw new DamagedJournalException("its ranges are no pairs of numbers");
        }
        return payload.getLong(payload.position());
    }

    static void read(ByteBuffer payload, BiConsumer<Long, Long> ranges) throws DamagedJournalException {
        for (int at = payload.position() + Long.BYTES; at < payload.limit(); at += PAIR) {
            long first = payload.getLong(at);
            long last = payload.getLong(at + Long.BYTES);
            if (!RangeSet.countable(first) || !RangeSet.countable(last) || last < first) {
                throw new DamagedJournalException("its range %d to %d is none".formatted(first, last));
            }
            ranges.accept(first, last);
        }
    }
}
