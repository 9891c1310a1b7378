package org.sallyport.core.relay;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sallyport.kernel.session.DataEnd;

/**
 * How far the messages of one end are on their way into the journal, and the acknowledgements that came too early. Lane only.
 *
 * <p>An acknowledgement may also be early by a whole life of the relay: its message was forwarded, and the server killed before it was
 * written. It waits until the sender has sent the message again. Above {@link Marks#DROP} bytes that wait, more are dropped; the sender then
 * sends its message once more.
 */
final class JournalState {
    private static final int OVERHEAD = 256;

    private final OpenJournal journal;
    private final DataEnd end;
    private final Set<Long> waiting = new HashSet<>();
    private final NumberRanges passed = new NumberRanges();
    private final Map<Long, Frame> early = new LinkedHashMap<>();
    private long earlyBytes;

    JournalState(OpenJournal journal, DataEnd end) {
        this.journal = journal;
        this.end = end;
    }

    /** Whether the message waits to be written, or is. */
    boolean known(long sequence) {
        return waiting.contains(sequence) || recorded(sequence);
    }

    /** Whether the message went into the journal, or into a gap that the journal notes. */
    boolean recorded(long sequence) {
        return passed.contains(sequence) || journal.written(end, sequence);
    }

    long firstUnknown() {
        long first = passed.missing(0);
        while (known(first)) {
            first = passed.missing(first + 1);
        }
        return first;
    }

    /** The lowest number from which on no message is known. */
    long next() {
        long highest = Math.max(passed.highest(), journal.highestAcknowledged(end));
        for (long one : waiting) {
            highest = Math.max(highest, one);
        }
        long next = highest + 1;
        while (journal.written(end, next)) {
            next++;
        }
        return next;
    }

    void waits(long sequence) {
        waiting.add(sequence);
    }

    /** The message was appended; its acknowledgement, if it came already. */
    Optional<Frame> appended(long sequence) {
        waiting.remove(sequence);
        passed.add(sequence);
        return overtaken(sequence);
    }

    /** Forgets what was {@link #early}: a later acknowledgement of the same message passes. */
    Optional<Frame> overtaken(long sequence) {
        Optional<Frame> acknowledgement = Optional.ofNullable(early.remove(sequence));
        acknowledgement.ifPresent(frame -> earlyBytes -= frame.size() + OVERHEAD);
        return acknowledgement;
    }

    /** Keeps an acknowledgement until its message is {@link #appended}. */
    void early(long sequence, Frame acknowledgement) {
        int size = acknowledgement.size() + OVERHEAD;
        if (earlyBytes + size <= Marks.DROP && early.putIfAbsent(sequence, acknowledgement) == null) {
            earlyBytes += size;
        }
    }
}
