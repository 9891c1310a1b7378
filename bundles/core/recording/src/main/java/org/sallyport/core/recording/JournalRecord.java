package org.sallyport.core.recording;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.sallyport.kernel.session.DataEnd;

/**
 * A record that was read.
 *
 * @param number place in the journal, the head is 0
 * @param offset where it begins in the file
 * @param from the end that it is about, for messages and acknowledged ranges
 * @param time milliseconds since 1970
 * @param payload valid until the next record is read
 * @param length bytes in the file
 */
record JournalRecord(
        long number, long offset, RecordType type, Optional<DataEnd> from, long time, ByteBuffer payload, int length) {}
