package org.sallyport.core.recording;

import java.util.Optional;
import org.sallyport.api.error.CommonError;
import org.sallyport.api.error.SallyportException;
import org.sallyport.kernel.recording.SessionJournal.Entry;
import org.sallyport.protocol.message.MalformedMessageException;
import org.sallyport.protocol.message.MessageHeader;

/** An entry whose header was read. */
record Message(Entry entry, long sequence) {

    /** @throws SallyportException {@code INVALID_ARGUMENT}: no stream message, or one that no journal takes */
    static Message of(Entry entry) {
        if (entry.frame().remaining() > JournalFormat.MAX_PAYLOAD) {
            throw invalid("has more than %d bytes".formatted(JournalFormat.MAX_PAYLOAD), null);
        }
        try {
            long sequence = MessageHeader.read(entry.frame()).sequenceNumber();
            if (!RangeSet.countable(sequence)) {
                throw invalid("has the sequence number " + sequence, null);
            }
            return new Message(entry, sequence);
        } catch (MalformedMessageException e) {
            throw invalid("cannot be read: " + e.getMessage(), e);
        }
    }

    NewRecord record() {
        return new NewRecord(
                RecordType.MESSAGE,
                Optional.of(entry.from()),
                entry.at(),
                entry.frame().duplicate());
    }

    private static SallyportException invalid(String why, Exception cause) {
        return new SallyportException(CommonError.INVALID_ARGUMENT, "A message for the journal " + why, cause);
    }
}
